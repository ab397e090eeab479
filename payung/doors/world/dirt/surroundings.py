"""Dirt around a person: kecamatan spelt otherwise, ditto marks, text that wants to be a formula."""

from difflib import SequenceMatcher

from payung.doors.world import regions
from payung.doors.world.dirt.faults import Desk, Fault
from payung.doors.world.dirt.nik import DITTO_MARKS
from payung.doors.world.entries import Entry, name_as

FORMULA_TEXTS = ("=1+1", '=HYPERLINK("http://contoh.invalid","Staf")', "+Staf", "@admin")
SAME_ENOUGH = 0.6


def _closed_up(name: str) -> str:
    return name.replace(" ", "").lower()


def _respelt(entry: Entry, desk: Desk) -> bool:
    """ "Gunung Puyuh" as "Gunungpuyuh", "Antapani" as "Anta Pani": letters kept, space moved."""
    name = entry.person["district"]
    if " " in name:
        first, rest = name.split(" ", 1)
        other = first + rest.lower()
    elif len(name) >= 8:
        middle = len(name) // 2
        other = f"{name[:middle]} {name[middle:].capitalize()}"
    else:
        return False
    twins = [known for _, known in regions.districts(desk.place.code) if _closed_up(known) == _closed_up(name)]
    if len(twins) != 1:
        return False
    entry.cells["district"] = name_as(desk.style, other)
    return True


def _elsewhere(entry: Entry, desk: Desk) -> bool:
    """A kecamatan of a neighbour that sounds like none of the place."""
    known = [_closed_up(name) for _, name in regions.districts(desk.place.code)]
    abroad = [name for code in desk.place.neighbours for _, name in regions.districts(code)]
    for name in desk.dice.shuffled(abroad):
        if all(SequenceMatcher(None, _closed_up(name), other).ratio() < SAME_ENOUGH for other in known):
            entry.cells["district"] = name_as(desk.style, name)
            return True
    return False


def _above(entry: Entry, desk: Desk) -> Entry | None:
    """The untouched entry directly above on the same sheet."""
    sheet, position = desk.neighbours(entry)
    above = sheet[position - 1] if position else None
    return above if above is not None and above.untouched else None


def _ditto_job(entry: Entry, desk: Desk) -> bool:
    """A ditto mark for the job: it is that of the row above."""
    above = _above(entry, desk)
    if above is None:
        return False
    desk.hold(above)
    entry.person["job"] = above.person["job"]
    entry.cells["job"] = desk.dice.pick(DITTO_MARKS)
    return True


def _ditto_district(entry: Entry, desk: Desk) -> bool:
    above = _above(entry, desk)
    if above is None or above.person["district"] != entry.person["district"]:
        return False
    desk.hold(above)
    entry.cells["district"] = desk.dice.pick(DITTO_MARKS)
    return True


def _formula(entry: Entry, desk: Desk) -> bool:
    entry.cells["job"] = desk.dice.pick(FORMULA_TEXTS)
    return True


FAULTS = (
    Fault("district_respelt", _respelt, ("place_cleaned",), "repaired", often=4, fields=("district",)),
    Fault("district_elsewhere", _elsewhere, ("place_unknown",), "clean", fields=("district",)),
    Fault("ditto_job", _ditto_job, ("ditto_mark",), "repaired", often=2, fields=("job",)),
    Fault("ditto_district", _ditto_district, ("ditto_mark",), "repaired", fields=("district",), classes=("BPU",)),
    Fault("formula_text", _formula, ("formula_text",), "clean", fields=("job",)),
)
