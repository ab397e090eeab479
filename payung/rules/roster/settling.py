"""Which sheets a person must name the columns of before they are read, and how such a sheet is known again."""

import hashlib
import json
from collections.abc import Iterator

from payung.rules.roster import headers
from payung.rules.roster.headers import Block
from payung.rules.roster.people import rows_with_niks
from payung.rules.roster.proposing import Proposal, propose
from payung.rules.roster.recognising import layout_of
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Sheet, Workbook

_DECISIVE = ("nik", "name", "birth_date")
"""Fields that make somebody a person: with one of them in the wrong column the whole list is wrong."""


def unsettled(workbook: Workbook) -> dict[int, Proposal]:
    """Position -> proposal of every shown sheet that holds people and whose columns are not certain.

    They are not certain when no heading was found, when a column whose heading is not known looks more like the NIK,
    the name or the birth date than the one with that heading, and when only an *assumed* layout names a column.
    """
    shown = ((index, sheet) for index, sheet in enumerate(workbook.sheets) if not sheet.hidden and sheet.height)
    return {index: proposal for index, sheet in shown if (proposal := _doubted(sheet, index)) is not None}


def fingerprint(proposal: Proposal) -> str:
    """By what a sheet of these columns is known again: its headings in their order, or its letters without any."""
    rows = proposal.header_last - proposal.header_first + 1 if proposal.header_last else 0
    columns = [one.heading if rows else one.letter for one in proposal.columns]
    return hashlib.sha256(json.dumps([rows, columns]).encode()).hexdigest()


def samples(sheet: Sheet, proposal: Proposal, *, most: int = 4) -> dict[str, list[str]]:
    """Letter -> the first filled cells under the heading, as they were written."""
    return {
        one.letter: sheet.texts[one.letter].slice(proposal.header_last).drop_nulls().head(most).to_list()
        for one in proposal.columns
    }


def _doubted(sheet: Sheet, index: int) -> Proposal | None:
    blocks = headers.find_blocks(sheet, index)
    proposal = propose(sheet)
    proposed = {one.field: one.letter for one in proposal.columns if one.field}
    if not blocks:
        holds_people = "nik" in proposed or bool(rows_with_niks(sheet, 1, sheet.height))
        return proposal if holds_people or {"name", "birth_date"} <= proposed.keys() else None
    return proposal if any(_disagreements(sheet, blocks[0], proposed)) else None


def _disagreements(sheet: Sheet, block: Block, proposed: dict[str, str]) -> Iterator[str]:
    """Fields about whose column heading and cells do not say the same, or that only an assumed layout names."""
    yield from (
        field
        for field in _DECISIVE
        if field in block.columns and proposed.get(field) not in (None, *block.columns.values())
    )
    known = layout_of(sheet) if block.unknown else None
    if known is not None and known.layout.certainty == "assumed":
        yield from (field for field, at in known.columns.items() if at in block.unknown and field in SHEET_FIELDS)
