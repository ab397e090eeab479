"""A file of BPJS, or one with particulars, read into a frame: columns by name, whatever their order.

Nobody publishes these layouts; the headings are assumed (`rules/roster/layouts`, and those of the files we send).
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from payung.rules.roster.known_layouts import layout
from payung.rules.roster.reading import read
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet

HEADER_WITHIN = 30
_SENT = (
    "sipp_tk_baru",
    "sipp_tk_lanjutan",
    "sipp_upah",
    "sipp_tk_na",
    "bpu_kelompok",
    "bpu_kelompok_berhenti",
    "koreksi_identitas",
)
_REASONS = (
    "alasan",
    "keterangan",
    "pesan",
    "error",
    "keterangan gagal",
    "alasan gagal",
    "keterangan error",
    "status validasi",
)
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


class NoSuchColumns(Exception):
    """The file lacks a column that is needed; `missing` names it."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


def headings(field: str) -> frozenset[str]:
    """Every way a field of replies is headed, plain."""
    if field == "reason":
        return frozenset(_REASONS)
    codes = ("bpjs_peserta", *_SENT)
    return frozenset(
        heading
        for code in codes
        for column in layout(code).columns
        if column.field == field
        for heading in column.headings
    )


REPLY_FIELDS = ("nik", "kpj", "name", "birth_date", "wage", "member_since", "reason")


def read_reply(content: bytes, name: str) -> pl.DataFrame:
    """row, nik, kpj, name, birth_date, wage_rupiah, issued_on, reason: one line for each row with a NIK or a KPJ.

    Raises UnreadableWorkbook, and NoSuchColumns when no sheet has a column of NIK or KPJ.
    """
    found = read_columns(content, name, {field: headings(field) for field in REPLY_FIELDS}, needed=("nik", "kpj"))
    digits = {mark: pl.col(mark).str.replace_all(r"[^0-9A-Za-z]", "") for mark in ("nik", "kpj")}
    days = {field: pl.coalesce(*(pl.col(field).str.slice(0, 10).str.to_date(form, strict=False) for form in _DAYS))
            for field in ("birth_date", "member_since")}  # fmt: skip
    wage = pl.col("wage").str.replace(r"[.,]0{1,2}$", "").str.replace_all(r"\D", "").cast(pl.Int64, strict=False)
    return (
        found.with_columns(
            **digits,
            birth_date=days["birth_date"],
            issued_on=days["member_since"],
            wage_rupiah=wage,
            reason=pl.col("reason").fill_null("").str.slice(0, 300),
        )
        .filter(pl.any_horizontal((pl.col(mark) != "").fill_null(False) for mark in ("nik", "kpj")))
        .select("row", "nik", "kpj", "name", "birth_date", "wage_rupiah", "issued_on", "reason")
    )


def read_columns(
    content: bytes, name: str, wanted: Mapping[str, frozenset[str]], *, needed: tuple[str, ...]
) -> pl.DataFrame:
    """row and the text of each wanted field of the first sheet that has one of the needed ones."""
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("reply" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    for sheet in sheets:
        header = _header(sheet, wanted, needed)
        if header is None:
            continue
        at, letters = header
        empty = pl.lit(None, pl.String)
        texts = [
            (pl.col(letters[field]).str.strip_chars() if field in letters else empty).alias(field) for field in wanted
        ]
        body = sheet.texts.with_row_index("row", offset=1).filter(pl.col("row") > at)
        return body.select(pl.col("row").cast(pl.Int64), *texts)
    raise NoSuchColumns(" / ".join(field.upper() for field in needed))


def _header(
    sheet: Sheet, wanted: Mapping[str, frozenset[str]], needed: tuple[str, ...]
) -> tuple[int, dict[str, str]] | None:
    """The row number of the heading and the letter of each field."""
    for number, texts in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        named = {plain(str(text)): letter for letter, text in zip(sheet.letters, texts, strict=True) if text}
        letters = {
            field: letter
            for field, ways in wanted.items()
            if (letter := next((named[way] for way in sorted(ways) if way in named), None)) is not None
        }
        if len(letters) > 1 and any(field in letters for field in needed):
            return number, letters
    return None
