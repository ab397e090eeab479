"""What must hold for any rows: symmetry, a row is itself, unknown says nothing, order changes nothing."""

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.linkage import blocks, model, rows, waterfall
from payung.rules.linkage.comparisons import UNKNOWN, all_of_them
from payung.rules.linkage.linking import link
from payung.rules.linkage.rows import COLUMNS
from payung.rules.linkage.weighing import LEVELS, weigh
from tests.rules.linkage.people import ASEP, ON, Row, table

NAMES = ("Asep Sunandar", "ASEP SUNANDER", "Usep Sunandar", "Siti", "Moch. Ali", "M. Ali", "Djoko", "Joko S", "-", None)
NIKS = (
    "3273021005809101", "3273021005809102", "3273021005809100", "327302100580911", "3273025005809101",
    "3,27302E+15", "1111111111111111", None,
)  # fmt: skip
ROWS = st.fixed_dictionaries({
    "nik": st.sampled_from(NIKS),
    "name": st.sampled_from(NAMES) | st.text(max_size=12),
    "birth_date": st.sampled_from(("10-05-1980", "05-10-1980", "1980-05-11", "31-12-1980", "12 Mei 1980", "?", None)),
    "birth_place": st.sampled_from(("Bandung", "Kota Bandung", "Cirebon", None)),
    "sex": st.sampled_from(("L", "P", "Laki-laki", "2", None)),
    "village": st.sampled_from(("Dago", "Desa Dago", "Dagoo", "Coblong", None)),
    "mother_name": st.sampled_from(("Iceu Kurniasih", "Iceu", "Nonoh", None)),
})  # fmt: skip
FEW = settings(max_examples=12, deadline=None)
MODEL = model.read()


def weighed(left: pl.DataFrame, right: pl.DataFrame, prior: float = 0.001) -> pl.DataFrame:
    """Every row of the one beside every row of the other."""
    pairs = left.select(id_a="id").join(right.select(id_b="id"), how="cross")
    return weigh(pairs, left, right, MODEL, prior=prior)


@FEW
@given(st.lists(ROWS, min_size=1, max_size=4), st.lists(ROWS, min_size=1, max_size=4))
def test_symmetry(ours: list[Row], others: list[Row]) -> None:
    left, right = rows.read(table(*ours), on=ON), rows.read(table(*others, letter="B"), on=ON)
    one_way = weighed(left, right)
    other_way = weighed(right, left).rename({"id_a": "id_b", "id_b": "id_a"}).select(one_way.columns)
    assert one_way.sort("id_a", "id_b").equals(other_way.sort("id_a", "id_b"))


@FEW
@given(ROWS)
def test_the_weights_of_the_waterfall_add_up_to_the_probability(row: Row) -> None:
    left, right = rows.read(table(ASEP), on=ON), rows.read(table(row, letter="B"), on=ON)
    levels = weighed(left, right).row(0, named=True)
    told = waterfall.of(levels, left.row(0, named=True), right.row(0, named=True), MODEL, prior=0.001)
    assert told.probability == pytest.approx(levels["probability"], rel=1e-6)
    assert told.end_bits == pytest.approx(told.start_bits + sum(step.bits for step in told.steps))


@FEW
@given(ROWS, st.sets(st.sampled_from(COLUMNS)))
def test_unknown_never_moves_the_scale(row: Row, hidden: set[str]) -> None:
    right = rows.read(table({**row, **dict.fromkeys(hidden)}, letter="B"), on=ON)
    levels = weighed(rows.read(table(ASEP), on=ON), right).row(0, named=True)
    for comparison in all_of_them():
        if right[comparison.column][0] is None:
            assert levels[comparison.name] == UNKNOWN
    nothing = rows.read(table({}, letter="B"), on=ON)
    blind = weighed(rows.read(table(row), on=ON), nothing, prior=0.125)
    assert blind["probability"][0] == pytest.approx(0.125)


def test_a_row_is_itself() -> None:
    left, right = rows.read(table(ASEP), on=ON), rows.read(table(ASEP, letter="B"), on=ON)
    levels = weighed(left, right).row(0, named=True)
    assert {levels[name] for name in LEVELS} == {"same"}
    assert levels["probability"] > 0.999999


@FEW
@given(st.lists(ROWS, min_size=2, max_size=8), st.integers())
def test_the_order_of_rows_changes_nothing(people: list[Row], seed: int) -> None:
    left, right = table(*people), table(*reversed(people), letter="B")
    straight = link(left, right, on=ON).pairs
    order = random.Random(seed).sample(range(len(people)), len(people))
    mixed = link(left[order], right[order], on=ON).pairs
    assert straight.equals(mixed)


@FEW
@given(st.lists(ROWS, min_size=2, max_size=6))
def test_exact_needs_one_sound_nik(people: list[Row]) -> None:
    told = rows.read(table(*people), on=ON)
    niks = dict(told.select("id", "nik").iter_rows())
    for id_a, id_b in link(table(*people), on=ON).pairs.filter(pl.col("tier") == "exact").select("id_a", "id_b").rows():
        assert niks[id_a] is not None
        assert niks[id_a] == niks[id_b]


@FEW
@given(st.lists(ROWS, min_size=1, max_size=8), st.lists(ROWS, min_size=1, max_size=8))
def test_blocks_may_be_opaque(ours: list[Row], others: list[Row]) -> None:
    left, right = (
        blocks.of(rows.read(table(*side, letter=letter), on=ON)) for side, letter in ((ours, "A"), (others, "B"))
    )

    def sealed(side: pl.DataFrame) -> pl.DataFrame:
        return side.with_columns((pl.exclude("id") + "secret").str.reverse())

    assert blocks.candidates(left, right).pairs.equals(blocks.candidates(sealed(left), sealed(right)).pairs)


def test_a_block_that_is_too_common_is_left_aside_and_told() -> None:
    many = rows.read(table(*[{"name": "Siti"}] * 30), on=ON)
    found = blocks.candidates(blocks.of(many), most=100)
    assert found.pairs.is_empty()
    crowded = found.crowded.filter(pl.col("blocks") > 0).rows()
    assert crowded == [("name", 1, 30 * 29 // 2)]
