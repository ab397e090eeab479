"""How a faulty cell looks: colour for the screen, the frame's stroke for the grey printer."""

from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

SEVERITIES = ("reject", "human", "repaired", "warning")
"""The worst first, as the roster ranks them."""

_THIN, _DOTTED, _THICK, _DASHED = 1, 4, 5, 8
_LOOKS: dict[str, dict[str, Any]] = {
    "reject": {"bg_color": "#F7D4D2", "border": _THICK, "border_color": "#A3262D"},
    "human": {"bg_color": "#FBE4BC", "border": _DASHED, "border_color": "#7B4B05"},
    "repaired": {"bg_color": "#DCEFE2", "border": _THIN, "border_color": "#23694A"},
    "warning": {"bg_color": "#DDE6ED", "border": _DOTTED, "border_color": "#55626A"},
}
_HEADING = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": _THIN}
_PARTS: dict[str, dict[str, Any]] = {
    "heading": _HEADING,
    "merged": {"align": "center", "valign": "vcenter"},
    "remarks": {"text_wrap": True},
    "remarks_line": {},
    "remarks_heading": {**_HEADING, "bg_color": "#0F4C5C", "font_color": "#FFFFFF"},
    "title": {"bold": True, "font_size": 14},
    "strong": {"bold": True},
    "wrapped": {"text_wrap": True},
    "note": {"text_wrap": True, "italic": True},
    "figure": {"align": "center"},
    "sum": {"bold": True, "align": "center"},
    "link": {"font_color": "#0F4C5C", "underline": 1},
}


@dataclass(frozen=True, slots=True)
class Look:
    """What makes cells look alike: their number format, what a finding says of them, and what part they play."""

    number_format: str = ""
    severity: str = ""
    part: str = ""
    """One of _PARTS, or nothing."""


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[Look, Format] = {}

    def of(self, look: Look) -> Format:
        """The format of a look."""
        made = self._made.get(look)
        if made is None:
            properties = {"valign": "top", **_PARTS.get(look.part, {}), **_LOOKS.get(look.severity, {})}
            if look.number_format:
                properties["num_format"] = look.number_format
            made = self._made[look] = self._workbook.add_format(properties)
        return made
