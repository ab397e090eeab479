"""What a worker's family gets, and from which month the death benefit is paid in full."""

from dataclasses import dataclass
from functools import lru_cache

from payung.rules.law.benefits.explain import Benefit, ask
from payung.rules.law.figures import weakest
from payung.rules.law.readings import Readings
from payung.rules.months import Month

MOST_MONTHS = 24


@dataclass(frozen=True)
class Worth:
    """Rupiah by law of the month; `full_from` is the first month in which a death is paid in full."""

    death_first_rupiah: int
    death_full_rupiah: int
    full_from: Month
    accident_death_rupiah: int
    certainty: str
    doubts: tuple[str, ...]


@lru_cache(maxsize=256)
def worth(month: Month, wage_rupiah: int, readings: Readings) -> Worth:
    """What somebody of class BPU who joins in that month is protected by. Raises LawError as the law's tables do."""

    def death_in(one: Month) -> Benefit:
        cells = {"kind": "jkm", "class": "BPU", "on": one.first_day.isoformat()}
        return ask({**cells, "member_since": month.first_day.isoformat()}, readings=readings)

    later = month.shift(MOST_MONTHS)
    first, whole = death_in(month), death_in(later).total
    cells = {"kind": "jkk-death", "class": "BPU", "on": month.first_day.isoformat(), "wage": str(wage_rupiah)}
    accident = ask(cells, readings=readings)
    return Worth(
        death_first_rupiah=first.total,
        death_full_rupiah=whole,
        full_from=next(one for one in month.until(later) if death_in(one).total == whole),
        accident_death_rupiah=accident.total,
        certainty=weakest((first.certainty, accident.certainty)).value,
        doubts=tuple(dict.fromkeys(doubt.reason for doubt in (*first.doubts, *accident.doubts))),
    )
