"""Proposals agree with what is known, hold the true NIK, and are never more than proposals."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import nik
from payung.rules.identity.candidates import candidates

NIK, BIRTH = "3273021208909012", date(1990, 8, 12)
NIKS = st.builds(
    lambda birth, serial: f"327302{birth:%d%m%y}{serial:04d}",
    st.dates(date(1950, 1, 1), date(2004, 12, 31)),
    st.integers(1, 9999),
)


def test_the_digit_excel_dropped() -> None:
    found = candidates("3273021208909010", birth_date=BIRTH, sex="L")
    assert NIK in found and len(found) == 10
    assert candidates("3273021208909010", birth_date=BIRTH, known=[NIK, "3273024507850012"]) == (NIK,)
    assert candidates("3273021208909010", birth_date=BIRTH, sex="P") == ()


def test_letters_become_the_digits_they_look_like() -> None:
    assert candidates("32730212O8909O12", birth_date=BIRTH) == (NIK,)
    assert candidates("tidak ada") == ()


@given(NIKS, st.integers(0, 15))
def test_a_lost_digit_is_among_the_proposals(digits: str, position: int) -> None:
    birth = nik.Nik(digits).birth_date(date(2022, 10, 1))
    found = candidates(digits[:position] + digits[position + 1 :], birth_date=birth, sex="L")
    assert digits in found
    assert all(nik.parse(proposal).says_birth(birth) for proposal in found)


@given(NIKS, st.integers(0, 15))
def test_a_doubled_digit_is_among_the_proposals(digits: str, position: int) -> None:
    doubled = digits[:position] + digits[position] + digits[position:]
    assert digits in candidates(doubled, sex="L")
