"""Workers who pay for themselves, alone or in a group: a payment unit of their own, a fund that is nobody's budget."""

from datetime import datetime

from django.db import transaction

from payung.office.access.models import User
from payung.office.agreements.actions import NewLine, open_fund
from payung.office.agreements.models import BudgetLine
from payung.office.places.actions import NewOpd, add_opds
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.rules.months import Month

FUND = "Iuran pekerja sendiri"


class SelfPayerRefused(Exception):
    """The number stands for another payer."""


@transaction.atomic
def open_self_payer(
    *, government: Government, number: str, name: str, first: Month, heads: int, by: User, at: datetime
) -> BudgetLine:
    """The payer of that number, from the first month on; again it opens the year of another month.

    `name` is the group's; of a person alone it is empty, for a person's name stands in the registry only. Raises
    SelfPayerRefused.
    """
    called = name or f"Peserta perorangan {number}"
    unit = PaymentUnit.objects.filter(government=government, number=number).first()
    taken = Opd.objects.filter(government=government, code=number).exclude(opdunit__unit__kind=PaymentUnit.SELF)
    if taken.exists() or (unit is not None and (unit.kind, unit.name) != (PaymentUnit.SELF, called)):
        raise SelfPayerRefused(number)
    new = NewOpd(number, called, called[:60], number)
    payer = add_opds(
        government=government, opds=[new], unit_kind=PaymentUnit.SELF, from_month=first.first_day, by=by, at=at
    )[number]
    line = NewLine(payer, number, called, 0, heads)
    fund = open_fund(government=government, kind="self", name=FUND, year=first.year, lines=[line], by=by, at=at)
    return BudgetLine.objects.get(fund=fund, opd=payer, year=first.year, code=number)
