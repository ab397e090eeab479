"""Whom a month's bills leave out because the law has no answer for them, and why: kept with the run, or worked out
before one is made.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.billing import frames
from payung.office.billing.models import BillRun
from payung.office.billing.open_months import runs_now, window
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.law.columns import REFUSAL
from payung.rules.months import Month

_KEPT = """
    SELECT membership_id, opd_id, agreement_id, refusal, first_month, last_month FROM billing_leftout
    WHERE run_id = %s AND membership_id > %s ORDER BY membership_id LIMIT %s
"""
_NAMED = """
    SELECT m.id, p.id, p.name
    FROM registry_membership m LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
    WHERE m.id = ANY(%s)
"""
_ROW = {
    "membership_id": pl.Int64, "opd_id": pl.Int64, "agreement_id": pl.Int64, REFUSAL: pl.String,
    "first_month": pl.Date, "last_month": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class LeftOutPerson:
    """One person whom no bill of the month holds, with the code of the law's refusal and the months it is about."""

    membership_id: int
    person_id: int
    name: str
    opd: str
    agreement: str
    refusal: str
    first_month: date
    last_month: date


def one_row_each(refused: pl.DataFrame) -> pl.DataFrame:
    """Of what `frames.compare` refused: one row per membership, as of the last month."""
    return (
        refused.sort("for_month")
        .group_by("membership_id")
        .agg(
            pl.col("opd_id", "agreement_id", REFUSAL).last(),
            pl.col("for_month").min().alias("first_month"),
            pl.col("for_month").max().alias("last_month"),
        )
        .sort("membership_id")
        .select(*_ROW)
    )


def keep(run: BillRun, rows: pl.DataFrame) -> None:
    """Beside the run that is being made."""
    told = rows.with_columns(run_id=pl.lit(run.pk), government_id=pl.lit(run.government_id))
    bulk.write(told, "billing_leftout")


def of_run(run: BillRun, *, after: int = 0, limit: int | None) -> list[LeftOutPerson]:
    """Whom a run left out, by membership, after one."""
    return _named(bulk.read(_KEPT, [run.pk, after, limit], schema=_ROW))


def of_month(government: Government, month: Month, *, after: int = 0, limit: int | None) -> list[LeftOutPerson]:
    """Whom `bill_month` would leave out now. Raises MonthClosed and LawError."""
    with whole_government(government):
        compared = frames.compare(government.pk, window(government.pk, month, runs_now(government.pk, month)))
    found = one_row_each(compared.refused).filter(pl.col("membership_id") > after)
    return _named(found if limit is None else found.head(limit))


def _named(rows: pl.DataFrame) -> list[LeftOutPerson]:
    people = bulk.read(
        _NAMED,
        [rows["membership_id"].to_list()],
        schema={"membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String},
    )
    opds = bulk.read("SELECT id, short_name FROM places_opd", schema={"opd_id": pl.Int64, "opd": pl.String})
    agreements = bulk.read(
        "SELECT id, number FROM agreements_agreement", schema={"agreement_id": pl.Int64, "agreement": pl.String}
    )
    told = (
        people.join(rows, on="membership_id", maintain_order="right")
        .join(opds, on="opd_id", how="left", maintain_order="left")
        .join(agreements, on="agreement_id", how="left", maintain_order="left")
        .select(
            "membership_id", "person_id", "name", "opd", "agreement", REFUSAL, "first_month", "last_month",
        )
    )  # fmt: skip
    return [LeftOutPerson(*row) for row in told.iter_rows()]
