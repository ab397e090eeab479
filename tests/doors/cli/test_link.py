"""`payung link` as other offices' scripts use it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from payung.doors.cli.main import main

HEADING = "id,nik,name,birth_date,birth_place,sex,village,mother_name\n"
ASEP = "3273021005809101,Asep Sunandar,10-05-1980,Bandung,L,Dago,Iceu Kurniasih\n"
DEWI = "3273024102909777,Dewi Lestari,01-02-1990,Bandung,P,Coblong,Nonoh Mulyati\n"


class Answer:
    """How the command ended and what it wrote."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Link = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Link:
    def ask(*words: object) -> Answer:
        status = main(["link", *map(str, words)])
        return Answer(status, *capsys.readouterr())

    return ask


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "A.csv", tmp_path / "B.csv"
    one.write_text(HEADING + "7," + ASEP + "8," + DEWI, encoding="utf-8")
    other.write_text(HEADING + "x-1,," + ASEP.split(",", 1)[1] + "x-2," + DEWI, encoding="utf-8")
    return one, other


def test_two_lists(run: Link, lists: tuple[Path, Path], tmp_path: Path) -> None:
    answer = run(*lists, "--out", tmp_path / "pairs.csv")
    assert (answer.status, answer.err) == (0, "")
    lines = (tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id_a,id_b,probability,tier"
    assert [line.split(",")[::3] + line.split(",")[1:2] for line in lines[1:]] == [
        ["8", "exact", "x-2"],
        ["7", "probable", "x-1"],
    ]
    assert all(0.99 <= float(line.split(",")[2]) <= 1 for line in lines[1:])


def test_one_list_with_itself_semicolons_capitals_and_another_encoding(run: Link, tmp_path: Path) -> None:
    people = tmp_path / "daftar.csv"
    people.write_text(
        "NIK;Name;Catatan\n3273021005809101;ASEP SUNANDAR;é\n'3273021005809101;Asep Sunandar;\n", "cp1252"
    )
    answer = run(people, "--out", tmp_path / "pairs.csv")
    assert answer.status == 0
    assert "Catatan" in answer.err
    assert pl.read_csv(tmp_path / "pairs.csv").select("id_a", "id_b", "tier").rows() == [(1, 2, "exact")]


def test_the_explanation_of_a_pair(run: Link, lists: tuple[Path, Path]) -> None:
    answer = run(*lists, "--explain", "7,x-1")
    assert answer.status == 0
    assert "NIK: tidak diketahui di salah satu sisi, tidak dihitung (3273021005809101 | tidak diketahui)" in answer.out
    assert "Golongan: sangat mungkin orang yang sama" in answer.out
    weights = [float(line.split()[0]) for line in answer.out.splitlines() if line[:8].strip()[:1] in ("+", "-")]
    assert sum(weights[:-1]) == pytest.approx(weights[-1], abs=0.1)
    english = run(*lists, "--explain", "8,x-1", "--lang", "en")
    assert "Tier: not alike enough to be shown" in english.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "kosong"),
        ("a,b\n1,2\n", "tidak mempunyai satu pun kolom yang dikenal"),
        ("id,name\n1,A\n1,B\n", "id 1 dipakai lebih dari satu baris"),
        ("id,name\n,A\n", "1 baris tidak mempunyai id"),
        ("id,name\n=1+1,A\n", "diawali tanda rumus"),
        ("id,name\n1,A,B,C\n", "tidak terbaca sebagai CSV"),
    ],
)
def test_what_is_refused(run: Link, tmp_path: Path, content: str, said: str) -> None:
    people = tmp_path / "daftar.csv"
    people.write_text(content, encoding="utf-8")
    answer = run(people, "--out", tmp_path / "pairs.csv")
    assert answer.status == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "pairs.csv").exists()


def test_refusals_of_the_question(run: Link, lists: tuple[Path, Path], tmp_path: Path) -> None:
    assert "--out" in run(*lists).err
    assert "tidak dapat dibuka" in run(tmp_path / "none.csv", "--out", tmp_path / "pairs.csv").err
    assert "adalah masukan" in run(*lists, "--out", lists[0]).err
    assert "tidak ada pasangan 7,nobody" in run(*lists, "--explain", "7,nobody").err
    assert "tidak dapat ditulis" in run(*lists, "--out", tmp_path / "no-folder" / "pairs.csv").err


def test_a_list_without_rows_has_no_pairs(run: Link, lists: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "kosong.csv"
    empty.write_text(HEADING, encoding="utf-8")
    assert run(lists[0], empty, "--out", tmp_path / "pairs.csv").status == 0
    assert (tmp_path / "pairs.csv").read_text(encoding="utf-8") == "id_a,id_b,probability,tier\n"


def test_it_needs_neither_django_nor_a_database(lists: tuple[Path, Path], tmp_path: Path) -> None:
    code = "import sys; from payung.doors.cli.main import main; status = main(sys.argv[1:]); "
    code += "sys.exit(status or len({'django', 'psycopg'} & {*sys.modules}))"
    words = ["link", *map(str, lists), "--out", str(tmp_path / "pairs.csv")]
    assert subprocess.run([sys.executable, "-c", code, *words], check=False).returncode == 0


def test_commands_that_link_nothing_do_not_load_its_engine() -> None:
    code = "import sys, payung.rules.linkage.linking; sys.exit(len({'duckdb', 'splink', 'pyarrow'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
