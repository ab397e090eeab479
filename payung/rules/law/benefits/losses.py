"""The disability table read for one person: which part of 80 wages the losses named amount to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from payung.rules.law.figures import Figure, LawError, NotKnownError
from payung.rules.law.tables import Row, table
from payung.rules.law.words import Words

WHOLE_FUNCTION = 100
"""Percent. Shares are hundred-thousandths of 80 wages: a thousandth of the table times a percent of the function."""


class LossError(LawError):
    """A loss that cannot be read; `code` is one of refusals.toml with what was written."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss: its row of the table, the number named with it, and the shares it amounts to."""

    item: str
    words: Words
    number: int | None
    figure: Figure
    shares: int


def losses(
    texts: Iterable[str], *, functional: bool, left_handed: bool, on: date, known_on: date | None = None
) -> tuple[Loss, ...]:
    """What "right-thumb" or "scalp=20" (functional: "right-thumb=50", percent of the function) amount to on a day.

    Raises LossError for what is no row of the table or has a number out of its bounds; NotKnownError.
    """
    return tuple(_loss(text.strip(), functional, left_handed, on, known_on) for text in texts)


def _loss(text: str, functional: bool, left_handed: bool, on: date, known_on: date | None) -> Loss:
    item, equals, written = text.partition("=")
    named = items(on, known_on).get(item)
    if named is None:
        raise LossError(f"loss_unknown/{item}")
    number = _number(written) if equals else None
    if equals and number is None:
        raise LossError(f"loss_number/{text}")
    counting = items(on, known_on)[_other_side(item)] if left_handed else named
    row, times = (_functional if functional else _anatomical)(item, counting, number)
    return Loss(item, Words(**named[0].more["loss"]), number, row.figure, thousandths(row.figure) * times)


def _functional(item: str, rows: tuple[Row, ...], percent: int | None) -> tuple[Row, int]:
    """The row, and the percent of the function that is lost."""
    if "from" in rows[0].more:
        raise LossError(f"loss_not_functional/{item}")
    if percent is None or not 1 <= percent <= WHOLE_FUNCTION:
        raise LossError(f"loss_percent/{item}")
    return rows[0], percent


def _anatomical(item: str, rows: tuple[Row, ...], number: int | None) -> tuple[Row, int]:
    """The row, and the whole function as often as the number makes it count."""
    if "from" not in rows[0].more:
        if number is not None:
            raise LossError(f"loss_without_number/{item}")
        return rows[0], WHOLE_FUNCTION
    if number is None:
        raise LossError(f"loss_needs_number/{item}")
    fitting = [row for row in rows if row.more["from"] <= number <= row.more["upto"]]
    if not fitting:
        raise LossError(f"loss_out_of_range/{item}={number}")
    return fitting[0], WHOLE_FUNCTION * (number // fitting[0].more.get("for_each", number))


def thousandths(figure: Figure) -> int:
    """The share of a row: 4.5 % is 45."""
    return int(figure.value * 1_000)


@lru_cache(maxsize=1024)
def items(on: date, known_on: date | None = None) -> Mapping[str, tuple[Row, ...]]:
    """The disability table of a day: item -> its row, or a row for each range of its number; in the annex's order.

    Raises BeforeTheLawError for days before July 2015.
    """
    disability = table("disability")
    found: dict[str, tuple[Row, ...]] = {}
    for key in disability.keys_in_use():
        try:
            figure = disability.series(*key, known_on=known_on).on(on)
        except NotKnownError:
            continue
        row = next(row for row in disability.rows if row.figure is figure)
        item = row.more.get("item", key[0])
        found[item] = (*found.get(item, ()), row)
    return MappingProxyType(found)


def _other_side(item: str) -> str:
    """What the left hand is to the right-handed, the right is to the left-handed."""
    side, _, part = item.partition("-")
    return {"right": f"left-{part}", "left": f"right-{part}"}.get(side, item)


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else None
