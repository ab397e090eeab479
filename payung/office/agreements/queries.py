"""Questions about agreements."""

from datetime import datetime

from payung.office.agreements.models import Agreement, LawReading
from payung.office.known import standing
from payung.rules.law.dated import DatedReading, DatedReadings
from payung.rules.law.wages import WageBase, wage_base
from payung.rules.months import Month


def base_of(agreement: Agreement, month: Month) -> WageBase | None:
    """The wage base that the agreement itself fixes for a month; None when each person's wage decides."""
    if agreement.wage_base == "honorarium":
        return None
    frozen = agreement.wage_base_frozen_at
    return wage_base(
        agreement.wage_base,
        agreement.wage_base_place,
        Month.of(frozen) if frozen else month,
        agreement.wage_nominal_rupiah,
    )


def readings_of(government_id: int, *, known_at: datetime | None = None) -> DatedReadings:
    """How the government reads what is doubtful, each from a month on, as known at an instant (None: now)."""
    found = LawReading.objects.filter(standing(known_at), government_id=government_id).order_by("from_month", "pk")
    return DatedReadings(tuple(DatedReading(Month.of(row.from_month), row.reading, row.option) for row in found))


def readings_said(government_id: int) -> dict[str, list[LawReading]]:
    """What the government confirmed, by reading, in the order of the months from which it holds."""
    said: dict[str, list[LawReading]] = {}
    for row in LawReading.objects.filter(standing(None), government_id=government_id).order_by("from_month", "pk"):
        said.setdefault(row.reading, []).append(row)
    return said
