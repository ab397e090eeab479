"""The doubtful questions as data, and an office's choice among the answers."""

import pytest

from payung.rules.law.columns import PAYERS
from payung.rules.law.readings import (
    DEFAULT_READINGS,
    Readings,
    UnknownReadingError,
    all_readings,
    reading_of_payer,
)


def test_the_defaults_are_those_decided() -> None:
    used = {name: DEFAULT_READINGS[name] for name, reading in all_readings().items() if reading.options}
    assert used == {
        "pp50-dbhcht": "excluded",
        "pp50-apbdes": "excluded",
        "pp50-tpp": "private",
        "pp50-csr": "private",
        "pp50-baznas": "private",
        "pp50-employer": "private",
        "becak-delman": "other",
        "rounding": "half-up",
        "bracket-gap": "lower",
        "pppk-paruh-waktu": "bpjs",
        "penalty-government": "none",
        "penalty-relief": "half-percent",
        "temporary-day": "30",
        "temporary-second-half": "75",
        "several-losses": "70",
        "jkm-waiting-start": "march-2025",
        "jkm-three-months": "calendar",
        "jkm-after-lapse": "restart",
        "jkm-several-memberships": "one",
        "school-start": "tk",
        "jp-under-180": "lump-sum",
    }


def test_every_question_has_both_languages_and_a_place_in_the_law() -> None:
    for reading in all_readings().values():
        assert reading.question.id and reading.question.en
        assert reading.reason.id and reading.reason.en
        assert reading.citation
        assert all(words.id and words.en for words in reading.options.values())


def test_only_funds_the_law_does_not_name_are_a_question() -> None:
    asked = {payer for payer in PAYERS if reading_of_payer(payer)}
    assert asked == set(PAYERS) - {"APBN", "APBD", "self"}


def test_choosing() -> None:
    chosen = Readings.parse(["pp50-tpp=excluded", " rounding = up "])
    assert chosen["pp50-tpp"] == "excluded"
    assert chosen["rounding"] == "up"
    assert chosen["bracket-gap"] == "lower"
    assert chosen.excluded_payers() == {"DBHCHT", "APBDES", "TPP"}
    assert Readings.parse(["rounding=up", "rounding=down"])["rounding"] == "down"


@pytest.mark.parametrize("setting", ["tpp=excluded", "pp50-tpp=maybe", "pp50-tpp", "", "non-asn-jht=owed"])
def test_what_is_no_reading_is_refused_with_what_there_is(setting: str) -> None:
    with pytest.raises(UnknownReadingError):
        Readings.parse([setting])
