"""Verbs of circulars: ask the civil servants of some OPD to carry workers, ask more OPD, show the ranking to all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import Agreement, BudgetLine, Fund
from payung.office.places.models import Government, Opd
from payung.office.sponsorship.models import Circular, Scope

KIND, CLASS, PROGRAMMES = "surat edaran", "BPU", ("JKK", "JKM")
LINE_CODE, LINE_NAME, FUND_NAME = "TPP", "Potongan TPP ASN", "TPP ASN"


class CircularRefused(Exception):
    """The circular is not issued; `reason` is `number_taken` or `nobody_asked`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Letter:
    """The circular as its paper says; `wage_rupiah` is the income that workers are reported with."""

    number: str
    title: str
    signed_on: date
    effective_from: date
    effective_until: date | None
    wage_rupiah: int


@dataclass(frozen=True)
class Rules:
    """How a circular runs: workers asked of each civil servant, day of the list, what the reward weighs in percent."""

    minimum_per_asn: int = 1
    list_day: int = 1
    share_weight: int = 50
    workers_weight: int = 20
    persistency_weight: int = 30


@transaction.atomic
def issue_circular(
    *,
    agreement: Agreement,
    lines: Sequence[BudgetLine],
    rules: Rules,
    by: User,
    at: datetime,
    bridging_fund: Fund | None = None,
) -> Circular:
    """The circular of that agreement, asking the OPD of these budget lines (one fund); issued again it only grows.

    `bridging_fund` advances what could not be deducted. Raises ValueError for lines of several funds or of no OPD.
    """
    require(by, Deed.KEEP_SPONSORS)
    funds = {line.fund_id for line in lines}
    asked = [(line.opd_id, line) for line in lines if line.opd_id is not None]
    if len(funds) != 1 or len(asked) != len(lines):
        raise ValueError("a circular is paid from one fund, with a line for each OPD")
    circular, made = Circular.objects.get_or_create(
        agreement=agreement,
        defaults={
            "government": agreement.government,
            "fund_id": funds.pop(),
            "bridging_fund": bridging_fund,
            **vars(rules),
        },
    )
    for opd_id, line in asked:
        Scope.objects.get_or_create(
            circular=circular, opd_id=opd_id, defaults={"government": circular.government, "budget_line": line}
        )
    if made:
        record("issue_circular", subject=f"agreement:{agreement.pk}", by=by, at=at, detail={"opds": len(lines)})
    return circular


@transaction.atomic
def announce(
    *,
    government: Government,
    letter: Letter,
    opds: Sequence[Opd],
    rules: Rules,
    by: User,
    at: datetime,
    bridging_fund: Fund | None = None,
) -> Circular:
    """A circular from nothing: its agreement, the fund of TPP with a line for each OPD, and what it asks.

    Raises NotAllowed and CircularRefused.
    """
    require(by, Deed.SET_OFFICE)
    if not opds:
        raise CircularRefused("nobody_asked")
    if Agreement.objects.filter(government=government, number=letter.number).exists():
        raise CircularRefused("number_taken")
    agreement = sign_agreement(
        government=government,
        terms=Terms(
            kind=KIND, number=letter.number, title=letter.title, signed_on=letter.signed_on,
            effective_from=letter.effective_from, effective_until=letter.effective_until, membership_class=CLASS,
            programmes=PROGRAMMES, wage_base="nominal", wage_nominal_rupiah=letter.wage_rupiah,
        ),
        by=by,
        at=at,
    )  # fmt: skip
    return _ask(agreement, opds, rules, bridging_fund, by, at)


@transaction.atomic
def ask_more(*, circular: Circular, opds: Sequence[Opd], by: User, at: datetime) -> None:
    """The circular asks these OPD too; those it asks already stay as they are. Raises NotAllowed."""
    require(by, Deed.SET_OFFICE)
    asked = set(Scope.objects.filter(circular=circular).values_list("opd_id", flat=True))
    added = [opd for opd in opds if opd.pk not in asked]
    if added:
        _ask(circular.agreement, added, Rules(), None, by, at)
        detail = {"opds": len(added)}
        record("ask_more_opds", subject=f"agreement:{circular.agreement_id}", by=by, at=at, detail=detail)


@transaction.atomic
def show_to_all(*, circular: Circular, public: bool, by: User, at: datetime) -> None:
    """Whether everybody may read how the OPD rank, without people. Raises NotAllowed."""
    require(by, Deed.KEEP_SPONSORS)
    if circular.is_public != public:
        circular.is_public = public
        circular.save(update_fields=["is_public"])
        record("show_ranking", subject=f"circular:{circular.pk}", by=by, at=at, detail={"public": public})


def _ask(
    agreement: Agreement, opds: Sequence[Opd], rules: Rules, bridging_fund: Fund | None, by: User, at: datetime
) -> Circular:
    """Lines for these OPD in the fund of TPP, and the circular that asks them."""
    year = agreement.effective_from.year
    fund = open_fund(
        government=agreement.government, kind="TPP", name=FUND_NAME, year=year,
        lines=[NewLine(opd, LINE_CODE, LINE_NAME, 0, 0) for opd in opds], by=by, at=at,
    )  # fmt: skip
    lines = BudgetLine.objects.filter(fund=fund, year=year, code=LINE_CODE, opd__in=opds)
    return issue_circular(
        agreement=agreement, lines=list(lines), rules=rules, bridging_fund=bridging_fund, by=by, at=at
    )
