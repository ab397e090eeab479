"""One person under two NIKs in one list: asked about whatever the order of the rows, never on a contradiction."""

import random
from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.linkage.within_list import MARKS, MOST_COMPARED, listed_again

SCHEMA: dict[str, Any] = {
    "id": pl.Int64, "rank": pl.Int64, "name": pl.String, "birth": pl.Date, **dict.fromkeys(MARKS, pl.String),
}  # fmt: skip
BIRTH = date(1980, 5, 17)


def people(*rows: tuple[str | None, date | None, str | None, str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame([(10 + at, at, *row) for at, row in enumerate(rows)], schema=SCHEMA, orient="row")


def asked(frame: pl.DataFrame) -> dict[int, int]:
    return dict(listed_again(frame).iter_rows())


def by_hand(frame: pl.DataFrame) -> dict[int, int]:
    """The same answer, one row beside every other."""
    rows = sorted(frame.iter_rows(named=True), key=lambda row: row["rank"])
    answer = {}
    for at, row in enumerate(rows):
        for other in rows[:at]:
            same = None not in (row["name"], row["birth"]) and all(row[key] == other[key] for key in ("name", "birth"))
            if same and all(None in (row[mark], other[mark]) or row[mark] == other[mark] for mark in MARKS):
                answer[row["id"]] = other["id"]
                break
    return answer


LISTS = st.lists(
    st.tuples(
        st.sampled_from(["SITI AMINAH", "ASEP", None]),
        st.sampled_from([BIRTH, date(1991, 1, 1), None]),
        st.sampled_from(["L", "P", None]),
        st.sampled_from(["BANDUNG", "GARUT", None]),
        st.sampled_from(["EUIS", "DEWI", None]),
    ),
    max_size=12,
)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Any], dice: random.Random) -> None:
    frame = people(*rows)
    shuffled = frame[dice.sample(range(frame.height), frame.height)]
    assert asked(shuffled) == asked(frame) == by_hand(frame)


@given(LISTS)
def test_turning_the_list_round_asks_about_the_same_two(rows: list[Any]) -> None:
    frame = people(*rows[:2])
    turned = frame.with_columns(-pl.col("rank"))
    assert {frozenset(pair) for pair in asked(frame).items()} == {frozenset(pair) for pair in asked(turned).items()}


def test_one_mark_that_differs_tells_two_people_apart() -> None:
    first = people(("SITI AMINAH", BIRTH, "P", "BANDUNG", "EUIS"))
    again = first.with_columns(pl.lit(11, pl.Int64).alias("id"), pl.lit(1, pl.Int64).alias("rank"))
    silent = again.with_columns(pl.lit(None, pl.String).alias(mark) for mark in ("sex", "birth_place"))
    assert asked(pl.concat([first, silent])) == {11: 10}
    for mark, other in (("sex", "L"), ("birth_place", "GARUT"), ("mother", "DEWI")):
        assert asked(pl.concat([first, again.with_columns(pl.lit(other).alias(mark))])) == {}


def test_a_filler_on_very_many_rows_is_asked_about_without_comparing_them_all() -> None:
    rows = [("SITI AMINAH", BIRTH, "P", f"TEMPAT {at}", None) for at in range(MOST_COMPARED + 1)]
    assert asked(people(*rows)) == {10 + at: 10 for at in range(1, MOST_COMPARED + 1)}
    assert asked(people(*rows[:-1])) == {}
