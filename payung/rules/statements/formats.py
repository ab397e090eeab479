"""Which of the formats a file is. A table is opened elsewhere, under limits; the two texts are read here."""

from payung.rules.statements import camt053, mt940
from payung.rules.statements.lines import Statement
from payung.rules.statements.unreadable import UnreadableStatement

MT940, CAMT053, TABLE = "mt940", "camt053", "table"


def format_of(content: bytes) -> str:
    """MT940, CAMT053 or, for everything else, TABLE."""
    if camt053.looks_so(content):
        return CAMT053
    if mt940.looks_so(_text(content[:20_000])):
        return MT940
    return TABLE


def read_text(content: bytes) -> list[Statement]:
    """The statements of an MT940 or camt.053 file with at least one line. Raises UnreadableStatement."""
    found = camt053.read(content) if format_of(content) == CAMT053 else mt940.read(_text(content))
    if not any(one.lines for one in found):
        raise UnreadableStatement("no_lines")
    return found


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace").replace("\x00", "")
