"""What a staff list says of employment, row by row: the status as written, its code, and the last day.

The words are data, in `employment.toml`. A status that no word names is `unknown`; a last day that can be read in two
ways, or stands beside no heading of that kind, is not told.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from payung.rules.roster.checks.days import certain_day
from payung.rules.roster.headers import Block
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet, Workbook

UNKNOWN, LEFT, NON_ASN = "unknown", "left", "non_asn"
EMPLOYED = {"sheet": pl.String, "row": pl.UInt32, "status": pl.String, "status_text": pl.String, "until": pl.Date}
LONGEST_STATUS = 60


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(Path(__file__).with_name("employment.toml").read_text(encoding="utf-8"))


def status_codes() -> tuple[str, ...]:
    """Every code that a status can have."""
    return (*_words()["statuses"], UNKNOWN)


def status_of(text: str | None) -> str:
    """The code of a status as somebody wrote it: "P3K Paruh Waktu" is `pppk_paruh_waktu`."""
    padded = f" {plain(text or '')} "
    found = (code for code, words in _words()["statuses"].items() if any(f" {word} " in padded for word in words))
    return next(found, UNKNOWN)


def employment(workbook: Workbook, blocks: Sequence[Block], *, on: date) -> pl.DataFrame:
    """EMPLOYED: status and last day of each row of the blocks. A list without a column of statuses says of nobody
    what she is: everybody is `unknown` then. Contracts may end up to ten years after `on`.
    """
    latest = date(on.year + 10, 12, 31)
    made = [_of_block(workbook.sheets[block.sheet], block, latest) for block in blocks]
    return pl.concat([pl.DataFrame(schema=EMPLOYED), *made])


def _of_block(sheet: Sheet, block: Block, latest: date) -> pl.DataFrame:
    at = {name: _letter(sheet, block, words) for name, words in _words()["headings"].items()}
    first, last = block.first_row, block.last_row
    count = max(last - first + 1, 0)
    texts = _column(sheet, at["status"], first, count)
    days = zip(
        _column(sheet, at["until"], first, count), _column(sheet, at["until"], first, count, kinds=True), strict=True
    )
    return pl.DataFrame(
        {
            "sheet": [sheet.name] * count,
            "row": list(range(first, first + count)),
            "status": [status_of(text) for text in texts],
            "status_text": [(text or "").strip()[:LONGEST_STATUS] for text in texts],
            "until": [certain_day(text, kind, latest) if text else None for text, kind in days],
        },
        schema=EMPLOYED,
    )


def _letter(sheet: Sheet, block: Block, words: Sequence[str]) -> str | None:
    """The column whose heading, in any of its rows, is one of the words."""
    for _, cells in sheet.rows(block.header_first, block.header_last):
        for letter, cell in zip(sheet.letters, cells, strict=True):
            if plain(cell or "") in words:
                return letter
    return None


def _column(sheet: Sheet, letter: str | None, first: int, count: int, *, kinds: bool = False) -> list[Any]:
    if letter is None:
        return [None] * count
    return (sheet.kinds if kinds else sheet.texts)[letter].slice(first - 1, count).to_list()
