"""The page of findings is made from its authority, complete, and tells the truth about every kind of dirt."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.rules.roster.catalogue import catalogue
from payung.rules.roster.checking import check
from payung.rules.roster.findings_page import kinds_of_dirt, page
from payung.rules.roster.reading import read
from tests.rules.roster import books

PAGE = Path(__file__).parents[3] / "docs/roster/findings.md"
PLANTED = [kind for kind in kinds_of_dirt() if "cells" in kind]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "payung roster findings > docs/roster/findings.md"


def test_every_code_has_its_line_and_every_kind_its_codes() -> None:
    lines = page().splitlines()
    for code in catalogue():
        assert sum(line.startswith(f"| `{code}` |") for line in lines) == 1
    assert {code for kind in kinds_of_dirt() for code in kind["codes"]} <= set(catalogue())


@pytest.mark.parametrize("kind", PLANTED, ids=lambda kind: kind["what"])
def test_exactly_these_codes_are_found(kind: dict[str, Any], tmp_path: Path) -> None:
    changed = books.person(13, **kind["cells"])
    if "NIK" in kind["cells"] and "TANGGAL LAHIR" not in kind["cells"]:
        changed[4] = "14-02-1983"
    rows = [books.HEADING, *(books.person(number) for number in range(1, 13)), changed]
    answer = check(
        read(books.xlsx(tmp_path / "a.xlsx", rows)), on=date(2022, 10, 1), membership_class="PU", place="32.73"
    )
    assert sorted(answer.findings.filter(pl.col("row") == 14)["code"]) == kind["codes"]
    assert answer.findings.filter(pl.col("row") < 14).is_empty()
