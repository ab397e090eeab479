"""The award file on paper and its lists as workbooks: every figure names the list that it can be counted in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.doors.papers.office_paper import Cell, Column, OfficePaper, Sheet, paper_pdf, paper_workbook
from payung.doors.papers.wording import Wording
from payung.office.reports.award import Award
from payung.office.reports.award_freezing import canonical
from payung.office.reports.award_lists import NUMBERS

CONTENT = "isi.json"
PAPER = "berkas-penghargaan.pdf"
FILES = {
    "people": "daftar/01-orang.xlsx",
    "segments": "daftar/02-segmen.xlsx",
    "months": "daftar/03-bulan.xlsx",
    "official": "daftar/04-angka-resmi.xlsx",
    "funds": "daftar/05-iuran.xlsx",
    "claims": "daftar/06-santunan.xlsx",
    "regulations": "daftar/07-peraturan.xlsx",
    "agreements": "daftar/08-perjanjian-dan-sk.xlsx",
    "innovations": "daftar/09-inovasi.xlsx",
}
"""List -> its workbook in the pack."""
HIDDEN = ("fund_id", "decree_id", "agreement_id")
WIDE = frozenset({"title", "segment", "fund", "paper", "letter", "definition", "number", "reference"})
PRINTED = {
    "segments": ("line", "segment", "fund", "paper", *NUMBERS),
    "months": ("month", *NUMBERS, "members"),
    "official": ("kind", "scope", "on_day", "heads", "percent", "letter"),
    "funds": ("fund_kind", "fund", "due_rupiah", "posted_rupiah"),
    "regulations": ("code", "number", "title", "dated_on"),
    "agreements": ("kind", "number", "title", "signed_on", "effective_until"),
    "innovations": ("title",),
}
"""What of each list the paper prints; claims are summed by benefit, people stand in their workbook only."""


@dataclass(frozen=True)
class Words:
    """How codes are called, in the reader's language: the caller has them."""

    said: Callable[[str, object], str]
    missing: Mapping[str, str]


@dataclass(frozen=True)
class Printing:
    """For whom and when."""

    government_name: str
    on: date
    language: str
    words: Words


def award_parts(
    found: Award, lists: Mapping[str, pl.DataFrame], printing: Printing, progress: Callable[[int], None]
) -> dict[str, bytes]:
    """Every file of the pack but its manifest. `lists` hold that of the people; `progress` hears how many are made."""
    wording = Wording(printing.language)
    content = canonical(found.content())
    parts = {CONTENT: content, PAPER: paper_pdf(award_paper(found, printing), printed_on=printing.on)}
    for name, file in FILES.items():
        parts[file] = paper_workbook(_list_paper(name, lists[name], printing, wording), made_on=printing.on)
        progress(len(parts))
    return parts


def award_paper(found: Award, printing: Printing) -> OfficePaper:
    """What is printed. Weights that nobody published are marked so; what is missing stands in it too."""
    wording = Wording(printing.language)
    return OfficePaper(
        language=printing.language,
        government=printing.government_name,
        office="",
        title=wording.text("award", "title"),
        subject=wording.text("award", "subject", year=found.year),
        footer=wording.text("award", "footer", day=wording.long_date(printing.on)),
        facts=list(_facts(found, wording)),
        sheets=[
            _criteria(found, printing, wording),
            *(_printed(name, found.lists[name], printing, wording) for name in ("segments", "months", "funds")),
            _claims(found.lists["claims"], printing, wording),
            *(
                _printed(name, found.lists[name], printing, wording)
                for name in ("official", "regulations", "agreements", "innovations")
            ),
        ],
        notes=list(_notes(found, printing, wording)),
    )


def _facts(found: Award, wording: Wording) -> Iterator[tuple[str, str]]:
    active = found.lists["months"]["members"]
    december = found.lists["months"].filter(pl.col("month") == f"{found.year}-12")["members"]
    yield wording.text("award", "counted_month"), wording.long_month(found.month.first_day)
    yield wording.text("award", "peak"), wording.number(int(active.max() or 0))  # type: ignore[arg-type]  # whole numbers
    yield (
        wording.text("award", "average", count=active.len()),
        wording.number(int(active.sum()) // max(active.len(), 1)),
    )
    told = wording.number(int(december.item())) if december.len() else wording.text("award", "not_counted")
    yield wording.text("award", "december"), told


def _criteria(found: Award, printing: Printing, wording: Wording) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in found.criteria:
        lacking = [printing.words.missing[code] for part in one.parts for code in found.missing.get(part, ())]
        rows.append(
            (
                one.title["en" if wording.english else "id"],
                f"{one.percent} %",
                one.source or wording.text("award", "weight_assumed"),
                "; ".join(wording.text("award", f"list_{part}") for part in one.parts)
                or wording.text("award", "nothing_written"),
                "; ".join(lacking) or (wording.text("award", "whole") if one.parts else "–"),
            )
        )
    columns = [
        Column(wording.text("award", key), width)
        for key, width in (("criterion", 30), ("weight", 16), ("weight_source", 0), ("answered_by", 0), ("missing", 0))
    ]
    return Sheet(wording.text("award", "criteria"), columns, rows)


def _printed(name: str, frame: pl.DataFrame, printing: Printing, wording: Wording) -> Sheet:
    shown = _shown(name, frame, printing)
    kept = [column for column in PRINTED[name] if column in shown.columns]
    sheet = _sheet(name, shown.select(kept), wording)
    return Sheet(_heading(name, sheet.title, wording), sheet.columns, sheet.rows, sheet.total)


def _heading(name: str, title: str, wording: Wording) -> str:
    """The table's title with the workbooks that its figures are counted in; those of segments are people."""
    behind = [name, "people"] if name == "segments" else [name]
    told = ", ".join(FILES[one].removeprefix("daftar/") for one in behind)
    return wording.text("award", "with_list", title=title, file=told)


def _claims(frame: pl.DataFrame, printing: Printing, wording: Wording) -> Sheet:
    by_benefit = frame.group_by("benefit").agg(pl.len().cast(pl.Int64).alias("payouts"), pl.col("rupiah").sum())
    shown = _shown("claims", by_benefit.sort("benefit"), printing)
    sheet = _sheet("claims", shown, wording)
    return Sheet(_heading("claims", sheet.title, wording), sheet.columns, sheet.rows, sheet.total)


def _shown(name: str, frame: pl.DataFrame, printing: Printing) -> pl.DataFrame:
    """Codes in words, hundredths as percent; columns that only the database knows left out."""
    shown = frame.drop(*(column for column in HIDDEN if column in frame.columns))
    if "percent_hundredths" in shown.columns:
        percent = [None if one is None else f"{one // 100},{one % 100:02} %" for one in shown["percent_hundredths"]]
        shown = shown.with_columns(pl.Series("percent", percent, dtype=pl.String)).drop("percent_hundredths")
    for column in ("segment", "benefit", "kind", "scope", "scanned"):
        if column in shown.columns and not (name == "agreements" and column == "kind"):
            said = {value: printing.words.said(column, value) for value in shown[column].unique().to_list()}
            shown = shown.with_columns(pl.Series(column, [said[value] for value in shown[column]], dtype=pl.String))
    return shown


def _sheet(name: str, frame: pl.DataFrame, wording: Wording) -> Sheet:
    """A list as a table; whole numbers are summed where a sum means something."""
    figures = {column for column, kind in frame.schema.items() if kind.is_integer()}
    columns = [
        Column(
            wording.text("award", f"column_{column}"),
            0 if column in WIDE else 14 if column == "line" else 26,
            figures=column in figures,
        )
        for column in frame.columns
    ]
    summed = name in ("segments", "funds", "claims", "people") and not frame.is_empty()
    total: list[Cell] = []
    if summed:
        total = [
            int(frame[column].sum()) if column in figures and column != "line" else None for column in frame.columns
        ]
        total[0] = wording.text("bill", "sum_label")
    return Sheet(wording.text("award", f"list_{name}"), columns, frame.rows(), total)


def _list_paper(name: str, frame: pl.DataFrame, printing: Printing, wording: Wording) -> OfficePaper:
    sheet = _sheet(name, _shown(name, frame, printing), wording)
    return OfficePaper(
        language=printing.language,
        government=printing.government_name,
        office="",
        title=sheet.title,
        subject=f"{printing.government_name}, {wording.long_date(printing.on)}",
        footer="",
        sheets=[sheet],
        notes=[wording.text("award", "opaque")] if name == "people" else [],
    )


def _notes(found: Award, printing: Printing, wording: Wording) -> Iterator[str]:
    yield wording.text("award", "note_lists")
    yield wording.text("award", "opaque")
    lacking = [printing.words.missing[code] for codes in found.missing.values() for code in codes]
    if lacking:
        yield wording.text("award", "note_missing", missing="; ".join(lacking))
    yield wording.text("award", "note_frozen", day=wording.long_date(printing.on))
