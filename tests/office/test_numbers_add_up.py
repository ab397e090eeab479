"""Whatever the facts: reasons partition every difference, and heads and rupiah add up to the last one."""

from itertools import pairwise

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.doors.web import vocabulary_numbers as words
from payung.office.reports import budgets, why
from payung.office.reports.heads import DIMENSIONS, FLAGS, KNOWN, POSTED, RUPIAH, WHYS, _in_rupiah
from payung.office.reports.numbers import BOTH, GAINED, LOST, NUMBERS, ladder
from payung.office.reports.prices import DUE

TRUTHS = (
    *FLAGS, "twice", "over_65", "has_nik", "dead", "elsewhere", "has_spell", "by_list", "starts_later", "posted_ever",
    "paid_before",
)  # fmt: skip
AMOUNTS = st.integers(0, 3_000_000)
FACTS = st.fixed_dictionaries(
    {
        **{name: st.booleans() for name in TRUTHS},
        "settled": st.sampled_from([True, False, None]),
        "sent": st.sampled_from(["refused", "sent", "", None]),
        "kind": st.sampled_from(["decree", "join", "human", "reject", ""]),
        "said": st.sampled_from(["", "nik_missing", "age_limit", "duplicate_row", "other_payer", "name_missing"]),
        "membership_id": st.sampled_from([None, 1, 2, 3]),
        "budget_line_id": st.sampled_from([1, 2]),
        "billed_rupiah": AMOUNTS,
        "paid_rupiah": AMOUNTS,
        **dict.fromkeys(DUE, AMOUNTS),
    }
)
TYPES = {
    **dict.fromkeys(TRUTHS, pl.Boolean), "settled": pl.Boolean, "sent": pl.String, "kind": pl.String, "said": pl.String,
    **dict.fromkeys(("membership_id", "budget_line_id", "billed_rupiah", "paid_rupiah", *DUE), pl.Int64),
}  # fmt: skip
ORDERS = {
    ("why_registered", LOST): why.NOT_REGISTERED, ("why_registered", GAINED): why.NOT_DECREED,
    ("why_active", LOST): why.NOT_ACTIVE, ("why_active", GAINED): why.NOT_REGISTERED_YET_ACTIVE,
    ("why_posted", LOST): why.NOT_POSTED, ("why_posted", GAINED): why.NOT_ACTIVE_YET_POSTED,
}  # fmt: skip
TOLD = {1: 16_800, 2: 0, 3: 7}


def judged(facts: list[dict[str, object]]) -> pl.DataFrame:
    frame = pl.DataFrame(facts, schema=TYPES).with_columns(why.reasons())
    told = pl.col("membership_id").replace_strict(TOLD, default=0, return_dtype=pl.Int64)
    other = {name: pl.Int64 for name in (*DIMENSIONS, *KNOWN) if name not in (*TYPES, "due_rupiah", "posted_rupiah")}
    lacking = [pl.lit(None, kind).alias(name) for name, kind in other.items()]
    return _in_rupiah(frame.with_columns(told.alias("posted_rupiah"), *lacking))


@settings(max_examples=150, deadline=None)
@given(st.lists(FACTS, min_size=1, max_size=12))
def test_every_difference_has_one_reason_and_all_add_up(facts: list[dict[str, object]]) -> None:
    found = judged(facts)
    for before, after in pairwise(NUMBERS):
        reason = f"why_{after}"
        differs = found.filter(pl.col(before) != pl.col(after))
        assert found.filter(pl.col(before) == pl.col(after))[reason].to_list() == [""] * (found.height - differs.height)
        for lost, named in differs.select(before, reason).iter_rows():
            assert named in (*ORDERS[reason, LOST if lost else GAINED], why.UNEXPLAINED)
    frame = found.select(
        *FLAGS, *WHYS, pl.lit(1, pl.Int64).alias("heads"), pl.col("due_rupiah").alias("due"), "posted_rupiah",
        pl.lit(0).alias("billed"), pl.lit(0).alias("paid"),
    )  # fmt: skip
    before_heads, before_rupiah = 0, 0
    for at, rung in enumerate(ladder(frame)):
        if at:
            assert before_heads + sum(one.heads for one in rung.differences) == rung.heads
            assert before_rupiah + sum(one.rupiah for one in rung.differences) == rung.rupiah
        before_heads, before_rupiah = rung.heads, rung.rupiah


@settings(max_examples=150, deadline=None)
@given(st.lists(FACTS, min_size=1, max_size=12))
def test_what_was_posted_is_shared_out_and_nothing_is_lost(facts: list[dict[str, object]]) -> None:
    found = judged(facts)
    present = {one["membership_id"] for one in facts} - {None}
    assert found["posted_rupiah"].sum() == sum(rupiah for member, rupiah in TOLD.items() if member in present)
    assert found.select(pl.sum_horizontal(POSTED))[POSTED[0]].to_list() == found["posted_rupiah"].to_list()
    assert found.select(pl.min_horizontal(*POSTED, *RUPIAH))[POSTED[0]].min() >= 0  # type: ignore[operator]  # the columns are numbers


@given(
    st.integers(0, 10**12), st.integers(0, 10**12), st.lists(st.integers(0, 10**12), min_size=2, max_size=2),
    st.booleans(),
)  # fmt: skip
def test_budgeted_and_its_reasons_give_decreed(budgeted: int, decreed: int, known: list[int], nobody: bool) -> None:
    parts = dict(zip((budgets.FREE, budgets.OTHER_MONTHS), known, strict=True))
    found = budgets._explained(budgeted, decreed, parts, nobody=nobody)
    assert budgeted + sum(found.values()) == decreed
    assert all((amount < 0) == (side == LOST) for (side, _), amount in found.items())


def test_the_first_reason_in_the_order_counts() -> None:
    everything = {
        "decreed": True, "registered": False, "active": False, "posted": False, "twice": False, "over_65": True,
        "has_nik": False, "dead": True, "elsewhere": True, "has_spell": True,
        "paid_before": False, "sent": "refused", "kind": "", "said": "",
    }  # fmt: skip
    frame = pl.DataFrame([everything], schema=TYPES)
    for name, cured in (
        ("over_65", {"over_65": False}), ("unknown_nik", {"has_nik": True}), ("dead", {"dead": False}),
        ("other_payer", {"elsewhere": False}), ("refused", {"sent": "sent"}), ("waits_for_answer", {"sent": None}),
    ):  # fmt: skip
        assert frame.with_columns(why.reasons())["why_registered"].item() == name
        frame = frame.with_columns(pl.lit(value, TYPES[key]).alias(key) for key, value in cured.items())
    assert frame.with_columns(why.reasons())["why_registered"].item() == "not_sent"


def test_every_reason_has_its_words_and_no_word_stands_for_none() -> None:
    lost = {*why.NOT_REGISTERED, *why.NOT_ACTIVE, *why.NOT_POSTED, why.UNEXPLAINED}
    gained = {*why.NOT_DECREED, *why.NOT_REGISTERED_YET_ACTIVE, *why.NOT_ACTIVE_YET_POSTED, why.UNEXPLAINED}
    assert set(words.LOST) == lost | {budgets.FREE, budgets.OTHER_MONTHS, budgets.NOT_LISTED}
    assert set(words.GAINED) == gained | {budgets.MORE, budgets.NO_LINE}
    assert set(words.FIVE) == {"budgeted", *NUMBERS} and BOTH not in words.LOST
