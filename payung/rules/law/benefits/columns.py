"""The words of a benefit: the facts asked, the kinds of event that use them, and the components paid.

A fact is a column: money in whole rupiah (the name ends in `_rupiah`), days as whole numbers (20211103), counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from payung.rules.money import LARGEST_WAGE_RUPIAH

LARGEST_BALANCE_RUPIAH = 1_000 * LARGEST_WAGE_RUPIAH
LARGEST_YEARLY_WAGE_RUPIAH = 12 * LARGEST_WAGE_RUPIAH


class Unit(StrEnum):
    """What a fact is measured in."""

    RUPIAH = "rupiah"
    COUNT = "count"
    DAY = "day"
    WORD = "word"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a question may tell. `lowest` and `highest` bound numbers, `words` are the ones it may hold."""

    name: str
    unit: Unit
    lowest: int = 0
    highest: int = 0
    words: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """Its name in a frame."""
        return f"{self.name}_rupiah" if self.unit is Unit.RUPIAH else self.name


CLASSES = ("PU", "BPU")
"""Workers of a construction project are PU here."""

CAUSES = ("jkk", "jkm")
EMPLOYERS = ("private", "state")
JHT_WHOLE = ("pension-age", "total-disability", "death", "resigned", "contract-ended", "dismissed", "bpu-stopped")
JHT_PARTS = ("home-30", "retirement-10")
JP_REASONS = ("old-age", "disability", "widow", "child", "parent")
CHILDREN = (1, 2)

LEVELS = ("TK", "SD", "SMP", "SMA", "PT")
"""Levels of school in their order; PT is higher education up to S1, or training."""

LAST_SCHOOL_YEAR = 19
"""School years are counted through: TK 1 is 1, SD 1 is 3, PT 5 is 19; 0 is not yet at school. Proved by law.py."""

NUMBERS = (
    Fact("wage", Unit.RUPIAH, highest=LARGEST_WAGE_RUPIAH),
    Fact("memberships", Unit.COUNT, lowest=1, highest=10),
    Fact("loss_shares", Unit.COUNT, lowest=1, highest=1_000_000),
    Fact("months", Unit.COUNT, highest=120),
    Fact("days", Unit.COUNT, highest=366),
    *(Fact(name, Unit.RUPIAH, highest=LARGEST_WAGE_RUPIAH) for name in ("land", "sea", "air")),
    *(Fact(name, Unit.RUPIAH, highest=LARGEST_WAGE_RUPIAH) for name in ("prosthesis", "denture", "hearing_aid")),
    *(Fact(name, Unit.RUPIAH, highest=LARGEST_WAGE_RUPIAH) for name in ("glasses", "home_care")),
    Fact("home_care_months", Unit.COUNT, lowest=1, highest=120),
    Fact("paid_months", Unit.COUNT, highest=720),
    *(Fact(f"child_{child}_school_year", Unit.COUNT, highest=LAST_SCHOOL_YEAR) for child in CHILDREN),
    Fact("balance", Unit.RUPIAH, highest=LARGEST_BALANCE_RUPIAH),
    Fact("member_years", Unit.COUNT, highest=80),
    Fact("average_yearly_wage", Unit.RUPIAH, highest=LARGEST_YEARLY_WAGE_RUPIAH),
    Fact("contributions_and_return", Unit.RUPIAH, highest=LARGEST_BALANCE_RUPIAH),
)

OTHERS = (
    Fact("member_since", Unit.DAY),
    Fact("resumed_on", Unit.DAY),
    *(Fact(f"child_{child}_birth", Unit.DAY) for child in CHILDREN),
    Fact("cause", Unit.WORD, words=CAUSES),
    Fact("reason", Unit.WORD, words=(*JHT_WHOLE, *JHT_PARTS, *JP_REASONS)),
    Fact("employer", Unit.WORD, words=EMPLOYERS),
    Fact("cause_work_accident", Unit.YES),
)

FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in (*NUMBERS, *OTHERS)})
"""Every fact beside kind, on and class. `loss_shares`: hundred-thousandths of 80 wages, see losses.py."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of benefit: what it must be told, what it may be told, and its components."""

    name: str
    needs: tuple[str, ...]
    components: tuple[str, ...]
    may_have: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    """Of these facts at least one must be above 0."""

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.needs, *self.may_have, *self.one_of)


AIDS = ("prosthesis", "denture", "hearing_aid", "glasses", "home_care")
TRANSPORT = ("land", "sea", "air")
JOB_LOSS_MONTHS = (1, 2, 3, 4, 5, 6)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("jkk-death", ("wage",), ("death", "periodic", "funeral")),
            Kind("jkk-total", ("wage",), ("disability", "periodic")),
            Kind("jkk-partial", ("wage", "loss_shares"), ("disability",)),
            Kind("jkk-functional", ("wage", "loss_shares"), ("disability",)),
            Kind("jkk-temporary", ("wage",), ("temporary",), one_of=("months", "days")),
            Kind("jkk-transport", (), tuple(f"transport_{mode}" for mode in TRANSPORT), one_of=TRANSPORT),
            Kind("jkk-aids", (), tuple(f"aid_{aid}" for aid in AIDS), ("home_care_months",), AIDS),
            Kind(
                "jkm",
                (),
                ("death", "periodic", "funeral"),
                ("member_since", "resumed_on", "memberships", "cause_work_accident"),
            ),
            Kind(
                "scholarship",
                ("cause", "child_1_birth", "child_1_school_year"),
                ("child_1", "child_2"),
                ("paid_months", "child_2_birth", "child_2_school_year"),
            ),
            Kind("jht", ("balance", "reason"), ("savings",), ("member_years",)),
            Kind(
                "jp",
                ("paid_months", "average_yearly_wage", "reason"),
                ("pension", "lump_sum"),
                ("contributions_and_return",),
            ),
            Kind("jkp", ("wage", "months"), tuple(f"job_loss_{month}" for month in JOB_LOSS_MONTHS), ("employer",)),
        )
    }
)

COMPONENTS = tuple(dict.fromkeys(component for kind in KINDS.values() for component in kind.components))
"""Every component a kind may pay, whole rupiah; 0 where the row's kind has none, empty where it is refused."""

AMOUNTS = (*COMPONENTS, "total")

HALF_YEARS = (1, 2, 3)
"""Of temporary incapacity: the first six months, the second six, and later."""

STEPS = {
    "base_rupiah": "the wage, or the base of the bracket (BPU); up to the cap for jkp",
    "shares_counted": "hundred-thousandths of 80 wages that count as lost",
    "unlimited_rupiah": "an amount before its lowest and highest are looked at",
    "tax_rupiah": "final income tax on JHT: shown, not taken off",
    "waits": "a BPU who died before the waiting months had passed",
    "entitled": "enough months paid for the scholarship",
    **{f"months_in_{half}": "months of incapacity in this half-year" for half in HALF_YEARS},
    **{f"days_in_{half}": "days of incapacity in this half-year" for half in HALF_YEARS},
    **{f"child_{child}_age": "completed years of age on the day of the event" for child in CHILDREN},
    **{
        f"child_{child}_from": "school year on the day of the event, below 1 when school is yet to begin"
        for child in CHILDREN
    },
    **{f"child_{child}_lowest": "the first school year that is paid" for child in CHILDREN},
    **{f"child_{child}_years": "years paid: until the last birthday that counts" for child in CHILDREN},
}
"""Intermediate columns: the explanation is the row."""
