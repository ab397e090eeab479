"""Tables of people out of CSV files, and the pairs into one. Every cell stays the text it is."""

import io
import os
from pathlib import Path

import polars as pl

from payung.rules.linkage.rows import COLUMNS

SEPARATORS = ",;\t|"


class TableRefused(Exception):
    """A file that cannot be linked; the text is one Indonesian sentence."""


def read(path: Path) -> tuple[pl.DataFrame, list[str]]:
    """The columns that linkage knows, as texts, and the names of those that it does not.

    Without a column `id` the rows are numbered from 1. Raises TableRefused.
    """
    text = _text(path)
    heading = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=heading.count)
    try:
        table = pl.read_csv(io.StringIO(text), separator=separator, infer_schema=False)
    except pl.exceptions.NoDataError:
        raise TableRefused(f"{path.name} kosong; baris pertama harus berisi judul kolom.") from None
    except pl.exceptions.ComputeError:
        raise TableRefused(
            f"{path.name} tidak terbaca sebagai CSV: ada baris yang kolomnya lebih banyak dari judulnya."
        ) from None
    return _known(path.name, table)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as refusal:
        raise TableRefused(f"{path} tidak dapat dibuka: {refusal.strerror}.") from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _known(name: str, table: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    tidy: dict[str, str] = {}
    for column in table.columns:
        tidy.setdefault("_".join(column.strip().lower().replace("_", " ").split()), column)
    if not any(column in tidy for column in COLUMNS):
        raise TableRefused(f"{name} tidak mempunyai satu pun kolom yang dikenal: {', '.join(('id', *COLUMNS))}.")
    told = table.select(pl.col(tidy[column]).alias(column) for column in ("id", *COLUMNS) if column in tidy)
    if "id" not in told.columns:
        told = told.select((pl.int_range(pl.len()) + 1).cast(pl.String).alias("id"), pl.all())
    _check_ids(name, told["id"])
    return told, [column for key, column in tidy.items() if key not in ("id", *COLUMNS)]


def _check_ids(name: str, ids: pl.Series) -> None:
    if ids.null_count():
        raise TableRefused(f"{name}: {ids.null_count()} baris tidak mempunyai id.")
    twice = ids.filter(ids.is_duplicated())
    if len(twice):
        raise TableRefused(f"{name}: id {twice[0]} dipakai lebih dari satu baris; setiap baris perlu id sendiri.")
    formulas = ids.filter(ids.str.contains(r"^[=+\-@\t]"))
    if len(formulas):
        raise TableRefused(f"{name}: id {formulas[0]} diawali tanda rumus (= + - @); ganti dulu id itu.")


def write(pairs: pl.DataFrame, path: Path) -> None:
    """`id_a,id_b,probability,tier`, whole or not at all. Raises TableRefused."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    told = pairs.select("id_a", "id_b", pl.col("probability").round(6), "tier")
    try:
        told.write_csv(unfinished, quote_style="necessary")
        unfinished.replace(path)
    except OSError as refusal:
        unfinished.unlink(missing_ok=True)
        raise TableRefused(f"{path} tidak dapat ditulis: {refusal.strerror}.") from None
