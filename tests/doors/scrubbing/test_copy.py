"""The whole copy: nothing of the originals is left in it, one person has one twin, money stays, the audit holds."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.office.access.roles import Role
from payung.rules.identity import names, nik
from tests.doors.scrubbing.scrubbed_run import ADDRESS, CORRECTED, TYPED
from tests.doors.whole_run import LEAKY

REPOSITORY = Path(__file__).parents[3]
pytestmark = pytest.mark.xdist_group("the copy")  # it is made once, by one worker


def run(*words: str, data: Path, known_password: str = "") -> str:
    without = ("PAYUNG_", "DATABASE_", "XDG_RUNTIME_DIR", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    environment |= {"PAYUNG_DATA": str(data), "PAYUNG_KNOWN_PASSWORD": known_password}
    child = subprocess.run(
        [sys.executable, "-m", *words], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr[-3000:]
    return child.stdout


class Both:
    """The installation and its copy, each with what it tells and its dump."""

    def __init__(self, folder: Path) -> None:
        self.source, self.copy = folder / "asli", folder / "salinan"
        run("tests.doors.whole_run", str(self.source), data=self.source)
        run("tests.doors.scrubbing.scrubbed_run", "fill", str(self.source), data=self.source)
        self.said = run("payung.doors.cli.main", "scrub", "--out", str(self.copy), data=self.source)
        self.password = re.search(r"salinan: (\S+)", self.said)[1]  # type: ignore[index]  # None would fail the test as it should
        self.before, self.after = self.told(self.source), self.told(self.copy)
        self.dump = (self.copy / "dump.sql").read_text()

    def told(self, folder: Path) -> dict[str, Any]:
        told = run("tests.doors.scrubbing.scrubbed_run", "tell", str(folder), data=folder, known_password=self.password)
        found: dict[str, Any] = json.loads(told)
        return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(tmp_path_factory.mktemp("peragaan"))


def originals(both: Both) -> set[str]:
    """Whatever would say who it is: the truth of the world, what was typed, and who works there."""
    truth = pl.read_parquet(next(both.source.glob("worlds/*/kebenaran.parquet")))
    found = {LEAKY, "080001234567", TYPED, ADDRESS, *truth["nik"].drop_nulls(), *truth["kpj"].drop_nulls()}
    people = [name for name, *_ in both.before["persons"].values()] + truth["name"].to_list()
    found |= {name for name in people if " " in name}
    used = {text for username, full_name, _ in both.before["users"] for text in (username, full_name)}
    # A word of the programme, or of the office, tells nobody.
    found |= used - {role.value for role in Role} - {"kepala", "cabang"}
    assert len(found) > 150
    return found


def test_nothing_of_the_originals_is_in_the_copys_dump_or_files(both: Both) -> None:
    sought = originals(both)
    lowered = both.dump.lower()
    assert "copy public.registry_person" in lowered
    assert not {text for text in sought if re.search(rf"\b{re.escape(text.lower())}\b", lowered)}
    long_ones = {text.encode() for text in sought if len(text) > 9}
    for path in both.copy.rglob("*"):
        if path.is_file() and path.name != "dump.sql":
            content = path.read_bytes()
            assert not {text for text in long_ones if text in content}, path


def test_marks_are_sealed_with_keys_of_the_copys_own(both: Both) -> None:
    assert (both.source / "keys/identity.key").read_text() != (both.copy / "keys/identity.key").read_text()
    twin_niks = [nik for _, _, nik, *_ in both.after["persons"].values() if nik]
    assert len(twin_niks) > 20 and not {one for one in twin_niks if one in both.dump}


def test_one_person_has_one_twin_wherever_she_stands(both: Both) -> None:
    assert both.before["persons"].keys() == both.after["persons"].keys()
    for person_id, name, number, born, _ in both.after["rows"]:
        twin = both.after["persons"][str(person_id)]
        assert name == twin[0] and names.key(name) == twin[1]
        assert number in (twin[2], None) and (born, None) != (None, twin[3])
    same = {name for name, *_ in both.before["persons"].values()} & {
        name for name, *_ in both.after["persons"].values()
    }
    assert not same


def test_a_correction_says_the_twins_name_and_another(both: Both) -> None:
    ((person_id, old, new),) = both.after["corrections"]
    assert both.before["corrections"][0][2] == CORRECTED
    assert old == both.after["persons"][str(person_id)][0]
    assert not set(new.split()) & set(CORRECTED.split()) and new != old


def test_a_twins_nik_is_possible_of_the_same_region_and_says_the_twins_birthday(both: Both) -> None:
    compared = 0
    for key, (_, _, before, born, sex, desa) in both.before["persons"].items():
        _, _, after, twin_born, twin_sex, twin_desa = both.after["persons"][key]
        assert (sex, desa) == (twin_sex, twin_desa)
        if before and nik.problem_of(before) is None:
            assert before != after and before[:6] == after[:6] and nik.problem_of(after) is None
            compared += born is not None and twin_born != born
    assert compared > 20


def test_money_and_ids_stay(both: Both) -> None:
    assert both.before["lines"] and both.before["lines"] == both.after["lines"]
    assert [row[4] for row in both.before["rows"]] == [row[4] for row in both.after["rows"]]


def test_users_sign_in_with_the_copys_password_alone(both: Both) -> None:
    assert all(fits for *_, fits in both.after["users"]) and not any(fits for *_, fits in both.before["users"])
    assert both.after["users"][0][0] == "pengguna-1"
    before, after = ({text for name, full_name, _ in side["users"] for text in (name, full_name)}
                     for side in (both.before, both.after))  # fmt: skip
    assert before and not before & after, "nobody keeps a log-in or a name, not even one that is a word of the office"
    assert both.after["mailboxes"] and all(one.endswith("@contoh.invalid") for one in both.after["mailboxes"])


def test_the_copys_audit_holds_and_begins_with_the_copying(both: Both) -> None:
    assert "PUTUS" not in run("payung.doors.cli.main", "audit", "verify", data=both.copy)
    assert set(both.after["first_links"]) == {"scrub"} and "scrub" not in both.before["first_links"]


def test_a_folder_that_holds_something_is_left_alone(both: Both) -> None:
    assert (both.copy / "data-sintetis.txt").exists()
    with pytest.raises(AssertionError, match="sudah terisi"):
        run("payung.doors.cli.main", "scrub", "--out", str(both.copy), data=both.source)
    assert (both.copy / "keys/identity.key").exists()
