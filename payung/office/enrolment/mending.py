"""A few cells mended in the page: what a person typed stands beside the file, and the list is read again with it.

Mends are collected, then checked together: that makes a new list which corrects the old one, from the same file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal, unseal, unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.enrolment import changes, layouts
from payung.office.enrolment.models import ConfirmedLayout, Mend, RosterList
from payung.office.enrolment.receiving import (
    ListReplaced,
    Progress,
    checked_for,
    heading_of,
    is_replaced,
    opened,
    silent,
    store,
)
from payung.office.files import queries as files
from payung.office.files.models import Finding
from payung.office.files.queries import FoundFault
from payung.office.places.scope import whole_government
from payung.rules.identity import names
from payung.rules.roster.mending import Cells, mended
from payung.rules.roster.nik_candidates import DAMAGED, nik_candidates_of

LONGEST_TEXT = 200
_KNOWN = pl.Schema({"nik": pl.String, "name": pl.String, "evidence": pl.String, "source": pl.String})
_NAMESAKES = "SELECT name, nik_sealed FROM registry_person WHERE government_id = %s AND name_key = %s"


class MendRefused(Exception):
    """Nothing is mended: `list_replaced`, `of_decree`, `of_month`, `no_text`, `not_found` (no finding at that cell),
    `nothing` (nothing to check again) or `no_content` (the file is not kept any more)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Choice:
    """A NIK that a damaged one may have been, in clear, with what speaks for it and where it was found."""

    nik: str
    evidence: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Typed:
    """One mend with its texts, in clear: mask them before a screen. `checked` when the list was read with it."""

    mend: Mend
    old: str
    new: str
    checked: bool


@transaction.atomic
def mend(*, roster_list: RosterList, position: int, column: str, text: str, by: User, at: datetime) -> Mend:
    """What a cell with a finding should say. In place of an earlier mend of the cell. Raises MendRefused."""
    require(by, Deed.RECEIVE_LIST)
    _require_mendable(roster_list)
    typed = " ".join(text.split())[:LONGEST_TEXT]
    if not typed:
        raise MendRefused("no_text")
    fault = next((one for one in faults_at(roster_list, position) if one.column == column), None)
    if fault is None:
        raise MendRefused("not_found")
    Mend.objects.filter(
        roster_list__in=_versions(roster_list), position=position, column=column, replaced_at=None
    ).update(replaced_at=at)
    made = Mend.objects.create(
        government=roster_list.government,
        roster_list=roster_list,
        position=position,
        column=column,
        field=fault.field,
        old_sealed=seal(fault.value, kind="mend"),
        new_sealed=seal(typed, kind="mend"),
        made_by=by,
        made_at=at,
    )
    told = {"position": position, "column": column, "field": fault.field}
    record("mend_cell", subject=f"list:{roster_list.pk}", by=by, at=at, detail=told)
    return made


@transaction.atomic
def undo(*, roster_list: RosterList, mend_id: int, by: User, at: datetime) -> None:
    """The cell says again what the file says, once the list is checked again. Raises MendRefused."""
    require(by, Deed.RECEIVE_LIST)
    _require_mendable(roster_list)
    standing = Mend.objects.filter(pk=mend_id, roster_list__in=_versions(roster_list), replaced_at=None)
    if standing.update(replaced_at=at):
        record("undo_mend", subject=f"list:{roster_list.pk}", by=by, at=at, detail={"mend": mend_id})


def recheck(*, roster_list: RosterList, by: User, at: datetime, progress: Progress = silent) -> RosterList:
    """The list read again with the mends that stand, as a new list that replaces it. Raises MendRefused."""
    require(by, Deed.RECEIVE_LIST)
    _require_mendable(roster_list)
    with whole_government(roster_list.government, by=by):
        if not pending(roster_list):
            raise MendRefused("nothing")
        content = files.content(roster_list.reading.file)
        cells = _standing_cells(roster_list)
        known = list(ConfirmedLayout.objects.filter(pk__in=roster_list.layout_ids))
    if not content:
        raise MendRefused("no_content")
    workbook = opened(content, roster_list.reading.file.name)
    settled, heading = layouts.settle(workbook, known), heading_of(roster_list)
    checked = checked_for(heading, mended(workbook, cells), settled, progress)
    progress("store", 0, checked.rows.height)
    with whole_government(roster_list.government, by=by):
        try:
            made = store(roster_list.reading.file, heading, checked, settled, by=by, at=at)
        except ListReplaced as replaced:
            raise MendRefused("list_replaced") from replaced
    progress("store", checked.rows.height, checked.rows.height)
    return made


def is_mendable(roster_list: RosterList) -> bool:
    """Whether its cells may be mended, and corrected files handed in for it. A month's changes come as a new file."""
    has_own_file = roster_list.amendment_id is None and roster_list.kind != RosterList.CHANGES
    return has_own_file and not is_replaced(roster_list)


def faults_at(roster_list: RosterList, position: int) -> list[FoundFault]:
    """The findings of one row."""
    return files.findings(roster_list.reading, after=position - 1, limit=1) if _has_fault(roster_list, position) else []


def mends(roster_list: RosterList) -> list[Typed]:
    """The mends that stand for the list's file, the newest first."""
    standing = Mend.objects.filter(roster_list__in=_versions(roster_list), replaced_at=None)
    return [
        Typed(
            mend=one,
            old=unseal(one.old_sealed, kind="mend") or "",
            new=unseal(one.new_sealed, kind="mend") or "",
            checked=one.roster_list_id != roster_list.pk,
        )
        for one in standing.select_related("made_by").order_by("-pk")
    ]


def pending(roster_list: RosterList) -> int:
    """How many mends and undone mends the list was not yet read with."""
    own = Mend.objects.filter(roster_list=roster_list, replaced_at=None).count()
    earlier = Mend.objects.filter(roster_list__in=_versions(roster_list)[1:], replaced_at__gt=roster_list.received_at)
    return own + earlier.count()


def nik_choices(roster_list: RosterList, position: int) -> list[Choice]:
    """NIKs that the damaged one of a row may have been: from the row itself, its list, other lists, the registry."""
    fault = next((one for one in faults_at(roster_list, position) if one.code in DAMAGED), None)
    if fault is None:
        return []
    people = changes.people(roster_list.reading_id)
    row = people.filter(pl.col("position") == position)
    known = _known_elsewhere(roster_list, row["name"][0], row["birth_date"][0])
    found = nik_candidates_of(people, row.with_columns(pl.lit(fault.value).alias("value")), known)
    return [
        Choice(nik, tuple(evidence.split(",")) if evidence else (), source or "")
        for nik, evidence, source in found.select("candidate", "evidence", "source").iter_rows()
    ]


def _known_elsewhere(roster_list: RosterList, name: str | None, born: date | None) -> pl.DataFrame:
    """People of the registry with the same name, and people of that name and birth date on any other list."""
    if not name:
        return pl.DataFrame(schema=_KNOWN)
    schema = {"name": pl.String, "nik_sealed": pl.String}
    found = bulk.read(_NAMESAKES, [roster_list.government_id, names.key(name)], schema=schema)
    niks = pl.Series("nik", unseal_column(found["nik_sealed"], kind="nik"), dtype=pl.String)
    registered = found.select(niks, "name", pl.lit("registered").alias("evidence"), pl.lit(None).alias("source"))
    parts = [registered.cast(_KNOWN)]
    if born:
        listed = files.born_on(roster_list.government_id, born, beside=roster_list.reading)
        parts_of_place = "file", pl.col("sheet").replace("", None), pl.col("row").cast(pl.String)
        place = pl.concat_str(*parts_of_place, separator=" · ", ignore_nulls=True)
        told = listed.select("nik", "name", pl.lit("other_list").alias("evidence"), place.alias("source"))
        parts.append(told.unique("nik", keep="first", maintain_order=True).cast(_KNOWN))
    return pl.concat(parts).drop_nulls("nik")


def _require_mendable(roster_list: RosterList) -> None:
    if roster_list.amendment_id is not None:
        raise MendRefused("of_decree")
    if roster_list.kind == RosterList.CHANGES:
        raise MendRefused("of_month")
    RosterList.objects.select_for_update(of=("self",), no_key=True).get(pk=roster_list.pk)
    if is_replaced(roster_list):
        raise MendRefused("list_replaced")


def _has_fault(roster_list: RosterList, position: int) -> bool:
    return Finding.objects.filter(reading=roster_list.reading_id, position=position).exists()


def _versions(roster_list: RosterList) -> list[RosterList]:
    """The list and those it corrects that were read from the same file, the newest first."""
    return list(_same_file(roster_list))


def _same_file(newest: RosterList) -> Iterator[RosterList]:
    one: RosterList | None = newest
    while one is not None and one.reading.file_id == newest.reading.file_id:
        yield one
        one = one.predecessor


def _standing_cells(roster_list: RosterList) -> Cells:
    standing = Mend.objects.filter(roster_list__in=_versions(roster_list), replaced_at=None).order_by("pk")
    texts = {(one.position, one.column): unseal(one.new_sealed, kind="mend") for one in standing}
    return {cell: text for cell, text in texts.items() if text}
