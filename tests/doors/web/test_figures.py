"""Figures, months and marks as a page shows them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from payung.doors.web import figures
from payung.doors.web.components import calendar_years
from payung.doors.web.sentences import MARK
from payung.doors.web.translation import t
from payung.rules.months import Month


def test_rupiah_and_counts_are_grouped_as_indonesians_do() -> None:
    assert (figures.rupiah(16_800), figures.rupiah(-500), figures.rupiah(None)) == ("Rp16.800", "-Rp500", "–")
    assert figures.number(12_400) == "12.400"
    assert figures.published_rupiah(Decimal("1841487.31")) == "Rp1.841.487,31"
    assert figures.published_rupiah(Decimal("2878646")) == "Rp2.878.646"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("id", ["25 Agu 2022", "Okt 2022", "Oktober 2022", "3 Okt 2022 09.00"]),
     ("en", ["25 Aug 2022", "Oct 2022", "October 2022", "3 Oct 2022 09.00"])],
)  # fmt: skip
def test_months_and_dates_are_short_and_in_the_readers_language(language: str, shown: list[str]) -> None:
    with translation.override(language):
        assert [
            figures.short_date(date(2022, 8, 25)),
            figures.short_month(Month(2022, 10)),
            figures.long_month(date(2022, 10, 1)),
            figures.moment(datetime(2022, 10, 3, 2, 0, tzinfo=UTC)),
        ] == shown


@pytest.mark.parametrize(
    ("mark", "shown"),
    [("3273061208900001", "3273••••••••0001"), ("12345678", "••••••••"), ("", "–"), (None, "–")],
)
def test_marks_hide_their_middle(mark: str | None, shown: str) -> None:
    assert figures.masked(mark) == shown


@pytest.mark.parametrize("written", ["3273061208900001", "3273 0612 0890 0001", "32.7306.120890.0001", "081234567890"])
def test_a_long_number_is_known_as_a_mark_however_it_is_written(written: str) -> None:
    assert MARK.fullmatch(written)


def test_a_wage_and_a_date_are_no_marks() -> None:
    assert not MARK.search("Tertulis 2.500.000, tanggal 12-08-1990.")


def test_a_years_strip_has_twelve_cells() -> None:
    (year,) = calendar_years({Month(2022, 10): "posted", Month(2022, 11): "billed"})
    assert year[0] == 2022
    assert [state for _, state in year[1]] == ["before"] * 9 + ["posted", "billed", "before"]


def test_a_number_in_a_sentence_is_grouped_and_yes_is_no_number() -> None:
    with translation.override("id"):
        assert t("{count} baris", count=12_400) == "12.400 baris"
        with pytest.raises(TypeError, match="yes and no"):
            t("{count} baris", count=True)
