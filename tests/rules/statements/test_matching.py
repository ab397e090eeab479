"""Certain is only one bill named and paid exactly; every proposal adds up and says why."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.statements.matching import OpenBill, Proposed, certain, key_of, named, propose

BILLS = [
    OpenBill(1, (key_of("32.73/2022-10/0001"), "12345678901"), 7, "Dinas Kesehatan", "2022-10", 100),
    OpenBill(2, (key_of("32.73/2022-10/0002"),), 7, "Dinas Kesehatan", "2022-10", 250),
    OpenBill(3, (key_of("32.73/2022-11/0003"),), 8, "Dinas Pendidikan", "2022-11", 400),
]


def proposed(amount: int, words: str) -> Proposed | None:
    return propose(amount_rupiah=amount, words=words, bills=BILLS)


def test_the_reasons_in_their_order() -> None:
    assert proposed(100, "iuran 12345678901") == Proposed("code", ((1, 100),))
    assert proposed(90, "TAGIHAN 32.73/2022-10/0001.") == Proposed("code_short", ((1, 90),))
    assert proposed(120, "32.73-2022-10-0001") == Proposed("code_over", ((1, 100),))
    assert proposed(350, "12345678901 dan 32.73/2022-10/0002") == Proposed("codes", ((1, 100), (2, 250)))
    assert proposed(250, "dari DINAS KESEHATAN") == Proposed("payer", ((2, 250),))
    assert proposed(400, "tanpa berita") == Proposed("amount", ((3, 400),))
    assert proposed(350, "dinas kesehatan kota") == Proposed("sum", ((1, 100), (2, 250)))
    assert proposed(350, "gabungan") == Proposed("month_sum", ((1, 100), (2, 250)))
    assert proposed(351, "Dinas Kesehatan") is None and proposed(999, "") is None


@given(st.integers(1, 900), st.lists(st.sampled_from(["Dinas Kesehatan", "32.73/2022-10/0002", "12345678901", "x"])))
def test_a_proposal_never_spends_more_than_came_nor_more_than_is_asked(amount: int, words: list[str]) -> None:
    found = proposed(amount, " ".join(words))
    if found is None:
        return
    asked = {bill.id: bill.outstanding_rupiah for bill in BILLS}
    assert sum(part for _, part in found.parts) <= amount
    assert all(0 < part <= asked[bill] for bill, part in found.parts)
    assert len({bill for bill, _ in found.parts}) == len(found.parts)


@given(
    st.lists(st.tuples(st.sampled_from(["1" * 11, "2" * 11, ""]), st.sampled_from(["2" * 11, ""]), st.integers(1, 3))),
)
def test_certain_is_one_bill_exactly_and_once(told: list[tuple[str, str, int]]) -> None:
    payments = pl.DataFrame(
        [(number, f"iuran {one} {other}", amount) for number, (one, other, amount) in enumerate(told)],
        schema={"id": pl.Int64, "words": pl.String, "amount": pl.Int64},
        orient="row",
    )
    bills = pl.DataFrame(
        {"target": [1, 2], "outstanding": [1, 2]}, schema={"target": pl.Int64, "outstanding": pl.Int64}
    )
    keys = pl.DataFrame({"target": [1, 2], "key": ["1" * 11, "2" * 11]})
    sure = dict(certain(payments, bills, keys).iter_rows())
    pairs: dict[int, set[int]] = {}
    for payment, target in named(payments, keys).iter_rows():
        pairs.setdefault(payment, set()).add(target)
    expected: dict[int, int] = {}
    for number, (_, _, amount) in enumerate(told):
        called = pairs.get(number, set())
        if len(called) == 1 and called == {amount} and amount not in expected.values():
            expected[number] = amount
    assert sure == expected
