"""Workbooks for the tests, made by hand or by writers that are not ours. Every person in them is invented."""

import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

Value = None | str | int | float | bool | date

HEADING = ("NO", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P", "JABATAN", "KECAMATAN", "KELURAHAN", "GAJI")
ASEP = (1, "3273021208909001", "ASEP SUNANDAR", "BANDUNG", "12-08-1990", "L", "SOPIR", "COBLONG", "DAGO", 2500000)
EUIS = (2, "3273024507859002", "EUIS KOMARIAH", "GARUT", "05-07-1985", "P", "PERAWAT", "COBLONG", "DAGO", 3100000)


def xlsx(path: Path, *sheets: Sequence[Sequence[Value]], hidden: Sequence[int] = ()) -> Path:
    """Sheets "Data", "Data 2" ... with text as text, numbers as numbers and dates as real dates."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2022, 10, 1)})
    as_date = book.add_format({"num_format": "dd-mm-yyyy"})
    for number, rows in enumerate(sheets, 1):
        page = book.add_worksheet("Data" if number == 1 else f"Data {number}")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(row, column, value)
                elif isinstance(value, date):
                    page.write_datetime(row, column, datetime(value.year, value.month, value.day), as_date)
                elif value is not None:
                    page.write(row, column, value)
        if number - 1 in hidden:
            page.hide()
        else:
            page.activate()
    book.close()
    return path


def person(number: int, **changes: Value) -> list[Value]:
    """A row under HEADING: the number-th invented man of Coblong, with some cells changed."""
    day = date(1970 + number % 30, 1 + number % 12, 13 + number % 15)
    row = {
        "NO": number,
        "NIK": f"327302{day:%d%m%y}{9001 + number % 999}",
        "NAMA": f"{_GIVEN[number % 10]} {_FAMILY[number // 10 % 10]} {_FAMILY[number // 100 % 10]}",
        "TEMPAT LAHIR": "BANDUNG",
        "TANGGAL LAHIR": f"{day:%d-%m-%Y}",
        "L/P": "L",
        "JABATAN": "PRAMUBAKTI",
        "KECAMATAN": "COBLONG",
        "KELURAHAN": "DAGO",
        "GAJI": 2500000,
    }
    return list((row | {name.replace("_", " "): value for name, value in changes.items()}).values())


_GIVEN = ("ASEP", "UJANG", "DADANG", "CECEP", "AGUS", "ENDANG", "WAWAN", "TATANG", "MAMAN", "IWAN")
_FAMILY = ("HIDAYAT", "KURNIA", "SURYANA", "PERMANA", "SETIAWAN", "ROHMAN", "GUNAWAN", "MULYANA", "SAPUTRA", "WIJAYA")


def ods(path: Path, rows: Sequence[Sequence[Value]]) -> Path:
    """An OpenDocument spreadsheet with the endless empty cells that LibreOffice writes after the last one."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}{_ODS_EMPTY}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Data">{body}'
        f'<table:table-row table:number-rows-repeated="1048000">{_ODS_EMPTY}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_ODS_EMPTY = '<table:table-cell table:number-columns-repeated="16000"/>'


def _ods_cell(value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xlsb(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """A binary workbook, record by record ([MS-XLSB])."""
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                sheet += _record(6, place + _wide(value))
            elif value is not None:
                sheet += _record(5, place + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Data")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    relations = (
        f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{office}/{{}}" Target="{{}}"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{packages}/content-types"/>')
        archive.writestr("_rels/.rels", relations.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", relations.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 127 | 128, kind >> 7))
    length = len(content)
    size = bytes((length,)) if length < 128 else bytes((length & 127 | 128, length >> 7))
    return head + size + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
