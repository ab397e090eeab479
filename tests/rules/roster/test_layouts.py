"""Known layouts are whole, dated, and recognised wherever they stand; an unknown sheet gets proposals."""

from datetime import date
from pathlib import Path

import pytest

from payung.rules.roster.checking import check
from payung.rules.roster.known_layouts import KINDS, Layout, all_layouts, layout
from payung.rules.roster.reading import read
from payung.rules.roster.recognising import fit, layout_of
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Sheet
from tests.rules.roster import books

LAYOUTS = pytest.mark.parametrize("known", all_layouts(), ids=lambda known: known.code)


def sheet_of(path: Path, *rows: list[books.Value]) -> Sheet:
    return read(books.xlsx(path / "a.xlsx", rows)).sheets[0]


def test_those_that_offices_need_are_there() -> None:
    assert {known.code for known in all_layouts()} == {
        "sipp_tk_baru", "sipp_tk_lanjutan", "sipp_upah", "sipp_tk_na", "sipp_koreksi", "sipp_lama", "bkn_2022",
        "daftar_desa", "opensid", "opd", "asn", "bpjs_peserta", "bpjs_posting", "bpu_kelompok",
        "bpu_kelompok_berhenti", "dukcapil", "kematian", "dtsen",
        "pembaruan_bulanan", "koreksi_identitas",
    }  # fmt: skip
    with pytest.raises(LookupError):
        layout("tidak_ada")


@LAYOUTS
def test_each_says_how_well_it_is_known(known: Layout) -> None:
    assert known.source and known.what["id"] and known.what["en"]
    assert (known.certainty == "verified") == (known.verified_on is not None)
    assert known.certainty in ("verified", "reported", "assumed", "own")
    assert any(column.required for column in known.columns) and any(column.telling for column in known.columns)


@LAYOUTS
def test_columns_are_told_apart(known: Layout) -> None:
    fields = [column.field for column in known.columns]
    words = [word for column in known.columns for word in column.headings]
    assert len(fields) == len(set(fields)) and len(words) == len(set(words))
    for column in known.columns:
        assert column.kind in KINDS and (column.kind == "code") == bool(column.codes)
        assert all(plain(word) == word for word in column.words)
        assert known.column(column.field) is column
    with pytest.raises(KeyError):
        known.column("tidak_ada")


@LAYOUTS
def test_its_own_headings_are_recognised_under_a_title(known: Layout, tmp_path: Path) -> None:
    headings: list[books.Value] = [column.heading for column in known.columns]
    sheet = sheet_of(tmp_path, ["DAFTAR"], [], headings, ["1", "2", "3"])
    found = layout_of(sheet)
    assert found is not None and found.layout is known
    assert (found.score, found.header_first, found.is_whole) == (100, 3, True)
    assert found.reasons[0].code == "headings_in_order"
    assert list(found.columns) == [column.field for column in known.columns]
    assert all(reason.said("id") and reason.said("en") for reason in found.reasons)


@LAYOUTS
def test_it_is_recognised_with_columns_moved_and_added(known: Layout, tmp_path: Path) -> None:
    headings: list[books.Value] = [column.heading for column in reversed(known.columns)]
    found = layout_of(sheet_of(tmp_path, [*headings, "UKURAN BAJU"]))
    assert found is not None and found.layout is known and 50 <= found.score < 100


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["No", "NIK", "Nama", "Tgl Lahir", "RT", "RW", "Desa/Kelurahan", "Pekerjaan"], "daftar_desa"),
        (["No", "NIK", "Nama", "Jabatan", "Unit Kerja", "Honor/Bulan"], "opd"),
        (["No.", "NIP", "Nama", "Pangkat/Gol", "Jabatan", "OPD"], "asn"),
        (["NIK", "Nama", "Tgl Meninggal", "No Akta Kematian"], "kematian"),
        (["NIK", "Nama", "Desil"], "dtsen"),
        (["NIK", "Nama", "BLTH", "Total Iuran"], "bpjs_posting"),
        (["NIK", "Nama Lgkp", "Hasil Padan"], "dukcapil"),
        (["NIK", "Nama"], None),
        (["Kegiatan", "Pagu", "Realisasi"], None),
    ],
)
def test_lists_as_offices_write_them(headings: list[books.Value], code: str | None, tmp_path: Path) -> None:
    found = layout_of(sheet_of(tmp_path, headings))
    assert (found.layout.code if found else None) == code


def test_a_heading_in_two_rows(tmp_path: Path) -> None:
    above: list[books.Value] = ["Data Warga", None, "Wafat", None]
    below: list[books.Value] = ["NIK", "Nama", "Tanggal Meninggal", "No Akta"]
    found = layout_of(sheet_of(tmp_path, above, below))
    assert found is not None and (found.layout.code, found.header_last) == ("kematian", 2)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    found = fit(sheet_of(tmp_path, ["NAMA_LENGKAP", "NOMOR_IDENTITAS", "UPAH"]), layout("sipp_tk_lanjutan"))
    assert found is not None and not found.is_whole
    assert found.missing == ("KPJ", "LOKASI_PEKERJAAN", "STATUS_PEGAWAI", "TGL_AWAL_BEKERJA")
    assert fit(sheet_of(tmp_path, ["Pagu", "Realisasi"]), layout("opd")) is None


def test_a_known_layout_helps_where_the_words_do_not(tmp_path: Path) -> None:
    headings: list[books.Value] = [
        "nama",
        "nik",
        "no_kk",
        "sex",
        "tempatlahir",
        "tanggallahir",
        "dusun",
        "kk_level",
        "sepatu",
    ]
    row: list[books.Value] = ["ASEP", "3273021208909001", None, 1, "BANDUNG", "12-08-1990", "CIHAMPELAS", "1", "42"]
    answer = check(
        read(books.xlsx(tmp_path / "a.xlsx", [headings, row, headings, row])),
        on=date(2022, 10, 1),
        membership_class="PU",
    )
    block, again = answer.blocks
    assert again.columns == block.columns
    assert (block.columns["birth_date"], block.columns["birth_place"]) == ("F", "E")
    assert block.unknown == {"I": "sepatu", "H": "kk_level"}
    assert answer.rows.select("birth_date", "birth_place").row(1) == (date(1990, 8, 12), "BANDUNG")
