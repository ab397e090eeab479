"""Dirt in names, sex and wages."""

from collections.abc import Callable

from payung.doors.world.dirt.faults import Desk, Fault
from payung.doors.world.entries import Entry, name_as
from payung.rules.money import grouped

MEN_TITLES = (
    "H. {}",
    "Drs. {}",
    "Ir. {}",
    "{}, S.Pd",
    "{}, S.E.",
    "{}, A.Md",
    "H. {}, S.Ag",
    "{}, S.Sos., M.Si.",
)
WOMEN_TITLES = (
    "Hj. {}",
    "Dra. {}",
    "{}, S.Pd",
    "{}, S.E.",
    "{}, A.Md.Keb",
    "Hj. {}, S.Ag",
    "{}, S.Sos., M.Si.",
)


def _name(change: Callable[[str, Desk], str]) -> Callable[[Entry, Desk], bool]:
    def plant(entry: Entry, desk: Desk) -> bool:
        entry.cells["name"] = change(name_as(desk.style, entry.person["name"]), desk)
        return True

    return plant


def _double_space(entry: Entry, desk: Desk) -> bool:
    name = name_as(desk.style, entry.person["name"])
    if " " not in name:
        return False
    entry.cells["name"] = name.replace(" ", "  ", 1)
    return True


def _titles(entry: Entry, desk: Desk) -> bool:
    titles = WOMEN_TITLES if entry.person["sex"] == "P" else MEN_TITLES
    entry.cells["name"] = desk.dice.pick(titles).format(name_as(desk.style, entry.person["name"]))
    return True


def _no_name(entry: Entry, desk: Desk) -> bool:
    entry.cells["name"] = None
    return True


def _sex(men: str | int, women: str | int) -> Callable[[Entry, Desk], bool]:
    def plant(entry: Entry, desk: Desk) -> bool:
        if desk.style.sex != "LP":
            return False
        entry.cells["sex"] = women if entry.person["sex"] == "P" else men
        return True

    return plant


def _other_sex(entry: Entry, desk: Desk) -> bool:
    if desk.style.sex != "LP":
        return False
    entry.cells["sex"] = "L" if entry.person["sex"] == "P" else "P"
    return True


def _no_sex(entry: Entry, desk: Desk) -> bool:
    entry.cells["sex"] = None
    return True


def _unreadable_sex(entry: Entry, desk: Desk) -> bool:
    """A mark that means nothing, and no NIK to ask."""
    entry.cells["sex"], entry.cells["nik"] = "?", None
    return True


def _wage(change: Callable[[int], str | int | None]) -> Callable[[Entry, Desk], bool]:
    def plant(entry: Entry, desk: Desk) -> bool:
        entry.cells["wage"] = change(int(entry.person["wage_rupiah"]))
        return True

    return plant


def _millions(wage_rupiah: int, point: str) -> str:
    """2350000 -> "2.35" """
    return f"{wage_rupiah // 10**6}{point}{wage_rupiah % 10**6 // 10**4:02d}".rstrip("0").rstrip(point)


CLEANED, NAME_CLEANED = ("wage_cleaned",), ("name_cleaned",)
FAULTS = (
    Fault("name_missing", _no_name, ("name_missing",), "reject"),
    Fault("name_double_space", _double_space, NAME_CLEANED, "repaired", often=3),
    Fault("name_blanks_around", _name(lambda name, desk: f" {name} "), NAME_CLEANED, "repaired", often=2),
    Fault(
        "name_numbered",
        _name(lambda name, desk: f"{desk.dice.below(40) + 1}. {name}"),
        NAME_CLEANED,
        "repaired",
    ),
    Fault("name_titles", _titles, ("name_titles",), "repaired", often=6),
    Fault("sex_words", _sex("Laki-laki", "Perempuan"), ("sex_cleaned",), "repaired", often=3),
    Fault("sex_short", _sex("Lk", "Pr"), ("sex_cleaned",), "repaired", often=2),
    Fault("sex_numbers", _sex(1, 2), ("sex_number",), "repaired"),
    Fault("sex_other", _other_sex, ("nik_sex_mismatch",), "human", often=3),
    Fault("sex_missing", _no_sex, ("sex_missing",), "clean"),
    Fault("sex_unreadable", _unreadable_sex, ("sex_unreadable",), "human"),
    Fault("wage_rp", _wage(lambda wage: f"Rp {grouped(wage)},-"), CLEANED, "repaired", often=3, fields=("wage",)),
    Fault("wage_commas", _wage(lambda wage: f"{wage:,}"), CLEANED, "repaired", often=2, fields=("wage",)),
    Fault("wage_points", _wage(lambda wage: f"{grouped(wage)},00"), CLEANED, "repaired", fields=("wage",)),
    Fault("wage_jt", _wage(lambda wage: f"{_millions(wage, '.')} jt"), CLEANED, "repaired", fields=("wage",)),
    Fault("wage_juta", _wage(lambda wage: f"{_millions(wage, ',')} juta"), CLEANED, "repaired", fields=("wage",)),
    Fault("wage_small", _wage(lambda wage: "31,00"), ("wage_unreadable",), "human", fields=("wage",)),
    Fault("wage_no_unit", _wage(lambda wage: "2.5"), ("wage_unreadable",), "human", fields=("wage",)),
    Fault("wage_words", _wage(lambda wage: "sesuai UMK"), ("wage_unreadable",), "human", fields=("wage",)),
    Fault("wage_missing", _wage(lambda wage: None), ("wage_missing",), "clean", fields=("wage",)),
    Fault("wage_too_large", _wage(lambda wage: wage * 10_000), ("wage_too_large",), "human", fields=("wage",)),
)
