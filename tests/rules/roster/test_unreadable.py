"""Broken uploads: each gets one clear sentence within seconds, and we live on."""

import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from payung.rules.roster.apart.limits import Limits
from payung.rules.roster.reading import read
from payung.rules.roster.unreadable import UnreadableWorkbook
from tests.rules.roster import books

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
LONGEST_SECONDS = 15.0


def refusal(path: Path, limits: Limits | None = None) -> UnreadableWorkbook:
    started = time.monotonic()
    with pytest.raises(UnreadableWorkbook) as refused:
        read(path, limits=limits)
    assert time.monotonic() - started < LONGEST_SECONDS
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "code", "word"),
    [
        ("kosong.xlsx", b"", "empty_file", "kosong"),
        ("surat.xlsx", b"%PDF-1.7\n%\xe2\xe3", "wrong_kind", "PDF"),
        ("foto.xlsx", b"\xff\xd8\xff\xe0" + bytes(50), "wrong_kind", "JPEG"),
        ("ekspor.xls", b"\n<html><body><table><tr><td>NIK", "wrong_kind", "HTML"),
        ("catatan.xlsx", b"NIK,Nama\n1,2\n", "wrong_kind", "teks"),
        ("arsip.xlsx", b"Rar!\x1a\x07\x01\x00", "wrong_kind", "RAR"),
        ("acak.xlsx", random.Random(1).randbytes(9000), "wrong_kind", "tidak dikenal"),
        ("acak.csv", random.Random(2).randbytes(9000), "wrong_kind", "tidak dikenal"),
        ("kunci.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(900), "password", "kata sandi"),
        ("rusak.xls", OLE + "Workbook".encode("utf-16-le") + bytes(900), "damaged", "rusak"),
        ("surat.doc", OLE + "WordDocument".encode("utf-16-le") + bytes(900), "wrong_kind", "Word"),
        ("kutip.csv", b'NIK,Nama\n"' + b"x" * 300_000, "text_table_broken", "kutip"),
        ("hampa.csv", b"\n\n ;;\n", "no_content", "terisi"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, name: str, content: bytes, code: str, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.code == code
    assert word in refused.message and name in refused.message and refused.message == str(refused)
    assert name in refused.message_in("en") and refused.message_in("en") != refused.message


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tiada.xlsx").code == "not_found"
    assert refusal(tmp_path).code == "not_a_file"
    assert refusal(tmp_path / "nol\0.xlsx").code == "not_found"


def test_the_name_the_sender_gave_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"%PDF-1.4")
    with pytest.raises(UnreadableWorkbook) as refused:
        read(tmp_path / "list.xlsx", name="Daftar Dinkes.xlsx")
    assert refused.value.message.startswith("Daftar Dinkes.xlsx bukan buku kerja")


def test_a_workbook_cut_in_half(tmp_path: Path) -> None:
    path = books.xlsx(tmp_path / "a.xlsx", [books.HEADING, books.ASEP])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path).code == "damaged"


def test_a_document_named_like_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "surat.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "dokumen Word" in refusal(tmp_path / "surat.xlsx").message


def test_a_locked_opendocument(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", '<m media-type="x.opendocument.spreadsheet"><encryption-data/></m>')
        archive.writestr("content.xml", "?")
    assert refusal(tmp_path / "a.ods").code == "password"


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook with a part changed after it was written."""
    books.xlsx(path, [books.HEADING, books.ASEP, books.EUIS])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
    return path


def sheet_becomes(content: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, old: content if name.endswith("sheet1.xml") else old


def test_one_cell_at_the_far_corner(tmp_path: Path) -> None:
    """The reading library asks for 549 GB here; the look inside comes first."""
    far = HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + TAIL
    refused = refusal(rewritten(tmp_path / "a.xlsx", sheet_becomes(far)))
    assert refused.code == "too_many_columns" and "XFD1048576" in refused.message and "Data" in refused.message


def test_far_cells_the_look_does_not_see_cannot_take_us_along(tmp_path: Path) -> None:
    """In UTF-16 the references look otherwise: then the limit on memory holds."""
    far = (
        HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row>'
    ).decode() + '<row r="999999"><c r="ZZ999999"><v>2</v></c></row>'
    content = ('<?xml version="1.0" encoding="UTF-16"?>' + far + TAIL.decode()).encode("utf-16")
    assert refusal(rewritten(tmp_path / "a.xlsx", sheet_becomes(content))).code in (
        "too_large_memory",
        "no_content",
        "damaged",
    )
    lying = HEAD + b'<row r="1"><c r="A1"><v>1</v></c><c r="IV1048576"><v>2</v></c></row>' + TAIL
    assert refusal(rewritten(tmp_path / "b.xlsx", sheet_becomes(lying))).code == "too_many_cells"


def test_six_hundred_columns(tmp_path: Path) -> None:
    wide: list[list[books.Value]] = [[f"kolom {n}" for n in range(600)]] * 3
    refused = refusal(books.xlsx(tmp_path / "a.xlsx", wide))
    assert refused.code == "too_many_columns" and "256" in refused.message
    (tmp_path / "a.csv").write_text("\n".join([",".join(map(str, range(600)))] * 3), encoding="utf-8")
    assert refusal(tmp_path / "a.csv").code == "too_many_columns"


def test_a_million_formatted_but_empty_rows_are_nothing(tmp_path: Path) -> None:
    def swollen(name: str, content: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" s="1"><c r="XFD%d" s="1"/></row>' % (row, row) for row in range(4, 1_048_577))
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name.endswith("sheet1.xml") else content

    path = rewritten(tmp_path / "a.xlsx", swollen)
    started = time.monotonic()
    sheet = read(path).sheets[0]
    assert sheet.height == 3 and time.monotonic() - started < LONGEST_SECONDS


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = rewritten(tmp_path / "a.xlsx", sheet_becomes(HEAD + b" " * 60_000_000 + TAIL))
    assert path.stat().st_size < 200_000
    assert refusal(path, Limits(unpacked_bytes=50_000_000)).code == "too_large_unpacked"


def test_memory_and_time_run_out(tmp_path: Path) -> None:
    many = HEAD + b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (r, r) for r in range(1, 60_001)) + TAIL
    long_text = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + b"A" * 30_000
        + b"</t></si></sst>"
    )
    parts = {"sheet1.xml": many, "sharedStrings.xml": long_text}
    path = rewritten(tmp_path / "a.xlsx", lambda name, old: parts.get(name.rsplit("/", 1)[-1], old))
    assert refusal(path).code == "too_large_memory"
    slow = HEAD + b'<row r="1"><c r="A1" s="1"/></row>' * 3_000_000 + TAIL
    refused = refusal(rewritten(tmp_path / "b.xlsx", sheet_becomes(slow)), Limits(seconds=1))
    assert refused.code == "timed_out" and "1 detik" in refused.message


def test_limits_on_size_and_sheets(tmp_path: Path) -> None:
    path = books.xlsx(tmp_path / "a.xlsx", [books.HEADING], [books.HEADING], [books.HEADING])
    assert refusal(path, Limits(file_bytes=100)).code == "too_large_file"
    assert refusal(path, Limits(sheets=2)).code == "too_many_sheets"
    assert refusal(path, Limits(cells=15)).code == "too_many_cells"
    assert refusal(path, Limits(text_bytes=200)).code == "too_large_memory"
    assert len(read(path, limits=Limits(cells=30)).sheets) == 3


def test_the_child_starts_quickly_and_knows_little(tmp_path: Path) -> None:
    path = books.xlsx(tmp_path / "a.xlsx", [books.HEADING, books.ASEP])
    read(path)
    started = time.monotonic()
    for _ in range(10):
        read(path)
    assert (time.monotonic() - started) / 10 < 0.5
    code = (
        "import sys; from payung.rules.roster.apart import child, cells, csv_cells; "
        "sys.exit(len({'polars', 'django', 'lokal', 'tomllib', 'numpy'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
