"""What is written can be read back by another reader, row by row as the truth says; the same seed, the same bytes."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from payung.doors.world import workbooks, worlds
from payung.doors.world.dirt.planting import FAULTS
from payung.doors.world.truth import Truth

PEOPLE = 1500
# In a small world of one class a few kinds have nowhere to go: those of the other class.
KINDS_PU = {fault.kind for fault in FAULTS if "PU" in fault.classes}
KINDS_BPU = {fault.kind for fault in FAULTS if "BPU" in fault.classes}


@pytest.fixture(scope="module")
def bandung(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return workbooks.write(worlds.make("bandung", people=PEOPLE), tmp_path_factory.mktemp("bandung"))


def cells_of(path: Path) -> Iterator[tuple[str, int, list[object]]]:
    """(sheet, row from 1, values) of every row, read by openpyxl or csv."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=";"), start=1):
                yield "", number, [value or None for value in row]
        return
    book = openpyxl.load_workbook(path, data_only=False)
    for sheet in book.worksheets:
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield sheet.title, number, list(values)


def test_every_row_of_the_truth_stands_where_it_says(bandung: Truth) -> None:
    seen = {
        (path.name, sheet, row): values
        for path in bandung.folder.iterdir()
        if path.name[0].isdigit()
        for sheet, row, values in cells_of(path)
    }
    untouched = bandung.rows.filter(pl.col("kind") == "")
    for file, sheet, row, nik, name in untouched.select("file", "sheet", "row", "nik", "name").iter_rows():
        texts = {str(value).lower() for value in seen[file, sheet, row]}
        assert nik in texts and name.lower() in texts, (file, sheet, row)
    for file, sheet, last_row in bandung.sheets.select("file", "sheet", "last_row").iter_rows():
        assert (file, sheet, last_row) in seen and (file, sheet, last_row + 1) not in seen


def test_untouched_rows_are_truly_clean(bandung: Truth) -> None:
    """No number cell that lost a digit, no NIK twice in a file, every date the one in the NIK."""
    untouched = bandung.rows.filter(pl.col("kind") == "")
    assert untouched.group_by("file", "nik").len()["len"].max() == 1
    rows = {row[:3] for row in untouched.select("file", "sheet", "row").iter_rows()}
    for path in bandung.folder.glob("[0-9]*.xlsx"):
        for sheet, number, values in cells_of(path):
            if (path.name, sheet, number) not in rows:
                continue
            numbers = [value for value in values if isinstance(value, int) and value > 10**14]
            assert all(value % 10 for value in numbers), (path.name, sheet, number)


def test_about_four_percent_is_planted_and_every_kind(bandung: Truth) -> None:
    assert 0.035 < len(bandung.planted) / len(bandung.rows) < 0.045
    assert len(bandung.between_offices) == pytest.approx(PEOPLE * 0.004, abs=2)
    assert set(bandung.planted["kind"]) == KINDS_PU


def test_every_kind_of_vulnerable_workers_is_planted(tmp_path: Path) -> None:
    truth = workbooks.write(worlds.make("bekasi", people=2000), tmp_path)
    assert set(truth.planted["kind"]) == KINDS_BPU


def test_a_person_on_two_lists_has_an_earlier_row(bandung: Truth) -> None:
    first = bandung.rows.unique("person", keep="first", maintain_order=True)
    assert not first["kind"].is_in(["duplicate_between_offices", "duplicate_inside"]).any()
    for person, file in bandung.between_offices.select("person", "file").iter_rows():
        files = bandung.rows.filter(pl.col("person") == person)["file"].to_list()
        assert len(set(files)) == 2 and files[-1] == file


def test_the_posting_names_each_readable_person_once(bandung: Truth) -> None:
    posting = pl.read_csv(bandung.folder / "posting-2022-10.csv", schema_overrides={"KPJ": pl.String, "NIK": pl.String})
    readable = bandung.rows.filter(pl.col("verdict").is_in(["clean", "repaired"]))["person"].n_unique()
    assert len(posting) == posting["NIK"].n_unique() == readable
    assert posting.select("JKK", "JKM", "TOTAL", "BULAN").unique().rows() == [(4420, 5524, 9944, "2022-10")]


def test_the_posting_names_only_offices_that_are_paid_for(tmp_path: Path) -> None:
    workbooks.write(worlds.make("cirebon", people=600), tmp_path)
    posting = pl.read_csv(tmp_path / "posting-2023-04.csv")
    assert set(posting["NPP"]) == {"ZZ327401", "ZZ327402", "ZZ327403", "ZZ327404"}


def test_lists_differ_in_style_and_have_their_furniture(bandung: Truth) -> None:
    files = {path.name for path in bandung.folder.glob("[0-9]*")}
    assert len(files) == 67 and any(name.endswith(".csv") for name in files)
    widths, merged, hidden, subtotals, signatures = set(), 0, 0, 0, 0
    for path in bandung.folder.glob("[0-9]*.xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.properties.created == datetime(2022, 10, 1)
        for sheet in book.worksheets:
            widths.add(sheet.max_column)
            merged += len(sheet.merged_cells.ranges)
            hidden += sum(row.hidden for row in sheet.row_dimensions.values())
            values = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
            subtotals += sum(value.startswith("=SUM(") for value in values)
            signatures += sum(value.startswith("NIP. ") for value in values)
            assert any("sintetis" in value for value in values)
    assert len(widths) >= 4 and merged > 100 and hidden > 10 and subtotals > 60 and signatures >= 120


def test_text_that_looks_like_a_formula_is_written_as_text(bandung: Truth) -> None:
    row = bandung.planted.filter((pl.col("kind") == "formula_text") & pl.col("file").str.ends_with("xlsx")).row(
        0, named=True
    )
    sheet = openpyxl.load_workbook(bandung.folder / row["file"])[row["sheet"]]
    starts = [cell for cell in sheet[row["row"]] if isinstance(cell.value, str) and cell.value[0] in "=+@"]
    assert [cell.data_type for cell in starts] == ["s"]


def test_the_truth_is_written_beside(bandung: Truth) -> None:
    summary = json.loads((bandung.folder / "kebenaran.json").read_text(encoding="utf-8"))
    assert summary["jumlah_baris_orang"] == len(bandung.rows)
    assert len(summary["kesalahan"]) == len(bandung.planted)
    assert pl.read_parquet(bandung.folder / "kebenaran.parquet").equals(bandung.rows)
    readme = (bandung.folder / "baca-saya.txt").read_text(encoding="utf-8")
    assert "Tidak seorang pun di dalamnya nyata" in readme and "9001" in readme


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        workbooks.write(worlds.make("banjarnegara", people=400, seed=9), folder)
    names = sorted(path.name for path in folders[0].iterdir())
    assert names == sorted(path.name for path in folders[1].iterdir())
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


def test_lists_of_sponsors_name_the_civil_servant(tmp_path: Path) -> None:
    truth = workbooks.write(worlds.make("sukabumi"), tmp_path)
    book = openpyxl.load_workbook(tmp_path / truth.rows["file"][0])
    header = [value for row in book.active.iter_rows(min_row=6, max_row=7, values_only=True) for value in row]
    assert "ASN PENANGGUNG" in header and "NAMA PEKERJA" in header
