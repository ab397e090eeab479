"""The one question across governments: does somebody pay elsewhere for a person of one's own?

The database's function `enrolment_paid_elsewhere` answers with the kind of fund and the months, and records that it
was asked. The answer is a warning: it changes nothing, and a human settles it with the other side.
"""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.marks import sealed_forms_column
from payung.office.enrolment.models import PaidElsewhere, Plan
from payung.office.enrolment.programmes import ORDER, as_ranges

ANSWER = {"id": pl.Int64, "fund_kind": pl.String, "from_month": pl.Date, "until_month": pl.Date}
_ASKED = """
    SELECT i.row_id, r.nik_sealed FROM enrolment_planitem i JOIN files_row r ON r.id = i.row_id
    WHERE i.plan_id = %s AND i.kind NOT IN ('reject', 'leave') AND r.nik_sealed IS NOT NULL
"""
_QUESTION = """enrolment_paid_elsewhere(%s, %s, (SELECT array_agg(id ORDER BY id, form) FROM asked_elsewhere),
    (SELECT array_agg(form ORDER BY id, form) FROM asked_elsewhere), int4range(%s, %s), %s, %s)"""


@dataclass(frozen=True)
class OtherPayer:
    """Somebody pays in another government: from which kind of fund, and for which months (None: no end yet)."""

    fund_kind: str
    from_month: date
    until_month: date | None


@dataclass(frozen=True)
class PaidRow:
    """A row of a plan about whose person another government answered."""

    position: int
    name: str
    sheet: str
    row: int
    payer: OtherPayer


def ask_for_plan(made: Plan, *, at: datetime) -> int:
    """Ask about every row of a plan that is not rejected, in one statement; returns how many answers were kept."""
    asked = bulk.read(_ASKED, [made.pk], schema={"id": pl.Int64, "nik_sealed": pl.String})
    if asked.is_empty():
        return 0
    _stage(asked)
    listed = made.roster_list
    ranges = as_ranges(listed.agreement.programmes)
    return bulk.execute(
        f"""INSERT INTO enrolment_paidelsewhere
                (government_id, plan_id, row_id, position, fund_kind, from_month, until_month)
            SELECT %s, %s, q.id, r.position, q.fund_kind, q.from_month, q.until_month
            FROM {_QUESTION} q JOIN files_row r ON r.id = q.id""",  # noqa: S608  # our own words, values are parameters
        [made.government_id, made.pk, "list", listed.pk, ranges[0][0], ranges[-1][1], listed.month, at],
    )


def ask_for_person(person_id: int, *, since: date, at: datetime) -> list[OtherPayer]:
    """Ask about one person whom the reader sees; from that month on, in any programme."""
    asked = bulk.read(
        """SELECT DISTINCT %s::bigint, nik_sealed FROM registry_person
           WHERE id IN (SELECT registry_group(%s)) AND nik_sealed IS NOT NULL""",
        [person_id, person_id],
        schema={"id": pl.Int64, "nik_sealed": pl.String},
    )
    _stage(asked)
    found = bulk.read(
        f"SELECT * FROM {_QUESTION} ORDER BY from_month, fund_kind",  # noqa: S608  # our own words
        ["person", person_id, 0, len(ORDER), since, at],
        schema=ANSWER,
    )
    return [OtherPayer(kind, first, last) for _, kind, first, last in found.iter_rows()]


def paid_elsewhere(plan: Plan, *, after: int = -1, limit: int = 50) -> list[PaidRow]:
    """The answers kept with a plan, in the sheet's own order, after a position."""
    found = PaidElsewhere.objects.filter(plan=plan, position__gt=after).select_related("row")
    return [
        PaidRow(
            position=one.position,
            name=one.row.name or "",
            sheet=one.row.sheet,
            row=one.row.row,
            payer=OtherPayer(one.fund_kind, one.from_month, one.until_month),
        )
        for one in found.order_by("position", "pk")[:limit]
    ]


def count_paid_elsewhere(plan: Plan) -> int:
    """How many rows of a plan somebody elsewhere pays for."""
    return PaidElsewhere.objects.filter(plan=plan).values("row_id").distinct().count()


def _stage(asked: pl.DataFrame) -> None:
    """Each mark in every form it may have there: while keys are rotated, under each live key."""
    forms = pl.Series("form", sealed_forms_column(asked["nik_sealed"], kind="nik"), pl.List(pl.String))
    bulk.stage(
        asked.select("id", forms).explode("form").drop_nulls(), "asked_elsewhere", {"id": "bigint", "form": "bytea"}
    )
