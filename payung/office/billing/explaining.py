"""Why a line of a bill is what it is, down to the article; and what billing a month would make."""

from dataclasses import dataclass
from typing import Literal

import polars as pl
from django.db.models import Sum

from payung.office.agreements.queries import base_of, readings_of
from payung.office.billing import frames
from payung.office.billing.models import Bill, BillLine, Posting
from payung.office.billing.open_months import runs_now, window
from payung.office.billing.queries import OF_LINE, BillHead, Line, bill, line_of, visible_bills
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.registry.models import Job
from payung.rules.law.columns import REFUSAL
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.wages import WageBase
from payung.rules.months import Month


@dataclass(frozen=True)
class Preview:
    """What billing a month would make: bills, heads and rupiah, adjustments apart.

    `left_out` counts memberships to which the law has no answer, by the code of its refusal.
    """

    month: Month
    bills: int
    heads: int
    total_rupiah: int
    adjustment_lines: int
    adjustment_rupiah: int
    left_out: dict[str, int]


def preview(government: Government, month: Month) -> Preview:
    """What `bill_month` would make now; nothing is stored. Raises MonthClosed."""
    with whole_government(government):
        return _preview(government, month)


def _preview(government: Government, month: Month) -> Preview:
    compared = frames.compare(government.pk, window(government.pk, month, runs_now(government.pk, month)))
    found = compared.lines
    adjusting = found.filter(pl.col("reason") != "regular")
    return Preview(
        month=month,
        bills=found.select("budget_line_id").n_unique(),
        heads=found["membership_id"].n_unique(),
        total_rupiah=int(found["total_rupiah"].sum()),
        adjustment_lines=adjusting.height,
        adjustment_rupiah=int(adjusting["total_rupiah"].sum()),
        left_out=dict(compared.refused.unique("membership_id").group_by(REFUSAL).len().iter_rows()),
    )


@dataclass(frozen=True)
class LineExplained:
    """Why a line is what it is: the law's steps for the month it is for, and what had been billed before.

    `base` is the wage base that the agreement fixes, with its source; None when the person's own wage counts.
    `posting` is BPJS's confirmation of that month, None while there is none.
    """

    line: Line
    bill: BillHead
    explanation: Explanation
    base: WageBase | None
    billed_before_rupiah: int
    posting: Posting | None


def explained(area: Area, line_id: int, *, language: Literal["id", "en"] = "id") -> LineExplained:
    """One line down to the article. Raises BillLine.DoesNotExist when the area does not show it."""
    item = BillLine.objects.select_related(*OF_LINE, "agreement", "bill__budget_line__fund").get(
        pk=line_id, bill__in=visible_bills(area)
    )
    job = (
        Job.objects.filter(membership=item.membership, opd=item.opd, replaced_at__isnull=True)
        .order_by("-from_month")
        .first()
    )
    before = BillLine.objects.filter(
        membership=item.membership,
        for_month=item.for_month,
        bill__budget_line=item.bill.budget_line,
        pk__lt=item.pk,
    ).exclude(bill__state=Bill.VOID)
    postings = Posting.objects.filter(membership=item.membership, month=item.for_month)
    posting = postings.select_related("file").first()
    return LineExplained(
        line=line_of(item, posted=posting is not None),
        bill=bill(area, item.bill_id),
        explanation=explain(
            membership_class=item.agreement.membership_class,
            month=Month.of(item.for_month),
            wage_rupiah=item.wage_rupiah,
            group=item.agreement.jkk_group,
            payer=item.bill.budget_line.fund.kind,
            sector=job.sector if job else "other",
            programmes=tuple(item.agreement.programmes),
            readings=readings_of(item.bill.government_id, known_at=item.bill.made_at).on(Month.of(item.for_month)),
            language=language,
        ),
        base=base_of(item.agreement, Month.of(item.for_month)),
        billed_before_rupiah=int(before.aggregate(total=Sum("total_rupiah"))["total"] or 0),
        posting=posting,
    )
