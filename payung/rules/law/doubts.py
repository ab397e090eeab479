"""Everything about the law that is not certain: rows of the tables and readings, with what is used meanwhile."""

from dataclasses import dataclass
from datetime import date

from payung.rules.law.figures import Certainty
from payung.rules.law.readings import DEFAULT_READINGS, Readings, all_readings
from payung.rules.law.tables import table, table_names
from payung.rules.law.words import NO_WORDS, Words


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """One doubt. A reading has a question and options to choose from; a row has the day it was last checked."""

    id: str
    kind: str
    question: Words
    reason: Words
    certainty: Certainty
    citation: str
    options: tuple[str, ...] = ()
    used: str = ""
    sources: tuple[str, ...] = ()
    checked_on: date | None = None


def open_doubts(readings: Readings = DEFAULT_READINGS) -> list[OpenDoubt]:
    """All readings, with the option used, then all rows that are not sourced, by table."""
    asked = [
        OpenDoubt(
            id=reading.id,
            kind="reading",
            question=reading.question,
            reason=reading.reason,
            certainty=reading.certainty,
            citation=reading.citation,
            options=tuple(reading.options),
            used=readings[reading.id],
        )
        for reading in all_readings().values()
    ]
    return asked + _rows()


def _rows() -> list[OpenDoubt]:
    figures = [row.figure for name in table_names() for row in table(name).rows]
    return [
        OpenDoubt(
            id=figure.id,
            kind="row",
            question=NO_WORDS,
            reason=figure.doubt,
            certainty=figure.certainty,
            citation=figure.citation,
            used=str(figure.value),
            sources=figure.sources,
            checked_on=figure.checked_on,
        )
        for figure in figures
        if figure.certainty is not Certainty.SOURCED
    ]
