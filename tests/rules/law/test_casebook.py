"""What a book of worked cases may hold, and that a wrong one is noticed."""

from datetime import date
from typing import Any

import pytest

from payung.rules.law.casebook import CasebookError, read_cases, try_case
from payung.rules.law.membership_cases import UnreadableCaseError

DUE: dict[str, Any] = {"id": "due", "kind": "due", "class": "PU", "month": "2026-06", "reasoning": "the 15th"}
DEATH: dict[str, Any] = {"id": "death", "kind": "jkm", "on": date(2021, 5, 10), "reasoning": "20 + 12 + 10 million"}


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        (DUE | {"expect": {"day": date(2026, 7, 16)}}, [("day", "2026-07-16", "2026-07-15")]),
        (DUE | {"expect": {"hour": 8}}, [("hour", 8, None)]),
        (DUE | {"expect": {}, "certainty": "doubtful"}, [("certainty", "doubtful", "sourced")]),
        (DUE | {"month": "2015-06", "expect": {"day": date(2015, 7, 15)}}, [("refused", None, "before_the_law")]),
        (DUE | {"refused": "not_known"}, [("refused", "not_known", None)]),
        (DEATH | {"expect": {"total": 42_000_001}}, [("total", 42_000_001, 42_000_000)]),
        (DEATH | {"expect": {}, "doubts": ["rounding"]}, [("doubts", ["rounding"], [])]),
    ],
)
def test_what_does_not_hold_is_told(case: dict[str, Any], wrong: list[tuple[str, Any, Any]]) -> None:
    assert list(try_case(case).failures) == wrong


@pytest.mark.parametrize("change", [{"class": 3}, {"month": None}, {"month": "juni"}, {"holidays": "2026-08-17"}])
def test_a_word_that_cannot_be_read_is_no_silent_answer(change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableCaseError):
        try_case(DUE | {"expect": {}} | change)


def test_an_unknown_kind_names_those_that_are_known() -> None:
    with pytest.raises(CasebookError, match=r"owed, jkk-death.*monthly-wage"):
        try_case(DUE | {"kind": "pension", "expect": {}})


@pytest.mark.parametrize(
    "text",
    [
        "nothing = 1",
        '[[case]]\nid = "a"\nexpect = {}\n',
        '[[case]]\nid = "a"\nreasoning = "r"\n',
        '[[case]]\nid = "a"\nexpect = {}\nrefused = "missing"\nreasoning = "r"\n',
        '[[case]]\nid = "a"\nexpect = {}\nreasoning = "r"\n' * 2,
    ],
)
def test_a_book_without_an_answer_or_a_reason_is_refused(text: str) -> None:
    with pytest.raises(CasebookError):
        read_cases(text)
