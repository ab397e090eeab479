"""The head of every paper, on the sheet and in the workbook: whose it is, and the lines of the office's letterhead."""

from collections.abc import Mapping, Sequence
from typing import Any

from payung.doors.papers.legible import legible
from payung.doors.papers.wording import Wording


def heading(government: str, letter: Sequence[str], wording: Wording, *, office: str = "") -> dict[str, Any]:
    """What templates/letterhead.typ prints. The lines of a letterhead stand in place of `office`, which is not said
    twice when it is the government itself.
    """
    named = wording.text("page", "government", name=legible(government).upper())
    called = legible(office).upper()
    return {
        "government": named,
        "office": "" if letter or called in (named, legible(government).upper()) else called,
        "letter": [legible(line) for line in letter],
    }


def heading_lines(head: Mapping[str, Any]) -> list[str]:
    """The same, line by line, for a workbook."""
    return [line for line in (head["government"], head["office"], *head["letter"]) if line]
