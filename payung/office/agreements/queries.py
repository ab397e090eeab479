"""Questions about agreements."""

from payung.office.agreements.models import Agreement
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
