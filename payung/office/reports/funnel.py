"""The funnel of a decree: proposed, valid, decreed, registered, active; every difference with its reasons.

The steps are not nested: somebody may stand in the decree and no longer be valid. So each step tells whom the one
before loses and whom it gains, by one reason each; the reasons add up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.agreements import decree_lists
from payung.office.agreements.models import Decree
from payung.office.coverage.frames import states_on
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government

STEPS = ("proposed", "valid", "decreed", "registered", "active")
PARTS = {"kecamatan": "kecamatan_code", "desa": "desa_code", "segment": "segment"}
COVERED = ("confirmed", "in_grace")
PEOPLE = {
    "key": pl.Int64,
    "name": pl.String,
    "person_id": pl.Int64,
    "row_id": pl.Int64,
    "kecamatan_code": pl.String,
    "desa_code": pl.String,
    "segment": pl.String,
    "outcome": pl.String,
    "reason": pl.String,
    "membership_id": pl.Int64,
    "numbered": pl.Boolean,
    "decreed": pl.Boolean,
    "later": pl.Boolean,
    "earlier": pl.Boolean,
    "asked": pl.Boolean,
}
_PEOPLE = """
    WITH asked AS (
        SELECT c.person_id, coalesce(a.survivor_id, c.person_id) AS survivor_id
        FROM verification_candidate c LEFT JOIN registry_alias a ON a.person_id = c.person_id
        WHERE c.decree_id = %(decree)s AND c.person_id IS NOT NULL
    ), bodies AS (
        SELECT person_id, survivor_id AS own FROM asked
        UNION ALL SELECT k.person_id, a.person_id FROM asked k JOIN registry_alias a USING (survivor_id)
    ), bonds AS (
        -- Of a merged person the bond that is numbered, or the first.
        SELECT DISTINCT ON (b.person_id) b.person_id, m.id,
            m.kpj_sealed IS NOT NULL OR m.number_issued_on IS NOT NULL AS numbered
        FROM bodies b JOIN registry_membership m ON m.person_id = b.own
        WHERE m.membership_class = %(class)s AND m.scheme = 'BPJS_TK' AND m.employer_id IS NULL
        ORDER BY b.person_id, m.kpj_sealed IS NULL AND m.number_issued_on IS NULL, m.id
    ), entries AS (
        SELECT e.row_id, bool_or(e.from_day <= %(day)s AND coalesce(e.until_day, 'infinity') >= %(day)s) AS stands,
            bool_or(e.from_day > %(day)s) AS later, bool_or(e.until_day < %(day)s) AS earlier
        FROM agreements_entry e WHERE e.decree_id = %(decree)s AND e.replaced_at IS NULL GROUP BY 1
    ), waiting AS (
        SELECT DISTINCT i.row_id FROM agreements_amendment a
        JOIN approvals_proposal p ON p.id = a.proposal_id AND p.state IN ('open', 'approved')
        JOIN agreements_amendmentitem i ON i.amendment_id = a.id AND i.kind = 'add'
        WHERE a.decree_id = %(decree)s AND a.in_force_at IS NULL
    )
    SELECT c.id, c.name, c.person_id, c.row_id, c.kecamatan_code, c.desa_code, c.segment, o.outcome, o.reason, m.id,
           m.numbered, coalesce(e.stands, false), coalesce(e.later, false), coalesce(e.earlier, false),
           w.row_id IS NOT NULL
    FROM verification_candidate c JOIN verification_outcome o ON o.candidate_id = c.id
    LEFT JOIN bonds m ON m.person_id = c.person_id
    LEFT JOIN entries e ON e.row_id = c.row_id LEFT JOIN waiting w ON w.row_id = c.row_id
    WHERE c.decree_id = %(decree)s AND c.taken_back_at IS NULL
        AND (%(villages)s::text[] IS NULL OR c.kecamatan_code = ANY(%(villages)s) OR c.desa_code = ANY(%(villages)s))
    ORDER BY c.id
"""


@dataclass(frozen=True)
class Difference:
    """How many people one reason takes from a step, or brings to it."""

    reason: str
    count: int


@dataclass(frozen=True)
class Step:
    """One step of the funnel: the one before, minus `lost`, plus `gained`."""

    name: str
    count: int
    lost: Sequence[Difference]
    gained: Sequence[Difference]


@dataclass(frozen=True)
class Part:
    """The steps of one kecamatan, desa or segment; `code` None where it is not known."""

    code: str | None
    counts: dict[str, int]


def people(area: Area, decree: Decree, day: date) -> pl.DataFrame:
    """Every candidate whom the area shows, with a flag for each step and why it is not taken (or is, unexpectedly).

    `why_STEP` is the reason of the difference to the step before, null where there is none.
    """
    elsewhere = area.opd_ids is not None and decree.opd_id not in area.opd_ids
    asked = {
        "decree": decree.pk,
        "class": decree.agreement.membership_class,
        "day": day,
        "villages": list(area.villages) if elsewhere else None,
    }
    # Whom the area shows is cut in the question; what became of them may stand with another OPD.
    with whole_government(decree.government):
        found = bulk.read(_PEOPLE, asked, schema=PEOPLE)
        states = states_on(found.filter("decreed")["membership_id"].drop_nulls().to_list(), day)
    placed = found.join(states, on="membership_id", how="left", maintain_order="left").with_columns(
        pl.lit(value=True).alias("proposed"),
        (pl.col("outcome") == "valid").alias("valid"),
    )
    flagged = placed.with_columns(
        (pl.col("decreed") & pl.col("numbered").fill_null(value=False)).alias("registered"),
        (pl.col("decreed") & pl.col("state").is_in(COVERED).fill_null(value=False)).alias("active"),
    )
    return flagged.with_columns(
        pl.lit(None, pl.String).alias("why_proposed"),
        pl.when(~pl.col("valid")).then(pl.col("reason")).alias("why_valid"),
        _why_decreed(decree, day).alias("why_decreed"),
        _why_registered().alias("why_registered"),
        _why_active().alias("why_active"),
    )


def _why_decreed(decree: Decree, day: date) -> pl.Expr:
    """Valid and not in the list: not yet, no longer, in a paper that waits, or waiting for a place; and the reverse."""
    free = decree_lists.free_shares(decree, day)
    kept = pl.col(PARTS[decree.quota_by]).is_in(list(free)) if decree.quota_by else pl.lit(value=False)
    place = pl.lit("" in free) | kept.fill_null(value=False)
    missing = (
        pl.when("later").then(pl.lit("starts_later"))
        .when("earlier").then(pl.lit("ended"))
        .when("asked").then(pl.lit("paper_waits"))
        .when(place).then(pl.lit("not_proposed"))
        .otherwise(pl.lit("waiting"))
    )  # fmt: skip
    return (
        pl.when(pl.col("valid") & ~pl.col("decreed")).then(missing)
        .when(~pl.col("valid") & pl.col("decreed")).then(pl.lit("no_longer_valid"))
    )  # fmt: skip


def _why_registered() -> pl.Expr:
    missing = pl.when(pl.col("state").is_null()).then(pl.lit("not_enrolled")).otherwise(pl.lit("no_number"))
    return pl.when(pl.col("decreed") & ~pl.col("registered")).then(missing)


def _why_active() -> pl.Expr:
    missing = pl.when(pl.col("state").is_null()).then(pl.lit("not_enrolled")).otherwise(pl.col("state"))
    return (
        pl.when(pl.col("registered") & ~pl.col("active")).then(missing)
        .when(~pl.col("registered") & pl.col("active")).then(pl.lit("number_missing"))
    )  # fmt: skip


def steps(found: pl.DataFrame) -> list[Step]:
    """The steps with their differences, from the frame of `people`; asserts that they add up."""
    made: list[Step] = []
    for at, name in enumerate(STEPS):
        before = pl.col(STEPS[max(0, at - 1)])
        lost = _differences(found.filter(before & ~pl.col(name)), name)
        gained = _differences(found.filter(~before & pl.col(name)), name)
        count = int(found[name].sum())
        whole = made[-1].count if made else found.height
        assert whole - sum(one.count for one in lost) + sum(one.count for one in gained) == count, name
        made.append(Step(name, count, lost, gained))
    return made


def _differences(found: pl.DataFrame, step: str) -> tuple[Difference, ...]:
    grouped = found.group_by(pl.col(f"why_{step}").fill_null("unexplained")).len().sort("len", descending=True)
    return tuple(Difference(str(reason), int(count)) for reason, count in grouped.iter_rows())


def parts(found: pl.DataFrame, by: str) -> list[Part]:
    """The counts of each step by kecamatan, desa or segment, in the order of the codes; the unknown comes last."""
    column = PARTS[by]
    grouped = found.group_by(column).agg(pl.col(name).sum() for name in STEPS).sort(column, nulls_last=True)
    return [Part(row[column], {name: int(row[name]) for name in STEPS}) for row in grouped.iter_rows(named=True)]


def of_part(found: pl.DataFrame, by: str, code: str | None) -> pl.DataFrame:
    """The people whom one of `parts` counts; None: those of whom it is not known."""
    return found.filter(pl.col(PARTS[by]).eq_missing(pl.lit(code, dtype=pl.String)))
