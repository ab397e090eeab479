"""`payung law owed` as other offices' scripts use it."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from payung.doors.cli import law
from payung.doors.cli.main import main
from payung.rules.law.columns import AMOUNTS

HELPER = ["--class", "BPU", "--wage", "1000000", "--month", "2026-06", "--programmes", "JKK,JKM"]
HEADER = "class,wage,group,payer,sector,month,programmes\n"


class Answer:
    """What a command wrote and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def owed(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def ask(*words: str) -> Answer:
        status = main(["law", "owed", *words])
        return Answer(status, *capsys.readouterr())

    return ask


@pytest.mark.parametrize(("payer", "total"), [("APBD", 16_800), ("TPP", 8_400), ("self", 8_400), ("DBHCHT", 16_800)])
def test_the_same_helper_from_different_purses(owed: Callable[..., Answer], payer: str, total: int) -> None:
    answer = owed(*HELPER, "--payer", payer, "--json")
    data = json.loads(answer.out)
    assert (answer.status, answer.err) == (0, "")
    assert (data["employer"], data["worker"], data["total"]) == (0, total, total)
    assert data["programmes"]["JKK"]["worker"] == sum(step["value"] for step in data["programmes"]["JKK"]["steps"][-1:])
    assert (data["class"], data["month"], data["payer"], data["wage"], data["base"]) == (
        "BPU", "2026-06", payer, 1_000_000, 1_000_000,
    )  # fmt: skip


def test_a_wage_earner_with_every_programme(owed: Callable[..., Answer]) -> None:
    words = ["--class", "PU", "--wage", "9000000", "--month", "2025-06", "--group", "3", "--payer", "employer"]
    data = json.loads(owed(*words, "--programmes", "JKK+JKM+JHT+JP", "--json").out)
    shares = {name: (owed["employer"], owed["worker"]) for name, owed in data["programmes"].items()}
    assert shares == {
        "JKK": (80_100, 0), "JKM": (27_000, 0), "JHT": (333_000, 180_000), "JP": (180_000, 90_000),
    }  # fmt: skip
    assert (data["employer"], data["worker"], data["total"], data["certainty"]) == (
        620_100,
        270_000,
        890_100,
        "sourced",
    )


def test_what_is_not_said_has_its_default(owed: Callable[..., Answer]) -> None:
    data = json.loads(owed("--class", "pu", "--wage", "1841487", "--month", "2022-10", "--json").out)
    assert (data["payer"], data["group"], data["sector"]) == ("employer", 1, "other")
    assert list(data["programmes"]) == ["JKK", "JKM"]
    assert data["total"] == 9_944


def test_without_json_a_page_to_read(owed: Callable[..., Answer]) -> None:
    page = owed(*HELPER, "--payer", "TPP").out
    assert "Iuran BPU, Juni 2026, dana TPP, dasar Rp1.000.000" in page
    assert "50% x 1% x Rp1.000.000 = Rp5.000" in page
    assert "Kepastian: diragukan." in page
    assert "[--reading pp50-tpp=private|excluded]" in page
    english = owed(*HELPER, "--payer", "TPP", "--lang", "en").out
    assert "Certainty: doubtful." in english


def test_readings_and_what_was_known_on_a_day(owed: Callable[..., Answer]) -> None:
    asked = [*HELPER, "--payer", "TPP", "--json"]
    assert json.loads(owed(*asked, "--reading", "pp50-tpp=excluded").out)["total"] == 16_800
    assert json.loads(owed(*asked, "--known-on", "2025-12-21").out)["total"] == 16_800
    assert json.loads(owed(*asked, "--known-on", "2025-12-22").out)["total"] == 8_400


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"--class": "PNS"}, "Jenis peserta"),
        ({"--class": "PMI"}, "--programmes tidak dipakai"),
        ({"--wage": "-1"}, "kurang dari nol"),
        ({"--wage": "1000000.0"}, "rupiah bulat"),
        ({"--wage": "1e6"}, "rupiah bulat"),
        ({"--wage": "1000000001"}, "1.000.000.000"),
        ({"--month": "2015-06"}, "Juli 2015"),
        ({"--month": "Juni 2026"}, "TTTT-BB"),
        ({"--programmes": "JKK,JP"}, "JP"),
        ({"--programmes": "JKP"}, "JKP tidak ditagih"),
        ({"--programmes": "BPJS"}, "Program"),
        ({"--payer": "APBX"}, "Sumber dana"),
        ({"--sector": "laut"}, "Sektor"),
        ({"--class": "PU", "--group": "7"}, "Kelompok"),
        ({"--reading": "x=y"}, "Tafsir"),
        ({"--known-on": "kemarin"}, "TTTT-BB-HH"),
        ({"--known-on": "2014-01-01"}, "tidak memuat nilai"),
        ({"--out": "x.csv"}, "--file dan --out"),
    ],
)
def test_a_question_without_an_answer_gives_one_sentence(
    owed: Callable[..., Answer], changed: dict[str, str], word: str
) -> None:
    asked = dict(zip(HELPER[::2], HELPER[1::2], strict=True)) | changed
    if "--out" in changed:
        asked = changed
    answer = owed(*(f"{name}={value}" for name, value in asked.items()), "--json")
    assert answer.status == 2
    assert answer.out == ""
    assert word in answer.err
    assert answer.err.count("\n") == 1


def test_a_missing_word_is_asked_for(owed: Callable[..., Answer]) -> None:
    answer = owed("--class", "PU", "--month", "2026-06")
    assert (answer.status, "--wage" in answer.err) == (2, True)


LIST = (
    HEADER
    + 'BPU,1000000,,APBD,,2026-06,"JKK,JKM"\n'
    + "BPU,1000000.0,,APBD,,2026-06,JKK+JKM\n"
    + "PU,9000000,3,employer,other,2025-06,JKK+JKM+JHT+JP\n"
    + "\n"
    + "BPU,1000000,,APBD,,2026-06,JKK,JKM\n"
    + "BPU,1000000,,TPP,,2026-06,JKK+JKM\n"
)


def test_a_list_keeps_its_rows_and_bad_ones_keep_their_place(owed: Callable[..., Answer], tmp_path: Path) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "owed.csv"
    source.write_text(LIST)
    answer = owed("--file", str(source), "--out", str(out))
    assert answer.status == 1
    written = pl.read_csv(out, infer_schema=False)
    assert written.columns == [*HEADER.strip().split(","), *AMOUNTS]
    assert written["total"].to_list() == ["16800", None, "890100", None, None, "8400"]
    assert written.filter(pl.col("total").is_null()).select(AMOUNTS).null_count().sum_horizontal().item() == 3 * 7
    assert written["wage"].to_list()[1] == "1000000.0"
    reasons = [line for line in answer.err.splitlines() if line.startswith("baris")]
    assert [line.partition(":")[0] for line in reasons] == [
        "baris 3 (data ke-2)", "baris 5 (data ke-4)", "baris 6 (data ke-5)",
    ]  # fmt: skip
    assert "lebih banyak sel" in reasons[2]
    assert "pp50-tpp" in answer.err


def test_a_clean_list_ends_well_and_can_be_parquet(owed: Callable[..., Answer], tmp_path: Path) -> None:
    source, out = tmp_path / "people.parquet", tmp_path / "owed.parquet"
    people = {"nama": ["Ani"], "class": ["BPU"], "wage": [1_000_000], "month": ["2026-06"], "programmes": ["JKK,JKM"]}
    pl.DataFrame(people).write_parquet(source)
    answer = owed("--file", str(source), "--out", str(out), "--json")
    assert answer.status == 0
    assert json.loads(answer.out) == {"out": str(out), "rows": 1, "refused": [], "doubts": []}
    written = pl.read_parquet(out)
    assert written["total"].to_list() == [8_400]
    assert {written.schema[amount] for amount in AMOUNTS} == {pl.Int64}


def test_a_parquet_with_a_float_wage_is_refused_row_by_row(owed: Callable[..., Answer], tmp_path: Path) -> None:
    source, out = tmp_path / "people.parquet", tmp_path / "owed.csv"
    people = {"class": ["BPU"], "wage": [1_000_000.0], "month": ["2026-06"], "programmes": ["JKK"]}
    pl.DataFrame(people).write_parquet(source)
    assert owed("--file", str(source), "--out", str(out)).status == 1
    assert pl.read_csv(out)["total"].to_list() == [None]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeffclass,wage,month,programmes\r\nBPU,1000000,2026-06,"JKK,JKM"\r\n',
        "Class;Wage;Month;Programmes\nBPU;1000000;2026-06;JKK,JKM\n",
        "class\twage\tmonth\tprogrammes\nBPU\t1000000\t2026-06\tJKK+JKM\n\n\n",
        'nama,class,wage,month,programmes\nMuh"amad,BPU,1000000,2026-06,JKK+JKM\n',
        'nama,class,wage,month,programmes\n"Ani\nBinti",BPU,1000000,2026-06,JKK+JKM,\n',
    ],
    ids=["bom-crlf", "semicolon", "tab-and-blank-end", "stray-quote", "line-break-in-quotes"],
)
def test_csv_as_offices_save_it(owed: Callable[..., Answer], tmp_path: Path, text: str) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "owed.csv"
    source.write_text(text, newline="")
    answer = owed("--file", str(source), "--out", str(out))
    assert (answer.status, answer.err) == (0, "")
    separator = max(";,\t", key=out.read_text().count)
    assert pl.read_csv(out, separator=separator)["total"].to_list() == [8_400]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "kosong"),
        (b"class,wage,month\nBPU,1,2026-06\n", "programmes"),
        (b"class,wage,month,programmes,total\nBPU,1,2026-06,JKK,5\n", "total"),
        (b"class,class,wage,month,programmes\nBPU,BPU,1,2026-06,JKK\n", "sama"),
        (b'class,wage,month,programmes\nBPU,"1,2026-06,JKK\n', "kutip"),
        ("class,wage,month,programmes\nBPU,1,2026-06,JKK é\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_list_that_cannot_be_used_gives_one_sentence(
    owed: Callable[..., Answer], tmp_path: Path, content: bytes, word: str
) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "owed.csv"
    source.write_bytes(content)
    answer = owed("--file", str(source), "--out", str(out))
    assert answer.status == 2
    assert word in answer.err
    assert answer.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("source", "out", "word"),
    [
        ("missing.csv", "owed.csv", "tidak ada"),
        ("people.csv", "nowhere/owed.csv", "Folder"),
        ("people.csv", "owed.xlsx", "berakhiran"),
        ("people.csv", "people.csv", "menimpa"),
        ("people.xlsx", "owed.csv", "berakhiran"),
        ("broken.parquet", "owed.csv", "Parquet"),
    ],
)
def test_a_place_that_cannot_be_used_gives_one_sentence(
    owed: Callable[..., Answer], tmp_path: Path, source: str, out: str, word: str
) -> None:
    for name in ("people.csv", "people.xlsx", "broken.parquet"):
        (tmp_path / name).write_text(LIST)
    answer = owed("--file", str(tmp_path / source), "--out", str(tmp_path / out))
    assert answer.status == 2
    assert word in answer.err
    assert (tmp_path / "people.csv").read_text() == LIST


def test_a_list_does_not_mix_with_a_single_person(owed: Callable[..., Answer]) -> None:
    answer = owed("--file", "a.csv", "--out", "b.csv", "--class", "PU")
    assert (answer.status, "--class" in answer.err) == (2, True)


def test_every_word_is_documented() -> None:
    parser = argparse.ArgumentParser()
    law.add_arguments(parser)
    (questions,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    words = [word for action in questions.choices["owed"]._actions for word in action.option_strings]
    written = (Path(__file__).parents[3] / "docs" / "law" / "owed.md").read_text("utf-8")
    assert [word for word in words if word not in ("-h", "--help") and word not in written] == []


def test_the_law_needs_no_django_and_no_database() -> None:
    asked = "from payung.doors.cli.main import main; status = main(['law', 'owed', *sys.argv[1:]])"
    heavy = "sorted({'django', 'psycopg', 'procrastinate'} & {name.split('.')[0] for name in sys.modules})"
    script = f"import sys; {asked}; print('imported:', {heavy}); sys.exit(status)"
    done = subprocess.run([sys.executable, "-c", script, *HELPER], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("imported: []\n")
