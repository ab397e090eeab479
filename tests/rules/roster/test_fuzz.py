"""Whatever a file of any format holds, small limits are kept and every answer is a workbook or one refusal.

No assertion on time: the limits are the reader's own, and a child that passes them is a refusal.
"""

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.rules.roster.apart.limits import MEGABYTE, Limits
from payung.rules.roster.checking import check
from payung.rules.roster.mapping import InvalidMapping
from payung.rules.roster.monthly import EXPECTED_SCHEMA, NotAnUpdate, read_update, template
from payung.rules.roster.proposing import propose
from payung.rules.roster.reading import read
from payung.rules.roster.recognising import layout_of
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.roster.workbook import Workbook
from tests.rules.roster import books

SMALL = Limits(
    file_bytes=MEGABYTE, unpacked_bytes=4 * MEGABYTE, columns=40, cells=4_000, text_bytes=MEGABYTE, sheets=4,
    memory_bytes=400 * MEGABYTE, seconds=20,
)  # fmt: skip
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON = date(2022, 10, 1)
WORDS = st.sampled_from([
    "NIK", "Nama", "Tgl Lahir", "L/P", "Gaji", "No KK", "Kab/Kota", "Status Kawin", "KUNCI", "PERUBAHAN", "TANGGAL",
    "Desil", "3273021208909001", "'3273021208909001", "3,27302E+15", "12/05/80", "sda", "BANDUNG", "H. Asep", "\r\n",
    '"', "=1+1",
])  # fmt: skip
TEXTS = st.one_of(WORDS, st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&>"), max_size=12))
CELLS: Any = st.one_of(st.none(), TEXTS, st.integers(-(10**16), 10**16), st.dates(date(1901, 1, 1), date(2100, 1, 1)))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=10)
PLAIN_ROWS = st.lists(
    st.lists(st.one_of(TEXTS, st.floats(allow_nan=False)), min_size=4, max_size=4), min_size=1, max_size=8
)
EXPECTED = pl.DataFrame([("H. Asep", None, "Asep", 1), ("12", None, None, None)], schema=EXPECTED_SCHEMA, orient="row")


def answer_to(path: Path) -> Workbook | None:
    """The workbook, with every way of reading it tried; None for a refusal."""
    try:
        workbook = read(path, limits=SMALL)
    except UnreadableWorkbook as refused:
        assert refused.message and refused.message_in("en")
        return None
    assert sum(sheet.height * len(sheet.letters) for sheet in workbook.sheets) <= SMALL.cells
    checked = check(workbook, on=ON, membership_class="PU", place="32.73")
    assert checked.rows.height == sum(sheet.height for sheet in workbook.sheets)
    for sheet in workbook.sheets:
        _proposed(workbook, sheet.name)
    return workbook


def _proposed(workbook: Workbook, name: str) -> None:
    """A proposal may be no mapping; when it is one, the workbook can be checked by it."""
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == name)
    layout_of(sheet)
    try:
        mapping = propose(sheet).mapping()
    except InvalidMapping:
        return
    checked = check(workbook, on=ON, membership_class="PU", mapping=mapping)
    assert checked.rows.height == sum(sheet.height for sheet in workbook.sheets)


@SOME
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.sampled_from(",;\t|"))
def test_text_files(rows: list[list[object]], encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text.encode(encoding, "replace"))
        answer_to(path)


@SOME
@given(ROWS)
def test_opendocument(rows: list[list[books.Value]]) -> None:
    with TemporaryDirectory() as folder:
        answer_to(books.ods(Path(folder) / "a.ods", rows))


@SOME
@given(PLAIN_ROWS)
def test_binary_workbooks(rows: list[list[str | float | None]]) -> None:
    with TemporaryDirectory() as folder:
        assert answer_to(books.xlsb(Path(folder) / "a.xlsb", rows)) is not None or not any(map(any, rows))


@SOME
@given(st.sampled_from(["ods", "xlsb", "xls"]), st.data())
def test_mutated_files(suffix: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = _whole(Path(folder), suffix)
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 10))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        answer_to(path)


@SOME
@given(st.sampled_from(["ods", "xlsb"]), st.data())
def test_mutated_parts_inside_a_whole_zip(suffix: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = _whole(Path(folder), suffix)
        with zipfile.ZipFile(path) as archive:
            parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
        part = parts[data.draw(st.sampled_from(sorted(parts)))]
        for _ in range(data.draw(st.integers(1, 8))):
            position = data.draw(st.integers(0, len(part) - 1))
            part[position : position + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        with zipfile.ZipFile(path, "w") as archive:
            for name, changed in parts.items():
                archive.writestr(name, bytes(changed))
        answer_to(path)


@SOME
@given(ROWS)
def test_updates(rows: list[list[books.Value]]) -> None:
    heading: list[books.Value] = [column.heading for column in template().columns]
    with TemporaryDirectory() as folder:
        workbook = read(books.xlsx(Path(folder) / "a.xlsx", [heading, *rows], rows), limits=SMALL)
    try:
        found = read_update(workbook, EXPECTED, on=ON, membership_class="PU")
    except NotAnUpdate:
        return
    refused = set(found.findings.filter(pl.col("severity").is_in(["human", "reject"])).select("sheet", "row").rows())
    assert refused.isdisjoint(found.changes.select("sheet", "row").rows())
    assert set(found.changes["key"]) <= set(EXPECTED["key"]) and 0 <= found.unchanged <= EXPECTED.height


def test_an_endless_repetition_in_an_opendocument_is_refused(tmp_path: Path) -> None:
    path = books.ods(tmp_path / "a.ods", [["NIK"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    filled = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
    )
    more = f'{filled} office:value-type="float" office:value="1"/></table:table-row></table:table>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace("</table:table>", more))
    assert answer_to(path) is None


def _whole(folder: Path, suffix: str) -> Path:
    rows: list[Any] = [books.HEADING, books.ASEP, books.EUIS]
    if suffix == "xls":
        path = folder / "a.xls"
        path.write_bytes((Path(__file__).parent / "files" / "daftar.xls").read_bytes())
        return path
    return books.ods(folder / "a.ods", rows) if suffix == "ods" else books.xlsb(folder / "a.xlsb", rows)
