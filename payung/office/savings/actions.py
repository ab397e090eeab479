"""Verbs of savings: bring the accounts up to what is posted, propose a year's rate, decide on it."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.ledger.actions import NewJournal, post
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.savings.accounts import HELD, OWNED
from payung.office.savings.frames import MOVEMENTS, STAGED, stage_contributions, stage_returns
from payung.office.savings.models import Crediting, Rate
from payung.office.savings.queries import rates_in_force
from payung.rules.law.returns import LARGEST_RATE
from payung.rules.money import RATE_SCALE, per_ten_million

KIND = "jht_rate"


class RateRefused(Exception):
    """The rate cannot be proposed; `reason` is `waiting`, `same`, `out_of_bounds`, `not_over` or `not_announced`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def credit(*, government: Government, on: date, by: User, at: datetime) -> list[Crediting]:
    """Bring every account up to what is posted and to the rates in force for the years that are over on that day.

    What was corrected since is taken back or added, and the returns of the years after it with it. One crediting for
    each year that differed. Raises NotAllowed, the ledger's PeriodClosed, and `frames.BalanceTooLarge`.
    """
    require(by, Deed.CONFIRM_POSTED)
    with whole_government(government, by=by):
        # Two at once: the second waits and finds nothing left.
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        stage_contributions(government.pk)
        rates = rates_in_force(government.pk)
        for year in sorted(year for year in rates if year < on.year):
            rate = rates[year]
            stage_returns(government.pk, year=year, rate_id=rate.pk, rate=rate.rate_per_ten_million)
        return _credit_staged(government, on=on, by=by, at=at)


_SUMS = f"""
    SELECT extract(year FROM month)::int, count(*), sum(employer_rupiah), sum(worker_rupiah), sum(return_rupiah)
    FROM {STAGED} GROUP BY extract(year FROM month) ORDER BY 1
"""  # noqa: S608  # the name of our own table
_SUM_TYPES = dict.fromkeys(("year", "movement_count", "employer_rupiah", "worker_rupiah", "return_rupiah"), pl.Int64)


def _credit_staged(government: Government, *, on: date, by: User, at: datetime) -> list[Crediting]:
    """What was staged becomes movements, each year with its sums, its journal and its audit row."""
    made = [
        Crediting.objects.create(government=government, on_day=on, made_by=by, made_at=at, **sums)
        for sums in bulk.read(_SUMS, schema=_SUM_TYPES).iter_rows(named=True)
    ]
    columns = ", ".join(MOVEMENTS)
    moved = bulk.execute(
        f"""INSERT INTO savings_movement (government_id, crediting_id, {columns})
            SELECT %s, c.id, {columns} FROM {STAGED} d
            JOIN unnest(%s::int[], %s::bigint[]) AS c (year, id) ON c.year = extract(year FROM d.month)""",  # noqa: S608  # our own text, values are parameters
        [government.pk, [one.year for one in made], [one.pk for one in made]],
    )
    bulk.refresh_statistics(moved, "savings_movement")
    post(government_id=government.pk, journals=[_journal(one) for one in made if _rupiah(one)], at=at)
    for one in made:
        detail = {"year": one.year, "movements": one.movement_count, "rupiah": _rupiah(one)}
        record("credit_savings", subject=f"crediting:{one.pk}", by=by, at=at, detail=detail)
    return made


def _journal(made: Crediting) -> NewJournal:
    return NewJournal(
        key=f"jht:{made.pk}",
        booked_on=made.on_day,
        memo=f"JHT peserta tahun {made.year} menurut posting dan hasil pengembangan",
        entries={HELD: _rupiah(made), OWNED: -_rupiah(made)},
    )


def _rupiah(made: Crediting) -> int:
    return made.employer_rupiah + made.worker_rupiah + made.return_rupiah


@transaction.atomic
def propose_rate(
    *, government: Government, year: int, percent: Decimal, announced_in: str, on: date, by: User, at: datetime
) -> Rate:
    """Ask a second person to agree to a year's return. Raises NotAllowed and RateRefused."""
    require(by, Deed.BILL)
    rate = _rate_of(percent)
    if year >= on.year:
        raise RateRefused("not_over")
    if not announced_in.strip():
        raise RateRefused("not_announced")
    standing = rates_in_force(government.pk).get(year)
    if standing is not None and standing.rate_per_ten_million == rate:
        raise RateRefused("same")
    if Rate.objects.filter(government=government, year=year, proposal__state=Proposal.OPEN).exists():
        raise RateRefused("waiting")
    made = Rate.objects.create(
        government=government,
        year=year,
        rate_per_ten_million=rate,
        announced_in=announced_in.strip(),
        proposal=propose(government=government, kind=KIND, amount_rupiah=None, by=by, at=at),
        recorded_at=at,
    )
    record("propose_jht_rate", subject=f"government:{government.pk}", by=by, at=at, detail=_told(made))
    return made


def _rate_of(percent: Decimal) -> int:
    """Per ten million a year. Raises RateRefused for what is no rate, or finer than one can be told."""
    if not percent.is_finite() or not 0 <= percent / 100 <= Decimal(LARGEST_RATE) / RATE_SCALE:
        raise RateRefused("out_of_bounds")
    try:
        return per_ten_million(percent / 100)
    except ValueError as too_fine:
        raise RateRefused("out_of_bounds") from too_fine


@transaction.atomic
def decide_rate(
    *, rate_id: int, verdict: Verdict, comment: str, by: User, at: datetime, on_behalf_of: User | None = None
) -> Proposal:
    """A second person's yes or no; in force with the last yes needed, earned with the next crediting.

    A wrong rate is refused and proposed anew, never sent back. Raises NotAllowed and approvals' DecisionRefused.
    """
    assert verdict is not Verdict.REVISE, "a rate is never changed"
    made = Rate.objects.select_related("proposal").get(pk=rate_id)
    decided = decide(
        proposal_id=made.proposal_id,
        version=made.proposal.version,
        verdict=verdict,
        comment=comment,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
    )
    if decided.state == Proposal.APPROVED:
        record("set_jht_rate", subject=f"government:{made.government_id}", by=by, at=at, detail=_told(made))
    return decided


def _told(rate: Rate) -> dict[str, int]:
    return {"year": rate.year, "rate_per_ten_million": rate.rate_per_ten_million}
