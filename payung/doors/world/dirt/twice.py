"""Dirt between rows: the same person twice in a list, and a NIK that stands on somebody else."""

from payung.doors.world.dirt.faults import Desk, Fault, worst
from payung.doors.world.entries import Entry, nik_as


def _listed_again(entry: Entry, desk: Desk) -> bool:
    """The person once more at the end of this sheet or of a later one; the first row stays as it is."""
    sheet, _ = desk.neighbours(entry)
    later = desk.sheets[next(at for at, other in enumerate(desk.sheets) if other is sheet) :]
    again = entry.copied()
    again.fault, again.codes = "duplicate_inside", ("duplicate_row",)
    again.verdict = worst(entry.verdict, "reject")
    desk.hold(entry)
    desk.dice.pick(later).append(again)
    return True


def _shared(entry: Entry, desk: Desk) -> bool:
    """The NIK of somebody else in this list, whose row stays as it is."""
    everyone = [other for sheet in desk.sheets for other in sheet]
    owner = next(
        (other for other in desk.dice.shuffled(everyone) if desk.free(other) and _strangers(entry, other)),
        None,
    )
    if owner is None:
        return False
    desk.hold(owner)
    entry.cells["nik"] = nik_as(desk.style, owner.person["nik"])
    return True


def _strangers(entry: Entry, other: Entry) -> bool:
    """Nobody could take one for the other: no word of the name in common, another birthday."""
    words = set(entry.person["name"].split()) & set(other.person["name"].split())
    return not words and entry.person["birth_date"] != other.person["birth_date"]


LISTED_AGAIN = Fault("duplicate_inside", _listed_again, ("duplicate_row",), "reject", often=5)
FAULTS = (LISTED_AGAIN, Fault("nik_shared", _shared, ("nik_shared",), "human", often=3))
