"""Every worked case, to the rupiah: through the bulk formulas and through the explanation."""

import pytest

from payung.rules.law.casebook import try_case
from payung.rules.law.columns import AMOUNTS, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.explain import RefusedError
from tests.rules.law.casebook import BOOKS, CONTRIBUTIONS, Case, cases, explained, frame_of, name_of, readings_of

WORKED = [case for book in CONTRIBUTIONS for case in cases(book)]
EVERY_CASE = [case for book in BOOKS for case in cases(book)]

PUBLISHED = (
    *(f"E{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 17, 18, 20, 21, 22, 23, 24, 28, 31, 32, 33, 35, 36, 37, 38)),
    *("E9-E12", "E39", "E40", "E41a", "E41b"),
    *(f"E{number}" for number in range(42, 50)),
)
"""The numeric examples collected from public sources, by their numbers."""


def test_no_case_is_told_twice_or_without_its_reasoning() -> None:
    names = [case["id"] for case in EVERY_CASE]
    assert len(names) == len(set(names))
    assert all(case["reasoning"] and case["source"] for case in EVERY_CASE)


def test_every_published_example_is_a_case() -> None:
    assert set(PUBLISHED) <= {case["id"] for case in EVERY_CASE}


@pytest.mark.parametrize("case", EVERY_CASE, ids=name_of)
def test_every_worked_case_holds_as_a_legal_officer_tries_it(case: Case) -> None:
    assert try_case(case).failures == ()


@pytest.mark.parametrize("case", WORKED, ids=name_of)
def test_the_bulk_formulas_give_the_amounts(case: Case) -> None:
    row = owed(frame_of(case), readings=readings_of(case)).row(0, named=True)
    assert {column: row[column] for column in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", WORKED, ids=name_of)
def test_the_explanation_gives_the_same_amounts_and_says_how_sure_it_is(case: Case) -> None:
    row = owed(frame_of(case), readings=readings_of(case)).row(0, named=True)
    answer = explained(case)
    assert answer.total == row["total"] == sum(row[amount] for amount in AMOUNTS[:-1])
    assert answer.certainty == case.get("certainty", answer.certainty)
    if "doubts" in case:
        assert [doubt.id for doubt in answer.doubts] == case["doubts"]


@pytest.mark.parametrize("bracket", cases("brackets.toml", "bracket"), ids=name_of)
def test_both_ends_of_every_bracket(bracket: Case) -> None:
    member = {"class": "BPU", "payer": "self", "programmes": ["JKK", "JKM", "JHT"]}
    ends = [{**member, "wage": income, "month": "2024-06"} for income in bracket["incomes"]]
    for row in owed(frame_of(*ends)).iter_rows(named=True):
        assert {column: row[column] for column in bracket["expect"]} == bracket["expect"]
        assert row["jkk"] + row["jkm"] == bracket["jkk_and_jkm"]
    for row in owed(frame_of(*({**end, "month": "2026-06"} for end in ends))).iter_rows(named=True):
        assert row["jkk"] + row["jkm"] == bracket["jkk_and_jkm_under_relief"]
        assert row["jht_worker"] == bracket["expect"]["jht_worker"]


@pytest.mark.parametrize("case", cases("refused.toml", "refused"), ids=name_of)
def test_what_the_law_has_no_answer_to_is_refused_in_its_place(case: Case) -> None:
    neighbour = {**case, "class": "PU", "wage": 1_000_000, "month": "2024-06", "payer": "APBD", "sector": "other"}
    neighbour |= {"programmes": ["JKK"], "group": 1}
    answered = owed(frame_of(neighbour, case, neighbour))
    assert answered[REFUSAL].to_list() == [None, case["refusal"], None]
    for amount in AMOUNTS:
        before, refused, after = answered[amount].to_list()
        assert refused is None
        assert before == after is not None
    with pytest.raises(RefusedError) as refusal:
        explained(case)
    assert refusal.value.code == case["refusal"]
