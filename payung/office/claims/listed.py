"""Lists of deaths and accidents from outside: whom of them we know, as proposed cases that an officer takes up.

Read are lists of the population office, a village (OpenSID's STATUS_DASAR) or a hospital: a NIK, a day, perhaps a name.
The columns are assumed, nobody publishes them; other columns are passed over and not stored.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from payung.office.access.actions import record
from payung.office.access.marks import sealed_forms
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.claims.models import Case
from payung.office.claims.opening import CaseRefused, Event, create_case
from payung.office.claims.told import Told
from payung.office.files.actions import keep
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry.models import Alias, Membership, Person
from payung.rules.identity import birth_dates, names
from payung.rules.roster.reading import read
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet

HEADER_WITHIN = 30
DEATHS, ACCIDENTS = "death", "accident"
_NIK, _NAME = ("nik", "nomor nik", "no nik"), ("nama", "nama lengkap", "nama almarhum", "nama korban", "nama pasien")
_DAYS = {
    DEATHS: (
        "tanggal meninggal", "tgl meninggal", "tanggal kematian", "tgl kematian", "tanggal wafat", "tanggal mati",
        "tanggal peristiwa", "tgl peristiwa", "tanggal", "tgl",
    ),
    ACCIDENTS: ("tanggal kecelakaan", "tgl kecelakaan", "tanggal kejadian", "tgl kejadian", "tanggal masuk", "tanggal"),
}  # fmt: skip
_STATUS = ("status dasar", "status")
_DEAD = ("mati", "meninggal", "meninggal dunia", "2")
"""OpenSID's STATUS_DASAR: 1 lives, 2 died, 3 moved, 4 lost."""


class NoSuchColumns(Exception):
    """No sheet of the file has a NIK and a day under a heading; `missing` names what was looked for."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True)
class Line:
    """One row of the list that speaks of an event."""

    nik: str
    name: str
    day: date | None


@dataclass(frozen=True)
class TakenIn:
    """What became of a list: new proposed cases, cases known before, strangers, rows that cannot be read."""

    proposed: int
    known: int
    strangers: int
    unread: int


def take_in(
    *, government: Government, content: bytes, name: str, event: str, on: date, by: User, at: datetime
) -> TakenIn:
    """Propose a case for each member on the list. Taking it in again proposes nothing twice.

    Raises NotAllowed, NoSuchColumns and the roster's `UnreadableWorkbook`.
    """
    require(by, Deed.OPEN_CLAIM)
    lines = list(lines_of(content, name, event, on))
    sound = {line.nik: line for line in lines if line.day is not None and line.day <= on and len(line.nik) == 16}
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        members = _members(list(sound))
        counts = {"proposed": 0, "known": 0}
        for nik, person in members.items():
            counts[_propose(government, person, sound[nik], event, file.pk, by, at)] += 1
        taken = TakenIn(counts["proposed"], counts["known"], len(sound) - len(members), len(lines) - len(sound))
        detail = {"event": event, "proposed": taken.proposed, "known": taken.known, "strangers": taken.strangers}
        record("take_in_events", subject=f"file:{file.pk}", by=by, at=at, detail=detail)
    return taken


def _members(niks: list[str]) -> dict[str, Person]:
    """NIK -> the person as seen today, of those who ever held a membership."""
    forms = {bytes(form): nik for nik in niks for form in sealed_forms(nik, kind="nik")}
    found = Person.objects.filter(nik_sealed__in=list(forms))
    survivors = {alias.person_id: alias.survivor for alias in Alias.objects.select_related("survivor")}
    by_nik = {forms[bytes(one.nik_sealed or b"")]: survivors.get(one.pk, one) for one in found}
    wanted = {one.pk for one in by_nik.values()}
    group = wanted | {pk for pk, survivor in survivors.items() if survivor.pk in wanted}
    bound = Membership.objects.filter(person__in=group).values_list("person_id", flat=True)
    held = {survivors[pk].pk if pk in survivors else pk for pk in bound}
    return {nik: by_nik[nik] for nik in niks if nik in by_nik and by_nik[nik].pk in held}


def _propose(
    government: Government, person: Person, line: Line, event: str, file_id: int, by: User, at: datetime
) -> str:
    assert line.day is not None
    same_event = Case.objects.filter(person=person, event=event).exclude(state=Case.DROPPED)
    if event == DEATHS and same_event.exists():
        return "known"
    differs = line.name and not names.similar(names.key(line.name), person.name_key)
    told = Told(chronology=f"Nama di daftar: {line.name}" if differs else "")
    try:
        create_case(
            government=government, person_id=person.pk, event=Event(event, line.day), source="list",
            state=Case.PROPOSED, told=told, by=by, at=at, file_id=file_id,
        )  # fmt: skip
    except CaseRefused:
        return "known"
    return "proposed"


def lines_of(content: bytes, name: str, event: str, on: date) -> Iterator[Line]:
    """The rows of every sheet that has such columns. Raises as `take_in`."""
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("list" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, event)) is not None]
    if not found:
        raise NoSuchColumns("NIK, TANGGAL MENINGGAL" if event == DEATHS else "NIK, TANGGAL KECELAKAAN")
    for sheet, (number, columns) in found:
        yield from _lines(sheet, number, columns, on)


def _header(sheet: Sheet, event: str) -> tuple[int, dict[str, str]] | None:
    """The row of the heading and the letters of its columns."""
    wanted = {"nik": _NIK, "day": _DAYS[event], "name": _NAME} | ({"status": _STATUS} if event == DEATHS else {})
    for number, cells in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        said = {plain(str(cell)): letter for letter, cell in zip(sheet.letters, cells, strict=True) if cell}
        columns = {
            field: said[word] for field, words in wanted.items() if (word := next(filter(said.get, words), None))
        }
        if "nik" in columns and "day" in columns:
            return number, columns
    return None


def _lines(sheet: Sheet, header: int, columns: dict[str, str], on: date) -> Iterator[Line]:
    for _, cells in sheet.rows(header + 1, sheet.height):
        row = dict(zip(sheet.letters, cells, strict=True))
        told = {field: (row[letter] or "").strip(" '`") for field, letter in columns.items()}
        if not any(told.values()) or ("status" in told and plain(told["status"]) not in _DEAD):
            continue
        days = birth_dates.read(told["day"], on).days if told["day"] else ()
        yield Line(told["nik"], told.get("name", ""), days[0] if len(days) == 1 else None)
