"""Workers without an employer: what they owe, what they pay in advance."""

from datetime import date, timedelta
from typing import Any

from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.billing.actions import bill_month
from payung.office.billing.models import Bill, BillLine, BillRun
from payung.office.billing.open_months import Advance
from payung.office.enrolment.actions import apply_leavers
from payung.office.enrolment.receiving import Heading
from payung.office.places.actions import NewOpd, add_opds
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approve_run, call_cast, enrol, people

OCTOBER = Month(2022, 10)
PER_HEAD = 10_000 + 6_800
"""JKK and JKM of a BPU with the lowest declared income."""
LATER = AT + timedelta(days=40)


def bpu_agreement(cast: Cast) -> Agreement:
    """On the lowest declared income, in force since January."""
    return sign_agreement(
        government=cast.government,
        terms=Terms(
            kind="PKS", number="SINTETIS/BPU", title="Perajin", signed_on=date(2022, 9, 26),
            effective_from=date(2022, 1, 1), effective_until=None, membership_class="BPU", programmes=("JKK", "JKM"),
            wage_base="nominal", wage_nominal_rupiah=1_000_000,
        ),
        by=cast.admin,
        at=AT,
    )  # fmt: skip


class Weavers:
    """Weavers without an employer in Kota Contoh, a group of their own, and one office that looks after them."""

    def __init__(
        self,
        *,
        kind: str = "self",
        first: Month = OCTOBER,
        heads: int = 3,
        people_from: int = 1,
        cast: Cast | None = None,
    ) -> None:
        self.cast = cast = cast or call_cast()
        told: dict[str, Any] = {"government": cast.government, "by": cast.admin, "at": AT}
        self.opd = add_opds(
            opds=[NewOpd("NAKER", "Dinas Tenaga Kerja", "Disnaker", "BPU00001")], unit_kind="group",
            from_month=Month(2022, 1).first_day, **told,
        )["NAKER"]  # fmt: skip
        agreement = bpu_agreement(cast)
        line = NewLine(self.opd, "1", "Perajin", 100_000_000, 10)
        fund = open_fund(kind=kind, name="Perajin", year=first.year, lines=[line], **told)
        self.line = BudgetLine.objects.get(fund=fund)
        self.heading = Heading(agreement, self.opd, self.line, first.first_day, "complete")
        enrol(cast, self.heading, people(heads, first=people_from))

    @property
    def unit_id(self) -> int:
        return self.opd.opdunit_set.get().unit_id

    def until(self, month: Month) -> Advance:
        return Advance(self.unit_id, self.line.pk, month)

    def draft(self, month: Month, until: Month) -> BillRun:
        return bill_month(
            government=self.cast.government, month=month, holidays=frozenset(), by=self.cast.treasurer, at=AT,
            advance=self.until(until),
        )  # fmt: skip

    def paid_ahead(self, month: Month, until: Month) -> Bill:
        (bill,) = approve_run(self.cast, self.draft(month, until))
        return bill

    def leave_from(self, month: Month, stay: int) -> None:
        """All but the first `stay` are said to have left before a month."""
        heading = Heading(self.heading.agreement, self.opd, self.line, month.first_day, "complete")
        gone = enrol(self.cast, heading, people(stay) + people(1, first=90, verdict="reject"), at=LATER)
        apply_leavers(plan_id=gone.pk, by=self.cast.admin, at=LATER)

    def lines(self, bill: Bill) -> list[tuple[str, str, int]]:
        found = BillLine.objects.filter(bill=bill).order_by("for_month", "pk")
        return [(str(Month.of(one.for_month)), one.reason, one.total_rupiah) for one in found]
