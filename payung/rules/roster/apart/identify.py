"""What a file is, by its first bytes; its name is only asked when it is plain text."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from payung.rules.roster.apart.refusal import Refused

XLSX, XLSB, XLS, ODS, CSV = "xlsx", "xlsb", "xls", "ods", "csv"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_BYTES = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WEB_PAGE = re.compile(rb"^\s*(?:<!doctype html|<html|<table|<meta|<style|<head)", re.IGNORECASE)


def identify(path: Path) -> str:
    """xlsx, xlsb, xls, ods or csv. Raises Refused: empty_file, wrong_kind (says what it is), password,
    damaged.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refused("empty_file")
    if head.startswith(b"PK"):
        return _of_zip(path)
    if head.startswith(_OLE):
        return _of_ole(path.read_bytes())
    for first, kind in _FIRST_BYTES:
        if head.startswith(first):
            raise Refused("wrong_kind", kind=kind)
    return _of_text(head, path.suffix.lower())


def _of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as broken:
        raise Refused("damaged") from broken
    if "xl/workbook.bin" in names:
        return XLSB
    if any(name.lower() == "xl/workbook.xml" or name.lower().endswith("/workbook.xml") for name in names):
        return XLSX
    if "content.xml" in names:
        if b"encryption-data" in manifest:
            raise Refused("password")
        if b"opendocument.spreadsheet" in manifest:
            return ODS
    raise Refused("wrong_kind", kind=_kind_of_archive(names))


def _kind_of_archive(names: Iterable[str]) -> str:
    for part, kind in (("word/", "word"), ("ppt/", "powerpoint"), ("content.xml", "opendocument")):
        if any(name.startswith(part) for name in names):
            return kind
    return "zip"


def _of_ole(content: bytes) -> str:
    """An OLE container: an old workbook, a workbook behind a password, or something else of Office."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Refused("password")
    if holds("Workbook") or holds("Book"):
        return XLS
    if holds("WordDocument"):
        raise Refused("wrong_kind", kind="word")
    raise Refused("wrong_kind", kind="powerpoint" if holds("PowerPoint Document") else "unknown")


def _of_text(head: bytes, suffix: str) -> str:
    if _WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("wrong_kind", kind="html")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Refused("wrong_kind", kind="xml2003")
    is_text = head.startswith(_UTF16_MARKS) or _looks_like_utf16(head) or b"\0" not in head
    if is_text and suffix in _TEXT_SUFFIXES:
        return CSV
    raise Refused("wrong_kind", kind="text" if is_text else "unknown")


def _looks_like_utf16(head: bytes) -> bool:
    """Every second byte of Latin text in UTF-16 is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return len(head) > 8 and (odd > len(head) // 3 > even or even > len(head) // 3 > odd)
