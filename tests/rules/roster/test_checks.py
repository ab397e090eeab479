"""The fast way over columns and the careful reading of one text agree; certain amounts are certain."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import nik
from payung.rules.roster.apart import frames
from payung.rules.roster.apart.frames import TEXT
from payung.rules.roster.catalogue import catalogue
from payung.rules.roster.checks import births, names, niks, wages
from payung.rules.roster.collecting import Findings
from payung.rules.roster.people import everyone
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Workbook

ON = date(2022, 10, 1)
DIGITS = st.text("0123456789", min_size=16, max_size=16)


def people_with(field: str, texts: list[str | None]) -> pl.DataFrame:
    """People of whom only one field is told, all in text cells."""
    empty = everyone(Workbook("", ()), ())
    told = pl.DataFrame(
        {field: texts, f"{field}_kind": [TEXT] * len(texts)}, schema_overrides={f"{field}_kind": pl.UInt8}
    )
    frame = pl.concat([empty, told.with_row_index("person")], how="diagonal")
    flags = ("hidden", "row_hidden", "has_sex", "has_wage")
    return frame.with_columns(pl.lit(0, pl.UInt32).alias("sheet"), *(pl.lit(value=False).alias(flag) for flag in flags))


@given(st.lists(DIGITS, min_size=1, max_size=20))
def test_columns_know_what_one_nik_knows(digits: list[str]) -> None:
    findings = Findings()
    told = niks.check_niks(people_with("nik", [*digits]), findings)
    assert told["nik"].to_list() == digits
    for row in told.select("nik", "nik_usable", "nik_day", "nik_month", "nik_year", "nik_sex").iter_rows():
        one, usable, *said = row
        assert usable == (nik.problem_of(one) is None)
        if usable:
            found = nik.parse(one)
            assert said == [found.birth_day, found.birth_month, found.birth_two_digit_year, found.sex]


@given(st.lists(st.one_of(st.none(), st.text(max_size=30), DIGITS.map("'{}".format)), min_size=1, max_size=20))
def test_no_digit_of_a_nik_ever_changes(texts: list[str | None]) -> None:
    told = niks.check_niks(people_with("nik", texts), Findings())
    for text, value in zip(texts, told["nik"], strict=True):
        assert (value is None) == (text is None)
        if text is not None:
            assert [mark for mark in value if mark.isdigit()] == [mark for mark in text if mark.isdigit()]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=40), min_size=1, max_size=20))
def test_any_names_any_dates_any_wages(texts: list[str]) -> None:
    for field, check in (("name", names.check_names), ("wage", wages.check_wages)):
        assert check(people_with(field, [*texts]), Findings()).height == len(texts)
    told = niks.check_niks(people_with("birth_date", [*texts]), Findings())
    born = births.check_births(told, Findings(), on=ON, missing_is_human=True)["birth_date"]
    assert born.dtype == pl.Date and all(day is None or day <= ON for day in born)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("Rp 2.500.000,-", 2_500_000), ("Rp. 2.500.000,00", 2_500_000), ("Rp2.500.000", 2_500_000),
        ("2,500,000", 2_500_000), ("2,500,000.00", 2_500_000), ("2.5 jt", 2_500_000), ("2,5 juta", 2_500_000),
        ("2.35jt", 2_350_000), ("2500 rb", 2_500_000), ("750 ribu", 750_000), ("Rp2.500.000/bulan", 2_500_000),
        ("2 500 000", 2_500_000), ("1.841.487,31", 1_841_487), ("1.841.487,50", 1_841_488), ("250.000", 250_000),
        ("IDR 2500000", 2_500_000), ("31,00", 31), ("2.500", 2_500), ("2.5", None), ("sesuai UMK", None),
        ("2.500.0", None), ("sekitar 2 juta", None), ("2.5000 jt", None), ("", None), ("2,500.000,00", None),
        ("1.2345 rb", None),
    ],
)  # fmt: skip
def test_amounts(text: str, rupiah: int | None) -> None:
    assert wages.amount_of(text) == rupiah


@given(st.integers(50_000, 1_000_000_000))
def test_an_amount_is_read_in_every_usual_form(rupiah: int) -> None:
    points = f"{rupiah:,}".replace(",", ".")
    for text in (str(rupiah), points, f"Rp {points},-", f"Rp{points},00", f"{rupiah:,}"):
        assert wages.amount_of(text) == rupiah


def test_frames_carry_what_they_are_given() -> None:
    columns = [(bytes((TEXT,)), "a\x1fb"), (b"\x01\x02", "x\x1f2.0")]
    assert frames.columns_of(frames.chunk(columns, 2)) == (2, columns)


@given(st.binary(max_size=200))
def test_frames_that_are_none_are_named(content: bytes) -> None:
    try:
        frames.columns_of(content)
    except frames.BrokenPipeline:
        return


def test_the_catalogue_and_the_fields_fit() -> None:
    assert len(catalogue()) == 72 and len(SHEET_FIELDS) == 23
