"""How cells travel from the child to us: tagged frames on a pipe, text and numbers only, nothing that can
run.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from typing import IO, Any, BinaryIO

SHEET, CHUNK, REFUSAL, END = b"S", b"C", b"R", b"E"
"""A sheet begins; rows of it; the file is refused; everything was read."""

TEXT, NUMBER, TRUTH, DATE, MOMENT, OTHER = 1, 2, 3, 4, 5, 6
"""Kinds of cells. A moment is a date with a time of day."""

BETWEEN_CELLS = "\x1f"
"""No sheet shows this character; one that hides in a cell becomes a blank."""

ROWS_IN_A_CHUNK = 2048
LARGEST_FRAME_BYTES = 1 << 26
_HEAD = struct.Struct("<cI")
_CHUNK_HEAD = struct.Struct("<II")
_COLUMN_HEAD = struct.Struct("<II")


class BrokenPipeline(ValueError):
    """The child wrote something that is no frame: it died in the middle or was taken over."""


def write(out: BinaryIO, tag: bytes, payload: bytes) -> None:
    """One frame."""
    out.write(_HEAD.pack(tag, len(payload)))
    out.write(payload)


def write_json(out: BinaryIO, tag: bytes, content: dict[str, Any]) -> None:
    """One frame of a few words."""
    write(out, tag, json.dumps(content).encode())


def chunk(columns: Sequence[tuple[bytes, str]], rows: int) -> bytes:
    """Rows as columns: for each its kinds (one byte when all are alike) and its texts, joined."""
    parts = [_CHUNK_HEAD.pack(rows, len(columns))]
    for kinds, text in columns:
        encoded = text.encode("utf-8", "replace")
        parts += (_COLUMN_HEAD.pack(len(kinds), len(encoded)), kinds, encoded)
    return b"".join(parts)


def read(pipe: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Frames until END, which is not given. Raises BrokenPipeline when the pipe ends before."""
    while True:
        tag, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
        if length > LARGEST_FRAME_BYTES:
            raise BrokenPipeline(f"a frame of {length} bytes")
        payload = _exactly(pipe, length)
        if tag == END:
            return
        yield tag, payload


def columns_of(payload: bytes) -> tuple[int, list[tuple[bytes, str]]]:
    """The inverse of `chunk`: number of rows and the columns. Raises BrokenPipeline when the lengths do
    not fit.
    """
    try:
        rows, width = _CHUNK_HEAD.unpack_from(payload)
        position, columns = _CHUNK_HEAD.size, []
        for _ in range(width):
            kinds_length, text_length = _COLUMN_HEAD.unpack_from(payload, position)
            start = position + _COLUMN_HEAD.size
            middle = start + kinds_length
            position = middle + text_length
            if position > len(payload):
                raise BrokenPipeline("a column longer than its frame")
            columns.append((payload[start:middle], payload[middle:position].decode()))
    except (struct.error, UnicodeDecodeError) as broken:
        raise BrokenPipeline("a chunk that is none") from broken
    return rows, columns


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise BrokenPipeline("the pipe ended early")
    return data
