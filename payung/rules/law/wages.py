"""On what wage a non-ASN worker's contributions are reckoned: the policy an agreement names.

Kota Bandung reckoned on the UMP of Jawa Barat in 2022, other places on the UMK or on the honorarium paid; no
rule was found that forces one of them, so the agreement decides and the wage reported is kept apart from the
wage paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from payung.rules.law.figures import BeforeTheLawError, Certainty, Figure, LawError, NotKnownError
from payung.rules.law.tables import table
from payung.rules.law.words import NO_WORDS, Words
from payung.rules.money import LARGEST_WAGE_RUPIAH
from payung.rules.months import Month


class WagePolicy(StrEnum):
    """Which wage is reported to BPJS."""

    UMP = "UMP"
    """the minimum wage of the province"""
    UMK = "UMK"
    """the minimum wage of the regency or city"""
    HONORARIUM = "honorarium"
    """what the person is paid"""
    NOMINAL = "nominal"
    """a sum the agreement names"""


class NoMinimumWageError(LawError):
    """The table holds no minimum wage for that place and month."""


class NoReportedWageError(LawError):
    """The policy needs a wage in whole rupiah and none, or an impossible one, was given."""


@dataclass(frozen=True, slots=True)
class WageBase:
    """The wage to reckon on, with the published value and its source; no figure behind a nominal one."""

    rupiah: int
    published: Decimal
    citation: str
    certainty: Certainty
    doubt: Words
    figure: Figure | None


def wage_base(
    policy: WagePolicy | str,
    place: str,
    month: Month,
    reported_wage: int | None = None,
    *,
    known_on: date | None = None,
) -> WageBase:
    """The monthly wage base under a policy, whole rupiah, a published decimal rounded half up.

    `place` is a Kemendagri code ("32.73", "32"); UMP takes its province. UMP and UMK follow the table each
    January: an agreement that freezes its base passes the month in which it was frozen. `reported_wage` (in
    whole rupiah) serves honorarium and nominal.

    Raises NoMinimumWageError, NoReportedWageError, and ValueError for an unknown policy.
    """
    policy = WagePolicy(policy)
    if policy in (WagePolicy.UMP, WagePolicy.UMK):
        figure = _minimum_wage(policy, place, month, known_on)
        return WageBase(figure.rupiah, figure.value, figure.citation, figure.certainty, figure.doubt, figure)
    if reported_wage is None or not 0 <= reported_wage <= LARGEST_WAGE_RUPIAH:
        raise NoReportedWageError(f"Dasar {policy} memerlukan upah dalam rupiah bulat, paling tinggi Rp1.000.000.000.")
    origin = "honorarium yang dibayarkan" if policy is WagePolicy.HONORARIUM else "jumlah yang disebut perjanjian"
    return WageBase(reported_wage, Decimal(reported_wage), origin, Certainty.SOURCED, NO_WORDS, None)


def monthly_wage(
    paid_by: str, amounts_rupiah: Sequence[int], month: Month, *, known_on: date | None = None
) -> WageBase:
    """A monthly wage from one that is not paid by the month, whole rupiah, half up (PP 44/2015 on a month's wage).

    `daily`: one daily wage, times 25. `piece`: the wages of the last 3 months, newest last, averaged; `weather` (work
    that hangs on the weather): of the last 12. Of fewer months, those there are. Raises NoReportedWageError without
    an amount, or when the result is beyond what may be reported, and NotKnownError for another word.
    """
    figure = table("wage_conversion").series(paid_by, known_on=known_on).at(month)
    counted = list(amounts_rupiah)[-(1 if paid_by == "daily" else int(figure.value)) :]
    if not counted or min(counted) < 0:
        raise NoReportedWageError("Upah harian atau borongan harus disebut, dalam rupiah bulat.")
    if paid_by == "daily":
        published = counted[0] * figure.value
    else:
        published = Decimal((2 * sum(counted) + len(counted)) // (2 * len(counted)))
    if published > LARGEST_WAGE_RUPIAH:
        raise NoReportedWageError("Upah di atas Rp1.000.000.000 sebulan ditolak.")
    return WageBase(int(published), published, figure.citation, figure.certainty, figure.doubt, figure)


def _minimum_wage(policy: WagePolicy, place: str, month: Month, known_on: date | None) -> Figure:
    code = place.partition(".")[0] if policy is WagePolicy.UMP else place
    nothing = NoMinimumWageError(f"{policy} untuk wilayah {place!r} pada {month} tidak ada di tabel minimum_wage.")
    if policy is WagePolicy.UMK and "." not in code:  # a province has no UMK
        raise nothing
    try:
        return table("minimum_wage").series(code, known_on=known_on).at(month)
    except (NotKnownError, BeforeTheLawError) as missing:
        raise nothing from missing
