"""No text becomes a formula in a workbook we write, whatever it begins with."""

import ast
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import payung
from payung.doors.papers.spreadsheet import cell_text, new_workbook
from tests.doors.papers import paper_sheets as paper

BEGINNINGS = ("=", "+", "-", "@", "\t=", " =", "{=", "=HYPERLINK(", "http://", "mailto:")
TEXTS = st.builds(
    str.__add__, st.sampled_from(BEGINNINGS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
)
SOURCES = sorted(Path(str(payung.__file__)).parent.rglob("*.py"))
WRITERS = [path for path in SOURCES if "xlsxwriter.Workbook(" in path.read_text(encoding="utf-8")]


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_come_back_as_texts(texts: list[str]) -> None:
    target = BytesIO()
    with new_workbook(target, title="Uji", made_on=date(2022, 10, 1)) as workbook:
        page = workbook.add_worksheet()
        for row, text in enumerate(texts):
            page.write(row, 0, cell_text(text))
    cells = [cell for (cell,) in load_workbook(target).active.iter_rows()]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_a_sender_s_text_stays_text_in_the_rebuilt_workbook(text: str) -> None:
    book = paper.rebuilt([paper.sheet([list(paper.HEADING), paper.person(1, name=text)])])
    for page in book.worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.stem)
def test_who_writes_workbooks_turns_formulas_off_or_writes_strings_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    options = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    methods = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    turned_off = {"strings_to_formulas", "strings_to_urls"} <= options
    assert turned_off or methods.isdisjoint({"write", "write_row", "write_column"})


def test_every_writer_is_looked_at() -> None:
    assert {path.stem for path in WRITERS} >= {"spreadsheet", "writing", "posting"}
