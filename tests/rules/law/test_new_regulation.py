"""docs/law/new-regulation.md really works: its row in a copy of the package, its cases tried, its month changed."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import payung

DOC = Path(__file__).parents[3] / "docs" / "law" / "new-regulation.md"


def toml_blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rules and the command, with the row of the document entered, and its cases as a file."""
    source, target = Path(payung.__file__).parent, tmp_path / "payung"
    target.mkdir()
    shutil.copy(source / "__init__.py", target)
    for part in ("rules", "doors/cli"):
        shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "doors" / "__init__.py").write_text("")
    row, cases = toml_blocks()
    table = target / "rules" / "law" / "tables" / "jp_ceiling.toml"
    table.write_text(table.read_text("utf-8") + "\n" + row, "utf-8")
    (tmp_path / "cases.toml").write_text(cases, "utf-8")
    return tmp_path


def law(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    script = "import sys; from payung.doors.cli.main import main; sys.exit(main(['law', *sys.argv[1:]]))"
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, cwd=copy, env=environment, check=False
    )


def test_the_worked_example(copy: Path) -> None:
    tried = law(copy, "try", "cases.toml")
    assert (tried.returncode, tried.stdout) == (0, "2 kasus cocok, 0 tidak.\n"), tried.stderr
    changed = json.loads(law(copy, "changes", "--from", "2027-02-01", "--to", "2027-03-31", "--json").stdout)
    (ceiling,) = [change for change in changed if change["table"] == "jp_ceiling"]
    assert (ceiling["day"], ceiling["before"], ceiling["after"]) == ("2027-03-01", "11086300", "11600000")
    asked = ["--class", "PU", "--wage", "20000000", "--month", "2027-03", "--programmes", "JP", "--json"]
    known = json.loads(law(copy, "owed", *asked).stdout)
    before = json.loads(law(copy, "owed", *asked, "--known-on", "2027-02-25").stdout)
    assert (known["total"], before["total"]) == (348_000, 332_589)


def test_without_the_row_its_case_fails_and_shows_why(copy: Path) -> None:
    shutil.copy(
        Path(payung.__file__).parent / "rules" / "law" / "tables" / "jp_ceiling.toml",
        copy / "payung" / "rules" / "law" / "tables" / "jp_ceiling.toml",
    )
    tried = law(copy, "try", "cases.toml")
    assert tried.returncode == 1
    assert "jp_employer: diharapkan 232000, jawabannya 221726" in tried.stdout
    assert "1 kasus cocok, 1 tidak." in tried.stdout
