"""An explanation reads like the paper beside it, and is the row of the bulk formulas."""

import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from payung.rules.law.columns import AMOUNTS, PROGRAMMES, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.explain import as_dict, doubts_in, explain
from payung.rules.law.jkp import recomposition
from payung.rules.months import Month
from tests.rules.law.casebook import Case, cases, explained, frame_of, name_of
from tests.rules.law.test_twin import people

BANDUNG = {"class": "PU", "wage": 1_841_487, "month": "2022-10", "payer": "APBD", "programmes": ["JKK", "JKM"]}
HELPER = {"class": "BPU", "wage": 1_000_000, "month": "2026-06", "payer": "TPP", "programmes": ["JKK", "JKM"]}


def test_the_steps_of_a_non_asn_bill() -> None:
    answer = explained(BANDUNG)
    jkk = answer.programmes["JKK"]
    assert (jkk.employer, jkk.worker) == (4_420, 0)
    assert [step.name for step in jkk.steps] == ["Dasar iuran", "JKK kelompok risiko 1"]
    assert jkk.steps[1].formula == "0,24% x Rp1.841.487 = Rp4.420"
    assert jkk.steps[1].citation == "PP 44/2015 Pasal 16 ayat (1) huruf a"
    assert answer.programmes["JKM"].steps[1].formula == "0,3% x Rp1.841.487 = Rp5.524"
    assert [doubt.id for doubt in answer.doubts] == ["rounding"]
    assert (answer.employer, answer.worker, answer.total) == (9_944, 0, 9_944)


def test_the_steps_of_a_sponsored_helper() -> None:
    jkk = explained(HELPER).programmes["JKK"]
    assert (jkk.employer, jkk.worker) == (0, 5_000)
    assert [step.value for step in jkk.steps] == [1_000_000, 10_000, 5_000]
    assert jkk.steps[0].formula == "penghasilan Rp1.000.000 masuk golongan 1 (sampai Rp1.099.000): dasar Rp1.000.000"
    assert jkk.steps[2].name == "Keringanan PP 50/2025"
    assert jkk.steps[2].formula == "50% x 1% x Rp1.000.000 = Rp5.000"
    assert [step.certainty for step in jkk.steps] == ["sourced", "sourced", "doubtful"]


def test_a_payer_without_the_relief_is_told_so() -> None:
    jkm = explained({**HELPER, "payer": "APBD"}).programmes["JKM"]
    assert jkm.steps[-1].formula == "dana APBD tidak mendapat keringanan: tetap Rp6.800"
    assert jkm.steps[-1].value == 6_800


def test_a_reading_chosen_by_the_office_is_named() -> None:
    (doubt,) = explained({**HELPER, "readings": ["pp50-tpp=excluded"]}).doubts
    assert doubt.used == "excluded"
    assert doubt.reason.endswith("Kantor ini memakai tafsir lain: seperti APBD, tanpa keringanan.")


def test_english_by_a_switch() -> None:
    asked: dict[str, Any] = {
        "membership_class": "PU",
        "month": Month(2025, 3),
        "wage_rupiah": 20_000_000,
        "payer": "employer",
    }
    answer = explain(**asked, programmes=["JP"], language="en")
    assert answer.programmes["JP"].steps[0].formula == "wage Rp20.000.000 is above the ceiling: Rp10.547.400 counts"


def test_jkp_is_shown_and_never_charged() -> None:
    private = {**BANDUNG, "payer": "employer", "month": "2022-10"}
    answer = explained(private)
    assert [step.value for step in answer.jkp] == [2_578, 1_841, 4_051]
    assert answer.total == explained(BANDUNG).total
    assert explained(BANDUNG).jkp == ()
    assert all(doubt.id == "rounding" for doubt in answer.doubts)


@pytest.mark.parametrize("case", cases("jkp.toml"), ids=name_of)
def test_jkp_case(case: Case) -> None:
    row = recomposition(frame_of({**case, "programmes": ["JKK", "JKM"]})).row(0, named=True)
    assert {column: row[column] for column in case["expect"]} == case["expect"]


def test_plain_data_for_other_programs() -> None:
    data = json.loads(json.dumps(as_dict(explained(HELPER))))
    assert {"class", "month", "payer", "wage", "base", "programmes", "employer", "worker", "total"} <= set(data)
    assert (data["class"], data["month"], data["total"], data["certainty"]) == ("BPU", "2026-06", 8_400, "doubtful")
    step = data["programmes"]["JKK"]["steps"][0]
    assert set(step) == {"name", "formula", "value", "citation", "certainty"}
    assert data["doubts"][0]["id"] == "pp50-tpp"


@settings(deadline=None, max_examples=25)
@given(people())
def test_last_steps_are_the_amounts_of_the_row(person: dict[str, object]) -> None:
    row = owed(pl.DataFrame([person])).row(0, named=True)
    programmes = [name for name in PROGRAMMES if person[f"in_{name.lower()}"]]
    answer = explain(
        membership_class=str(person["class"]),
        month=Month.from_index(row["month"]),
        wage_rupiah=row["wage_rupiah"],
        payer=row["payer"],
        programmes=programmes,
        group=row["group"],
        sector=row["sector"],
    )
    assert answer.total == row["total"]
    for name, programme in answer.programmes.items():
        shares = [row[amount] for amount in AMOUNTS if amount.startswith(name.lower())]
        told = [step.value for step in programme.steps]
        both = name in ("JHT", "JP") and person["class"] == "PU"
        assert told[-2:] == shares if both else told[-1] == programme.employer + programme.worker
        assert all(step.citation for step in programme.steps)


def test_the_doubts_of_a_whole_list() -> None:
    asked = frame_of(HELPER, HELPER, {**HELPER, "payer": "APBDES"}, {**HELPER, "payer": "APBD"}, {**HELPER, "wage": -1})
    assert owed(asked)[REFUSAL].to_list() == [None, None, None, None, "wage_negative"]
    assert [doubt.id for doubt in doubts_in(asked)] == ["pp50-tpp", "pp50-apbdes"]
