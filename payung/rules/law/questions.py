"""From the cells of a list, or the words of a command, to the columns `owed` asks for.

Cells are text as an office types it. What cannot be read with certainty is never guessed: the row keeps its
place, gets no amounts, and `unreadable` says why (a code of refusals.toml).
"""

from dataclasses import dataclass

import narwhals as nw
from narwhals.typing import IntoFrameT

from payung.rules.law.columns import PROGRAMMES
from payung.rules.law.engines import Work, reckon
from payung.rules.law.expressions import cases
from payung.rules.months import Month

REQUIRED_CELLS = ("class", "wage", "month", "programmes")

OPTIONAL_CELLS = ("group", "payer", "sector")
"""Empty means: group 1; payer `employer` for PU and `self` for BPU; sector `other`."""

UNREADABLE = "unreadable"
"""Code of the reason why the cells of a row could not be read; empty where they could."""

ROW_TOO_LONG = "row_too_long"
"""A true/false column of the frame: the row had more cells than the header, so no cell is certain."""

NO_TEXT = nw.lit(None, nw.String)


@dataclass(frozen=True, slots=True)
class Question:
    """One person's month: what is owed? Words and units are those of columns.INPUTS."""

    membership_class: str
    month: Month
    wage_rupiah: int
    payer: str
    programmes: tuple[str, ...] = ("JKK", "JKM")
    group: int = 1
    sector: str = "other"


def typed(frame: IntoFrameT) -> IntoFrameT:
    """A frame of text cells -> the columns `owed` reads, and `unreadable`.

    The cells are REQUIRED_CELLS, OPTIONAL_CELLS and ROW_TOO_LONG. class, payer and sector may be in any case; a
    wage is whole rupiah in digits alone; a month is YYYY-MM; programmes are joined by comma or plus. An unreadable
    row has an empty wage, so that `owed` refuses it.
    """
    readable = (nw.col(UNREADABLE).is_null()) & _text("wage").str.contains(_WHOLE_NUMBER)

    def add_columns(work: Work) -> Work:
        work = work.with_columns(_unreadable().alias(UNREADABLE))
        wage = nw.when(readable).then(_text("wage")).otherwise(NO_TEXT).cast(nw.Int64)
        return work.select(
            _text("class").str.to_uppercase().alias("class"),
            _month().alias("month"),
            wage.alias("wage_rupiah"),
            _group().alias("group"),
            _payer().alias("payer"),
            cases([(_text("sector") == "", nw.lit("other"))], _text("sector").str.to_lowercase()).alias("sector"),
            *(_programmes().str.contains(name).alias(f"in_{name.lower()}") for name in PROGRAMMES),
            UNREADABLE,
        )

    return reckon(frame, add_columns)


_WHOLE_NUMBER = "^-?[0-9]{1,18}$"
_ENDLESS_NUMBER = "^-?[0-9]{19,}$"
_MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
_GROUP = "^[0-9]{1,3}$"
_PROGRAMMES = "^(JKK|JKM|JHT|JP)([,+](JKK|JKM|JHT|JP))*$"


def _text(cell: str) -> nw.Expr:
    return nw.col(cell).fill_null("").str.strip_chars()


def _programmes() -> nw.Expr:
    return _text("programmes").str.replace_all(r"\s", "").str.to_uppercase()


def _unreadable() -> nw.Expr:
    """The first reason why a cell cannot be read. A missing class or wage is left to the law's refusals."""
    wage, group = _text("wage"), _text("group")
    cells = [_text(cell) for cell in REQUIRED_CELLS]
    reasons = [
        (nw.col(ROW_TOO_LONG), "row_too_long"),
        (nw.all_horizontal(*(cell == "" for cell in cells), ignore_nulls=False), "row_empty"),
        (wage.str.contains(_ENDLESS_NUMBER), "wage_too_large"),
        ((wage != "") & ~wage.str.contains(_WHOLE_NUMBER), "wage_not_whole"),
        (~_text("month").str.contains(_MONTH), "month_unreadable"),
        ((group != "") & ~group.str.contains(_GROUP), "group_unknown"),
        (_programmes() == "", "programmes_missing"),
        (_programmes().str.contains("JKP"), "jkp_not_charged"),
        (~_programmes().str.contains(_PROGRAMMES), "programmes_unknown"),
    ]
    return cases([(holds, nw.lit(code)) for holds, code in reasons], NO_TEXT)


def _month() -> nw.Expr:
    text = nw.when(_text("month").str.contains(_MONTH)).then(_text("month")).otherwise(NO_TEXT)
    return text.str.slice(0, 4).cast(nw.Int64) * 12 + text.str.slice(5, 2).cast(nw.Int64) - 1


def _group() -> nw.Expr:
    written = nw.when(_text("group").str.contains(_GROUP)).then(_text("group")).otherwise(NO_TEXT)
    return nw.when(_text("group") == "").then(nw.lit("1")).otherwise(written).cast(nw.Int64)


def _payer() -> nw.Expr:
    payer = _text("payer").str.to_uppercase()
    person_pays = _text("class").str.to_uppercase() == "BPU"
    return cases(
        [
            ((payer == "") & person_pays, nw.lit("self")),
            (payer == "", nw.lit("employer")),
            (payer.is_in(("SELF", "EMPLOYER")), payer.str.to_lowercase()),
        ],
        payer,
    )
