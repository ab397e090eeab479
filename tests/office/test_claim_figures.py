"""Numbers of claims: every one is a filter over the rows of its list, and parts add up to the whole."""

import math
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.office.reports.claim_figures import BY, FOUND, OUTCOMES, Wanted, months, part, parts, refusals

STATES = [state for states in OUTCOMES.values() for state in states]
CLAIMS = st.fixed_dictionaries(
    {
        "event_on": st.dates(date(2022, 1, 1), date(2022, 12, 31)),
        "state": st.sampled_from(STATES),
        "expected": st.integers(0, 10**9),
        "received": st.integers(0, 10**9),
        "days": st.none() | st.integers(0, 900),
        "reason": st.none() | st.sampled_from(["cover_never", "work_not"]),
        **{name: st.none() | st.sampled_from(["1", "2"]) for name in BY},
    }
)


def frame(claims: list[dict[str, object]]) -> pl.DataFrame:
    rows = [{name: claim.get(name) for name in FOUND} for claim in claims]
    return pl.DataFrame(rows, schema=FOUND, orient="row")


@given(claims=st.lists(CLAIMS, max_size=25), by=st.sampled_from(BY))
@settings(max_examples=40, deadline=None)
def test_parts_add_up_and_each_number_opens_to_as_many_claims(claims: list[dict[str, object]], by: str) -> None:
    found = frame(claims)
    whole, split = part(found), parts(found, by)
    assert sum(one.claims for one in split) == whole.claims == len(claims)
    assert sum(one.expected_rupiah for one in split) == whole.expected_rupiah
    assert sum(one.received_rupiah for one in split) == whole.received_rupiah
    assert sum(whole.outcomes.values()) == whole.claims == sum(sum(month.values()) for month in months(found))
    for one in split:
        assert Wanted(by, one.key).of(found).height == one.claims
        for outcome, count in one.outcomes.items():
            assert Wanted(by, one.key, outcome).of(found).height == count
    for reason, count in refusals(found):
        assert Wanted(reason=reason).of(found).height == count


@given(days=st.lists(st.integers(0, 900), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_half_and_nine_of_ten_were_paid_by_then_and_no_day_earlier(days: list[int]) -> None:
    told = part(frame([{"days": day, "state": "paid", "event_on": date(2022, 1, 1)} for day in days]))
    for within, share in ((told.median_days, 0.5), (told.ninth_days, 0.9)):
        assert within is not None
        needed = math.ceil(round(len(days) * share, 6))
        assert sum(day <= within for day in days) >= needed > sum(day < within for day in days)


def test_nothing_paid_yet_has_no_days() -> None:
    told = part(frame([{"state": "open", "event_on": date(2022, 1, 1) + timedelta(days=3)}]))
    assert (told.median_days, told.ninth_days, told.outcomes) == (None, None, {"paid": 0, "refused": 0, "running": 1})
