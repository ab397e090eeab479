"""Dirt in the NIK: what Excel, forms and tired hands do to sixteen digits."""

from collections.abc import Callable

from payung.doors.world.dirt.faults import Desk, Fault
from payung.doors.world.entries import Entry, nik_as

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
DITTO_MARKS = ('"', '-"-', "sda", "\N{DOUBLE PRIME}")
UNKNOWN_REGENCY = "3299"
"""Jawa Barat has no such regency: like the code of a region that was split long ago."""


def _written(change: Callable[[str], str]) -> Callable[[Entry, Desk], bool]:
    """A fault that types the NIK as text in another way."""

    def plant(entry: Entry, desk: Desk) -> bool:
        entry.cells["nik"] = change(entry.person["nik"])
        return True

    return plant


def _dotted(nik: str) -> str:
    return ".".join((nik[:2], nik[2:4], nik[4:6], nik[6:12], nik[12:]))


def _spaced(nik: str) -> str:
    return " ".join((nik[:4], nik[4:8], nik[8:12], nik[12:]))


def _dashed(nik: str) -> str:
    return "-".join((nik[:6], nik[6:12], nik[12:]))


def _number_lost(entry: Entry, desk: Desk) -> bool:
    """Excel keeps 15 digits of a number; the sixteenth becomes 0."""
    nik = entry.person["nik"]
    lost = nik[:15] + "0"
    if desk.style.csv or desk.style.niks == "number" or lost in desk.taken:
        return False
    entry.cells["nik"] = int(lost)
    return True


def _scientific(entry: Entry, desk: Desk) -> bool:
    nik = entry.person["nik"]
    entry.cells["nik"] = f"{nik[0]},{nik[1:6]}E+15"
    return True


def _one_short(entry: Entry, desk: Desk) -> bool:
    nik, gap = entry.person["nik"], 6 + desk.dice.below(10)
    entry.cells["nik"] = nik[:gap] + nik[gap + 1 :]
    return True


def _one_long(entry: Entry, desk: Desk) -> bool:
    nik, twice = entry.person["nik"], 6 + desk.dice.below(10)
    entry.cells["nik"] = nik[:twice] + nik[twice] + nik[twice:]
    return True


def _letter(digit: str, letter: str) -> Callable[[Entry, Desk], bool]:
    def plant(entry: Entry, desk: Desk) -> bool:
        nik = entry.person["nik"]
        at = nik.find(digit, 4)
        if at < 0:
            return False
        entry.cells["nik"] = nik[:at] + letter + nik[at + 1 :]
        return True

    return plant


def _impossible_month(entry: Entry, desk: Desk) -> bool:
    nik = entry.person["nik"]
    entry.cells["nik"] = f"{nik[:8]}{13 + desk.dice.below(7)}{nik[10:]}"
    return True


def _impossible_day(entry: Entry, desk: Desk) -> bool:
    nik = entry.person["nik"]
    entry.cells["nik"] = f"{nik[:6]}{32 + desk.dice.below(8)}{nik[8:]}"
    return True


def _two_in_cell(entry: Entry, desk: Desk) -> bool:
    """The husband's or wife's NIK beside one's own; the second one belongs to nobody of this world."""
    nik = entry.person["nik"]
    other = free_nik(nik[:6], "150585", desk)
    entry.cells["nik"] = f"{nik} / {other}"
    return True


def _unknown_region(entry: Entry, desk: Desk) -> bool:
    """A person who truly has a NIK with a code that is in no list: odd, but no error."""
    nik = UNKNOWN_REGENCY + entry.person["nik"][4:]
    if nik in desk.taken:
        return False
    desk.taken.add(nik)
    entry.person["nik"] = nik
    entry.cells["nik"] = nik_as(desk.style, nik)
    return True


def _nothing(entry: Entry, desk: Desk) -> bool:
    entry.cells["nik"] = None
    return True


def _ditto(entry: Entry, desk: Desk) -> bool:
    entry.cells["nik"] = desk.dice.pick(DITTO_MARKS)
    return True


def free_nik(prefix: str, birth_digits: str, desk: Desk) -> str:
    """A NIK of this world that nobody has yet; it is taken from now on."""
    stem = prefix + birth_digits
    start = desk.dice.below(900)
    nik = next(
        nik
        for serial in range(9001, 10000)
        if (nik := f"{stem}{(serial - 9001 + start) % 999 + 9001}") not in desk.taken
    )
    desk.taken.add(nik)
    return nik


FAULTS = (
    Fault("nik_apostrophe", _written(lambda nik: "'" + nik), ("nik_cleaned",), "repaired", often=4),
    Fault("nik_spaces", _written(_spaced), ("nik_cleaned",), "repaired", often=4),
    Fault("nik_leading_space", _written(lambda nik: " " + nik), ("nik_cleaned",), "repaired", often=3),
    Fault(
        "nik_no_break_space",
        _written(lambda nik: nik + NO_BREAK_SPACE),
        ("nik_cleaned",),
        "repaired",
        often=2,
    ),
    Fault("nik_dots", _written(_dotted), ("nik_cleaned",), "repaired", often=2),
    Fault("nik_dashes", _written(_dashed), ("nik_cleaned",), "repaired"),
    Fault("nik_number_lost", _number_lost, ("nik_precision_lost",), "human", often=8),
    Fault("nik_scientific", _scientific, ("nik_scientific",), "human", often=3),
    Fault("nik_serial_zero", _written(lambda nik: nik[:12] + "0000"), ("nik_serial_zero",), "human"),
    Fault("nik_15_digits", _one_short, ("nik_length",), "human", often=4),
    Fault("nik_17_digits", _one_long, ("nik_length",), "human", often=2),
    Fault("nik_letter_o", _letter("0", "O"), ("nik_letters",), "human", often=2),
    Fault("nik_letter_l", _letter("1", "l"), ("nik_letters",), "human"),
    Fault("nik_two_in_cell", _two_in_cell, ("nik_two_in_cell",), "human"),
    Fault("nik_impossible_month", _impossible_month, ("nik_birth_impossible",), "human"),
    Fault("nik_impossible_day", _impossible_day, ("nik_birth_impossible",), "human"),
    Fault("nik_unknown_region", _unknown_region, ("nik_region_unknown",), "clean"),
    Fault("nik_missing", _nothing, ("nik_missing",), "human", often=3),
    Fault("nik_dash", _written(lambda nik: "-"), ("nik_missing",), "human"),
    Fault("nik_ditto", _ditto, ("ditto_mark",), "human"),
)
