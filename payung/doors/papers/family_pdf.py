"""What a family receives, on one paper to take along: plain words, large sums, what to bring and by when."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from payung.doors.papers.press import printed


@dataclass(frozen=True)
class Sheet:
    """The paper's content, worded by the caller in one language; without children's years there is no scholarship."""

    language: str
    title: str
    facts: Sequence[tuple[str, str]]
    at_once: tuple[str, str]
    sums: Sequence[tuple[str, str]]
    notes: Sequence[str]
    scholarship: tuple[str, str]
    columns: Sequence[str]
    children: Sequence[tuple[str, Sequence[Sequence[str]]]]
    lists: Sequence[tuple[str, Sequence[str]]]
    footer: str


def family_pdf(sheet: Sheet, *, printed_on: date) -> bytes:
    """The sheet as PDF, A4, tagged for screen readers. Raises PaperNotPrinted."""
    lines = sum(len(years) for _, years in sheet.children)
    return printed("family.typ", asdict(sheet), printed_on=printed_on, lines=lines)
