"""Dirt in birth dates: typed as text, swapped, impossible, or in the cell of the birth place."""

from collections.abc import Callable
from datetime import date, timedelta

from payung.doors.world.dirt.faults import Desk, Fault
from payung.doors.world.dirt.nik import free_nik
from payung.doors.world.entries import Entry, date_as, name_as, put_birth, typed
from payung.rules.months import long_date

EXCEL_DAY_ZERO = date(1899, 12, 30)
AGE_LIMIT, YOUNGEST = 65, 17


def _plain(entry: Entry) -> date:
    birth: date = entry.person["birth_date"]
    return birth


def _only(suits: Callable[[date], bool], write: Callable[[date], str]) -> Callable[[Entry, Desk], bool]:
    """A fault that types the true date in another way, for dates that suit it."""

    def plant(entry: Entry, desk: Desk) -> bool:
        birth = _plain(entry)
        if not suits(birth):
            return False
        put_birth(entry, desk.style, write(birth))
        return True

    return plant


def _two_readings(birth: date) -> bool:
    return birth.day <= 12 and birth.day != birth.month


def _one_reading(birth: date) -> bool:
    return birth.day > 12


def _month_word(entry: Entry, desk: Desk) -> bool:
    if desk.style.dates == "month":
        return False
    entry.cells["birth_date"] = long_date(_plain(entry))
    return True


def _serial_number(entry: Entry, desk: Desk) -> bool:
    """The number Excel keeps behind a date, when the format is General."""
    if desk.style.csv:
        return False
    entry.cells["birth_date"] = (_plain(entry) - EXCEL_DAY_ZERO).days
    return True


def _ambiguous(entry: Entry, desk: Desk) -> bool:
    """Two readings and no NIK that could settle which."""
    if not _two_readings(_plain(entry)):
        return False
    put_birth(entry, desk.style, f"{_plain(entry):%d/%m/%Y}")
    entry.cells["nik"] = None
    return True


def _with_place(entry: Entry, desk: Desk) -> bool:
    """ "Cirebon, 12-05-1980" in the cell of the date, the cell of the place left empty."""
    place = name_as(desk.style, entry.person["birth_place"])
    entry.cells["birth_date"] = f"{place}, {_plain(entry):%d-%m-%Y}"
    entry.cells["birth_place"] = None
    return True


def _impossible(entry: Entry, desk: Desk) -> bool:
    year = _plain(entry).year
    put_birth(entry, desk.style, desk.dice.pick((f"31-02-{year}", f"31/06/{year}", f"00-00-{year}")))
    return True


def _future(entry: Entry, desk: Desk) -> bool:
    birth = _plain(entry)
    put_birth(entry, desk.style, date_as(desk.style, birth.replace(year=birth.year + 100, day=min(birth.day, 28))))
    return True


def _no_date(entry: Entry, desk: Desk) -> bool:
    put_birth(entry, desk.style, desk.dice.pick(("LUPA", "TIDAK TAHU", "BELUM ADA")))
    return True


def _missing(entry: Entry, desk: Desk) -> bool:
    if desk.style.marks:
        return False
    entry.cells["birth_date"] = None
    return True


def _mismatch(entry: Entry, desk: Desk) -> bool:
    """Another day and a later year than the NIK says: no swapped digits, and nobody gets too old by it."""
    birth = _plain(entry)
    other = birth.replace(day=birth.day % 27 + 1, year=birth.year + desk.dice.pick((1, 2)))
    put_birth(entry, desk.style, date_as(desk.style, other))
    return True


def _reborn(entry: Entry, desk: Desk, birth: date) -> bool:
    """The entry as it is typed for somebody with this birthday and a NIK that goes with it."""
    person = entry.person
    day = birth.day + (40 if person["sex"] == "P" else 0)
    person["birth_date"] = birth
    person["nik"] = free_nik(person["nik"][:6], f"{day:02d}{birth:%m%y}", desk)
    entry.cells = typed(person, desk.style).cells
    return True


def _too_old(entry: Entry, desk: Desk) -> bool:
    """65 on the very day, or up to nine years more."""
    start = desk.month.first_day
    years = AGE_LIMIT + desk.dice.below(10)
    return _reborn(entry, desk, start.replace(year=start.year - years) - timedelta(desk.dice.pick((0, 40, 300))))


def _too_young(entry: Entry, desk: Desk) -> bool:
    """16 until the day after, or 15."""
    start = desk.month.first_day
    return _reborn(entry, desk, start.replace(year=start.year - YOUNGEST) + timedelta(desk.dice.pick((1, 90, 500))))


def _always(birth: date) -> bool:
    return True


_slashes = _only(_one_reading, lambda day: f"{day:%d/%m/%Y}")
SETTLED, TEXT = ("birth_date_settled_by_nik",), ("birth_date_text",)
IMPOSSIBLE, SPLIT = ("birth_date_impossible",), ("birth_place_split",)
FAULTS = (
    Fault("birth_two_readings", _only(_two_readings, lambda day: f"{day:%d/%m/%Y}"), SETTLED, "repaired", often=3),
    Fault("birth_two_digit_year", _only(_always, lambda day: f"{day:%d-%m-%y}"), SETTLED, "repaired", often=2),
    Fault("birth_slashes", _slashes, TEXT, "repaired", often=3, fields=("birth_date",)),
    Fault("birth_month_word", _month_word, TEXT, "repaired", often=2, fields=("birth_date",)),
    Fault("birth_serial_number", _serial_number, ("birth_date_serial",), "repaired", fields=("birth_date",)),
    Fault("birth_ambiguous", _ambiguous, ("birth_date_ambiguous",), "human"),
    Fault("birth_with_place", _with_place, SPLIT, "repaired", often=2, fields=("birth_date", "birth_place")),
    Fault("birth_impossible", _impossible, IMPOSSIBLE, "human"),
    Fault("birth_in_future", _future, IMPOSSIBLE, "human"),
    Fault("birth_no_date", _no_date, IMPOSSIBLE, "human"),
    Fault("birth_missing", _missing, ("birth_date_missing",), "clean", fields=("birth_date",), classes=("PU",)),
    Fault("birth_missing", _missing, ("birth_date_missing",), "human", fields=("birth_date",), classes=("BPU",)),
    Fault("birth_mismatch", _mismatch, ("nik_birth_mismatch",), "human", often=3),
    Fault("age_over_limit", _too_old, ("age_limit",), "reject", often=6, classes=("BPU",)),
    Fault("age_too_young", _too_young, ("age_too_young",), "human"),
)  # fmt: skip
