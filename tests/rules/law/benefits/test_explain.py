"""The explanation: its steps end at the components, cite the law, and say what is not certain."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from payung.rules.law import benefits
from payung.rules.law.benefits.columns import COMPONENTS, KINDS
from payung.rules.law.benefits.doubts import doubts_in
from payung.rules.law.benefits.explain import answer, as_dict, explain, reckoned
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.benefits.telling import component_name
from payung.rules.law.columns import REFUSAL
from payung.rules.law.figures import Certainty
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.words import words_in
from tests.rules.law.benefits.asked import SCHEMA, benefit, crowd


@pytest.fixture(scope="module")
def answered() -> pl.DataFrame:
    """A crowd of answered rows, told without the texts of their losses."""
    cases = crowd(500).with_columns(loss=pl.lit(""), left_handed=pl.lit(""))
    rows = reckoned(cases, readings=DEFAULT_READINGS, known_on=None)
    return rows.filter(pl.col(REFUSAL).is_null())


def test_every_answered_row_can_be_told_in_both_languages(answered: pl.DataFrame) -> None:
    assert set(answered["kind"]) == set(KINDS)
    for row in answered.iter_rows(named=True):
        for language in ("id", "en"):
            told = answer(row, readings=DEFAULT_READINGS, known_on=None, language=language)
            assert told.total == row["total"]
            assert told.steps
            assert all(step.citation and step.name and "{" not in step.formula for step in told.steps)


def test_the_answer_is_as_certain_as_its_least_certain_step(answered: pl.DataFrame) -> None:
    order = list(Certainty)
    for row in answered.iter_rows(named=True):
        told = answer(row, readings=DEFAULT_READINGS, known_on=None, language="id")
        assert told.certainty == max((step.certainty for step in told.steps), key=order.index)


def test_the_half_years_of_incapacity_add_up(answered: pl.DataFrame) -> None:
    for row in answered.filter(pl.col("kind") == "jkk-temporary").iter_rows(named=True):
        told = answer(row, readings=DEFAULT_READINGS, known_on=None, language="id")
        *parts, whole = told.steps[1:]
        assert abs(sum(part.value for part in parts) - whole.value) <= len(parts)
        assert sum(row[f"months_in_{half}"] for half in (1, 2, 3)) == (row["months"] or 0)
        assert sum(row[f"days_in_{half}"] for half in (1, 2, 3)) == (row["days"] or 0)


def test_every_component_has_a_name_for_people() -> None:
    names = [component_name(component, "id") for component in COMPONENTS]
    assert len(set(names)) == len(COMPONENTS)
    assert all(name and "{" not in name for name in names)
    assert component_name("job_loss_2", "en") == "JKP, month 2"


def test_every_phrase_is_used() -> None:
    folder = Path(benefits.__file__).parent
    code = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    families = ("temporary_", "transport_", "aid_")
    for phrase in words_in("benefits/phrases.toml"):
        assert f'"{phrase}"' in code or phrase.startswith(families) or phrase in COMPONENTS, phrase


def test_the_example_of_the_issue() -> None:
    told = as_dict(benefit("jkk-death", "2021-11-03", wage=1_787_500))
    assert told["total"] == 107_800_000
    assert [step["value"] for step in told["steps"]] == [1_787_500, 85_800_000, 12_000_000, 10_000_000]
    assert told["steps"][1]["formula"] == "60% x 80 x Rp1.787.500 = Rp85.800.000"
    assert (told["certainty"], told["doubts"], told["schedule"]) == ("sourced", [], [])
    assert list(told) == [
        "kind", "on", "class", "wage", "base", "components", "total", "steps", "schedule", "certainty", "doubts",
    ]  # fmt: skip


def test_a_loss_names_its_row_and_its_doubt() -> None:
    told = benefit("jkk-partial", "2026-01-05", wage=4_737_678, loss=["right-index-finger", "scalp=20"])
    names = [step.name for step in told.steps]
    assert names[1:] == [
        "Telunjuk tangan kanan",
        "Kulit kepala terkelupas (20)",
        "Santunan cacat sebagian",
    ]
    assert told.steps[1].citation == "PP 44/2015 Lampiran III nomor 17"
    assert "disability/right-index-finger@2015-07-01" in [doubt.id for doubt in told.doubts]
    english = explain("jkk-partial", on=date(2026, 1, 5), wage=1, loss=["smell"], language="en")
    assert english.steps[1].name == "sense of smell"


def test_losses_held_at_the_limit_are_told() -> None:
    told = benefit("jkk-partial", "2020-01-01", wage=1_000_000, loss=["right-arm-shoulder", "left-arm-shoulder"])
    assert [step.formula for step in told.steps[-2:]] == [
        "75% dibatasi 70%",
        "70% x 80 x Rp1.000.000 = Rp56.000.000",
    ]


def test_another_reading_is_said() -> None:
    readings = Readings.parse(["temporary-day=25"])
    told = benefit("jkk-temporary", "2020-01-01", wage=3_000_000, days=1, readings=readings)
    (doubt,) = [doubt for doubt in told.doubts if doubt.id == "temporary-day"]
    assert (doubt.options, doubt.used) == (("30", "25", "365"), "25")
    assert "25 hari kerja" in doubt.reason


def test_a_rule_nobody_knew_yet_is_refused() -> None:
    with pytest.raises(BenefitRefusedError) as refused:
        benefit("jkp", "2022-01-01", wage=1, months=1, known_on=date(2020, 1, 1))
    assert refused.value.code == "not_known"
    before = benefit("jkm", "2020-01-01", known_on=date(2019, 12, 1))
    assert before.total == 24_000_000
    with pytest.raises(BenefitRefusedError):
        benefit("jkm", "2020-01-01", known_on=date(2010, 1, 1))


def test_the_doubts_of_a_list_are_those_of_its_answers(answered: pl.DataFrame) -> None:
    asked = answered.select(*SCHEMA, "loss", "left_handed")
    found = doubts_in(asked, readings=DEFAULT_READINGS, known_on=None, language="id")
    each = [answer(row, readings=DEFAULT_READINGS, known_on=None, language="id") for row in answered.to_dicts()]
    hang_on_an_amount = {"benefit-rounding", "bracket-gap", "several-losses"}
    wanted = {doubt.id for told in each for doubt in told.doubts} - hang_on_an_amount
    assert {doubt.id for doubt in found} - hang_on_an_amount == wanted
    assert len(wanted) > 20
