"""One person on one list: who it truly is, what is typed in the cells, and what was planted there."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from payung.doors.world.styles import Style
from payung.rules.months import long_date

CellValue = str | int | date | None


@dataclass(slots=True)
class Entry:
    """A row of a list before it has its place on a sheet.

    `person` holds the true values; `fault` names what was planted ("" for nothing); `codes` are findings of
    which one must be found; `verdict` is what a right reading ends with.
    """

    person: dict[str, Any]
    cells: dict[str, CellValue]
    fault: str = ""
    codes: tuple[str, ...] = ()
    verdict: str = "clean"

    @property
    def untouched(self) -> bool:
        return not self.fault

    def copied(self) -> "Entry":
        """The same person typed once more."""
        return replace(self, person=dict(self.person), cells=dict(self.cells))


def typed(person: dict[str, Any], style: Style) -> Entry:
    """How a careful clerk types a person in a house style."""
    cells: dict[str, CellValue] = {column.field: _cell(column.field, person, style) for column in style.columns}
    return Entry(person, cells, verdict="repaired" if style.marks else "clean")


def date_as(style: Style, day: date) -> str | date:
    """A date as the style writes it."""
    if style.dates == "iso":
        return day.isoformat()
    return long_date(day) if style.dates == "month" else day


def name_as(style: Style, name: str) -> str:
    """A name in the capitals of the style."""
    return name.upper() if style.names == "upper" else name


def nik_as(style: Style, nik: str) -> str | int:
    """A NIK as the style writes it; one ending in 0 is typed as text, or it would look as if digits were lost."""
    return int(nik) if style.niks == "number" and not nik.endswith("0") else nik


def put_birth(entry: Entry, style: Style, text: CellValue) -> None:
    """Types something where the birth date stands: its own cell, or behind the place where both share one."""
    if style.shows("ttl"):
        place = name_as(style, entry.person["birth_place"])
        entry.cells["ttl"] = place if text is None else f"{place}, {text}"
    else:
        entry.cells["birth_date"] = text


def _cell(field: str, person: dict[str, Any], style: Style) -> CellValue:
    if field in ("name", "mother_name", "sponsor_name", "birth_place", "district", "village"):
        return name_as(style, person[field])
    match field:
        case "nik":
            return nik_as(style, person["nik"])
        case "kk":
            return str(person["kk"])
        case "ttl":
            place = name_as(style, person["birth_place"])
            return f"{place}, {date_as(style, person['birth_date'])}"
        case "birth_date" | "started_on":
            return date_as(style, person[field])
        case "sex":
            return {"L": "P", "P": "W"}[person["sex"]] if style.sex == "PW" else str(person["sex"])
        case "wage":
            return int(person["wage_rupiah"])
        case "rt" | "rw":
            return f"{person[field]:03d}"
        case "sk_number":
            return f"SINTETIS/{person['person']:06d}/SK-NONASN"
        case "account":
            return f"0000{person['person']:09d}"
        case "remark" | "number":
            return None
        case _:
            return str(person[field])
