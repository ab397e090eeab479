"""docs/law/ follows the tables: every row, every reading, every source, every function that is named."""

import re
from importlib import import_module
from pathlib import Path

from payung.rules.law.index import index
from payung.rules.law.readings import all_readings
from payung.rules.law.tables import table, table_names

DOCS = Path(__file__).parents[3] / "docs"


def test_the_index_is_that_of_the_tables() -> None:
    written = (DOCS / "law" / "index.md").read_text("utf-8")
    assert written == index(), "payung law index > docs/law/index.md"


def test_every_row_and_reading_stands_in_it_once() -> None:
    told = re.findall(r"^\| [^|]+ \| (?:reading )?`([^`]+)` \|", index(), re.MULTILINE)
    ids = [row.figure.id for name in table_names() for row in table(name).rows]
    assert sorted(told) == sorted([*ids, *all_readings()])


def test_every_function_named_exists() -> None:
    for name in table_names():
        assert table(name).read_by
        for path in table(name).read_by:
            module, function = path.rsplit(".", 1)
            assert callable(getattr(import_module(module), function))


def test_the_sources_are_those_the_tables_name() -> None:
    listed = re.findall(r"^\| (S\d+) \|", (DOCS / "law" / "sources.md").read_text("utf-8"), re.MULTILINE)
    named = {source for name in table_names() for row in table(name).rows for source in row.figure.sources}
    assert len(listed) == len(set(listed))
    assert set(listed) == named


def test_the_glossary_knows_the_laws_words() -> None:
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    for word in (
        "JKK",
        "JKM",
        "JHT",
        "JP",
        "JKP",
        "PU",
        "BPU",
        "NIK",
        "KK",
        "KPJ",
        "NPP",
        "OPD",
        "iuran",
        "TPP",
        "DBHCHT",
    ):
        assert re.search(rf"^\| [^|]*\b{word}\b", glossary, re.MULTILINE), word
