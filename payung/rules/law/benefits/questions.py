"""From the cells of a list, or the words of a command, to the facts `paid` asks for.

Cells are text as an office types it. What cannot be read with certainty is never guessed: the row keeps its
place and `unreadable` says why (a code of refusals.toml).
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from payung.rules.law.benefits.columns import CHILDREN, FACTS, KINDS, LEVELS, Fact, Unit
from payung.rules.law.benefits.law import Law
from payung.rules.law.benefits.losses import LossError, losses
from payung.rules.law.benefits.scholarship import level_starts
from payung.rules.law.figures import BeforeTheLawError
from payung.rules.law.questions import ROW_TOO_LONG, UNREADABLE
from payung.rules.law.readings import DEFAULT_READINGS

REQUIRED_CELLS = ("kind", "on")

MADE_OF_WORDS = {"loss_shares": ("loss", "left_handed")} | {
    f"child_{child}_{part}": ("child",) for child in CHILDREN for part in ("birth", "school_year")
}
"""Facts that a question says in other words."""

OPTIONAL_CELLS = (
    "class",
    *dict.fromkeys(word for fact in FACTS for word in MADE_OF_WORDS.get(fact, (fact,))),
)

JOINED_BY = "+"
"""Several losses or children in one cell."""

YES = ("yes", "ya")

_WHOLE_NUMBER = "^[0-9]{1,18}$"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CHILD = rf"^({_DAY}):([A-Z]+:[0-9])$"


def words_of(kind: str) -> tuple[str, ...]:
    """The words a kind of benefit uses, beside kind, on and class."""
    return tuple(dict.fromkeys(word for fact in KINDS[kind].facts for word in MADE_OF_WORDS.get(fact, (fact,))))


def typed(cells: pl.DataFrame, *, known_on: date | None = None) -> pl.DataFrame:
    """A frame of text cells -> the columns of `paid`, `unreadable`, and loss and left_handed as written.

    The cells are REQUIRED_CELLS, OPTIONAL_CELLS and ROW_TOO_LONG. Numbers are whole, in digits alone; days
    YYYY-MM-DD; kind and class in any case, a blank class is PU; losses and children are joined by plus. The cells a
    row's kind does not use are not read. An unreadable row has an empty kind, so that `paid` refuses it.
    """
    text = cells.select(
        pl.col(REQUIRED_CELLS + OPTIONAL_CELLS).fill_null("").str.strip_chars(), pl.col(ROW_TOO_LONG)
    ).with_columns(pl.col("kind").str.to_lowercase())
    used = text.with_columns(_blank_unless_used(word) for word in OPTIONAL_CELLS if word != "class")
    read = used.with_columns(_losses(used, known_on))
    facts = [fact for fact in FACTS.values() if fact.name not in MADE_OF_WORDS]
    return read.select(
        "kind",
        _day("on").alias("on"),
        pl.when(pl.col("class") == "").then(pl.lit("PU")).otherwise(pl.col("class").str.to_uppercase()).alias("class"),
        *(_fact(fact) for fact in facts),
        *MADE_OF_WORDS["loss_shares"],
        "loss_shares",
        *(column for child in CHILDREN for column in _child(child)),
        pl.coalesce(*_reasons(facts), "loss_code").alias(UNREADABLE),
    ).with_columns(pl.when(pl.col(UNREADABLE).is_null()).then("kind").alias("kind"))


def _blank_unless_used(word: str) -> pl.Expr:
    using = [kind for kind in KINDS if word in words_of(kind)]
    return pl.when(pl.col("kind").is_in(using)).then(pl.col(word)).otherwise(pl.lit("")).alias(word)


def _fact(fact: Fact) -> pl.Expr:
    cell = pl.col(fact.name)
    if fact.unit is Unit.DAY:
        return _day(fact.name).alias(fact.column)
    if fact.unit is Unit.WORD:
        return pl.when(cell != "").then(cell.str.to_lowercase()).alias(fact.column)
    if fact.unit is Unit.YES:
        return cell.str.to_lowercase().is_in(YES).alias(fact.column)
    return pl.when(cell.str.contains(_WHOLE_NUMBER)).then(cell).cast(pl.Int64).alias(fact.column)


def _day(word: str) -> pl.Expr:
    """A day as a number, 20211103; empty for what is no day."""
    cell = pl.col(word)
    return _as_number(pl.when(cell.str.contains(f"^{_DAY}$")).then(cell))


def _as_number(cell: pl.Expr) -> pl.Expr:
    day = cell.str.to_date("%Y-%m-%d", strict=False)
    return (day.dt.year().cast(pl.Int64) * 10_000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day()).cast(pl.Int64)


def _children() -> pl.Expr:
    named = pl.col("child").str.to_uppercase().str.split(JOINED_BY).list.eval(pl.element().str.strip_chars())
    return pl.when(pl.col("child") == "").then(pl.lit([], dtype=pl.List(pl.String))).otherwise(named)


def _child(child: int) -> tuple[pl.Expr, pl.Expr]:
    """Birth and school year of the first or second child."""
    named = _children().list.get(child - 1, null_on_oob=True)
    birth, school_year = _child_parts(named)
    return birth.alias(f"child_{child}_birth"), school_year.alias(f"child_{child}_school_year")


def _child_parts(named: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    grade = named.str.extract(_CHILD, 2).replace_strict(_school_years(), default=None, return_dtype=pl.Int64)
    return _as_number(named.str.extract(_CHILD, 1)), grade


def _school_years() -> dict[str, int]:
    """ "SD:4" -> 6: the school years counted through, and "NONE:0" -> 0."""
    starts = level_starts(Law(None, DEFAULT_READINGS))
    after = dict(zip(LEVELS, [*LEVELS[1:], ""], strict=True))
    years = {
        f"{level}:{year - starts[level] + 1}": year
        for level in LEVELS
        for year in range(starts[level], starts[after[level]])
    }
    return {"NONE:0": 0, **years}


def _unreadable_child() -> pl.Expr:
    """Whether any child of the cell, counted or not, cannot be read."""
    birth, school_year = _child_parts(pl.element())
    return _children().list.eval(birth.is_null() | school_year.is_null()).list.any()


def _reasons(facts: Iterable[Fact]) -> list[pl.Expr]:
    """A code each, where a cell cannot be read; the first one counts."""
    blank = pl.all_horizontal(pl.col(word) == "" for word in REQUIRED_CELLS + OPTIONAL_CELLS)
    reasons = [(pl.col(ROW_TOO_LONG), "row_too_long"), (blank, "row_empty")]
    reasons.append(((pl.col("on") != "") & _day("on").is_null(), "day_unreadable/on"))
    for fact in facts:
        filled = pl.col(fact.name) != ""
        if fact.unit is Unit.DAY:
            reasons.append((filled & _day(fact.name).is_null(), f"day_unreadable/{fact.name}"))
        elif fact.unit is Unit.YES:
            reasons.append((filled & ~_said_yes(fact.name), f"yes_unreadable/{fact.name}"))
        elif fact.unit is not Unit.WORD:
            reasons.append((filled & ~pl.col(fact.name).str.contains(_WHOLE_NUMBER), f"number_unreadable/{fact.name}"))
    handed = pl.col("left_handed")
    reasons.append(((handed != "") & ~_said_yes("left_handed"), "yes_unreadable/left_handed"))
    reasons.append((_unreadable_child().fill_null(value=False), "child_unreadable"))
    return [pl.when(holds).then(pl.lit(code)) for holds, code in reasons]


def _said_yes(word: str) -> pl.Expr:
    return pl.col(word).str.to_lowercase().is_in(YES)


def _losses(used: pl.DataFrame, known_on: date | None) -> list[pl.Series]:
    """The shares lost, and a code where a loss cannot be read: each way of writing them is looked up once."""
    asked = used.select("kind", "loss", "left_handed", day=_day("on"))
    different = asked.unique()
    found = [_shares(kind, loss, handed, day, known_on) for kind, loss, handed, day in different.iter_rows()]
    answers = different.with_columns(
        pl.Series("loss_shares", [shares for shares, _ in found], pl.Int64),
        pl.Series("loss_code", [code for _, code in found], pl.String),
    )
    joined = asked.join(answers, on=asked.columns, how="left", nulls_equal=True, maintain_order="left")
    return [joined["loss_shares"], joined["loss_code"]]


def _shares(
    kind: str, loss: str, left_handed: str, day: int | None, known_on: date | None
) -> tuple[int | None, str | None]:
    if not loss or day is None:
        return None, None
    on = date(day // 10_000, day // 100 % 100, day % 100)
    handed = left_handed.lower() in YES
    try:
        told = losses(
            loss.split(JOINED_BY),
            functional=kind == "jkk-functional",
            left_handed=handed,
            on=on,
            known_on=known_on,
        )
    except LossError as refused:
        return None, refused.code
    except BeforeTheLawError:
        return 1, None  # the day is refused, not the loss
    return sum(each.shares for each in told), None
