"""Lists for `payung law owed` and `payung law benefit`: read .csv or .parquet as text, answer, write beside.

The list keeps all its columns, their order and its rows; the amounts are added at the right.
"""

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from payung.rules.law.columns import AMOUNTS, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.knowledge import CHANGED, DIFFERENCE, THEN, compared
from payung.rules.law.questions import OPTIONAL_CELLS, REQUIRED_CELLS, ROW_TOO_LONG, UNREADABLE, typed
from payung.rules.law.readings import Readings
from payung.rules.law.words import Language, words_in

SEPARATORS = (",", ";", "\t")
CSV = (".csv", ".tsv", ".txt")
PARQUET = ".parquet"


class ListError(Exception):
    """The file cannot be used; the message is one sentence in Indonesian."""


@dataclass(frozen=True)
class PeopleList:
    """A list as text: `cells` as they stand, `too_long` for rows with more cells than the header."""

    cells: pl.DataFrame
    too_long: pl.Series
    separator: str


@dataclass(frozen=True)
class Refused:
    """A row without an answer. `row` is 1-based as a spreadsheet shows it, the header being row 1."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True)
class Answered:
    """The list with its amounts, the typed questions behind it, and the rows refused."""

    frame: pl.DataFrame
    asked: pl.DataFrame
    refused: list[Refused]


def read(path: Path, needed: Sequence[str] = REQUIRED_CELLS, added: Sequence[str] = AMOUNTS) -> PeopleList:
    """Reads a list with the columns needed and none of those added. Raises ListError when it cannot."""
    try:
        if path.suffix.lower() == PARQUET:
            cells = pl.read_parquet(path).cast(pl.String)
            people = PeopleList(cells, pl.repeat(False, cells.height, dtype=pl.Boolean, eager=True), ",")
            return _checked(people, needed, added)
        if path.suffix.lower() in CSV:
            return _checked(_read_csv(path.read_bytes()), needed, added)
    except FileNotFoundError as missing:
        raise ListError(f"Berkas {path} tidak ada.") from missing
    except OSError as unreadable:
        raise ListError(f"Berkas {path} tidak dapat dibaca: {unreadable.strerror or 'isinya rusak'}.") from unreadable
    except pl.exceptions.PolarsError as broken:
        raise ListError(f"Berkas {path} bukan Parquet yang dapat dibaca.") from broken
    raise ListError(f"Berkas {path} harus berakhiran .csv atau .parquet.")


def _read_csv(content: bytes) -> PeopleList:
    content = content.removeprefix(codecs.BOM_UTF8)
    first_line, _, body = content.partition(b"\n")
    try:
        body.decode("utf-8")
        title = first_line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError as foreign:
        raise ListError("Berkas CSV harus ber-enkode UTF-8; simpan ulang sebagai “CSV UTF-8”.") from foreign
    separator = max(SEPARATORS, key=title.count)
    header = next(csv.reader([title], delimiter=separator), [])
    if not header:
        raise ListError("Berkas CSV kosong atau tanpa judul kolom.")
    if len(set(header)) < len(header):
        raise ListError("Judul kolom ada yang sama; beri setiap kolom nama sendiri.")
    try:
        wide = _cells(body, len(header), separator)
    except pl.exceptions.ComputeError:  # a stray quote somewhere: the slow reader is more patient
        wide = _cells_row_by_row(body.decode("utf-8"), len(header), separator)
    beyond = wide.to_series(-1).fill_null("").str.strip_chars() != ""
    cells = wide.drop(wide.columns[-1])
    cells.columns = header
    return PeopleList(cells, beyond, separator)


def _cells(body: bytes, width: int, separator: str) -> pl.DataFrame:
    """The cells as text, and one column more that holds what stands beyond the header's width."""
    names = separator.join(str(column) for column in range(width + 1))
    return pl.read_csv(
        names.encode() + b"\n" + body, separator=separator, infer_schema=False, truncate_ragged_lines=True
    )


def _cells_row_by_row(body: str, width: int, separator: str) -> pl.DataFrame:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    try:
        rows = [[cell or None for cell in row] for row in reader]
    except csv.Error as broken:
        raise ListError(f"Tanda kutip di sekitar baris {reader.line_num + 1} tidak berpasangan.") from broken
    level = [(row + [None] * (width + 1))[: width + 1] for row in rows]
    return pl.DataFrame(level, schema={str(column): pl.String for column in range(width + 1)}, orient="row")


def _checked(people: PeopleList, needed: Sequence[str], added: Sequence[str]) -> PeopleList:
    """Columns that are needed, none that we add, and no blank rows at the end."""
    names = _names(people.cells)
    if missing := [cell for cell in needed if cell not in names]:
        raise ListError(f"Kolom {', '.join(missing)} tidak ada dalam daftar.")
    if taken := [name for name in added if name in names]:
        raise ListError(f"Kolom {', '.join(taken)} sudah ada dalam daftar; kolom itu akan diisi oleh Payung.")
    filled = people.cells.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")).to_series()
    rows = filled.arg_true()
    height = rows[-1] + 1 if len(rows) else 0
    return PeopleList(people.cells.head(height), people.too_long.head(height), people.separator)


def _names(cells: pl.DataFrame) -> dict[str, str]:
    """Column names as we know them -> as the list writes them."""
    return {name.strip().lower(): name for name in cells.columns}


def questions(people: PeopleList, words: Sequence[str]) -> pl.DataFrame:
    """The cells under these words, blank where the list has no such column, and ROW_TOO_LONG."""
    names = _names(people.cells)
    cells = [pl.col(names[word]).alias(word) if word in names else pl.lit("").alias(word) for word in words]
    return people.cells.select(cells).with_columns(people.too_long.alias(ROW_TOO_LONG))


def answer(
    people: PeopleList,
    *,
    readings: Readings,
    known_on: date | None,
    language: Language,
    compared_to: date | None = None,
) -> Answered:
    """The list with the seven amounts; a row without an answer keeps its place with empty ones.

    With `compared_to`, also the amounts as known on that day, the difference and the figures that changed.
    """
    asked = typed(questions(people, (*REQUIRED_CELLS, *OPTIONAL_CELLS)))
    if compared_to is None:
        reckoned = owed(asked, readings=readings, known_on=known_on, columns=[*AMOUNTS, REFUSAL, UNREADABLE])
        added = list(AMOUNTS)
    else:
        reckoned = compared(asked, known_on=known_on, compared_to=compared_to, readings=readings)
        added = [*AMOUNTS, *(name + THEN for name in AMOUNTS), DIFFERENCE, CHANGED]
        if taken := [name for name in added if name in _names(people.cells)]:
            raise ListError(f"Kolom {', '.join(taken)} sudah ada dalam daftar; kolom itu akan diisi oleh Payung.")
    sentences = words_in("refusals.toml")
    return put_together(people, asked, reckoned, added, lambda code: sentences[code].say(language))


def put_together(
    people: PeopleList,
    asked: pl.DataFrame,
    reckoned: pl.DataFrame,
    added: Sequence[str],
    sentence: Callable[[str], str],
) -> Answered:
    """The list with what was added at its right; `reckoned` has REFUSAL and UNREADABLE, `sentence` tells a code."""
    codes = reckoned.select(pl.coalesce(UNREADABLE, REFUSAL).alias("code"))["code"]
    refused = [
        Refused(index + 2, codes[index], sentence(codes[index])) for index in codes.is_not_null().arg_true().to_list()
    ]
    return Answered(people.cells.hstack(reckoned.select(added)), asked.filter(codes.is_null()), refused)


def writable(path: Path, source: Path) -> None:
    """Whether the answer may be written there; asked before the work. Raises ListError."""
    if path.suffix.lower() not in CSV and path.suffix.lower() != PARQUET:
        raise ListError(f"Hasil {path} harus berakhiran .csv atau .parquet.")
    if not path.absolute().parent.is_dir():
        raise ListError(f"Folder {path.absolute().parent} untuk hasil tidak ada.")
    if path.exists() and source.exists() and path.samefile(source):
        raise ListError("Hasil tidak boleh menimpa daftarnya sendiri; beri --out nama lain.")


def write(frame: pl.DataFrame, path: Path, *, separator: str) -> None:
    """Writes beside and then renames: a half-written list never stands under its name. Raises ListError."""
    part = path.with_name(path.name + ".part")
    try:
        if path.suffix.lower() == PARQUET:
            frame.write_parquet(part)
        else:
            frame.write_csv(part, separator=separator)
        part.replace(path)
    except OSError as unwritable:
        raise ListError(f"Hasil {path} tidak dapat ditulis: {unwritable.strerror or 'ditolak'}.") from unwritable
