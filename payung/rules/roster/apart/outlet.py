"""The child's mouth: frames onto the pipe, and no more text than allowed."""

from collections.abc import Sequence
from typing import BinaryIO

from payung.rules.roster.apart import frames
from payung.rules.roster.apart.limits import Limits
from payung.rules.roster.apart.refusal import Refused


class Outlet:
    """Sends sheets and their rows. Raises Refused("too_large_memory") when the cells hold too much text."""

    def __init__(self, out: BinaryIO, limits: Limits) -> None:
        self._out = out
        self._room_bytes = limits.text_bytes

    def begin_sheet(
        self,
        name: str,
        *,
        hidden: bool = False,
        first_column: int = 0,
        merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
        hidden_rows: Sequence[int] = (),
    ) -> None:
        """What is known of a sheet before its rows. Columns and merges count from 0, rows from 1."""
        head = {
            "name": name,
            "hidden": hidden,
            "first_column": first_column,
            "merged": list(merged),
            "hidden_rows": list(hidden_rows),
        }
        frames.write_json(self._out, frames.SHEET, head)

    def send_rows(self, columns: Sequence[tuple[bytes, str]], rows: int) -> None:
        """The next rows of the sheet begun last, as columns of kinds and joined texts."""
        payload = frames.chunk(columns, rows)
        self._room_bytes -= len(payload)
        if self._room_bytes < 0 or len(payload) > frames.LARGEST_FRAME_BYTES:
            raise Refused("too_large_memory")
        frames.write(self._out, frames.CHUNK, payload)
