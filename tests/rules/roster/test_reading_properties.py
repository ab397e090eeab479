"""Whatever bytes arrive: a workbook or one named refusal, never a crash, and every row once."""

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.rules.roster.catalogue import catalogue
from payung.rules.roster.checking import check
from payung.rules.roster.reading import read
from payung.rules.roster.sentences import sentence_of
from payung.rules.roster.unreadable import UnreadableWorkbook
from tests.rules.roster import books

SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from(
        ["NIK", "Nama", "Tanggal Lahir", "L/P", "Gaji", "3273021208909001", "'3273021208909001", "-", "sda", "H. Asep"]
    ),
    st.integers(-(10**16), 10**16),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.booleans(),
)
SHEETS = st.lists(st.lists(CELLS, max_size=8), max_size=12)


def answer_to(path: Path) -> None:
    """Reads and checks; a refusal is an answer too."""
    try:
        workbook = read(path)
    except UnreadableWorkbook as refused:
        assert refused.message and refused.message_in("en")
        return
    checked = check(workbook, on=date(2022, 10, 1), membership_class="BPU", place="32.73")
    rows = [(sheet.name, row) for sheet in workbook.sheets for row in range(1, sheet.height + 1)]
    assert checked.rows.select("sheet", "row").rows() == rows
    assert set(checked.rows["verdict"]) <= {"clean", "repaired", "human", "reject", "not_a_person"}
    assert set(checked.findings.select("sheet", "row").rows()) <= set(rows)
    for finding in checked.findings.iter_rows(named=True):
        assert finding["severity"] in catalogue()[finding["code"]]["severities"]
        assert sentence_of(finding) and sentence_of(finding, "en")


@SLOW
@given(st.binary(max_size=400), st.sampled_from([".xlsx", ".xls", ".csv", ".ods", ".xlsb", ""]))
def test_random_bytes(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"berkas{suffix}"
        path.write_bytes(content)
        answer_to(path)


@SLOW
@given(st.data())
def test_mutated_workbooks(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = books.xlsx(Path(folder) / "a.xlsx", [books.HEADING, books.ASEP, books.EUIS])
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 12))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        answer_to(path)


@SLOW
@given(st.data())
def test_mutated_parts_inside_a_whole_zip(data: st.DataObject) -> None:
    """The checksum is right, the content is not: this reaches the reading library."""
    with TemporaryDirectory() as folder:
        path = books.xlsx(Path(folder) / "a.xlsx", [books.HEADING, books.ASEP, books.EUIS])
        with zipfile.ZipFile(path) as archive:
            parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
        part = parts[data.draw(st.sampled_from(sorted(parts)))]
        for _ in range(data.draw(st.integers(1, 8))):
            position = data.draw(st.integers(0, len(part) - 1))
            part[position : position + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, bytes(content))
        answer_to(path)


@SLOW
@given(SHEETS, SHEETS)
def test_any_cells_in_any_order(first: list[list[books.Value]], second: list[list[books.Value]]) -> None:
    with TemporaryDirectory() as folder:
        answer_to(books.xlsx(Path(folder) / "a.xlsx", [books.HEADING, *first], second))
