"""Headings are found wherever offices put them, and every column goes to its field."""

from pathlib import Path

import pytest
import xlsxwriter

from payung.rules.roster import headers, vocabulary
from payung.rules.roster.headers import Block
from payung.rules.roster.reading import read
from tests.rules.roster import books

SIPP_NEW = [
    "NO_PEGAWAI", "NAMA_LENGKAP*", "GELAR", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH", "TELEPON_AREA_KANTOR",
    "TELEPON_KANTOR", "TELEPON_EXT_KANTOR", "HP", "EMAIL", "TEMPAT_LAHIR*", "TANGGAL_LAHIR*", "NAMA_IBU_KANDUNG*",
    "JENIS_IDENTITAS*", "NOMOR_IDENTITAS*", "MASA_LAKU_IDENTITAS*", "JENIS_KELAMIN*", "SURAT_MENYURAT_KE*",
    "TANGGAL_KEPESERTAAN", "STATUS_KAWIN*", "GOLONGAN_DARAH*", "NPWP", "KODE_NEGARA*", "UPAH*", "ALAMAT*",
    "KODE_POS*", "LOKASI_PEKERJAAN*", "STATUS_PEGAWAI*", "TGL_AWAL_BEKERJA*", "TGL_AKHIR_KONTRAK*",
]  # fmt: skip


def blocks_of(path: Path, *rows: list[books.Value]) -> list[Block]:
    sheet = read(books.xlsx(path / "a.xlsx", rows)).sheets[0]
    return headers.find_blocks(sheet, 0)


def columns_of(path: Path, *rows: list[books.Value]) -> dict[str, str]:
    (block,) = blocks_of(path, *rows)
    return block.columns


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIK", "nik"), ("No. KTP", "nik"), ("Nomor Identitas", "nik"), ("N I K", "nik"), ("NIK (16 digit)", "nik"),
        ("No. KTP/NIK *", "nik"), ("NOMOR_IDENTITAS*", "nik"), ("NIK sesuai KTP", "nik"), ("NO. NIK", "nik"),
        ("Nama", "name"), ("NAMA LENGKAP (tanpa gelar)", "name"), ("Nama Pegawai Non ASN", "name"), ("N A M A", "name"),
        ("Nama Ibu Kandung", "mother_name"), ("Nama Ahli Waris", "other"), ("Nama Bank", "other"), ("Nama OPD", "unit"),
        ("Tempat/Tgl. Lahir", "birth_place_and_date"), ("TTL", "birth_place_and_date"),
        ("Tempat, Tanggal Lahir", "birth_place_and_date"), ("Tgl Lahir (dd-mm-yyyy)", "birth_date"),
        ("L/P", "sex"), ("Jenis Kelamin (L/P)", "sex"), ("JK", "sex"), ("Jabatan", "job"), ("Pekerjaan", "job"),
        ("Kecamatan", "kecamatan"), ("Desa/Kelurahan", "desa"), ("Kel/Desa", "desa"), ("Gaji (Rp)", "wage"),
        ("Honor/bulan", "wage"), ("Upah", "wage"), ("No. KK", "kk"), ("No KPJ", "kpj"), ("NIP", "nip"),
        ("No. HP/WA", "phone"),
        ("Alamat", "address"), ("RT/RW", "other"), ("Unit Kerja", "unit"), ("TMT", "start_date"), ("No.", "number"),
        ("Tanda Tangan", "other"), ("Ukuran Baju", None), ("", None),
    ],
)  # fmt: skip
def test_headings_name_their_fields(heading: str, field: str | None) -> None:
    assert vocabulary.field_of((heading,)) == field


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("Lahir", "Tempat"), "birth_place"), (("Lahir", "Tanggal"), "birth_date"), (("Alamat", "Desa"), "desa"),
        (("Alamat", "RT"), "other"), (("SK", "Tanggal"), "other"), (("Data Pegawai", "NIK"), "nik"),
        (("Nama", ""), "name"), (("Data", "Lahir", "Tempat"), "birth_place"),
        (("ASN PENANGGUNG", "NIP"), "other"), (("Nama", "Gelar"), "other"), (("Alamat", "Kampung"), "address"),
        (("Ahli Waris", "NIK"), "other"), (("Nama", "Lengkap"), "name"),
    ],
)  # fmt: skip
def test_headings_in_two_rows(parts: tuple[str, ...], field: str) -> None:
    assert vocabulary.field_of(parts) == field


def test_every_field_has_a_title_and_no_word_stands_twice() -> None:
    for field in vocabulary.SHEET_FIELDS:
        assert vocabulary.title_of(field, "id") and vocabulary.title_of(field, "en")
    words = [word for entry in vocabulary._vocabulary().values() for word in entry["words"]]
    assert len(words) == len(set(words))
    assert all(vocabulary.plain(word) == word for word in words)


def test_a_heading_under_a_title_block(tmp_path: Path) -> None:
    titles: list[list[books.Value]] = [
        ["DAFTAR NAMA PEGAWAI NON ASN"],
        ["DINAS KESEHATAN"],
        [],
        ["Nama OPD :", "Dinkes"],
    ]
    (block,) = blocks_of(tmp_path, *titles, list(books.HEADING), list(books.ASEP))
    assert (block.header_first, block.header_last, block.first_row, block.last_row) == (5, 5, 6, 6)
    assert block.columns["nik"] == "B" and block.columns["wage"] == "J"


def test_two_rows_with_merged_groups(tmp_path: Path) -> None:
    above: list[books.Value] = ["No", "NIK", "Nama", "Lahir", None, "Alamat", None, None, "Gaji"]
    below: list[books.Value] = [None, None, None, "Tempat", "Tanggal", "Jalan", "Desa", "Kecamatan", None]
    numbers: list[books.Value] = list(range(1, 10))
    (block,) = blocks_of(tmp_path, above, below, numbers, [1, "3273021208909001", "ASEP"])
    assert (block.header_first, block.header_last) == (1, 2)
    assert block.columns == {
        "number": "A", "nik": "B", "name": "C", "birth_place": "D", "birth_date": "E", "address": "F", "desa": "G",
        "kecamatan": "H", "wage": "I",
    }  # fmt: skip


def test_three_rows(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [
        ["No", "Data Pekerja", None, None, None],
        [None, "Identitas", None, "Lahir", None],
        [None, "Nama", "NIK", "Tempat", "Tanggal"],
        [1, "ASEP", "3273021208909001", "BANDUNG", "12-08-1990"],
    ]
    assert columns_of(tmp_path, *rows) == {
        "number": "A", "name": "B", "nik": "C", "birth_place": "D", "birth_date": "E",
    }  # fmt: skip


def test_one_merged_heading_over_place_and_date(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write_row("A1", ["No", "NIK", "Nama"])
    page.merge_range("D1:E1", "Tempat/Tgl Lahir")
    page.write("F1", "L/P")
    page.write_row("A2", [1, "3273021208909001", "ASEP", "BANDUNG", "12-08-1990", "L"])
    book.close()
    (block,) = headers.find_blocks(read(tmp_path / "a.xlsx").sheets[0], 0)
    assert (block.columns["birth_place"], block.columns["birth_date"]) == ("D", "E")
    assert "birth_place_and_date" not in block.columns


def test_headings_that_come_again_begin_a_new_block(tmp_path: Path) -> None:
    other: list[books.Value] = ["Nama", "NIK", "L/P"]
    found = blocks_of(tmp_path, list(books.HEADING), list(books.ASEP), [], other, ["EUIS", "3273024507859002", "P"])
    assert [(block.header_first, block.first_row, block.last_row) for block in found] == [(1, 2, 3), (4, 5, 5)]
    assert found[1].columns == {"name": "A", "nik": "B", "sex": "C"}


def test_official_templates_are_recognised(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, [*SIPP_NEW])
    assert block.template == "SIPP TK baru"
    fields = ("nik", "name", "birth_date", "sex", "wage", "mother_name", "phone", "start_date")
    assert {name: block.columns[name] for name in fields} == {
        "nik": "O", "name": "B", "birth_date": "L", "sex": "Q", "wage": "X", "mother_name": "M", "phone": "I",
        "start_date": "AC",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        ["No", "Nama OPD", "Jumlah"],
        ["Nama", "Keterangan"],
        ["Kode", "Nama Lokasi"],
        ["Nama : Asep Sunandar", "NIK : 3273021208909001"],
    ],
)
def test_what_is_no_heading(tmp_path: Path, row: list[books.Value]) -> None:
    assert blocks_of(tmp_path, row, ["1", "2", "3"]) == []


def test_unknown_columns_are_remembered(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, ["NIK", "Nama", "L/P", "Ukuran Baju"])
    assert block.unknown == {"D": "Ukuran Baju"}
