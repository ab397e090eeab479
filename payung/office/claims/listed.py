"""Events told by lists: whom of them we know, as proposed cases that an officer takes up.

Deaths come from the outside lists that are matched with the registry already. Lists of accidents, as a hospital keeps
them, are read here: a NIK, a day, perhaps a name. Their columns are assumed, nobody publishes them; other columns are
passed over and not stored.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.db.models import QuerySet

from payung.office.access.actions import record
from payung.office.access.marks import sealed_forms
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.claims.models import Case
from payung.office.claims.opening import CaseRefused, Event, create_case
from payung.office.claims.told import Told
from payung.office.files.actions import keep
from payung.office.outside.models import OutsideList, OutsideRow
from payung.office.outside.queries import matched_deaths
from payung.office.places.models import Government
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.registry.models import Alias, Membership, Person
from payung.rules.identity import birth_dates, names
from payung.rules.roster.reading import read
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet

HEADER_WITHIN = 30
DEATH, ACCIDENT = "death", "accident"
_WORDS = {
    "nik": ("nik", "nomor nik", "no nik"),
    "day": ("tanggal kecelakaan", "tgl kecelakaan", "tanggal kejadian", "tgl kejadian", "tanggal masuk", "tanggal"),
    "name": ("nama", "nama lengkap", "nama korban", "nama pasien"),
}


class NoSuchColumns(Exception):
    """No sheet of the file has a NIK and a day under a heading; `missing` names what was looked for."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True)
class Line:
    """One row of a list of accidents."""

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


def take_in(*, government: Government, content: bytes, name: str, on: date, by: User, at: datetime) -> TakenIn:
    """Propose a case for each member on a list of accidents. Taking it in again proposes nothing twice.

    Raises NotAllowed, NoSuchColumns and the roster's `UnreadableWorkbook`.
    """
    require(by, Deed.OPEN_CLAIM)
    lines = list(lines_of(content, name, on))
    sound = {line.nik: line for line in lines if line.day is not None and line.day <= on and len(line.nik) == 16}
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        members = _members(list(sound))
        counts = {"proposed": 0, "known": 0}
        for nik, person in members.items():
            line = sound[nik]
            assert line.day is not None
            differs = line.name and not names.similar(names.key(line.name), person.name_key)
            event, told = Event(ACCIDENT, line.day), _told(line.name if differs else None)
            counts[_propose(government, person.pk, event, told, file.pk, by, at)] += 1
        taken = TakenIn(counts["proposed"], counts["known"], len(sound) - len(members), len(lines) - len(sound))
        detail = {"event": ACCIDENT, "proposed": taken.proposed, "known": taken.known, "strangers": taken.strangers}
        record("take_in_events", subject=f"file:{file.pk}", by=by, at=at, detail=detail)
    return taken


def propose_deaths(*, outside_list: OutsideList, on: date, by: User, at: datetime) -> TakenIn:
    """Propose a case for each member whom an outside list calls dead; `unread` counts those without a day by `on`.

    Again, it proposes nothing twice. Raises NotAllowed, also for whoever sees less than the whole government.
    """
    require(by, Deed.OPEN_CLAIM)
    if area_of(by).opd_ids is not None:
        raise NotAllowed("an outside list names people of every OPD")
    government = outside_list.government
    with whole_government(government, by=by):
        dead = matched_deaths(government.pk, outside_list_id=outside_list.pk)
        dated = dead.filter(pl.col("died_on") <= on)
        held = _who_held(dated["person_id"].to_list())
        counts = {"proposed": 0, "known": 0}
        members = dated.filter(pl.col("person_id").is_in(held))
        for person_id, died_on, other_name in members.select("person_id", "died_on", "other_name").iter_rows():
            event, told = Event(DEATH, died_on), _told(other_name)
            counts[_propose(government, person_id, event, told, outside_list.reading.file_id, by, at)] += 1
        taken = TakenIn(counts["proposed"], counts["known"], dated.height - members.height, dead.height - dated.height)
        detail = {"event": DEATH, "proposed": taken.proposed, "known": taken.known, "strangers": taken.strangers}
        record("take_in_events", subject=f"outside:{outside_list.pk}", by=by, at=at, detail=detail)
    return taken


def of_list(outside_list: OutsideList) -> QuerySet[Case]:
    """The deaths among the cases of those whom an outside list calls dead, whoever opened them."""
    dead = OutsideRow.objects.filter(outside_list=outside_list, state=OutsideRow.MATCHED, dead=True)
    return Case.objects.filter(event=DEATH, person__in=dead.values("person")).exclude(state=Case.DROPPED)


def _told(other_name: str | None) -> Told:
    return Told(chronology=f"Nama di daftar: {other_name}" if other_name else "")


def _members(niks: list[str]) -> dict[str, Person]:
    """NIK -> the person as seen today, of those who ever held a membership."""
    forms = {bytes(form): nik for nik in niks for form in sealed_forms(nik, kind="nik")}
    found = Person.objects.filter(nik_sealed__in=list(forms))
    survivors = {alias.person_id: alias.survivor for alias in Alias.objects.select_related("survivor")}
    by_nik = {forms[bytes(one.nik_sealed or b"")]: survivors.get(one.pk, one) for one in found}
    held = _who_held([one.pk for one in by_nik.values()])
    return {nik: by_nik[nik] for nik in niks if nik in by_nik and by_nik[nik].pk in held}


def _who_held(person_ids: list[int]) -> set[int]:
    """Those of the persons, as seen today, who ever held a membership, under whichever of their records."""
    survivors = dict(Alias.objects.filter(survivor__in=person_ids).values_list("person_id", "survivor_id"))
    bound = Membership.objects.filter(person__in=[*person_ids, *survivors]).values_list("person_id", flat=True)
    return {survivors.get(pk, pk) for pk in bound}


def _propose(
    government: Government, person_id: int, event: Event, told: Told, file_id: int, by: User, at: datetime
) -> str:
    same_event = Case.objects.filter(person=person_id, event=event.kind).exclude(state=Case.DROPPED)
    if event.kind == DEATH and same_event.exists():
        return "known"
    try:
        create_case(
            government=government, person_id=person_id, event=event, source="list", state=Case.PROPOSED, told=told,
            by=by, at=at, file_id=file_id,
        )  # fmt: skip
    except CaseRefused:
        return "known"
    return "proposed"


def lines_of(content: bytes, name: str, on: date) -> Iterator[Line]:
    """The rows of every sheet that has such columns. Raises as `take_in`."""
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("list" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet)) is not None]
    if not found:
        raise NoSuchColumns("NIK, TANGGAL KECELAKAAN")
    for sheet, (number, columns) in found:
        yield from _lines(sheet, number, columns, on)


def _header(sheet: Sheet) -> tuple[int, dict[str, str]] | None:
    """The row of the heading and the letters of its columns."""
    for number, cells in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        said = {plain(str(cell)): letter for letter, cell in zip(sheet.letters, cells, strict=True) if cell}
        columns = {
            field: said[word] for field, words in _WORDS.items() if (word := next(filter(said.get, words), None))
        }
        if "nik" in columns and "day" in columns:
            return number, columns
    return None


def _lines(sheet: Sheet, header: int, columns: dict[str, str], on: date) -> Iterator[Line]:
    for _, cells in sheet.rows(header + 1, sheet.height):
        row = dict(zip(sheet.letters, cells, strict=True))
        told = {field: (row[letter] or "").strip(" '`") for field, letter in columns.items()}
        if not any(told.values()):
            continue
        days = birth_dates.read(told["day"], on).days if told["day"] else ()
        yield Line(told["nik"], told.get("name", ""), days[0] if len(days) == 1 else None)
