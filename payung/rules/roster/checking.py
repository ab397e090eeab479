"""From a workbook to rows and findings: every physical row accounted for once, nothing about a person
guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from payung.rules.roster import answer, headers, people
from payung.rules.roster.checks import (
    ages,
    births,
    duplicates,
    kabkota,
    marks,
    marriages,
    names,
    niks,
    numbers,
    places,
    sexes,
    wages,
)
from payung.rules.roster.collecting import Findings
from payung.rules.roster.headers import Block
from payung.rules.roster.mapping import Mapping, blocks_by
from payung.rules.roster.recognising import layout_of
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Sheet, Workbook

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


@dataclass(frozen=True)
class Checked:
    """What a workbook holds.

    `rows` has one row per physical row (columns of `answer.ROWS_SCHEMA`), `findings` one per finding
    (columns of `collecting.FINDINGS_SCHEMA`), both in the order of the file. A NIK has sixteen digits on
    clean and repaired rows; on others it may be the text as it was read, to be shown and never used.
    `blocks` says where the headings were found and which column holds what.
    """

    rows: pl.DataFrame
    findings: pl.DataFrame
    blocks: tuple[Block, ...]


def check(
    workbook: Workbook,
    *,
    on: date,
    membership_class: str,
    place: str | None = None,
    mapping: Mapping | dict[int, Mapping] | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Rows and findings of a workbook for enrolment on a day.

    `membership_class` is "PU" or "BPU" (only BPU have an upper age, and need a birth date of their own).
    `place` is the code of a kabupaten or kota; without it kecamatan and desa are taken as written. `mapping`, confirmed
    by a person, says what the columns hold on every sheet with its headings, or, by the sheet's position, on that sheet
    alone; other sheets are read as usual. `progress` is told rows done and rows in all. Raises LookupError for a place
    that is no code in force, ValueError for another class.
    """
    if membership_class not in ("PU", "BPU"):
        raise ValueError(f"no such class: {membership_class}")
    whole = sum(sheet.height for sheet in workbook.sheets)
    tell = progress or (lambda done, of: None)
    blocks = tuple(
        block
        for index, sheet in enumerate(workbook.sheets)
        for block in _blocks(sheet, index, mapping.get(index) if isinstance(mapping, dict) else mapping)
    )
    tell(0, whole)
    findings = Findings()
    frame = marks.read_marks(people.everyone(workbook, blocks), findings)
    tell(whole // 3, whole)
    frame = _who_they_are(frame, findings, on=on, is_bpu=membership_class == "BPU")
    tell(2 * whole // 3, whole)
    frame = wages.check_wages(frame, findings)
    frame = places.check_places(frame, findings, place=place)
    frame = kabkota.check_kabkota(frame, findings, place=place)
    frame = marriages.check_marriages(frame, findings)
    frame = numbers.check_numbers(frame, findings)
    numbers.check_shared(frame, findings)
    for field in ("start_date", "member_since"):
        frame = numbers.check_days(frame, findings, field, on=on)
    frame = numbers.check_months(frame, findings, "paid_until", on=on)
    answer.report_hidden(frame, findings)
    rows, found = answer.put_together(workbook, blocks, frame, findings)
    tell(whole, whole)
    return Checked(rows, found, blocks)


def _blocks(sheet: Sheet, index: int, mapping: Mapping | None) -> list[Block]:
    mapped = blocks_by(mapping, sheet, index) if mapping else []
    return mapped or _helped(headers.find_blocks(sheet, index), sheet)


def _helped(blocks: list[Block], sheet: Sheet) -> list[Block]:
    """Blocks whose unknown headings a known layout names, with those columns as well, on every printed page."""
    if not any(block.unknown for block in blocks) or (known := layout_of(sheet)) is None:
        return blocks
    at = next((block.unknown for block in blocks if block.header_last == known.header_last), {})
    named = {at[letter]: field for field, letter in known.columns.items() if letter in at and field in SHEET_FIELDS}
    helped = []
    for block in blocks:
        fields = {named[text]: letter for letter, text in block.unknown.items() if text in named}
        unknown = {letter: text for letter, text in block.unknown.items() if text not in named}
        helped.append(replace(block, columns={**fields, **block.columns}, unknown=unknown))
    return helped


def _who_they_are(frame: pl.DataFrame, findings: Findings, *, on: date, is_bpu: bool) -> pl.DataFrame:
    """The marks of the persons, each check resting on those before it."""
    frame = niks.check_niks(frame, findings)
    frame = names.check_names(frame, findings)
    frame = births.check_births(frame, findings, on=on, missing_is_human=is_bpu)
    ages.check_ages(frame, findings, on=on, has_upper_limit=is_bpu)
    frame = sexes.check_sexes(frame, findings)
    duplicates.check_duplicates(frame, findings)
    return frame
