"""NIKs as they are typed: habits come off, digits never change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import nik_text

NIK = "3273021208900001"
DIGITS = st.text("0123456789", min_size=16, max_size=16)


@pytest.mark.parametrize(
    "text",
    [
        f"'{NIK}", f" {NIK}", f"{NIK}\u00a0", "3273 0212 0890 0001", "32.73.02.120890.0001", "327302-120890-0001",
        f"NIK: {NIK}", f"No. KTP {NIK}", f"’{NIK}", f"{NIK}\u200b", f"{NIK};",
    ],
)  # fmt: skip
def test_habits_come_off(text: str) -> None:
    assert nik_text.read(text) == nik_text.NikReading(NIK, cleaned=True)


def test_a_plain_nik_is_left_alone() -> None:
    assert nik_text.read(NIK) == nik_text.NikReading(NIK, cleaned=False)


@pytest.mark.parametrize(
    ("text", "damage", "suggestion"),
    [
        ("-", "missing", None),
        ("0", "missing", None),
        ("Belum ada", "missing", None),
        ("dalam proses", "missing", None),
        ("327302120890000", "length", None),
        ("32730212089000011", "length", None),
        ("3,27302E+15", "precision_lost", None),
        ("3.27302E+15", "precision_lost", None),
        (f"{NIK} / 3273024507850012", "two_in_cell", None),
        (f"{NIK}\n3273024507850012", "two_in_cell", None),
        (NIK + "3273024507850012", "two_in_cell", None),
        ("32730212O8900001", "letters", NIK),
        ("327302I208900001", "letters", NIK),
        ("327302I3O8900001", "letters", "3273021308900001"),
        ("32730299O8900001", "letters", None),
        ("A1234567", "letters", None),
    ],
)
def test_damage_is_named_and_nothing_is_applied(text: str, damage: str, suggestion: str | None) -> None:
    assert nik_text.read(text) == nik_text.NikReading(None, cleaned=False, damage=damage, suggestion=suggestion)


@given(DIGITS, st.lists(st.tuples(st.integers(0, 16), st.sampled_from(" .-'\u00a0,_/")), max_size=6))
def test_cleaning_never_changes_a_digit(digits: str, marks: list[tuple[int, str]]) -> None:
    typed = list(digits)
    for position, mark in sorted(marks, reverse=True):
        typed.insert(position, mark)
    found = nik_text.read("".join(typed))
    assert found.digits in (digits, None)
    assert found.digits is not None or found.damage in ("two_in_cell", "missing")


@given(st.text(max_size=60))
def test_whatever_stands_there_only_its_own_digits_come_out(text: str) -> None:
    found = nik_text.read(text)
    if found.digits is not None:
        assert found.digits == "".join(mark for mark in text if mark.isdecimal() and mark.isascii())
