"""The signed paper arrives: the worker is checked, known or admitted, enrolled, and the order stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.files.actions import keep, store_reading
from payung.office.files.models import KeptFile, Reading
from payung.office.files.scans import ScanRefused, media_type
from payung.office.places.models import Government, Opd
from payung.office.places.scope import whole_government
from payung.office.registry import frames as registry
from payung.office.sponsorship import orders, workers
from payung.office.sponsorship.checks import first_open_months
from payung.office.sponsorship.models import Circular, Scope
from payung.office.sponsorship.pledges import PledgeRefused
from payung.rules.identity import names
from payung.rules.months import Month
from payung.rules.roster.checking import Checked

_WAITING = """
    SELECT p.id, p.sponsor_id, v.opd_id, p.told_sealed, p.sector, p.with_jht, p.wanted_month, p.wanted_until,
        p.follows_id
    FROM sponsorship_pledge p
    LEFT JOIN LATERAL (
        SELECT s.opd_id, s.state FROM sponsorship_service s
        WHERE s.sponsor_id = p.sponsor_id AND s.replaced_at IS NULL
          AND s.from_day <= (p.wanted_month + interval '1 month' - interval '1 day')::date
        ORDER BY s.from_day DESC LIMIT 1) v ON v.state = 'serving'
    WHERE p.id = ANY(%s) AND p.circular_id = %s AND p.consented_at IS NULL AND p.withdrawn_at IS NULL
      AND p.told_sealed IS NOT NULL
    ORDER BY p.id
"""
WAITING = {
    "pledge_id": pl.Int64, "sponsor_id": pl.Int64, "opd_id": pl.Int64, "told_sealed": pl.String, "sector": pl.String,
    "with_jht": pl.Boolean, "wanted_month": pl.Date, "wanted_until": pl.Date, "follows_id": pl.Int64,
}  # fmt: skip
_ROWS = """
    SELECT r.row, g.opd_id, r.id, r.name, r.birth_date, r.nik_sealed
    FROM files_row r JOIN files_reading g ON g.id = r.reading_id
    WHERE r.reading_id = ANY(%s) AND r.verdict IN ('clean', 'repaired')
"""
ROWS = {
    "row": pl.Int64, "reading_opd_id": pl.Int64, "key": pl.Int64, "name": pl.String, "birth_date": pl.Date,
    "nik_sealed": pl.String,
}  # fmt: skip


def consent(*, circular: Circular, pledge_id: int, paper: bytes, name: str, by: User, at: datetime) -> None:
    """File the signed consent of one pledge: from then on the order stands. Raises PledgeRefused."""
    refused = consent_many(circular=circular, pledge_ids=[pledge_id], paper=paper, name=name, by=by, at=at)
    if pledge_id in refused:
        raise PledgeRefused(refused[pledge_id])


def consent_many(
    *, circular: Circular, pledge_ids: Sequence[int], paper: bytes, name: str, by: User, at: datetime
) -> dict[int, str]:
    """File one paper for many pledges that wait; returns those that cannot stand, each with its reason.

    Reasons: `not_waiting`, `not_serving`, `out_of_scope`, `ends_before_it_begins`, `row_not_sound`, `who_is_it`,
    `person_twice`, `same_pledge`, `other_payer`. Raises NotAllowed, and PledgeRefused `too_large` or `not_a_picture`
    for the paper itself.
    """
    require(by, Deed.DEDUCT)
    try:
        media_type(paper)
    except ScanRefused as refused_paper:
        raise PledgeRefused(refused_paper.reason) from refused_paper
    with whole_government(circular.government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=circular.government_id)
        waiting = bulk.read(_WAITING, [list(pledge_ids), circular.pk], schema=WAITING)
        refused = dict.fromkeys(set(pledge_ids) - set(waiting["pledge_id"].to_list()), "not_waiting")
        waiting = _without(waiting, refused, pl.col("opd_id").is_null(), "not_serving")
        asked = list(Scope.objects.filter(circular=circular).values_list("opd_id", flat=True))
        waiting = _without(waiting, refused, ~pl.col("opd_id").is_in(asked), "out_of_scope")
        waiting = waiting.with_columns(_months(circular, waiting))
        too_late = (pl.col("wanted_until") < pl.col("from_month")).fill_null(value=False)
        waiting = _without(waiting, refused, too_late, "ends_before_it_begins")
        if waiting.is_empty():
            return refused
        kept, _ = keep(government=circular.government, content=paper, name=name, by=by, at=at)
        _carry_out(circular, waiting, kept, refused, by, at)
        return refused


def _carry_out(
    circular: Circular, waiting: pl.DataFrame, kept: KeptFile, refused: dict[int, str], by: User, at: datetime
) -> None:
    waiting = waiting.with_row_index("row", offset=workers.FIRST_ROW).cast({"row": pl.Int64})
    told = [json.loads(text or "{}") for text in unseal_column(waiting["told_sealed"], kind="pledge")]
    readings = _store(circular, waiting, told, by, at)
    rows = bulk.read(_ROWS, [[one.pk for one in readings]], schema=ROWS).drop("reading_opd_id")
    waiting = waiting.join(rows, on="row", how="left")
    waiting = _without(waiting, refused, pl.col("key").is_null(), "row_not_sound")
    known = waiting.with_columns(
        pl.Series("name_key", [one and names.key(one) for one in waiting["name"]], dtype=pl.String)
    )
    linked = workers.linked(circular.government_id, known.select("key", "name_key", "birth_date", "nik_sealed"))
    known = known.join(linked.select("key", "decision", "person_id"), on="key", how="left")
    known = _without(known, refused, pl.col("decision").fill_null("") == "look", "who_is_it")
    twice = pl.col("person_id").is_not_null() & ~pl.col("person_id").is_first_distinct()
    known = _without(known, refused, twice, "person_twice")
    known = _paid_for(circular, known, refused)
    if known.is_empty():
        return
    bound = _admit(circular, known, at)
    bound = _pledged_before(bound, refused)
    _stand(circular, bound, kept, by, at)


def _months(circular: Circular, waiting: pl.DataFrame) -> pl.Series:
    """From which month each can still be deducted."""
    opened = first_open_months(circular)
    begins = Month.of(circular.agreement.effective_from)
    found = [
        max(Month.of(wanted), opened.get(opd_id, begins)).first_day
        for opd_id, wanted in waiting.select("opd_id", "wanted_month").iter_rows()
    ]
    return pl.Series("from_month", found, dtype=pl.Date)


def _store(
    circular: Circular, waiting: pl.DataFrame, told: Sequence[Mapping[str, str]], by: User, at: datetime
) -> list[Reading]:
    """The workers as rows of a reading of each OPD, checked as every list is."""
    government, first = circular.government, waiting["from_month"].min()
    assert isinstance(first, date)
    found = workers.checked(told, on=first, place=government.code)
    file, _ = keep(government=government, content=workers.as_file(told), name="pekerja.csv", by=by, at=at)
    readings = []
    for (opd_id,), part in waiting.partition_by("opd_id", as_dict=True).items():
        rows = part["row"].to_list()
        own: Checked = replace(
            found,
            rows=found.rows.filter(pl.col("row").is_in(rows)),
            findings=found.findings.filter(pl.col("row").is_in(rows)),
        )
        readings.append(
            store_reading(
                file=file, opd=Opd.objects.get(pk=opd_id), checked=own, on=first, membership_class=workers.CLASS, at=at
            )
        )
    return readings


def _paid_for(circular: Circular, known: pl.DataFrame, refused: dict[int, str]) -> pl.DataFrame:
    """Without those for whom somebody pays from their month on."""
    persons = known.drop_nulls("person_id")
    if persons.is_empty():
        return known
    earliest = persons["from_month"].min()
    assert isinstance(earliest, date)
    payers = workers.other_payers(persons["person_id"].to_list(), earliest)
    ends = payers.group_by("person_id").agg(pl.col("until_month").fill_null(date.max).max().alias("paid_until"))
    joined = known.join(ends, on="person_id", how="left")
    paid = (pl.col("paid_until") >= pl.col("from_month")).fill_null(value=False)
    return _without(joined, refused, paid, "other_payer").drop("paid_until")


def _admit(circular: Circular, known: pl.DataFrame, at: datetime) -> pl.DataFrame:
    """Persons and memberships for everybody; adds person_id and membership_id."""
    government = circular.government_id
    new = known.filter(pl.col("person_id").is_null())
    admitted = registry.admit(government, new.select("key", "name_key"), at=at)
    persons = pl.concat([admitted, known.drop_nulls("person_id").select("key", "person_id")])
    memberships = registry.add_memberships(government, persons, membership_class=workers.CLASS, employer_id=None)
    bound = known.drop("person_id").join(persons, on="key").join(memberships, on="person_id")
    registry.add_evidence(government, bound, at=at)
    return bound


def _pledged_before(bound: pl.DataFrame, refused: dict[int, str]) -> pl.DataFrame:
    """Without the pairs that have a pledge for that month already: that one is resumed, not made twice."""
    columns = {"pledge_id": "bigint", "sponsor_id": "bigint", "membership_id": "bigint", "from_month": "date"}
    bulk.stage(bound, "bound_pledges", columns)
    same = bulk.read(
        """SELECT b.pledge_id FROM bound_pledges b JOIN sponsorship_pledge p
           ON p.sponsor_id = b.sponsor_id AND p.membership_id = b.membership_id
           AND coalesce(p.wanted_until, 'infinity') >= b.from_month""",
        schema={"pledge_id": pl.Int64},
    )
    return _without(bound, refused, pl.col("pledge_id").is_in(same["pledge_id"].to_list()), "same_pledge")


def _stand(circular: Circular, bound: pl.DataFrame, kept: KeptFile, by: User, at: datetime) -> None:
    """The pledges are consented to, and their orders stand."""
    columns = {"pledge_id": "bigint", "key": "bigint", "membership_id": "bigint"}
    bulk.stage(bound, "standing_pledges", columns)
    bulk.execute(
        """UPDATE sponsorship_pledge p SET row_id = s.key, membership_id = s.membership_id, consent_file_id = %s,
               consented_by_id = %s, consented_at = %s
           FROM standing_pledges s WHERE p.id = s.pledge_id""",
        [kept.pk, by.pk, at],
    )
    bulk.refresh_statistics(bound.height, "sponsorship_pledge")
    orders.open_orders(circular, bound, at=at)
    detail = {"pledges": bound.height, "file": kept.pk}
    record("consent", subject=f"circular:{circular.pk}", by=by, at=at, detail=detail)


def _without(frame: pl.DataFrame, refused: dict[int, str], what: pl.Expr, reason: str) -> pl.DataFrame:
    refused.update(dict.fromkeys(frame.filter(what)["pledge_id"].to_list(), reason))
    return frame.filter(~what)
