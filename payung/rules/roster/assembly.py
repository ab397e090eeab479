"""Frames from the child become sheets: chunks under each other, empty texts null, nothing after the last
filled cell.
"""

from typing import Any

import polars as pl
import polars.selectors as cs

from payung.rules.roster.apart import frames
from payung.rules.roster.apart.frames import BrokenPipeline
from payung.rules.roster.apart.zip_look import column_number
from payung.rules.roster.workbook import Sheet, letters_upto


class SheetParts:
    """A sheet while its rows arrive. Texts are taken over chunk by chunk, so that nothing is held twice."""

    def __init__(self, head: dict[str, Any]) -> None:
        self._head = head
        self._texts: list[pl.DataFrame] = []
        self._kinds: list[pl.DataFrame] = []

    def add(self, payload: bytes) -> None:
        """One more chunk. Raises BrokenPipeline when its columns do not have the rows it promises."""
        rows, columns = frames.columns_of(payload)
        if not columns or not rows:
            raise BrokenPipeline("a chunk of nothing")
        offset = int(self._head["first_column"])
        letters = letters_upto(offset + len(columns))[offset:]
        kinds = {letter: _kinds(kind, rows) for letter, (kind, _) in zip(letters, columns, strict=True)}
        numbers = {letter for letter, (kind, _) in zip(letters, columns, strict=True) if frames.NUMBER in kind}
        joined = pl.DataFrame({letter: [text] for letter, (_, text) in zip(letters, columns, strict=True)})
        try:
            texts = joined.select(pl.all().str.split(frames.BETWEEN_CELLS)).explode(cs.all())
            self._kinds.append(pl.DataFrame(kinds))
        except pl.exceptions.ShapeError as unequal:
            raise BrokenPipeline("columns of unequal length") from unequal
        if texts.height != rows or self._kinds[-1].height != rows:
            raise BrokenPipeline("more or fewer rows than promised")
        self._texts.append(texts.with_columns(_cleaned(letter, kinds[letter], letter in numbers) for letter in letters))

    def sheet(self) -> Sheet:
        """The whole sheet, cut after its last filled row and column."""
        head = self._head
        texts, kinds = _cut(_under_each_other(self._texts, pl.String), _under_each_other(self._kinds, pl.UInt8))
        merged = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in head["merged"])
        return Sheet(head["name"], head["hidden"], texts, kinds, merged, tuple(head["hidden_rows"]))


def _cleaned(letter: str, kinds: pl.Series, holds_numbers: bool) -> pl.Expr:
    """Whole numbers lose the ".0" of a float; empty cells become null."""
    text = pl.col(letter)
    if holds_numbers:
        text = pl.when(pl.lit(kinds) == frames.NUMBER).then(text.str.strip_suffix(".0")).otherwise(text)
    return pl.when(text.str.len_bytes() > 0).then(text)


def _kinds(kind: bytes, rows: int) -> pl.Series:
    if len(kind) == 1:
        return pl.repeat(kind[0], rows, dtype=pl.UInt8, eager=True)
    return pl.Series(list(kind), dtype=pl.UInt8)


def _under_each_other(parts: list[pl.DataFrame], dtype: type[pl.DataType]) -> pl.DataFrame:
    """The chunks as one frame with every column from A on; a chunk may be narrower than a later one."""
    if not parts:
        return pl.DataFrame()
    whole = pl.concat(parts, how="diagonal", rechunk=True)
    width = max(column_number(part.columns[-1]) for part in parts)
    missing = [pl.lit(None, dtype=dtype).alias(letter) for letter in letters_upto(width) if letter not in whole.columns]
    return whole.with_columns(missing).select(letters_upto(width))


def _cut(texts: pl.DataFrame, kinds: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    if not texts.width:
        return texts, kinds
    filled = texts.select(pl.all().str.contains(r"\S").fill_null(value=False))
    wanted = [letter for letter in texts.columns if filled[letter].any()]
    if not wanted:
        return pl.DataFrame(), pl.DataFrame()
    letters = texts.columns[: texts.columns.index(wanted[-1]) + 1]
    last = max(int(filled[letter].arg_true()[-1]) for letter in wanted) + 1
    return texts.select(letters).head(last), kinds.select(letters).head(last)
