"""Why a line stands on a bill: the month's own, or a correction of a month before and what changed since."""

from datetime import date, datetime, time, timedelta

import polars as pl
from django.utils import timezone

from payung.office import bulk
from payung.office.agreements.models import Agreement
from payung.office.billing.open_months import Window
from payung.rules.law.deadlines import due_on
from payung.rules.months import Month

_TAKEN_BACK = """
    SELECT DISTINCT l.membership_id, l.for_month FROM billing_bill b JOIN billing_billline l ON l.bill_id = b.id
    WHERE b.government_id = %s AND b.state = 'void' AND b.final_at IS NOT NULL AND l.for_month BETWEEN %s AND %s
"""
_DIED = """
    SELECT m.id FROM agreements_entry e JOIN registry_membership m ON m.person_id = e.person_id
    WHERE e.government_id = %s AND e.replaced_at IS NULL AND e.end_reason = 'died'
"""
_BILLED_MONTHS = """
    SELECT DISTINCT b.month FROM billing_bill b JOIN billing_billrun r ON r.id = b.run_id
    WHERE b.government_id = %s AND b.state <> 'void' AND r.until_month IS NULL AND b.month = ANY(%s)
"""
# Whoever stood in force of a month before it was due; replaced spells count: what matters is what was known then.
_IN_TIME = """
    SELECT DISTINCT s.membership_id, d.for_month
    FROM unnest(%s::date[], %s::text[], %s::timestamptz[]) AS d (for_month, class, due_at)
    JOIN agreements_agreement a ON a.membership_class = d.class
    JOIN enrolment_spell s ON s.agreement_id = a.id AND s.recorded_at < d.due_at AND s.from_month <= d.for_month
        AND coalesce(s.until_month, 'infinity') >= d.for_month AND coalesce(s.replaced_at, 'infinity') >= d.due_at
    WHERE s.government_id = %s
"""
_PAIR = {"membership_id": pl.Int64, "for_month": pl.Date}


def reason_of(government_id: int, both: pl.DataFrame, open_months: Window) -> pl.Expr:
    """`regular`, `advance`, `rebilled` (a bill was taken back), `month_unbilled` (nobody billed that month, though the
    person stood in force before it was due), `late_entry`, `wage_change`, `rate_change` (the law, its reading or a
    relief), `ended`, `died`. Asks `both` for KEY, is_owed, was_billed, wage_rupiah and wage_before.
    """
    taken_back = _taken_back(government_id, open_months) & ~pl.col("was_billed")
    for_now = pl.col("for_month") == open_months.last.first_day
    to_come = pl.col("for_month") > open_months.last.first_day
    earlier = ~pl.col("was_billed") & pl.col("is_owed") & (pl.col("for_month") < open_months.last.first_day)
    unbilled = _unbilled(government_id, both.filter(earlier))
    return (
        pl.when(~pl.col("is_owed") & _died(government_id, both)).then(pl.lit("died"))
        .when(~pl.col("is_owed")).then(pl.lit("ended"))
        .when(~pl.col("was_billed") & for_now).then(pl.lit("regular"))
        .when(~pl.col("was_billed") & to_come).then(pl.lit("advance"))
        .when(taken_back).then(pl.lit("rebilled"))
        .when(~pl.col("was_billed") & unbilled).then(pl.lit("month_unbilled"))
        .when(~pl.col("was_billed")).then(pl.lit("late_entry"))
        .when(pl.col("wage_rupiah") != pl.col("wage_before")).then(pl.lit("wage_change"))
        .otherwise(pl.lit("rate_change"))
    )  # fmt: skip


def _taken_back(government_id: int, open_months: Window) -> pl.Expr:
    """Whether the line stood on a bill that was voided after it had been final."""
    asked = [government_id, open_months.first.first_day, open_months.furthest.first_day]
    return _among(bulk.read(_TAKEN_BACK, asked, schema=_PAIR))


def _unbilled(government_id: int, earlier: pl.DataFrame) -> pl.Expr:
    """Whether nobody billed the month of the line, and the person stood in force before that month was due."""
    months = earlier["for_month"].unique().to_list()
    if not months:
        return pl.lit(False)
    billed = bulk.read(_BILLED_MONTHS, [government_id, months], schema={"month": pl.Date})["month"].to_list()
    due = [
        (month, klass, _end_of(due_on(klass, Month.of(month), frozenset()).day))
        for month in sorted(set(months) - set(billed))
        for klass in Agreement.objects.values_list("membership_class", flat=True).distinct().order_by()
    ]
    if not due:
        return pl.lit(False)
    return _among(bulk.read(_IN_TIME, [*map(list, zip(*due, strict=True)), government_id], schema=_PAIR))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _among(found: pl.DataFrame) -> pl.Expr:
    """Whether membership and month of the line are one of these pairs."""
    if found.is_empty():
        return pl.lit(False)
    pairs = found.select(pl.struct("membership_id", "for_month").alias("pair"))["pair"]
    return pl.struct("membership_id", "for_month").is_in(pairs.implode())


def _died(government_id: int, both: pl.DataFrame) -> pl.Expr:
    """Whether a decree says that the person died; asked only when something has ended."""
    if both.filter(~pl.col("is_owed")).is_empty():
        return pl.lit(False)
    found = bulk.read(_DIED, [government_id], schema={"membership_id": pl.Int64})
    return pl.col("membership_id").is_in(found["membership_id"].implode())
