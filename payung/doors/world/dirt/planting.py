"""Plant faults in about 4 % of the rows of every list, each kind early and the common ones often."""

from payung.doors.world.chance import Dice
from payung.doors.world.dirt import birth, nik, surroundings, twice, words
from payung.doors.world.dirt.faults import Desk, Fault, worst
from payung.doors.world.entries import Entry
from payung.doors.world.facts import MembershipClass

FAULTS = (*nik.FAULTS, *birth.FAULTS, *words.FAULTS, *surroundings.FAULTS, *twice.FAULTS)
DIRTY_PER_THOUSAND = 40


class Planter:
    """Goes from list to list with one deck of faults for each class: what does not fit waits for the next."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._decks: dict[MembershipClass, list[Fault]] = {}
        self._owed = 0

    def plant(self, desk: Desk) -> int:
        """Plants the share of a list; answers how many faults. What a small list cannot hold, the next gets."""
        entries = [entry for sheet in desk.sheets for entry in sheet]
        self._owed += len(entries) * DIRTY_PER_THOUSAND
        planted = 0
        for entry in desk.dice.shuffled(entries):
            if self._owed < 1000:
                break
            if desk.free(entry) and self._plant_one(entry, desk):
                planted += 1
                self._owed -= 1000
        return planted

    def _plant_one(self, entry: Entry, desk: Desk) -> bool:
        """The first fault of the deck that can be planted; a fresh deck goes under when none can."""
        kinds = [fault for fault in FAULTS if desk.membership_class in fault.classes]
        deck = self._decks.setdefault(desk.membership_class, self._dice.shuffled(kinds))
        common = [fault for fault in kinds for _ in range(fault.often)]
        return _planted_from(deck, 0, entry, desk) or self._planted_from_fresh(deck, common, entry, desk)

    def _planted_from_fresh(self, deck: list[Fault], common: list[Fault], entry: Entry, desk: Desk) -> bool:
        known = len(deck)
        deck.extend(self._dice.shuffled(common))
        return _planted_from(deck, known, entry, desk)


def _planted_from(deck: list[Fault], first: int, entry: Entry, desk: Desk) -> bool:
    for position in range(first, len(deck)):
        fault = deck[position]
        if not (fault.fits(desk) and fault.plant(entry, desk)):
            continue
        del deck[position]
        if fault is not twice.LISTED_AGAIN:
            entry.fault, entry.codes = fault.kind, fault.codes
            entry.verdict = worst(entry.verdict, fault.verdict)
        return True
    return False
