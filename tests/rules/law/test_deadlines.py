"""Due dates: PU the 15th of the next month, BPU the 15th of the month itself, never a day without banks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.law.deadlines import due_on
from payung.rules.law.figures import BeforeTheLawError, NotKnownError
from payung.rules.months import Month

IDUL_FITRI_2026 = frozenset(date(2026, 3, day) for day in range(16, 25))


@pytest.mark.parametrize(
    ("membership_class", "month", "holidays", "due", "moved"),
    [
        ("PU", Month(2022, 10), frozenset(), date(2022, 11, 15), False),
        ("BPU", Month(2022, 11), frozenset(), date(2022, 11, 15), False),
        ("PU", Month(2022, 12), frozenset(), date(2023, 1, 16), True),  # the 15th is a Sunday
        ("BPU", Month(2026, 8), frozenset(), date(2026, 8, 18), True),  # Saturday, and Monday is Independence Day
        ("PU", Month(2026, 2), IDUL_FITRI_2026, date(2026, 3, 25), True),
        ("PU", Month(2015, 7), frozenset(), date(2015, 8, 17), True),
    ],
)
def test_known_due_dates(
    membership_class: str, month: Month, holidays: frozenset[date], due: date, moved: bool
) -> None:
    independence = frozenset({date(2026, 8, 17)})
    answer = due_on(membership_class, month, holidays | independence)
    assert (answer.day, answer.moved) == (due, moved)
    assert answer.citation.startswith("PP 44/2015")


@given(
    st.sampled_from(["PU", "BPU"]),
    st.integers(Month(2015, 7).index, Month(2030, 12).index),
    st.frozensets(st.integers(10, 25), max_size=10),
)
def test_never_early_never_on_a_day_off(membership_class: str, index: int, days_off: frozenset[int]) -> None:
    month = Month.from_index(index)
    paid_in = month if membership_class == "BPU" else month.shift(1)
    holidays = frozenset(date(paid_in.year, paid_in.month, day) for day in days_off)
    due = due_on(membership_class, month, holidays)
    assert due.named_day == date(paid_in.year, paid_in.month, 15) <= due.day
    assert due.day.weekday() < 5
    assert due.day not in holidays


def test_before_the_law_and_unknown_classes_are_refused() -> None:
    with pytest.raises(BeforeTheLawError):
        due_on("PU", Month(2015, 6), frozenset())
    with pytest.raises(NotKnownError):
        due_on("PMI", Month(2020, 6), frozenset())
