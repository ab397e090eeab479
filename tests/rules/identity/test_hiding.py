"""Marks are hidden in free text; what an office writes besides them stays."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity.hiding import HIDDEN, PATTERN, hide_marks


@pytest.mark.parametrize(
    "mark",
    ["3273061208900001", "3273 0612 0890 0001", "32.73.06.120890.0001", "99000000001", "080001234567",
     "0800-0123-4567", "+62 812 3456 7890", "199001012015011001"],
)  # fmt: skip
def test_a_mark_is_hidden(mark: str) -> None:
    assert hide_marks(f"NIK {mark} ganda.xlsx") == f"NIK {HIDDEN} ganda.xlsx"


@pytest.mark.parametrize(
    "text",
    ["Daftar Dinkes 2022-10-03.xlsx", "template_14005857.xlsx", "Rp2.317.601.000", "SK 188.45/1234/2022", "RT 01/02"],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert hide_marks(text) == text


@given(st.text(alphabet="0123456789 .-'+abc", max_size=60))
def test_columns_are_hidden_as_single_texts_are(text: str) -> None:
    column = pl.Series([text]).str.replace_all(PATTERN, HIDDEN)
    assert column[0] == hide_marks(text)


@given(st.from_regex(r"\A[a-z ]{0,5}[0-9]{16}[a-z ]{0,5}\Z"))
def test_no_sixteen_digits_ever_stay(text: str) -> None:
    assert not any(character.isdigit() for character in hide_marks(text))
