"""Verbs of agreements: sign an agreement, open a fund with its budget lines."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine, Fund, LawReading
from payung.office.places.models import Government, Opd
from payung.rules.law.readings import Readings
from payung.rules.months import Month


class NotConfirmed(Exception):
    """A reading stands on a letter of the branch; none was named."""


@dataclass(frozen=True)
class Terms:
    """What an agreement says, as its paper does."""

    kind: str
    number: str
    title: str
    signed_on: date
    effective_from: date
    effective_until: date | None
    membership_class: str
    programmes: tuple[str, ...]
    wage_base: str
    wage_base_place: str = ""
    wage_nominal_rupiah: int | None = None
    jkk_group: int = 1
    wage_base_frozen_at: date | None = None
    parties: tuple[str, ...] = ()
    quota: int | None = None
    warn_days: int = 90


@dataclass(frozen=True)
class NewLine:
    """One line of the budget document for one OPD (None: for the government as a whole)."""

    opd: Opd | None
    code: str
    name: str
    ceiling_rupiah: int
    heads: int


@transaction.atomic
def sign_agreement(*, government: Government, terms: Terms, by: User, at: datetime) -> Agreement:
    """The agreement of that number; signing the same number again returns the one that stands."""
    agreement, made = Agreement.objects.get_or_create(
        government=government,
        number=terms.number,
        defaults={**asdict(terms), "programmes": list(terms.programmes), "parties": list(terms.parties)},
    )
    if made:
        record(
            "sign_agreement",
            subject=f"agreement:{agreement.pk}",
            by=by,
            at=at,
            detail={"number": terms.number},
        )
    return agreement


@transaction.atomic
def open_fund(
    *,
    government: Government,
    kind: str,
    name: str,
    year: int,
    lines: Sequence[NewLine],
    by: User,
    at: datetime,
) -> Fund:
    """The fund with its budget lines of a year; lines already there stay as they are."""
    fund, _ = Fund.objects.get_or_create(government=government, kind=kind, name=name)
    for line in lines:
        _, made = BudgetLine.objects.get_or_create(
            fund=fund,
            opd=line.opd,
            year=year,
            code=line.code,
            defaults={"name": line.name, "ceiling_rupiah": line.ceiling_rupiah, "heads": line.heads},
        )
        if made:
            record("open_budget_line", subject=f"fund:{fund.pk}", by=by, at=at, detail={"code": line.code})
    return fund


@transaction.atomic
def confirm_reading(
    *,
    government: Government,
    reading: str,
    option: str,
    from_month: Month,
    confirmed_by: str,
    by: User,
    at: datetime,
) -> LawReading:
    """From that contribution month on a doubtful rule is read so; `confirmed_by` is the branch and its letter.

    What was said before of the same rule and month is replaced and kept. Months of open bills are reckoned anew with
    the next bill. Raises UnknownReadingError for a rule or option that does not exist, NotConfirmed without a letter.
    """
    Readings.parse([f"{reading}={option}"])
    if not confirmed_by.strip():
        raise NotConfirmed(reading)
    before = LawReading.objects.select_for_update().filter(
        government=government, reading=reading, from_month=from_month.first_day, replaced_at__isnull=True
    )
    before.update(replaced_at=at)
    made = LawReading.objects.create(
        government=government,
        reading=reading,
        option=option,
        from_month=from_month.first_day,
        confirmed_by=confirmed_by.strip(),
        recorded_at=at,
    )
    record(
        "confirm_reading",
        subject=f"government:{government.pk}",
        by=by,
        at=at,
        detail={"reading": reading, "option": option, "from_month": str(from_month)},
    )
    return made
