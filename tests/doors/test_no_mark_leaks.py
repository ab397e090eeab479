"""A whole run leaves no mark in clear: not in the database, the logs, the addresses, the errors, or the queue."""

import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from tests.doors.whole_run import LEAKY

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, str, str]:
    """The data folder after the run, what it printed (addresses), and what it logged."""
    folder = tmp_path
    without = ("PAYUNG_", "DATABASE_", "XDG_RUNTIME_DIR", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    child = subprocess.run(
        [sys.executable, "-m", "tests.doors.whole_run", str(folder)],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    return folder, child.stdout, child.stderr


@pytest.fixture
def marks(run: tuple[Path, str, str]) -> set[str]:
    """Every long number of the workbooks and of the truth, and those that were planted."""
    folder = run[0]
    truth = pl.read_parquet(next(folder.glob("worlds/*/kebenaran.parquet")))
    found = {LEAKY, "080001234567", *truth["nik"].drop_nulls(), *truth["kpj"].drop_nulls()}
    for path in folder.glob("worlds/*/*.xlsx"):
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            cells = (cell for row in workbook.get_sheet_by_name(name).to_python() for cell in row)
            digits = (re.sub(r"\D", "", str(int(cell) if isinstance(cell, float) else cell)) for cell in cells)
            found |= {text for text in digits if 10 <= len(text) <= 18}
    assert len(found) > 150
    return found


def leaked(marks: set[str], text: str) -> set[str]:
    return {mark for mark in marks if mark in text}


def test_nothing_that_a_run_leaves_behind_shows_a_mark(run: tuple[Path, str, str], marks: set[str]) -> None:
    """One test, as the run is dear and two workers would each make it."""
    the_dump_of_the_database(run, marks)
    logs_and_addresses(run, marks)
    the_error_page_and_the_servers_log(run, marks)


def the_dump_of_the_database(run: tuple[Path, str, str], marks: set[str]) -> None:
    dump = (run[0] / "dump.sql").read_text()
    for table in ("registry_person", "files_row", "files_finding", "jobs_job", "procrastinate_jobs", "billing_posting"):
        assert re.search(rf"COPY public\.{table} .*\n[^\\]", dump), f"{table} is empty: the run shows nothing"
    assert not leaked(marks, dump)
    assert "••••••••.csv" in dump, "the name of the file was kept, its mark hidden"


def logs_and_addresses(run: tuple[Path, str, str], marks: set[str]) -> None:
    _, printed, logged = run
    addresses = set(re.findall(r"^/\S*", printed, re.MULTILINE))
    assert len(addresses) > 30
    assert not leaked(marks, printed)
    assert "ValueError: NIK ••••••••" in logged, "the fault is told, its mark hidden"
    assert not leaked(marks, logged)


def the_error_page_and_the_servers_log(run: tuple[Path, str, str], marks: set[str]) -> None:
    assert not leaked(marks, (run[0] / "error.html").read_text())
    assert not leaked(marks, (run[0] / "postgres" / "log").read_text(errors="replace"))
