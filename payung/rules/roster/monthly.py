"""The monthly update of an office: what it is sent, and what comes back. An empty cell means unchanged.

The office is sent a sheet with a line for each of its people, locked but for the cells that may change
(`layouts/pembaruan_bulanan.toml`), and a sheet for new people with the usual headings. What comes back becomes typed
changes and findings; people without a change are not spoken of. A missing line is unchanged too, and counted.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from payung.rules.identity import names
from payung.rules.roster.catalogue import severity_of
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.checks.days import certain_day
from payung.rules.roster.checks.wages import certain_rupiah
from payung.rules.roster.collecting import FINDINGS_SCHEMA
from payung.rules.roster.known_layouts import Layout, layout
from payung.rules.roster.recognising import Recognised, fit
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet, Workbook

EXPECTED_SCHEMA: dict[str, type[pl.DataType]] = {
    "key": pl.String, "nik_shown": pl.String, "name": pl.String, "wage_now": pl.Int64,
}  # fmt: skip
"""A line for each person sent: an opaque key, the NIK masked, the name, the wage in rupiah."""

CHANGES_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.String,
    "row": pl.UInt32,
    "key": pl.String,
    "kind": pl.String,
    "on": pl.Date,
    "wage_rupiah": pl.Int64,
    "moved_to": pl.String,
    "note": pl.String,
}
"""`kind` is left, moved, died or wage. A change with a finding of severity human or reject is not among them."""

DOUBTFUL_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.String, "row": pl.UInt32, "key": pl.String, "name": pl.String,
}  # fmt: skip
"""A line against which something stands: none of CHANGES_SCHEMA."""

KINDS = {"KELUAR": "left", "PINDAH": "moved", "MENINGGAL": "died", "UPAH": "wage"}
NEW_PEOPLE = (
    "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P", "JABATAN", "UPAH", "TMT", "NO KK", "NO HP",
    "NAMA IBU KANDUNG",
)  # fmt: skip
"""Headings of the sheet for new people."""
NEW_SHEET = "Orang baru"
"""Its name."""
_LOCKED = ("name", "nik_shown", "wage_now")
_CHANGEABLE = ("change", "event_date", "wage_new", "moved_to")


class NotAnUpdate(Exception):
    """No sheet of the workbook has the layout of the monthly update; `missing` names its columns."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Update:
    """What an office said of a month. `unchanged` people were sent and nothing was said of them; of those `left_out`
    had no line any more. `new` is the check of the sheet of new people, None when it is not there. `doubtful` are the
    lines that have findings (DOUBTFUL_SCHEMA).
    """

    changes: pl.DataFrame
    doubtful: pl.DataFrame
    findings: pl.DataFrame
    new: Checked | None
    unchanged: int
    left_out: int


def template() -> Layout:
    """The layout of the sheet of changes, with its locked columns and the codes of a change."""
    return layout("pembaruan_bulanan")


def is_update(workbook: Workbook) -> bool:
    """Whether a sheet of the workbook has the layout of the monthly update."""
    return any((match := fit(sheet, template())) is not None and match.is_whole for sheet in workbook.sheets)


def keys(workbook: Workbook) -> list[str]:
    """What stands in the column of keys, line by line."""
    matches = [(sheet, match) for sheet in workbook.sheets if (match := fit(sheet, template())) is not None]
    return [key for sheet, match in matches if match.is_whole for key in _lines_of(sheet, match)["key"].drop_nulls()]


def lines(expected: pl.DataFrame) -> Iterator[list[str | int | None]]:
    """The lines of the sheet of changes, in the order of its columns; `expected` as EXPECTED_SCHEMA."""
    for person in expected.iter_rows(named=True):
        yield [person.get(column.field) for column in template().columns]


def read_update(
    workbook: Workbook,
    expected: pl.DataFrame,
    *,
    on: date,
    membership_class: str,
    place: str | None = None,
    units: Collection[str] | None = None,
) -> Update:
    """What an office sent back. `expected` is what it was sent; `on`, class and place are those of `check`; `units` are
    the names of those to which somebody can move, None for any.

    Raises NotAnUpdate when no sheet has the layout.
    """
    matches = [(sheet, match) for sheet in workbook.sheets if (match := fit(sheet, template())) is not None]
    whole = [(sheet, match) for sheet, match in matches if match.is_whole]
    if not whole:
        raise NotAnUpdate(min((match.missing for _, match in matches), key=len, default=("KUNCI", "PERUBAHAN")))
    told = pl.concat([_lines_of(sheet, match) for sheet, match in whole])
    told = told.join(expected.select(pl.all().name.prefix("sent_")), left_on="key", right_on="sent_key", how="left")
    told = told.with_columns(pl.col("key").is_in(expected["key"].implode()).alias("known"))
    lines = list(_saying(told))
    known = None if units is None else {plain(unit) for unit in units}
    judged = [_judged(line, on, known) for line in lines]
    changes = [change for change, _ in judged if change is not None]
    findings = [finding for _, found in judged for finding in found]
    doubtful = [
        [line[name] for name in DOUBTFUL_SCHEMA] for line, (_, found) in zip(lines, judged, strict=True) if found
    ]
    new = [sheet for sheet in workbook.sheets if all(sheet is not one for one, _ in whole)]
    left_out = expected.join(told, on="key", how="anti").height
    spoken = told.filter(pl.col("known") & _is_touched())["key"].n_unique()
    return Update(
        changes=pl.DataFrame(changes, schema=CHANGES_SCHEMA, orient="row"),
        doubtful=pl.DataFrame(doubtful, schema=DOUBTFUL_SCHEMA, orient="row"),
        findings=pl.DataFrame(findings, schema=FINDINGS_SCHEMA, orient="row"),
        new=check(Workbook(workbook.name, tuple(new)), on=on, membership_class=membership_class, place=place)
        if new
        else None,
        unchanged=expected.height - spoken,
        left_out=left_out,
    )


def _lines_of(sheet: Sheet, match: Recognised) -> pl.DataFrame:
    """The filled lines below the heading: place, then text, kind and letter of every field ("" without a column)."""
    after = match.header_last
    numbers = pl.int_range(after + 1, sheet.height + 1, dtype=pl.UInt32, eager=True)
    columns: dict[str, pl.Series | pl.Expr] = {"sheet": pl.lit(sheet.name)}
    for field in (column.field for column in template().columns):
        letter = match.columns.get(field, "")
        columns[field + "_letter"] = pl.lit(letter)
        columns[field] = sheet.texts[letter].slice(after) if letter else pl.lit(None, dtype=pl.String)
        columns[field + "_kind"] = sheet.kinds[letter].slice(after) if letter else pl.lit(0, dtype=pl.UInt8)
    texts = [pl.col(column.field).str.strip_chars().replace("", None) for column in template().columns]
    frame = pl.DataFrame({"row": numbers}).with_columns(**columns).with_columns(texts)
    return frame.filter(pl.any_horizontal(pl.col("key", "name", *_CHANGEABLE).is_not_null()))


def _is_touched() -> pl.Expr:
    """Whether a line says anything: a change, an unknown or missing key, or a locked cell that differs."""
    locked = [
        (pl.col(name + "_letter") != "") & pl.col(name).ne_missing(pl.col("sent_" + name).cast(pl.String))
        for name in _LOCKED
    ]
    return pl.any_horizontal(pl.col(_CHANGEABLE).is_not_null(), ~pl.col("known"), pl.col("key").is_null(), *locked)


def _saying(told: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Lines that say something; of a key that comes twice every line, with the place of another one (`twice`)."""
    repeated = pl.col("key").is_not_null() & pl.col("key").is_duplicated()
    place = pl.struct("sheet", "row")
    first, last = place.first().over("key"), place.last().over("key")
    twice = pl.when(repeated).then(pl.when(place == first).then(last).otherwise(first)).alias("twice")
    yield from told.with_columns(twice).filter(_is_touched() | repeated).iter_rows(named=True)


def _judged(
    line: dict[str, Any], on: date, units: set[str] | None
) -> tuple[tuple[Any, ...] | None, list[tuple[Any, ...]]]:
    """The change of a line, None when there is none or something stands against it, and its findings."""
    found = [_finding(line, *told) for told in _objections(line, on, units)]
    word = (line["change"] or "").upper()
    if found or word not in KINDS:
        return None, found
    day = _day(line, on)
    wage = certain_rupiah(line["wage_new"], line["wage_new_kind"]) if word == "UPAH" else None
    place = (line["sheet"], line["row"], line["key"])
    return (*place, KINDS[word], day, wage, line["moved_to"], line["note"]), found


_Objection = tuple[str, str, str | None, dict[str, Any]]
"""Code, column, value, further words."""


def _objections(line: dict[str, Any], on: date, units: set[str] | None) -> Iterator[_Objection]:
    if line["key"] is None:
        yield "update_key_missing", "key", None, {}
        return
    if not line["known"]:
        yield "update_key_unknown", "key", line["key"], {}
        return
    if line["twice"]:
        other = {"other_sheet": line["twice"]["sheet"], "other_row": line["twice"]["row"]}
        yield "update_key_twice", "key", line["key"], other
    for name in _LOCKED:
        if line[name + "_letter"] and not _is_as_sent(line, name):
            yield "update_locked_changed", name, line[name], {"sent": line["sent_" + name]}
    word = (line["change"] or "").upper()
    if word not in KINDS:
        yield from _without_kind(line)
        return
    yield from _about_day(line, word, on)
    yield from _about_wage(line, word)
    yield from _about_unit(line, word, units)


def _without_kind(line: dict[str, Any]) -> Iterator[_Objection]:
    if line["change"]:
        yield "update_change_unknown", "change", line["change"], {}
        return
    for name in ("event_date", "wage_new", "moved_to"):
        if line[name] is not None:
            yield "update_without_change", name, line[name], {}


def _about_day(line: dict[str, Any], word: str, on: date) -> Iterator[_Objection]:
    if line["event_date"] is None:
        if word != "UPAH":
            yield "update_date_missing", "event_date", None, {"change": word}
    elif _day(line, on) is None:
        yield "update_date_unreadable", "event_date", line["event_date"], {}


def _about_wage(line: dict[str, Any], word: str) -> Iterator[_Objection]:
    wage = line["wage_new"]
    if word != "UPAH":
        if wage is not None:
            yield "update_wage_unasked", "wage_new", wage, {"change": word}
    elif wage is None:
        yield "update_wage_missing", "wage_new", None, {}
    elif certain_rupiah(wage, line["wage_new_kind"]) is None:
        yield "wage_unreadable", "wage_new", wage, {}


def _about_unit(line: dict[str, Any], word: str, units: set[str] | None) -> Iterator[_Objection]:
    if word != "PINDAH":
        return
    if line["moved_to"] is None:
        yield "update_unit_missing", "moved_to", None, {}
    elif units is not None and plain(line["moved_to"]) not in units:
        yield "update_unit_unknown", "moved_to", line["moved_to"], {}


def _is_as_sent(line: dict[str, Any], name: str) -> bool:
    read, sent = line[name], line["sent_" + name]
    if name == "name":
        return names.key(read or "") == names.key(sent or "")
    if name == "wage_now" and read is not None:
        return certain_rupiah(read, line["wage_now_kind"]) == (sent or None)
    return bool(read == sent)


def _day(line: dict[str, Any], on: date) -> date | None:
    return certain_day(line["event_date"], line["event_date_kind"], on) if line["event_date"] else None


def _finding(line: dict[str, Any], code: str, name: str, value: str | None, words: dict[str, Any]) -> tuple[Any, ...]:
    field = "wage" if code == "wage_unreadable" else ""
    params = json.dumps(words, ensure_ascii=False)
    return line["sheet"], line["row"], line[name + "_letter"], field, code, severity_of(code), value, None, params
