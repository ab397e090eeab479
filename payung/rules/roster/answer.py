"""The answer put together: a row for each physical row with its verdict, and the findings in the file's
own order.
"""

from collections.abc import Sequence

import polars as pl

from payung.rules.roster.catalogue import VERDICTS, severity_of
from payung.rules.roster.collecting import FINDINGS_SCHEMA, Findings, worst
from payung.rules.roster.headers import Block
from payung.rules.roster.people import rows_with_niks
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Workbook

ROWS_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.String,
    "row": pl.UInt32,
    "verdict": pl.String,
    "nik": pl.String,
    "name": pl.String,
    "titles": pl.String,
    "birth_date": pl.Date,
    "birth_place": pl.String,
    "sex": pl.String,
    "job": pl.String,
    "kecamatan": pl.String,
    "kecamatan_code": pl.String,
    "desa": pl.String,
    "desa_code": pl.String,
    "wage": pl.Int64,
    "kk": pl.String,
    "kpj": pl.String,
    "nip": pl.String,
    "phone": pl.String,
    "address": pl.String,
    "unit": pl.String,
    "start_date": pl.Date,
    "mother_name": pl.String,
    "married": pl.String,
    "kabkota": pl.String,
    "kabkota_code": pl.String,
    "member_since": pl.Date,
    "paid_until": pl.Date,
}
"""Whatever a file lacks, the columns keep these types."""

_AS_WRITTEN = ("birth_place", "job", "phone", "address", "unit", "mother_name")
_ONE_CELL = {"birth_date": "birth_place_and_date", "birth_place": "birth_place_and_date"}


def report_hidden(people: pl.DataFrame, findings: Findings) -> None:
    """People on sheets the sender has hidden go to a human; on hidden rows of shown sheets they are
    pointed out.
    """
    nothing = pl.lit(None).alias("value")
    findings.add("sheet_hidden", "", people.filter(pl.col("hidden")).select("person", nothing))
    findings.add("row_hidden", "", people.filter(pl.col("row_hidden") & ~pl.col("hidden")).select("person", nothing))


def put_together(
    workbook: Workbook, blocks: Sequence[Block], people: pl.DataFrame, findings: Findings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and findings. People under no heading are found here: their rows go to a human."""
    gathered = findings.gathered()
    headless = _headless(workbook, blocks)
    verdicts = people.join(worst(gathered), on="person", how="left").select(
        "sheet", "row", pl.col("rank").fill_null(0).replace_strict(dict(enumerate(VERDICTS))).alias("verdict")
    )
    verdicts = pl.concat([verdicts, headless.with_columns(pl.lit("human").alias("verdict"))])
    said = people.select("sheet", "row", *(name for name in ROWS_SCHEMA if name not in ("sheet", "row", "verdict")))
    rows = (
        _physical_rows(workbook)
        .join(verdicts, on=["sheet", "row"], how="left", maintain_order="left")
        .join(said, on=["sheet", "row"], how="left", maintain_order="left")
        .with_columns(pl.col("verdict").fill_null("not_a_person"), *(_tidy(name) for name in _AS_WRITTEN))
    )
    named = _named(rows, workbook).select(pl.col(name).cast(kind) for name, kind in ROWS_SCHEMA.items())
    return named, _all_findings(workbook, blocks, people, gathered, headless)


def _physical_rows(workbook: Workbook) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"sheet": pl.UInt32, "row": pl.UInt32})
    return pl.concat([empty, *(_rows_of(index, sheet.height) for index, sheet in enumerate(workbook.sheets))])


def _rows_of(index: int, height: int) -> pl.DataFrame:
    return pl.select(row=pl.int_range(1, height + 1, dtype=pl.UInt32)).select(
        pl.lit(index, dtype=pl.UInt32).alias("sheet"), "row"
    )


def _headless(workbook: Workbook, blocks: Sequence[Block]) -> pl.DataFrame:
    """Rows outside every block that hold a NIK: sheet and row."""
    found: list[tuple[int, int]] = []
    for index, sheet in enumerate(workbook.sheets):
        first = min((block.header_first for block in blocks if block.sheet == index), default=sheet.height + 1)
        found.extend((index, row) for row in rows_with_niks(sheet, 1, max(first - 1, 0)))
    return pl.DataFrame(found, schema={"sheet": pl.UInt32, "row": pl.UInt32}, orient="row")


def _all_findings(
    workbook: Workbook, blocks: Sequence[Block], people: pl.DataFrame, gathered: pl.DataFrame, headless: pl.DataFrame
) -> pl.DataFrame:
    order = {name: position for position, name in enumerate(("", *SHEET_FIELDS))}
    placed = gathered.join(people.select("person", "sheet", "row", "block"), on="person", how="left").join(
        _letters(blocks), on=["block", "field"], how="left"
    )
    code = "header_missing"
    without = headless.with_columns(
        pl.lit("").alias("field"), pl.lit(code).alias("code"), pl.lit(severity_of(code)).alias("severity"),
        pl.lit("{}").alias("params"),
    )  # fmt: skip
    every = pl.concat([placed, without], how="diagonal").with_columns(
        pl.col("column").fill_null(""), pl.col("field").replace_strict(order).alias("order")
    )
    every = _named(every.sort("sheet", "row", "order", maintain_order=True), workbook)
    return every.select(pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items())


def _letters(blocks: Sequence[Block]) -> pl.DataFrame:
    """Block, field and the letter of its column, also for fields that share a cell with another."""
    lines = []
    for number, block in enumerate(blocks):
        for name in SHEET_FIELDS:
            letter = block.columns.get(name) or block.columns.get(_ONE_CELL.get(name, ""))
            if letter is not None:
                lines.append((number, name, letter))
    return pl.DataFrame(lines, schema={"block": pl.UInt32, "field": pl.String, "column": pl.String}, orient="row")


def _named(frame: pl.DataFrame, workbook: Workbook) -> pl.DataFrame:
    names = {index: sheet.name for index, sheet in enumerate(workbook.sheets)}
    return frame.with_columns(pl.col("sheet").replace_strict(names, return_dtype=pl.String))


def _tidy(name: str) -> pl.Expr:
    """Texts that are no mark of the person, without blanks around them and line breaks inside."""
    text = pl.col(name).str.strip_chars()
    return pl.when(text.str.contains(r"[\r\n\t]|\s\s")).then(text.str.replace_all(r"\s+", " ")).otherwise(text)
