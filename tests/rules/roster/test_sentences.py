"""Every finding has a sentence in both languages that names the place, what was read, why, and what to do."""

import string

import pytest

from payung.rules.roster import sentences
from payung.rules.roster.catalogue import SEVERITIES, catalogue, severity_of

EVERY_PARAM = {
    "sheet": "Dinkes", "row": 48, "column": "C", "field": "nik", "value": "3273061208900000", "digits": 15,
    "birth_part": "321390", "region": "32.99.99", "nik_birth": "1990-08-12", "nik_sex": "P", "other_sheet": "Data",
    "other_row": 7, "titles": "H.", "readings": ["1980-04-03", "1980-03-04"],
    "sent": "ASEP", "change": "KELUAR", "choices": ["Kota Bandung", "Kabupaten Bandung"], "place": "Cirebon", "age": 66,
    "years": 65, "on": "2022-10-01", "inside": "Kota Bandung",
}  # fmt: skip


def test_the_example_of_the_house() -> None:
    said = sentences.sentence("nik_precision_lost", EVERY_PARAM)
    assert said == (
        "Lembar Dinkes, baris 48, kolom NIK (C): tertulis 3273061208900000. Excel menyimpan NIK sebagai bilangan dan "
        "menghapus angka terakhirnya. Minta NIK dari KTP, lalu ketik di sel berformat Teks."
    )


@pytest.mark.parametrize("code", sorted(catalogue()))
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("suggestion", [None, "Dibaca"])
def test_every_code_speaks(code: str, language: str, suggestion: str | None) -> None:
    said = sentences.sentence(code, {**EVERY_PARAM, "suggestion": suggestion}, language)
    assert said.endswith(".") and "{" not in said and "None" not in said
    assert sentences.title(code, language) and severity_of(code) in SEVERITIES
    bare = sentences.sentence(code, language=language, **{**EVERY_PARAM, "sheet": None, "row": None, "field": None})
    assert bare[0] == bare[0].upper() and "Dinkes" not in bare


def test_params_of_the_sentences_are_known() -> None:
    for code, entry in catalogue().items():
        texts = [text for name, text in entry.items() if name == "read" or name.startswith("do")]
        words = {
            name for text in texts for one in text.values() for _, name, _, _ in string.Formatter().parse(one) if name
        }
        assert words <= {*EVERY_PARAM, "suggestion", "other"}, code
        assert set(entry["severities"]) <= set(SEVERITIES)


def test_a_text_file_has_no_sheet_to_name() -> None:
    said = sentences.sentence("nik_missing", {"sheet": "", "row": 3, "field": "nik", "column": "A"})
    assert said == "Baris 3, kolom NIK (A): NIK tidak diisi. Minta NIK dari KTP atau KK."


def test_proposals_and_dates_are_spelt_out() -> None:
    assert "Mungkin 3273021208900001." in sentences.sentence(
        "nik_letters", value="32730212O8900001", suggestion="3273021208900001"
    )
    assert "3 Apr 1980 atau 4 Mar 1980" in sentences.sentence("birth_date_ambiguous", EVERY_PARAM)
    assert "1980-04-03 or 1980-03-04" in sentences.sentence("birth_date_ambiguous", EVERY_PARAM, "en")
    assert "baris 7" in sentences.sentence("duplicate_row", EVERY_PARAM)
    assert "perempuan" in sentences.sentence("nik_sex_mismatch", EVERY_PARAM)


def test_long_texts_are_cut() -> None:
    assert len(sentences.sentence("name_unreadable", value="x" * 5000)) < 400


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(KeyError):
        sentences.sentence("no_such_code")
