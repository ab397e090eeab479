"""Cells as an office types them: read with certainty or not at all."""

import polars as pl
import pytest

from payung.rules.law.contributions import owed
from payung.rules.law.questions import ROW_TOO_LONG, UNREADABLE, typed
from payung.rules.law.refusals import CONDITIONS
from payung.rules.law.words import words_in
from payung.rules.months import Month

GOOD = {"class": "BPU", "wage": "1000000", "month": "2026-06", "programmes": "JKK,JKM"}


def read(**cells: str | None) -> dict[str, object]:
    row = {**GOOD, "group": "", "payer": "", "sector": "", **cells, ROW_TOO_LONG: False}
    return typed(pl.DataFrame([row], schema_overrides=dict.fromkeys(row.keys() - {ROW_TOO_LONG}, pl.String))).row(
        0, named=True
    )


def test_blank_cells_have_their_documented_meaning() -> None:
    assert read() == {
        "class": "BPU",
        "month": Month(2026, 6).index,
        "wage_rupiah": 1_000_000,
        "group": 1,
        "payer": "self",
        "sector": "other",
        "in_jkk": True,
        "in_jkm": True,
        "in_jht": False,
        "in_jp": False,
        UNREADABLE: None,
    }
    assert read(**{"class": "PU"})["payer"] == "employer"


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"class": " pu "}, "class", "PU"),
        ({"payer": "apbd"}, "payer", "APBD"),
        ({"payer": "SELF"}, "payer", "self"),
        ({"payer": "Employer"}, "payer", "employer"),
        ({"sector": "Transport"}, "sector", "transport"),
        ({"group": " 3 "}, "group", 3),
        ({"wage": " 2500000 "}, "wage_rupiah", 2_500_000),
        ({"wage": "0"}, "wage_rupiah", 0),
        ({"programmes": "jht + jp"}, "in_jp", True),
        ({"programmes": "JHT"}, "in_jp", False),
        ({"programmes": "JKM"}, "in_jkk", False),
    ],
)
def test_harmless_spelling_is_read(cells: dict[str, str], column: str, value: object) -> None:
    row = read(**cells)
    assert row[UNREADABLE] is None
    assert row[column] == value


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        *(
            ({"wage": wage}, "wage_not_whole")
            for wage in ("1000000.0", "1e6", "Rp1.000.000", "1,5", "2.5 jt", "+5", "--1")
        ),
        ({"wage": "١٢٣"}, "wage_not_whole"),
        ({"wage": "9" * 19}, "wage_too_large"),
        *(
            ({"month": month}, "month_unreadable")
            for month in ("2026-6", "2026-13", "06-2026", "2026-06-01", "", "2026/06")
        ),
        ({"group": "I"}, "group_unknown"),
        ({"group": "1.0"}, "group_unknown"),
        ({"programmes": None}, "programmes_missing"),
        ({"programmes": "JKK,JKP"}, "jkp_not_charged"),
        ({"programmes": "JKK;JKM"}, "programmes_unknown"),
        ({"programmes": "JKK,"}, "programmes_unknown"),
        ({"class": "", "wage": "", "month": "", "programmes": ""}, "row_empty"),
    ],
)
def test_what_cannot_be_read_with_certainty_gets_no_amounts(cells: dict[str, str | None], code: str) -> None:
    row = read(**cells)
    assert row[UNREADABLE] == code
    assert row["wage_rupiah"] is None
    assert owed(pl.DataFrame([row], schema_overrides={"wage_rupiah": pl.Int64}))["total"].to_list() == [None]


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    sentences = words_in("refusals.toml")
    assert set(CONDITIONS) <= set(sentences)
    assert all(words.id and words.en for words in sentences.values())
