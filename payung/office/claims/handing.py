"""Who receives at a hand-over: claims that were paid, line by line of whom the money went to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, Sum

from payung.office.access.marks import unseal
from payung.office.claims.catalogue import kinds
from payung.office.claims.heirs import shares
from payung.office.claims.models import Benefit, Heir, Payout
from payung.office.places.queries import Area

MOST_CLAIMS = 500
"""As many as one list holds."""
TO_FAMILY = Q(payout__paid_by__in=[Payout.BPJS, Payout.EMPLOYER], payout__taken_back=None)


@dataclass(frozen=True)
class Paid:
    """A claim that was paid, to choose from."""

    benefit_id: int
    reference: str
    person: str
    kind: str
    paid_on: date
    amount_rupiah: int


def years_paid(area: Area) -> list[int]:
    """The years in which claims were paid, the newest first."""
    paid = Payout.objects.filter(government=area.government, benefit__state=Benefit.PAID, taken_back=None)
    told = paid.aggregate(first=Min("paid_on"), last=Max("paid_on"))
    return list(range(told["last"].year, told["first"].year - 1, -1)) if told["last"] else []


def paid_in(area: Area, year: int) -> list[Paid]:
    """The claims whose last money came in a year, the newest first; at most MOST_CLAIMS."""
    found = Benefit.objects.filter(government=area.government, state=Benefit.PAID).annotate(
        paid_on=Max("payout__paid_on", filter=TO_FAMILY), amount=Sum("payout__amount_rupiah", filter=TO_FAMILY)
    )
    rows = found.filter(paid_on__year=year).order_by("-paid_on", "-pk")
    told = rows.values_list("pk", "case__reference", "case__person__name", "kind", "paid_on", "amount")
    return [Paid(*row) for row in told[:MOST_CLAIMS]]


@dataclass(frozen=True)
class Receiver:
    """A line of the list. `nik` is that of the member and `account` that of the receiver, both in clear: mask them
    before a screen or paper. Without an heir it is the member who receives.
    """

    reference: str
    person: str
    nik: str | None
    kind: str
    heir: str
    relation: str
    bank: str
    account: str | None
    paid_on: date
    amount_rupiah: int


def receivers(area: Area, benefit_ids: Iterable[int]) -> list[Receiver]:
    """Whom the money of these paid claims went to, those that the area shows, in the order of the members' names."""
    paid = Payout.objects.filter(
        government=area.government, benefit__in=list(benefit_ids), benefit__state=Benefit.PAID,
        paid_by__in=[Payout.BPJS, Payout.EMPLOYER], taken_back=None,
    ).select_related("heir", "benefit__case__person")  # fmt: skip
    lines: dict[tuple[int, int | None], list[Payout]] = {}
    for one in paid.order_by("benefit__case__person__name", "benefit", "heir", "paid_on"):
        lines.setdefault((one.benefit_id, one.heir_id), []).append(one)
    return [line for together in lines.values() for line in _lines(together)]


def _lines(together: list[Payout]) -> Iterable[Receiver]:
    """What one heir was paid of one claim; where nobody was named with the money, each heir's share of it."""
    newest, amount = together[-1], sum(one.amount_rupiah for one in together)
    heirs = [newest.heir] if newest.heir else []
    if not heirs and kinds()[newest.benefit.kind].to_heirs:
        heirs = list(Heir.objects.filter(case=newest.benefit.case_id, replaced_at__isnull=True).order_by("pk"))
    if not heirs:
        return [_receiver(newest, None, amount)]
    return [_receiver(newest, heir, share) for heir, share in zip(heirs, shares(amount, heirs), strict=True)]


def _receiver(newest: Payout, heir: Heir | None, amount_rupiah: int) -> Receiver:
    case = newest.benefit.case
    return Receiver(
        reference=case.reference,
        person=case.person.name,
        nik=unseal(case.person.nik_sealed, kind="nik"),
        kind=newest.benefit.kind,
        heir=heir.guardian or heir.name if heir else case.person.name,
        relation=heir.relation if heir else "",
        bank=heir.bank if heir else "",
        account=unseal(heir.account_sealed, kind="account") if heir else None,
        paid_on=newest.paid_on,
        amount_rupiah=amount_rupiah,
    )
