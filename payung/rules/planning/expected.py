"""Expected claims beside contributions, at rates that somebody hands in with their source: none is assumed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from payung.rules.months import Month
from payung.rules.planning.buying import Bought, Cohort
from payung.rules.planning.protection import Protection

PER = 1_000_000
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a year, per million people, and what one work accident costs on the average; `source` says by whom."""

    deaths_per_million: int
    accidents_per_million: int
    accident_mean_rupiah: int
    source: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Numbers of cases in thousandths, money in whole rupiah, rounded half up once."""

    deaths_thousandths: int
    deaths_rupiah: int
    accidents_thousandths: int
    accidents_rupiah: int

    @property
    def rupiah(self) -> int:
        return self.deaths_rupiah + self.accidents_rupiah


def expected(
    rates: Rates, years: Iterable[tuple[Bought, Iterable[Cohort]]], worth: Mapping[Month, Protection]
) -> Expected:
    """What may be claimed; each month's deaths at what a death pays in that month of that cohort."""
    person_months, death_rupiah_months = 0, 0
    for year, cohorts in years:
        for cohort in cohorts:
            for month in year.first.until(year.last):
                person_months += cohort.heads
                death_rupiah_months += cohort.heads * worth[cohort.joined].on(month).death_rupiah
    deaths, accidents = (
        Fraction(rate * person_months, PER * MONTHS_A_YEAR)
        for rate in (rates.deaths_per_million, rates.accidents_per_million)
    )
    return Expected(
        deaths_thousandths=_half_up(deaths * 1000),
        deaths_rupiah=_half_up(Fraction(rates.deaths_per_million * death_rupiah_months, PER * MONTHS_A_YEAR)),
        accidents_thousandths=_half_up(accidents * 1000),
        accidents_rupiah=_half_up(accidents * rates.accident_mean_rupiah),
    )


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
