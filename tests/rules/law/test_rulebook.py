"""rulebook(month): the right numbers, on both time axes."""

from dataclasses import FrozenInstanceError
from datetime import date

import polars as pl
import pytest

from payung.rules.law.contributions import owed
from payung.rules.law.figures import BeforeTheLawError, Certainty, NotKnownError
from payung.rules.law.rulebook import rulebook
from payung.rules.months import Month
from tests.rules.law.casebook import frame_of


def test_the_numbers_of_a_month_with_their_citations() -> None:
    law = rulebook(Month(2026, 6))
    assert [law.jkk_pu[group].rate for group in (1, 2, 3, 4, 5)] == [24_000, 54_000, 89_000, 127_000, 174_000]
    assert law.jkk_pu[5].citation == "PP 44/2015 Pasal 16 ayat (1) huruf e"
    assert law.jkm_bpu.rupiah == 6_800
    assert law.jp_ceiling.rupiah == 11_086_300
    assert law.jp_ceiling.certainty is Certainty.SOURCED
    assert len(law.bpu_brackets.brackets) == 33
    assert {relief.figure.regulation for relief in law.reliefs} == {"PP 50/2025"}
    assert law.jkp["from_jkk"].rate == 14_000
    assert str(law.minimum_wages["33.04"].value) == "2327813.08"


def test_what_had_not_begun_is_not_there() -> None:
    law = rulebook(Month(2016, 1))
    assert not law.jkp
    assert law.jkp_wage_cap is None
    assert not law.minimum_wages
    assert not law.reliefs


def test_months_past_the_last_publication_say_so() -> None:
    assert rulebook(Month(2027, 2)).jp_ceiling.certainty is Certainty.SOURCED
    later = rulebook(Month(2027, 3)).jp_ceiling
    assert later.certainty is Certainty.NOT_YET_PUBLISHED
    assert later.rupiah == 11_086_300
    assert "2027-03" in later.doubt.id
    assert rulebook(Month(2026, 12)).minimum_wages["32.73"].certainty is Certainty.DOUBTFUL
    assert rulebook(Month(2027, 1)).minimum_wages["32.73"].certainty is Certainty.NOT_YET_PUBLISHED
    assert rulebook(Month(2030, 1)).jkk_pu[1].certainty is Certainty.SOURCED


def test_months_before_the_law_are_refused_by_name() -> None:
    assert rulebook(Month(2015, 7)).jp_ceiling.rupiah == 7_000_000
    with pytest.raises(BeforeTheLawError, match="2015-06"):
        rulebook(Month(2015, 6))


def test_a_rulebook_cannot_be_changed() -> None:
    law = rulebook(Month(2026, 6))
    with pytest.raises(FrozenInstanceError):
        law.jkm_bpu = law.jkm_pu  # type: ignore[misc]  # that it is refused is the test
    with pytest.raises(TypeError):
        law.jkk_pu[1] = law.jkk_pu[2]  # type: ignore[index]  # that it is refused is the test


def test_what_was_known_in_february_2026_about_march() -> None:
    before_the_letter = rulebook(Month(2026, 3), known_on=date(2026, 2, 24)).jp_ceiling
    assert before_the_letter.rupiah == 10_547_400
    assert before_the_letter.certainty is Certainty.NOT_YET_PUBLISHED
    assert rulebook(Month(2026, 3), known_on=date(2026, 2, 25)).jp_ceiling.rupiah == 11_086_300


def test_a_relief_given_later_shows_as_a_difference() -> None:
    asked = frame_of(
        {"class": "PU", "wage": 10_000_000, "month": "2025-08", "payer": "employer", "programmes": ["JKK"]}
        | {"sector": "labour_intensive"}
    )
    billed = owed(asked, known_on=date(2025, 8, 31))["jkk"].item()
    corrected = owed(asked, known_on=date(2025, 9, 4))["jkk"].item()
    assert (billed, corrected) == (24_000, 12_000)
    assert owed(asked)["jkk"].to_list() == pl.Series([12_000]).to_list()


def test_nobody_knew_the_law_before_it_was_made() -> None:
    with pytest.raises(NotKnownError):
        rulebook(Month(2016, 1), known_on=date(2015, 6, 1))
