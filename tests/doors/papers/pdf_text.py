"""Reads the text back out of the PDFs we print: enough of the format for typst's own files, nothing more."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.DOTALL)
_FONT_NAME = re.compile(rb"/(f\d+) (\d+) 0 R")
_TOKEN = re.compile(rb"/(f\d+) [\d.]+ Tf|(TJ|Tj)(?=[\s/])|(?:/ActualText)?(\()")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, one line for each run of letters that was set together."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    found = []
    for number in _children(objects):
        body = objects[number]
        resources = objects[_reference(body, b"Resources")]
        fonts = {name: _letters(objects, int(font)) for name, font in _FONT_NAME.findall(resources)}
        found.append("\n".join(_runs(_unpacked(objects[_reference(body, b"Contents")]), fonts)))
    return found


def squeezed(text: str) -> str:
    """The text without blanks, to compare what may have been broken over lines."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def _children(objects: dict[int, bytes]) -> list[int]:
    root = next(body for body in objects.values() if b"/Type/Pages" in body)
    kids = re.search(rb"/Kids\[(.*?)\]", root, re.DOTALL)
    assert kids is not None
    return [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found is not None, f"{name!r} is not a reference in {body[:80]!r}"
    return int(found[1])


def _unpacked(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream is not None
    content = body[stream.end() : stream.end() + int(stream[1])]
    return zlib.decompress(content) if b"/FlateDecode" in stream[0] else content


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Glyph -> text, out of the font's ToUnicode."""
    table = _unpacked(objects[_reference(objects[font], b"ToUnicode")])
    single = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(rb"<([0-9A-F]+)>\s*<([0-9A-F]*)>", section):
            single[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    assert b"beginbfrange" not in table, "typst writes glyph by glyph"
    return single


def _runs(content: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    runs: list[str] = []
    letters: dict[int, str] = {}
    glyphs, at = b"", 0
    while token := _TOKEN.search(content, at):
        at = token.end()
        if token[1]:
            letters = fonts[token[1]]
        elif token[3]:
            string, at = _string(content, at)
            glyphs += b"" if token[0].startswith(b"/ActualText") else string
        else:
            codes = (int.from_bytes(glyphs[two : two + 2]) for two in range(0, len(glyphs), 2))
            runs.append("".join(letters.get(code, "\ufffd") for code in codes))
            glyphs = b""
    return runs


def _string(content: bytes, start: int) -> tuple[bytes, int]:
    """The bytes of a literal string and where it ends; brackets inside may be escaped or balanced."""
    at, depth = start, 1
    while depth:
        sign = content[at : at + 1]
        at += 2 if sign == b"\\" else 1
        depth += {b"(": 1, b")": -1}.get(sign, 0)
    return _ESCAPE.sub(_escape, content[start : at - 1]), at


def _escape(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if sign[:1].isdigit() else _ESCAPED.get(sign, sign)
