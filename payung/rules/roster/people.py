"""Which rows of a block speak of a person: not titles, group rows, subtotals, signatures or blanks between.

A row with a NIK is a person. Without one it takes a name and enough else; after the last NIK of a block,
where signatures stand, it takes more.
"""

from collections.abc import Sequence

import polars as pl

from payung.rules.roster.headers import Block
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import KIND_SUFFIX, Sheet, Workbook

_PERSONAL = (
    "birth_date",
    "birth_place_and_date",
    "sex",
    "kk",
    "kpj",
    "phone",
    "birth_place",
    "mother_name",
    "start_date",
    "member_since",
)
_AROUND = ("job", "kecamatan", "desa", "wage", "address", "unit")
_TOTALS = (
    r"(?im)^[^\w\n]*(?:sub\s*-?\s*total|jumlah|total|grand\s+total|rata\s*-?\s*rata|terbilang|dipindahkan|pindahan)\b"
)
_SIGNATURES = (
    r"(?i)^\W*(?:mengetahui|menyetujui|disetujui|dibuat|diperiksa|a\.?n\.?\s|kepala\s|plt\b|plh\b|bendahara|camat\b|lurah\b|"
    r"sekretaris\s|pembina\b|penata\b|pejabat\s|kuasa\s|pengguna\s|nip\b|catatan\b|keterangan\b)"
)
_NIK_LIKE = r"(?m)^[^\w\n]*\d(?:[ .\-]?\d){14,16}[^\w\n]*$"
_FILL_DOWN = ("job", "unit", "kecamatan", "desa", "address")
_FEWEST_NIK_DIGITS = 8
_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.UInt32,
    "sheet_name": pl.String,
    "hidden": pl.Boolean,
    "row": pl.UInt32,
    "row_hidden": pl.Boolean,
    "block": pl.UInt32,
    "has_sex": pl.Boolean,
    "has_wage": pl.Boolean,
    **dict.fromkeys(SHEET_FIELDS, pl.String),
    **{name + KIND_SUFFIX: pl.UInt8 for name in SHEET_FIELDS},
}
_EVIDENCE_AMONG_PEOPLE, _EVIDENCE_AFTER_PEOPLE = 2, 3


def everyone(workbook: Workbook, blocks: Sequence[Block]) -> pl.DataFrame:
    """The rows of persons of all blocks, numbered by `person`, with where they stand.

    `sheet` (position), `sheet_name`, `hidden` (the sheet), `row`, `row_hidden`, `block` (position),
    `has_sex` and `has_wage` (whether the block has such a column), then for every field of a sheet its text
    and kind, null where the block has no such column.
    """
    empty = pl.DataFrame(schema=_SCHEMA)
    found = [_of_block(workbook.sheets[block.sheet], block, number) for number, block in enumerate(blocks)]
    return pl.concat([empty, *found]).with_row_index("person")


def _of_block(sheet: Sheet, block: Block, number: int) -> pl.DataFrame:
    length = block.last_row - block.header_last
    texts, kinds = (frame.slice(block.header_last, length) for frame in (sheet.texts, sheet.kinds))
    columns: dict[str, pl.Series] = {}
    for name in SHEET_FIELDS:
        letter = block.columns.get(name)
        columns[name] = (
            _nothing(pl.String, length) if letter is None else _filled_down(texts[letter], sheet, block, name)
        )
        columns[name + KIND_SUFFIX] = _nothing(pl.UInt8, length) if letter is None else kinds[letter]
    frame = pl.DataFrame(columns).with_columns(
        pl.lit(block.sheet).alias("sheet"),
        pl.lit(sheet.name).alias("sheet_name"),
        pl.lit(sheet.hidden).alias("hidden"),
        pl.int_range(block.first_row, block.last_row + 1).alias("row"),
        pl.lit(number).alias("block"),
        pl.lit("sex" in block.columns).alias("has_sex"),
        pl.lit("wage" in block.columns).alias("has_wage"),
        sheet.filled.slice(block.header_last, length).alias("filled"),
    )
    frame = frame.filter(_are_people(frame, texts))
    frame = frame.with_columns(pl.col("row").is_in(list(sheet.hidden_rows)).alias("row_hidden"))
    return frame.select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())


def _nothing(kind: type[pl.DataType], length: int) -> pl.Series:
    return pl.repeat(None, length, dtype=kind, eager=True)


def rows_with_niks(sheet: Sheet, first: int, last: int) -> list[int]:
    """Rows outside every block that hold something like a NIK: persons for whom no heading was found."""
    texts = sheet.texts.slice(first - 1, last - first + 1)
    return [first + int(row) for row in _any_cell(texts, _NIK_LIKE).arg_true()]


def _are_people(frame: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    digits = pl.col("nik").str.count_matches(r"\d")
    has_nik = (digits >= _FEWEST_NIK_DIGITS) & ~pl.col("nik").str.contains(r"(?i)^\W*nip\b") & (pl.col("filled") > 1)
    certain = frame.select(has_nik.fill_null(value=False)).to_series()
    doubtful = ~certain & (frame["filled"] > 0)
    if not doubtful.any():
        return certain
    last_certain = certain.arg_true()[-1] if certain.any() else frame.height
    after_people = pl.Series(doubtful.arg_true() > last_certain)
    likely = _are_likely(frame.filter(doubtful), texts.filter(doubtful), after_people)
    return certain.scatter(doubtful.arg_true().filter(likely), values=True)


def _are_likely(frame: pl.DataFrame, texts: pl.DataFrame, after_people: pl.Series) -> pl.Series:
    """Among rows without a NIK: those with a name and enough else, or with a NIK in some other cell."""
    aside = (
        _any_cell(texts, _TOTALS)
        | column_numbers(texts)
        | frame["name"].str.contains(_SIGNATURES).fill_null(value=False)
    )
    named = pl.col("name").str.contains(r"\p{L}.*\p{L}").fill_null(value=False)
    numbered = pl.col("number").str.contains(r"^\s*\d{1,6}[.)]?\s*$").fill_null(value=False)
    evidence = _how_many(_PERSONAL) * 2 + _how_many(_AROUND) + numbered * 3
    needed = pl.when(after_people).then(_EVIDENCE_AFTER_PEOPLE).otherwise(_EVIDENCE_AMONG_PEOPLE)
    likely = frame.select((named & (evidence >= needed)) | (numbered & (_how_many(_PERSONAL) >= 2))).to_series()
    return ~aside & (likely | _any_cell(texts, _NIK_LIKE))


def column_numbers(texts: pl.DataFrame) -> pl.Series:
    """The row under a heading that numbers its columns: 1, 2, 3 or (1), (2), (3)."""
    return ~_any_cell(texts, r"\w{3}")


def _how_many(fields: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal([pl.col(name).str.contains(r"\w").fill_null(value=False) for name in fields])


def _any_cell(texts: pl.DataFrame, pattern: str) -> pl.Series:
    """Whether a cell of the row fits; the cells of a row stand under each other as lines of one text."""
    if not texts.width:
        return pl.Series([], dtype=pl.Boolean)
    lines = pl.concat_str(pl.all(), separator="\n", ignore_nulls=True)
    return texts.select(lines.str.contains(pattern)).to_series()


def _filled_down(text: pl.Series, sheet: Sheet, block: Block, name: str) -> pl.Series:
    """A cell merged over several rows speaks for all of them; only where no identity mark stands."""
    letter = block.columns.get(name)
    if letter is None or name not in _FILL_DOWN:
        return text
    position = sheet.letters.index(letter) + 1
    for top, left, bottom, right in sheet.merged:
        if left == right == position and block.first_row <= top < bottom <= block.last_row:
            start = top - block.first_row
            text = text.clone().scatter(range(start + 1, bottom - block.first_row + 1), text[start])
    return text
