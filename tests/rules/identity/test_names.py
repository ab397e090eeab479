"""Names: titles off and kept, spelling untouched, one key for one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import names


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        ("H. ASEP SUNANDAR", "ASEP SUNANDAR", ("H.",)),
        ("H.ASEP SUNANDAR", "ASEP SUNANDAR", ("H.",)),
        ("Hj Euis Komariah", "Euis Komariah", ("Hj",)),
        ("Drs. H. Ujang Suryana, M.Si", "Ujang Suryana", ("Drs.", "H.", "M.Si")),
        ("Siti Aminah, S.Sos., M.Si.", "Siti Aminah", ("S.Sos", "M.Si")),
        ("Siti Aminah S.Pd", "Siti Aminah", ("S.Pd",)),
        ("Siti Aminah, SE", "Siti Aminah", ("SE",)),
        ("Siti Aminah, A.Md.Keb", "Siti Aminah", ("A.Md.Keb",)),
        ("dr. Ahmad Hidayat, Sp.A", "Ahmad Hidayat", ("dr.", "Sp.A")),
    ],
)
def test_titles_come_off_and_are_kept(text: str, name: str, titles: tuple[str, ...]) -> None:
    assert names.read(text) == names.NameReading(name, titles, cleaned=False, readable=True)


@pytest.mark.parametrize(
    "text",
    [
        "ASEP", "M. YUSUF", "Muh. Yusuf", "R. Ahmad", "ASEP H", "ASEP H.", "SITI SE", "IRMA", "DRAJAT", "HJALMAR",
        "Nur'aeni", "Siti N.", "ASEP-UJANG", "Asep bin Karta", "Asep A.K.", "St. Aisyah", "PROFITA", "José",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_title_stays(text: str) -> None:
    assert names.read(text) == names.NameReading(text, (), cleaned=False, readable=True)


@pytest.mark.parametrize(
    "text",
    [
        "ASEP  SUNANDAR", " ASEP SUNANDAR", "1. ASEP SUNANDAR", "12) ASEP SUNANDAR", "ASEP\u00a0SUNANDAR",
        "ASEP SUNANDAR,", "7 ASEP SUNANDAR",
    ],
)  # fmt: skip
def test_blanks_and_numbering_come_off(text: str) -> None:
    assert names.read(text) == names.NameReading("ASEP SUNANDAR", (), cleaned=True, readable=True)


@pytest.mark.parametrize(
    "text",
    ["As3p", "Asep, Budi", "Asep / Ujang", "Asep (alm)", "Alm. Asep", "=1+1", "X", "A" * 101, "3273021208900001"],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert not names.read(text).readable


def test_one_key_for_one_name() -> None:
    variants = ("Muhammad Ali", "M. Ali", "Moch. ALI", "muhamad  ali", "H. Muh. Ali, S.Pd", "MOCH.ALI", "Mohammad Ali")
    assert {names.key(name) for name in variants} == {"MUHAMMAD ALI"}
    assert names.key("Ali M") == "ALI M"
    assert names.key("M") == "M"
    assert names.key("Nur'aeni") == names.key("NURAENI")


def test_similar_names() -> None:
    assert names.similar("Asep Sunandar", "ASEP SUNANDAR, S.Pd")
    assert names.similar("Asep", "Asep Sunandar")
    assert names.similar("Saepul Rohman", "Saeful Rohman")
    assert not names.similar("Asep Sunandar", "Ujang Hidayat")
    assert not names.similar("Dede Kurnia", "Dedi Suryana")


@given(st.text(max_size=150))
def test_any_text_is_read_and_letters_are_never_added(text: str) -> None:
    found = names.read(text)
    assert sum(map(str.isalpha, found.name)) <= sum(map(str.isalpha, text))
    names.key(text)
