"""What a fault is, and the desk on which it is planted."""

from collections.abc import Callable
from dataclasses import dataclass, field

from payung.doors.world.chance import Dice
from payung.doors.world.entries import Entry
from payung.doors.world.facts import MembershipClass, Place
from payung.doors.world.styles import Style
from payung.rules.months import Month

VERDICTS = ("clean", "repaired", "human", "reject")
"""From best to worst; the worst finding of a row decides."""


@dataclass(slots=True)
class Desk:
    """One office's list while faults are planted: its sheets, and the entries that must stay as they are."""

    place: Place
    membership_class: MembershipClass
    style: Style
    month: Month
    dice: Dice
    taken: set[str]
    sheets: list[list[Entry]]
    held: set[int] = field(default_factory=set)

    def neighbours(self, entry: Entry) -> tuple[list[Entry], int]:
        """The sheet of an entry and its position there."""
        for sheet in self.sheets:
            for position, other in enumerate(sheet):
                if other is entry:
                    return sheet, position
        raise LookupError("the entry is on no sheet of this desk")

    def free(self, entry: Entry) -> bool:
        """Whether nothing was planted in an entry and no other fault leans on it."""
        return entry.untouched and id(entry) not in self.held

    def hold(self, entry: Entry) -> None:
        """Keeps an entry clean from now on, because a fault elsewhere needs it as it is."""
        self.held.add(id(entry))


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of dirt. `plant` answers False, and changes nothing, where it cannot be planted."""

    kind: str
    plant: Callable[[Entry, Desk], bool]
    codes: tuple[str, ...]
    verdict: str
    often: int = 1
    fields: tuple[str, ...] = ()
    classes: tuple[MembershipClass, ...] = ("PU", "BPU")

    def fits(self, desk: Desk) -> bool:
        """Whether the class and the columns of the list have room for it."""
        return desk.membership_class in self.classes and all(desk.style.shows(name) for name in self.fields)


def worst(one: str, other: str) -> str:
    """The worse of two verdicts."""
    return max(one, other, key=VERDICTS.index)
