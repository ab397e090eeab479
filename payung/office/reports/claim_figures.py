"""What became of claims: one row for each claim of the events between two days, summed by what is asked.

A number is a filter over the same rows that its list shows. Asked in the scope of the user.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.claims.catalogue import kinds
from payung.office.places.queries import Area
from payung.office.reports import numbers
from payung.rules.months import Month

BY = ("kind", "segment", "opd", "kecamatan", "fund")
"""By what claims are split: by payer and fund of the spell on the day, by the decree's segment or else the class."""
OUTCOMES = {"paid": ("paid",), "refused": ("refused", "denied"), "running": ("open", "approved", "submitted", "granted",
                                                                            "appealed")}  # fmt: skip
DENIED = "denied_by_bpjs"
"""The reason of a claim that BPJS itself denied; its words stand in the answer."""
TENTH_PERCENT = 10_000
"""Of ten million: a ratio is told to a tenth of a percent, half up."""
SAVING = "JHT"
"""What comes back of it is the worker's own savings: no loss, so no ratio."""
FOUND = {
    "benefit_id": pl.Int64, "case_id": pl.Int64, "reference": pl.String, "person": pl.String, "kind": pl.String,
    "event": pl.String, "event_on": pl.Date, "state": pl.String, "opd": pl.String, "fund": pl.String,
    "kecamatan": pl.String, "segment": pl.String, "expected": pl.Int64, "received": pl.Int64, "by_bpjs": pl.Int64,
    "days": pl.Int64, "reason": pl.String,
}  # fmt: skip
_CLAIMS = """
    SELECT b.id, c.id, c.reference, p.name, b.kind, c.event, c.event_on, b.state, s.payer_opd_id::text,
           k.fund_id::text, coalesce(e.kecamatan_code, p.kecamatan_code), coalesce(e.segment, s.membership_class),
           coalesce(a.expected_rupiah, 0), coalesce(o.received, 0), coalesce(o.by_bpjs, 0),
           CASE WHEN b.state = 'paid' THEN o.last_on - c.event_on END,
           CASE b.state WHEN 'denied' THEN %(denied)s WHEN 'refused' THEN a.reason END
    FROM claims_benefit b JOIN claims_case c ON c.id = b.case_id
    LEFT JOIN registry_alias x ON x.person_id = c.person_id
    JOIN registry_person p ON p.id = coalesce(x.survivor_id, c.person_id)
    LEFT JOIN LATERAL (
        SELECT n.expected_rupiah, n.reason FROM claims_assessment n JOIN approvals_proposal q
            ON q.id = n.proposal_id AND q.version = n.version AND q.state = 'approved'
        WHERE n.benefit_id = b.id ORDER BY n.id DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (
        SELECT max(y.paid_on) FILTER (WHERE y.paid_by <> 'refund') AS last_on,
               sum(y.amount_rupiah) FILTER (WHERE y.paid_by <> 'refund') AS received,
               sum(y.amount_rupiah) FILTER (WHERE y.paid_by <> 'employer') AS by_bpjs
        FROM claims_payout y WHERE y.benefit_id = b.id AND y.taken_back_id IS NULL) o ON true
    LEFT JOIN LATERAL (
        SELECT r.payer_opd_id, r.budget_line_id, m.membership_class
        FROM registry_membership m JOIN enrolment_spell r ON r.membership_id = m.id AND r.replaced_at IS NULL
        WHERE m.person_id = ANY (p.id || ARRAY(SELECT g.person_id FROM registry_alias g WHERE g.survivor_id = p.id))
          AND r.from_month <= c.event_on
        ORDER BY coalesce(r.until_month, 'infinity') >= date_trunc('month', c.event_on) DESC, r.from_month DESC, r.id
        LIMIT 1) s ON true
    LEFT JOIN LATERAL (
        SELECT l.segment, l.kecamatan_code FROM agreements_entry l
        WHERE l.person_id = p.id AND l.replaced_at IS NULL AND l.from_day <= c.event_on
        ORDER BY l.from_day DESC, l.id DESC LIMIT 1) e ON true
    LEFT JOIN agreements_budgetline k ON k.id = s.budget_line_id
    WHERE c.government_id = %(government)s AND c.event_on BETWEEN %(first)s AND %(last)s
    ORDER BY c.event_on DESC, c.id DESC, b.id
"""


def claims_between(area: Area, first: date, last: date) -> pl.DataFrame:
    """FOUND: every claim of the events between two days, the newest event first. `days` from the event to the last
    money, for paid claims.
    """
    asked = {"government": area.government.pk, "first": first, "last": last, "denied": DENIED}
    return bulk.read(_CLAIMS, asked, schema=FOUND)


def newest_year(area: Area) -> int | None:
    """The year of the newest event of a claim that the reader sees; None without any."""
    query = "SELECT max(event_on) FROM claims_case WHERE government_id = %s"
    newest: date | None = bulk.read(query, [area.government.pk], schema={"day": pl.Date})["day"].item()
    return newest.year if newest else None


@dataclass(frozen=True)
class Wanted:
    """Which claims of a frame are meant: a part (`key` None is *not known*), an outcome, a reason of refusal."""

    by: str = ""
    key: str | None = None
    outcome: str = ""
    reason: str = ""

    def of(self, found: pl.DataFrame) -> pl.DataFrame:
        """Exactly those that the number counts."""
        if self.by:
            found = found.filter(pl.col(self.by).eq_missing(pl.lit(self.key, pl.String)))
        if self.outcome:
            found = found.filter(pl.col("state").is_in(OUTCOMES[self.outcome]))
        return found.filter(pl.col("reason") == self.reason) if self.reason else found


@dataclass(frozen=True)
class Part:
    """Claims of one kind, segment, OPD, kecamatan or fund. `median_days` and `ninth_days` (nine of ten were paid by
    then) from the event to the money, None while nothing was paid.
    """

    key: str | None
    claims: int
    outcomes: dict[str, int]
    expected_rupiah: int
    received_rupiah: int
    median_days: int | None
    ninth_days: int | None


def part(found: pl.DataFrame, key: str | None = None) -> Part:
    """These claims summed up."""
    days = sorted(found["days"].drop_nulls().to_list())
    return Part(
        key=key,
        claims=found.height,
        outcomes={outcome: Wanted(outcome=outcome).of(found).height for outcome in OUTCOMES},
        expected_rupiah=int(found["expected"].sum()),
        received_rupiah=int(found["received"].sum()),
        median_days=_within(days, 50),
        ninth_days=_within(days, 90),
    )


def _within(days: Sequence[int], percent: int) -> int | None:
    """The smallest number of days within which that share was paid."""
    return days[-(-len(days) * percent // 100) - 1] if days else None


def parts(found: pl.DataFrame, by: str) -> list[Part]:
    """The claims split by one of BY, those with most claims first; together all of them."""
    split = [part(group, key) for (key,), group in found.group_by(by)]
    return sorted(split, key=lambda one: (one.key is None, -one.claims, one.key or ""))


def refusals(found: pl.DataFrame) -> list[tuple[str, int]]:
    """Why claims were refused, the commonest reason first."""
    counted = found.filter(pl.col("reason").is_not_null()).group_by("reason").len()
    return list(counted.sort(["len", "reason"], descending=[True, False]).iter_rows())


def months(found: pl.DataFrame) -> list[dict[str, int]]:
    """The claims of a year by outcome, from January to December by the month of the event."""
    of_month = (found.filter(pl.col("event_on").dt.month() == number) for number in range(1, 13))
    return [part(one).outcomes for one in of_month]


@dataclass(frozen=True)
class Ratio:
    """What BPJS paid and has still to pay for events of some months, against what it confirmed as contributions of
    these months. `per_ten_million` is None where nothing was posted, and for savings.
    """

    programme: str
    posted_rupiah: int
    paid_rupiah: int
    awaited_rupiah: int
    per_ten_million: int | None


def ratios(government_id: int, found: pl.DataFrame, first: Month, last: Month) -> list[Ratio]:
    """The loss ratio of each programme. What was posted is as old as the count of these months."""
    of_programme = found.with_columns(_programme(found))
    return [
        _ratio(government_id, programme, of_programme.filter(pl.col("programme") == programme), first, last)
        for programme in ("JKK", "JKM", SAVING)
    ]


def _programme(found: pl.DataFrame) -> pl.Series:
    """A scholarship after an accident or a disease is JKK's."""
    told = {code: kind.programme for code, kind in kinds().items()}
    yearly = [code for code, kind in kinds().items() if kind.yearly]
    by_work = pl.col("kind").is_in(yearly) & pl.col("event").is_in(["accident", "disease"])
    named = pl.col("kind").replace_strict(told, return_dtype=pl.String)
    return found.select(pl.when(by_work).then(pl.lit("JKK")).otherwise(named).alias("programme"))["programme"]


def _ratio(government_id: int, programme: str, found: pl.DataFrame, first: Month, last: Month) -> Ratio:
    wanted = numbers.Wanted(first, last, programme=programme)
    tallied = numbers.tallies(government_id, wanted)
    posted = int(tallied.filter(numbers.Cell("posted").holds())["posted_rupiah"].sum())
    paid = int(found["by_bpjs"].sum())
    running = Wanted(outcome="running").of(found)
    known = posted and programme != SAVING
    return Ratio(
        programme=programme,
        posted_rupiah=posted,
        paid_rupiah=paid,
        awaited_rupiah=max(int(running["expected"].sum()) - int(running["by_bpjs"].sum()), 0),
        per_ten_million=(2_000 * paid + posted) // (2 * posted) * TENTH_PERCENT if known else None,
    )
