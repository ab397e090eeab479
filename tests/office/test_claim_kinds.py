"""A kind of claim is a folder: whatever it names exists, and a new one needs nothing else."""

import re
from pathlib import Path

import pytest

from payung.office.claims import checks, clocks
from payung.office.claims.catalogue import CLOCKS, IncompleteKind, documents, facts, kinds, read, sayings
from payung.rules.law.figures import Certainty

NEW = """
name = { id = "Biaya lain", en = "Other costs" }
programme = "JKK"
events = ["accident"]
formulas = [{ kind = "jkk-transport", words = ["land"] }]
facts = ["at_work", "land"]
checks = ["in_time", "covered", "papers"]
clocks = ["expiry"]
papers = ["missing"]
sheet = "F3 KK1"
documents = [{ code = "ktp" }, { code = "police", when = "traffic" }]
"""


def folder(tmp_path: Path, content: str) -> Path:
    (tmp_path / "kind.toml").write_text(content)
    return tmp_path


def test_every_kind_of_the_house_is_complete() -> None:
    assert set(kinds()) == {
        "jkk_treatment", "jkk_temporary", "jkk_partial", "jkk_functional", "jkk_total", "jkk_death", "jkk_disease",
        "jkm", "scholarship", "jht_full", "jht_part",
    }  # fmt: skip


def test_a_new_kind_is_a_new_folder(tmp_path: Path) -> None:
    kind = read(folder(tmp_path, NEW))
    assert (kind.code, kind.documents[1].when, kind.to_heirs) == (tmp_path.name, "traffic", False)


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        ('"jkk-transport"', '"jkk-magic"', "jkk-magic"),
        ('words = ["land"]', 'words = ["balance"]', "balance"),
        ('"covered"', '"lucky"', "lucky"),
        ('facts = ["at_work"', 'facts = ["weather"', "weather"),
        ('code = "ktp"', 'code = "passport"', "passport"),
        ('when = "traffic"', 'when = "rain"', "rain"),
        ('clocks = ["expiry"]', 'clocks = ["noon"]', "noon"),
        ('programme = "JKK"', 'programme = "JKX"', "JKX"),
        ('documents = [{ code = "ktp" }, { code = "police", when = "traffic" }]', "documents = []", "every kind"),
        ('sheet = "F3 KK1"', "", "sheet"),
        ("name = {", 'colour = "red"\nname = {', "colour"),
    ],
)
def test_what_a_folder_leaves_out_or_invents_is_named(tmp_path: Path, there: str, instead: str, told: str) -> None:
    assert there in NEW
    with pytest.raises(IncompleteKind, match=re.escape(told)):
        read(folder(tmp_path, NEW.replace(there, instead)))


def test_every_answer_of_every_check_has_its_sentence_and_no_other() -> None:
    source = Path(str(checks.__file__)).read_text(encoding="utf-8")
    said = set(re.findall(r'"([a-z_]+)"', source))
    assert {code for code in sayings() if code not in said} == set()
    for code in re.findall(r'Found\("([a-z_]+)"', source):
        assert code in sayings(), code


def test_answers_say_one_of_four_things_with_a_known_certainty() -> None:
    for code, said in sayings().items():
        assert said.says in ("yes", "warn", "ask", "no"), code
        assert not said.certainty or Certainty(said.certainty), code
        assert set(re.findall(r"{(\w+)}", said.sentence.id)) == set(re.findall(r"{(\w+)}", said.sentence.en)), code


def test_nothing_is_listed_that_no_kind_asks_for() -> None:
    asked = {code for kind in kinds().values() for code in kind.facts}
    assert set(facts()) == asked
    assert set(documents()) == {paper.code for kind in kinds().values() for paper in kind.documents}
    assert set(CLOCKS) == set(clocks._CLOCKS)
