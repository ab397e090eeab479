"""Before a payer pays in advance: who can, what each month to come will ask, and how sure the law is about it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.agreements.queries import base_of, readings_of
from payung.office.billing import frames
from payung.office.billing.actions import with_units
from payung.office.billing.open_months import Advance, Runs, window
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry.models import Job
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.wages import WageBase
from payung.rules.months import Month

_PAYERS = """
    SELECT u.id, u.name, l.id, l.name, f.name, f.kind, count(DISTINCT s.membership_id),
           (SELECT max(r.until_month) FROM billing_billrun r
            WHERE r.unit_id = u.id AND r.budget_line_id = l.id AND r.state = 'final')
    FROM enrolment_spell s JOIN agreements_agreement a ON a.id = s.agreement_id AND a.membership_class = 'BPU'
    JOIN agreements_budgetline l ON l.id = s.budget_line_id JOIN agreements_fund f ON f.id = l.fund_id
    JOIN places_opdunit x ON x.opd_id = s.payer_opd_id AND x.from_month <= %(month)s
         AND coalesce(x.until_month, 'infinity') >= %(month)s
    JOIN places_paymentunit u ON u.id = x.unit_id
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s
    GROUP BY u.id, l.id, f.id ORDER BY f.kind = 'self' DESC, u.name, l.name, l.id
"""
_PAYER = {
    "unit_id": pl.Int64, "unit": pl.String, "line_id": pl.Int64, "line": pl.String, "fund": pl.String,
    "fund_kind": pl.String, "heads": pl.Int64, "until": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class Payer:
    """A unit with a budget line from which it pays for members without an employer: how many in the month asked, and
    up to which month it last paid in advance.
    """

    unit_id: int
    unit: str
    budget_line_id: int
    budget_line: str
    fund: str
    fund_kind: str
    heads: int
    until: date | None


@dataclass(frozen=True)
class MonthAhead:
    """What a month asks of the payer, as surely as its least certain figure."""

    month: Month
    heads: int
    total_rupiah: int
    certainty: Certainty


@dataclass(frozen=True)
class Ahead:
    """The bill in advance as it would be made now. `left_out` are people to whom the law has no answer."""

    months: tuple[MonthAhead, ...]
    heads: int
    left_out: int

    @property
    def total_rupiah(self) -> int:
        return sum(one.total_rupiah for one in self.months)


def payers_ahead(government: Government, month: Month) -> list[Payer]:
    """Who can pay in advance from this month on; those who pay themselves first."""
    told = {"government": government.pk, "month": month.first_day}
    return [Payer(*row) for row in bulk.read(_PAYERS, told, schema=_PAYER).iter_rows()]


def look_ahead(government: Government, month: Month, advance: Advance) -> Ahead:
    """What `bill_month` would put on the bill in advance. Raises MonthClosed, AdvanceRefused and LawError."""
    with whole_government(government):
        compared = frames.compare(government.pk, window(government.pk, month, Runs(), advance), advance)
        lines = with_units(compared.lines, month, advance)
        months = tuple(
            _month_ahead(government, Month.of(day), lines.filter(pl.col("for_month") == day))
            for day in sorted(lines["for_month"].unique())
        )
        return Ahead(months, lines["membership_id"].n_unique(), compared.refused["membership_id"].n_unique())


def _month_ahead(government: Government, month: Month, lines: pl.DataFrame) -> MonthAhead:
    readings = readings_of(government.pk).on(month)
    told: list[Explanation | WageBase] = []
    for line in lines.unique("agreement_id", keep="first", maintain_order=True).iter_rows(named=True):
        agreement = Agreement.objects.get(pk=line["agreement_id"])
        job = Job.objects.filter(membership_id=line["membership_id"], opd_id=line["opd_id"], replaced_at=None).last()
        told.append(
            explain(
                membership_class=agreement.membership_class, month=month, wage_rupiah=line["wage_rupiah"],
                payer=BudgetLine.objects.select_related("fund").get(pk=line["budget_line_id"]).fund.kind,
                group=agreement.jkk_group, sector=job.sector if job else "other",
                programmes=tuple(agreement.programmes), readings=readings,
            )
        )  # fmt: skip
        told += [base] if (base := base_of(agreement, month)) else []
    certainty = weakest([one.certainty for one in told])
    return MonthAhead(month, lines["membership_id"].n_unique(), int(lines["total_rupiah"].sum()), certainty)
