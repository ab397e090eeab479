"""The bill as a workbook, read back by a reader that is not ours."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from paper_bills import EVERYTHING, PRINTED_ON, adjusted, head, line
from pytest_django import Settings

from payung.doors.papers.bill_form import form
from payung.doors.papers.bill_notes import notes
from payung.doors.papers.bill_workbook import bill_workbook
from payung.doors.papers.wording import Wording
from payung.doors.web.vocabulary_bills import LINE_REASONS
from payung.office.billing.queries import BillHead, Line


def book(of: BillHead, lines: list[Line], language: str = "id") -> Workbook:
    made = bill_workbook(of, lines, government_name="Kota Bandung", printed_on=PRINTED_ON, language=language)
    return load_workbook(BytesIO(made))


def values(workbook: Workbook, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]


def test_lines_are_rows_with_numbers_dates_and_the_sums_below() -> None:
    lines = adjusted()
    sheet = book(head(lines), lines)["Rincian"]
    header = [cell.value for cell in sheet[1]]
    assert header == [
        "No.", "Nama", "OPD", "Bulan", "Dasar upah (Rp)", "JKK (Rp)", "JKM (Rp)", "Jumlah (Rp)", "Keterangan",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]] == [
        1, "Orang Sintetis 1", "Dinkes", datetime(2022, 10, 1), 1_841_487, 4_420, 5_524, 9_944, None,
    ]  # fmt: skip
    assert sheet["I4"].value == "Susulan: peserta terlambat masuk daftar"
    assert [sheet.cell(8, column).value for column in (2, 6, 7, 8)] == ["JUMLAH SELURUHNYA", 8_845, 11_048, 19_893]
    assert sheet["D2"].number_format == "[$-421]mmm yyyy"
    assert sheet["H2"].number_format.startswith("#,##0")


def test_the_summary_holds_facts_and_amounts_as_numbers() -> None:
    lines = [line(1, amounts=EVERYTHING), line(2, amounts=EVERYTHING)]
    rows = values(book(head(lines, paid_rupiah=300_000), lines), "Ringkasan")
    told = {row[0]: row[1:] for row in rows}
    assert told["Nomor"][0] == "32.73/2022-10/0001"
    assert told["Jatuh tempo"][0] == "15 November 2022"
    assert told["Jaminan Hari Tua (JHT)"] == [136_270, 73_660, 209_930]
    assert told["Jumlah"] == [229_818, 110_490, 340_308]
    assert told["Total tagihan"][0] == 340_308
    assert told["Terbilang"][0] == "Tiga ratus empat puluh ribu tiga ratus delapan rupiah"
    assert told["Sisa yang harus dibayar"][0] == 40_308
    assert any("bukan rumus" in str(row[0]) for row in rows)


def test_a_penalty_stands_under_the_programmes_with_the_bill_that_was_late() -> None:
    lines = [line(1), line(2)]
    of = head(lines, penalty_rupiah=400, late_bills=(("32.73/2022-09/0001", 400),), total_rupiah=2 * 9_944 + 400)
    told = {row[0]: row[1] for row in values(book(of, lines), "Ringkasan")}
    assert told["Denda keterlambatan tagihan 32.73/2022-09/0001"] == 400
    assert (told["Jumlah"], told["Total tagihan"]) == (20_288, 20_288)
    printed = form(of, lines, government_name="Kota Bandung", printed_on=PRINTED_ON, language="id")
    assert printed["programmes"]["total"] == ["Jumlah", "20.288"] and printed["total"]["figure"] == "Rp20.288"
    assert any("APBD boleh dipakai" in note for note in printed["notes"]), "who may pay it is not settled"
    assert not any("APBD boleh" in note for note in notes(replace(of, fund_kind="employer"), lines, Wording("id")))


def test_every_reason_of_a_line_has_its_words_on_paper() -> None:
    for reason in LINE_REASONS:
        assert Wording("id").text("reason", reason) and Wording("en").text("reason", reason)


def test_nothing_is_a_formula_whatever_a_name_begins_with() -> None:
    names = ["=1+1", '=HYPERLINK("http://contoh.invalid")', "+62", "-Staf", "@admin", "http://contoh.invalid", "12"]
    lines = [line(number, name) for number, name in enumerate(names, 1)]
    workbook = book(head(lines, unit="=A1"), lines)
    assert [workbook["Rincian"].cell(row, 2).value for row in range(2, 9)] == names
    for sheet in workbook:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    assert {workbook["Rincian"].cell(row, 2).data_type for row in range(2, 9)} == {"s"}


def test_both_sheets_print_across_a4_with_header_and_page_numbers() -> None:
    lines = adjusted()
    workbook = book(head(lines, unit="Dinas A & B"), lines)
    for sheet in workbook:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "Dinas A && B" in sheet.oddHeader.center.text
        assert sheet.oddFooter.right.text == "Halaman &P dari &N"
    detail = workbook["Rincian"]
    assert detail.freeze_panes == "C2"
    assert detail.print_title_rows == "$1:$1"
    assert detail.auto_filter.ref == "A1:I7"


def test_synthetic_data_are_named(settings: Settings) -> None:
    lines = [line(1)]
    settings.PAYUNG_DEMO = True
    workbook = book(head(lines), lines)
    assert "DATA SINTETIS" in str(workbook["Ringkasan"]["A1"].value)
    assert "DATA SINTETIS" in workbook["Rincian"].oddHeader.center.text


def test_english_by_a_switch() -> None:
    lines = adjusted()
    workbook = book(head(lines), lines, language="en")
    assert workbook.sheetnames == ["Summary", "Lines"]
    assert workbook["Lines"]["I4"].value == "Late entry: listed after the month was billed"


def test_the_same_bill_gives_the_same_bytes() -> None:
    lines = adjusted()
    made = [
        bill_workbook(head(lines), lines, government_name="Kota Bandung", printed_on=PRINTED_ON, language="id")
        for _ in range(2)
    ]
    assert made[0] == made[1]
