"""The bank of a world: every kind of trouble, told truly, the same each time, and read back to the rupiah."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.doors.world.bank import TROUBLES, TRUTH_FILE, Asked, code_of, simulate, write_statement
from payung.rules.months import Month
from payung.rules.statements import formats

OCTOBER = Month(2022, 10)


def bills(sizes: list[int]) -> list[Asked]:
    return [
        Asked(f"ZZ{at:06d}", f"OPD {at}", code_of(f"ZZ{at:06d}", OCTOBER, seed=1), size)
        for at, size in enumerate(sizes)
    ]


@given(sizes=st.lists(st.integers(2, 10**9), min_size=1, max_size=60), seed=st.integers(0, 1000))
def test_each_bill_is_paid_as_its_kind_says(sizes: list[int], seed: int) -> None:
    asked = {one.unit: one for one in bills(sizes)}
    made = simulate(list(asked.values()), OCTOBER, seed=seed)
    assert made == simulate(list(asked.values()), OCTOBER, seed=seed)
    lines = {line.bank_id: line for line in made.told.lines if line.amount < 0}
    assert set(lines) == {one.bank_id for one in made.truth}
    times = Counter(unit for one in made.truth for unit in one.units)
    for one in made.truth:
        line, due = lines[one.bank_id], sum(asked[unit].rupiah for unit in one.units)
        assert -line.amount_rupiah == one.rupiah
        assert (one.rupiah < due) if one.kind == "short" else (one.rupiah == due or one.kind == "foreign")
        named = {unit for unit in one.units if asked[unit].code in line.text}
        assert named == (set() if one.kind == "no_code" else set(one.units))
        assert {times[unit] for unit in one.units} <= {2 if one.kind == "double" else 1}
    assert set(times) == set(asked)


def test_few_bills_are_enough_for_every_kind() -> None:
    kinds = {one.kind for one in simulate(bills([1_000, 2_000, 3_000, 4_000, 5_000, 6_000]), OCTOBER, seed=1).truth}
    assert kinds == {*TROUBLES, "exact", "foreign"}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    people = pl.DataFrame({"npp": ["ZZ1", "ZZ1", "ZZ2"], "office": ["A", "A", "B"], "total": [9_944, 9_944, 9_944]})
    paths = write_statement(people, tmp_path, OCTOBER, seed=3)
    truth = json.loads((tmp_path / TRUTH_FILE).read_text(encoding="utf-8"))
    assert [(one["unit"], one["rupiah"]) for one in truth["tagihan"]] == [("ZZ1", 19_888), ("ZZ2", 9_944)]
    texts = [path for path in paths if path.suffix in (".sta", ".xml")]
    for path in texts:
        (told,) = formats.read_text(path.read_bytes())
        assert told.checked
        paid = sorted(-line.amount_rupiah for line in told.lines if line.amount < 0)
        assert paid == sorted(one["rupiah"] for one in truth["pembayaran"])
    assert len(texts) == 2
