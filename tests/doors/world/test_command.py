"""`payung world`: what it prints, what it refuses, and that it needs neither Django nor a database."""

import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from payung.doors.cli.main import main


def test_writes_lists_and_says_how_long_it_took(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "dunia"
    assert main(["world", "cirebon", "--out", str(out), "--people", "200", "--seed", "3"]) == 0
    told = capsys.readouterr().out
    assert "200 orang sintetis" in told and "detik" in told
    assert (out / "kebenaran.json").exists() and (out / "posting-2023-04.csv").exists()
    assert not list(out.glob(".*"))


def test_never_writes_over_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["world", "cirebon", "--out", str(tmp_path), "--people", "100"]
    assert main(words) == 0
    assert main(words) == 2
    assert "--replace" in capsys.readouterr().err
    assert main([*words, "--replace", "--parquet"]) == 0
    assert not list(tmp_path.glob("*.xlsx"))
    (tmp_path / "surat.docx").write_text("milik orang lain")
    assert main([*words, "--replace"]) == 2
    assert "surat.docx" in capsys.readouterr().err
    assert (tmp_path / "surat.docx").exists() and (tmp_path / "orang.parquet").exists()


def test_refuses_a_folder_it_did_not_make(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "daftar.xlsx").write_bytes(b"punya kantor")
    assert main(["world", "cirebon", "--out", str(tmp_path), "--people", "100", "--replace"]) == 2
    assert "sudah berisi berkas lain" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["daftar.xlsx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--people", "0"], "jumlah orang"),
        (["--people", "1000001"], "jumlah orang"),
        (["--month", "2014-05"], "2014-05"),
    ],
)
def test_impossible_worlds_are_refused_in_one_sentence(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dunia"
    assert main(["world", "bandung", "--out", str(out), *words]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
    assert not out.exists() or not list(out.iterdir())


def test_parquet_holds_the_people_and_their_posting(tmp_path: Path) -> None:
    assert main(["world", "bekasi", "--out", str(tmp_path), "--people", "5000", "--parquet", "--month", "2023-06"]) == 0
    people = pl.read_parquet(tmp_path / "orang.parquet")
    posting = pl.read_parquet(tmp_path / "posting-2023-06.parquet")
    assert len(people) == len(posting) == 5000
    assert set(posting["TOTAL"]) == {16_800}


def test_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys\n"
        "from payung.doors.cli.main import main\n"
        "try:\n    main(['world', '--help'])\nexcept SystemExit:\n    pass\n"
        "found = [name for name in ('django', 'psycopg', 'procrastinate') if name in sys.modules]\n"
        "sys.exit(f'imported: {found}' if found else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.full
def test_a_million_people_in_under_a_minute(tmp_path: Path) -> None:
    started = time.perf_counter()
    assert main(["world", "bandung", "--out", str(tmp_path), "--people", "1000000", "--parquet"]) == 0
    seconds = time.perf_counter() - started
    print(f"\na million people as Parquet: {seconds:.1f} s")
    assert seconds < 60
    assert pl.scan_parquet(tmp_path / "orang.parquet").select(pl.col("nik").n_unique()).collect().item() == 1_000_000
