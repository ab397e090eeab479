"""The month begins: the deduction list of each OPD is fixed, from all standing orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.utils.timezone import localdate

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.queries import until_of
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Circular, DeductionList, Scope
from payung.office.sponsorship.tariffs import Tariff, tariffs
from payung.rules.months import Month


class TooEarly(Exception):
    """The list of a month is fixed on the circular's day of that month, or later."""


@dataclass(frozen=True)
class Fixed:
    """What fixing a month brought: lists made now, lines on them, rupiah."""

    lists: int
    heads: int
    total_rupiah: int


_DUE = """
    SELECT o.opd_id, p.id, p.sector, p.with_jht, s.name
    FROM sponsorship_order o JOIN sponsorship_pledge p ON p.id = o.pledge_id
    JOIN sponsorship_sponsor s ON s.id = p.sponsor_id
    WHERE p.circular_id = %s AND o.replaced_at IS NULL AND o.from_month <= %s
      AND coalesce(o.until_month, 'infinity') >= %s AND o.opd_id = ANY(%s)
      AND NOT EXISTS (SELECT 1 FROM sponsorship_deduction d WHERE d.pledge_id = p.id AND d.month = %s)
    ORDER BY o.opd_id, s.name, p.id
"""
DUE = {"opd_id": pl.Int64, "pledge_id": pl.Int64, "sector": pl.String, "with_jht": pl.Boolean, "sponsor": pl.String}


def fix_lists(
    *, circular: Circular, month: Month, by: User | None, at: datetime, opd_ids: Iterable[int] | None = None
) -> Fixed:
    """The month's deduction list of every OPD that is asked (or of those named), from all standing orders.

    A list that is fixed stays. `by` None: the timetable does it, in nobody's name. Raises TooEarly before the
    circular's day, NotAllowed, and LawError where the law has no answer for the month.
    """
    if by is not None:
        require(by, Deed.DEDUCT)
    if localdate(at) < month.first_day.replace(day=circular.list_day):
        raise TooEarly(str(month))
    with whole_government(circular.government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=circular.government_id)
        scope = set(Scope.objects.filter(circular=circular).values_list("opd_id", flat=True))
        done = DeductionList.objects.filter(circular=circular, month=month.first_day).values_list("opd_id", flat=True)
        open_opds = sorted((scope & set(opd_ids) if opd_ids is not None else scope) - set(done))
        if not open_opds:
            return Fixed(0, 0, 0)
        asked = tariffs(circular, month)
        due = _priced(circular, month, open_opds, asked)
        made = _store(circular, month, open_opds, due, [one.as_json() for one in asked], by, at)
        detail = {"month": str(month), "lists": len(made), "lines": due.height}
        record("fix_deductions", subject=f"circular:{circular.pk}", by=by, at=at, detail=detail)
        return Fixed(len(made), due.height, int(due["due_rupiah"].sum()))


def fix_due(*, government: Government, at: datetime) -> int:
    """What the timetable does each day: the lists of this month, of every circular in force whose day has come.

    Again changes nothing; months before are the office's own to fix. Returns how many lists were made. Raises LawError.
    """
    today = localdate(at)
    with whole_government(government):
        found = Circular.objects.filter(
            government=government, agreement__effective_from__lte=today, list_day__lte=today.day
        ).select_related("government", "agreement", "fund")
        due = [one for one in found if (until_of(one.agreement) or today) >= today]
        return sum(fix_lists(circular=one, month=Month.of(today), by=None, at=at).lists for one in due)


def _priced(circular: Circular, month: Month, opd_ids: list[int], asked: list[Tariff]) -> pl.DataFrame:
    """Everybody who stands in the month, with what the law asks."""
    first = month.first_day
    due = bulk.read(_DUE, [circular.pk, first, first, opd_ids, first], schema=DUE)
    price = pl.DataFrame(
        [(one.sector, one.with_jht, one.jkk, one.jkm, one.jht, one.due_rupiah) for one in asked],
        schema={"sector": pl.String, "with_jht": pl.Boolean, "jkk": pl.Int64, "jkm": pl.Int64, "jht": pl.Int64,
                "due_rupiah": pl.Int64},
        orient="row",
    )  # fmt: skip
    return due.join(price, on=["sector", "with_jht"], how="left", maintain_order="left")


def _store(
    circular: Circular, month: Month, opd_ids: list[int], due: pl.DataFrame, told: list[dict[str, Any]],
    by: User | None, at: datetime,
) -> list[DeductionList]:  # fmt: skip
    sums = {
        opd_id: (heads, total)
        for opd_id, heads, total in due.group_by("opd_id").agg(pl.len(), pl.col("due_rupiah").sum()).iter_rows()
    }
    made = DeductionList.objects.bulk_create(
        DeductionList(
            government_id=circular.government_id, circular=circular, opd_id=opd_id, month=month.first_day,
            heads=sums.get(opd_id, (0, 0))[0], total_rupiah=sums.get(opd_id, (0, 0))[1],
            tariffs=_used(told, due, opd_id), fixed_by=by, fixed_at=at,
        )
        for opd_id in opd_ids
    )  # fmt: skip
    lists = pl.DataFrame(
        [(one.opd_id, one.pk) for one in made],
        schema={"opd_id": pl.Int64, "deduction_list_id": pl.Int64}, orient="row",
    )  # fmt: skip
    lines = due.join(lists, on="opd_id", maintain_order="left").with_columns(
        pl.int_range(1, pl.len() + 1).over("opd_id").alias("number"),
        pl.lit(circular.government_id).alias("government_id"),
        pl.lit(month.first_day).alias("month"),
    )
    columns = ["government_id", "deduction_list_id", "number", "pledge_id", "month", "jkk", "jkm", "jht", "due_rupiah"]
    bulk.write(lines, "sponsorship_deduction", columns=columns)
    bulk.refresh_statistics(lines.height, "sponsorship_deduction", "sponsorship_deductionlist")
    return made


def _used(told: list[dict[str, Any]], due: pl.DataFrame, opd_id: int) -> list[dict[str, Any]]:
    """The tariffs that stand on the list of an OPD."""
    pairs = set(due.filter(pl.col("opd_id") == opd_id).select("sector", "with_jht").unique().iter_rows())
    return [one for one in told if (one["sector"], one["with_jht"]) in pairs]
