"""Numbers that lost their last digit: Excel keeps fifteen and writes 0 for the sixteenth.

A number cell of sixteen digits that ends in 0 is suspect, unless the sheet shows that its numbers kept
their last digits: they end in 0 as seldom as chance has it. Where the cells are text, a column in which 0
stands at the end far too often was text made out of numbers.
"""

import polars as pl

from payung.rules.identity.nik import LARGEST_EXACT_NUMBER
from payung.rules.roster.apart.frames import NUMBER

_LARGEST_SHARE_KEPT = 0.3
_FEWEST_KEPT = 5
_SUSPECT_SHARE = 0.4
_FEWEST_SUSPECT = 30


def lost_digits(people: pl.DataFrame, name: str, digits: pl.Series) -> pl.Series:
    """Whether the sixteen `digits` of a field lost their last one. Null digits are not lost."""
    frame = people.select(
        "sheet", (pl.col(name + "_kind") == NUMBER).fill_null(value=False).alias("number")
    ).with_columns(digits.alias("digits"))
    zero = pl.col("digits").str.ends_with("0")
    too_large = pl.col("digits").cast(pl.UInt64, strict=False) > LARGEST_EXACT_NUMBER
    by_number = frame.with_columns(zero.alias("zero"), (pl.col("number") & too_large).alias("inexact")).with_columns(
        _kept().alias("kept"), _suspect().alias("suspect")
    )
    lost = pl.col("inexact") | (pl.col("zero") & pl.when("number").then(~pl.col("kept")).otherwise(pl.col("suspect")))
    return by_number.select(lost.fill_null(value=False)).to_series()


def _kept() -> pl.Expr:
    """Whether the number cells of a sheet end in 0 as seldom as serials do."""
    exact = pl.col("number") & ~pl.col("inexact")
    zeros = (exact & pl.col("zero")).sum().over("sheet")
    others = (exact & ~pl.col("zero")).sum().over("sheet")
    return (others >= _FEWEST_KEPT) & (zeros <= _LARGEST_SHARE_KEPT * (zeros + others))


def _suspect() -> pl.Expr:
    """Whether 0 stands at the end of far too many of the sheet's cells."""
    cells = pl.col("digits").count().over("sheet")
    return (cells >= _FEWEST_SUSPECT) & (pl.col("zero").sum().over("sheet") > _SUSPECT_SHARE * cells)
