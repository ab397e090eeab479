"""Twins: never the original, the same for the same, and of the original's form."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from payung.doors.scrubbing.twins import Twins
from payung.rules.identity import names, nik

LONG_LIVED = st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31))


def niks() -> st.SearchStrategy[str]:
    def written(region: int, born: date, woman: bool, serial: int) -> str:
        return f"{region:06d}{born.day + 40 * woman:02d}{born:%m%y}{serial:04d}"

    regions = st.sampled_from([327306, 317401, 910101])
    return st.builds(written, regions, LONG_LIVED, st.booleans(), st.integers(1, 9999))


def twins(*numbers: str, words: tuple[str, ...] = ()) -> Twins:
    return Twins(b"rahasia", numbers=set(numbers), words=set(words))


@given(st.lists(niks(), min_size=1, max_size=30, unique=True))
def test_a_nik_keeps_region_sex_and_year_and_is_nobodys(originals: list[str]) -> None:
    made = twins(*originals)
    found = [made.number(one, "nik") for one in originals]
    assert not set(found) & set(originals) and len(set(found)) == len(originals)
    assert found == [made.number(one, "nik") for one in originals]
    for one, other in zip(originals, found, strict=True):
        before, after = nik.parse(one), nik.parse(other)
        assert (before.region_code, before.sex, before.birth_two_digit_year) == (
            after.region_code, after.sex, after.birth_two_digit_year,
        )  # fmt: skip


@given(niks(), LONG_LIVED)
def test_the_birth_date_and_the_nik_still_say_the_same(text: str, born: date) -> None:
    made = twins(text)
    written = text[:6] + f"{born:%d%m%y}" + text[12:]
    twin = date.fromisoformat(made.birth_date(born.isoformat()))
    assert twin != born and twin.year == born.year
    assert nik.parse(made.number(written, "nik")).says_birth(twin)


def test_a_crowded_birthday_has_room_for_every_serial() -> None:
    originals = [f"3273061208{90:02d}{serial:04d}" for serial in range(1, 4_000)]
    made = twins(*originals)
    found = {made.number(one, "nik") for one in originals}
    assert len(found) == len(originals) and not found & set(originals)
    assert all(nik.problem_of(one) is None for one in found)


@given(st.sampled_from(["Siti Aminah", "H. Moch. Ali, S.Pd", "SUHARTI", "Bakuda Sarino Tepu Widada"]))
def test_a_name_gets_one_twin_however_it_is_written(name: str) -> None:
    made = twins(words=("BAKUDA", "SARINO", "TEPU"))
    twin = made.name(name)
    assert names.key(made.name(name.upper())) == names.key(twin)
    assert not set(names.key(twin).split()) & set(names.key(name).split())
    assert len(twin.split()) == min(len(names.key(name).split()), 3)


@given(st.text(alphabet="ABCabc019 .-/", max_size=40))
def test_free_text_keeps_its_form_and_none_of_its_digits(text: str) -> None:
    twin = twins().free_text(text)
    assert len(twin) == len(text)
    for before, after in zip(text, twin, strict=True):
        assert before.isdigit() == after.isdigit() and before.isalpha() == after.isalpha()
        assert not before.isdigit() or before != after


def test_telephones_of_the_copy_belong_to_nobody() -> None:
    made = twins("081234567890")
    assert made.number("081234567890", "phone").startswith("08000")
    assert len(made.number("081234567890", "phone")) == 12
