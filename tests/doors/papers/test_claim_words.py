"""What a claim's codes say on paper: months in a row, facts by their unit."""

from datetime import date

import pytest

from payung.doors.papers.claim_words import fact_said, reason_said
from payung.office.claims.catalogue import facts

ON = date(2022, 12, 20)


def test_months_in_a_row_are_told_by_their_ends() -> None:
    months = ", ".join(["2022-11", "2022-12", "2023-01", "2023-03", "2023-05", "2023-06"])
    told = reason_said("arrears_open", {"months": months}, "id")
    assert "Nov 2022–Jan 2023, Mar 2023, Mei 2023–Jun 2023" in told


@pytest.mark.parametrize(
    ("code", "value", "told"),
    [
        ("at_work", "yes", "Ya"),
        ("land", "1500000", "Rp1.500.000"),
        ("reported_at", "2022-12-21T09:00", "21 Desember 2022 09.00"),
        ("complete_on", "2023-01-12", "12 Januari 2023"),
        ("months", "2", "2"),
        ("loss", "right-thumb", "Ibu jari tangan kanan"),
        ("loss", "right-thumb=50", "Ibu jari tangan kanan (50)"),
        ("reason", "home-30", "Perumahan, 30%"),
    ],
)
def test_a_fact_is_told_in_words(code: str, value: str, told: str) -> None:
    assert fact_said(facts()[code], value, ON, "id") == told


def test_every_choice_has_its_words() -> None:
    for one in facts().values():
        for option in one.options:
            assert fact_said(one, option, ON, "en") and fact_said(one, option, ON, "id")
