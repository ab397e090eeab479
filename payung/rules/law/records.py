"""The tables and readings as plain records, for other programs (`payung law export`)."""

from typing import Any

from payung.rules.law.figures import Figure
from payung.rules.law.readings import all_readings
from payung.rules.law.tables import Row, Table, table, table_names
from payung.rules.law.words import Words

FIELDS = {
    "id": "stable name of the row: table/key@first",
    "value": "the number as published, a decimal as text; never a float",
    "unit": "what the number counts: rate (part of the base), rupiah, count, part owed, ...",
    "first": "first day in force, YYYY-MM-DD",
    "last": "last contribution month of a temporary row, YYYY-MM; empty: until amended",
    "regulation": "the regulation, as cited",
    "article": "article, paragraph or annex in it",
    "certainty": "sourced, derived, common knowledge, doubtful",
    "doubt_id": "why it is not certain, in Indonesian; empty when sourced",
    "doubt_en": "the same in English",
    "sources": "keys of sources, joined by a space",
    "known_from": "the day the rule could be known",
    "checked_on": "the day it was last checked",
}
"""The fields every row has, beside the keys of its table and what else its row says."""


def all_tables() -> list[Table]:
    """Every table, in alphabetical order."""
    return [table(name) for name in table_names()]


def record(of: Table, row: Row) -> dict[str, Any]:
    """One row as text and whole numbers: its keys, FIELDS, and what else the row says under its own names."""
    figure = row.figure
    keys = dict(zip(of.keys, figure.key, strict=True))
    more = {name: value for name, value in row.more.items() if name not in of.keys}
    return {**keys, **_fields(of, figure), **more}


def _fields(of: Table, figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "value": str(figure.value),
        "unit": of.unit,
        "first": figure.first_day.isoformat(),
        "last": str(figure.last or ""),
        "regulation": figure.regulation,
        "article": figure.article,
        "certainty": figure.certainty.value,
        "doubt_id": figure.doubt.id,
        "doubt_en": figure.doubt.en,
        "sources": " ".join(figure.sources),
        "known_from": figure.known_from.isoformat(),
        "checked_on": figure.checked_on.isoformat(),
    }


def table_document(of: Table) -> dict[str, Any]:
    """A table with its rows."""
    return {
        "name": of.name,
        "title": _both(of.title),
        "unit": of.unit,
        "keys": list(of.keys),
        "begins": str(of.begins or ""),
        "renewed_in": of.renewed_in,
        "rows": [record(of, row) for row in of.rows],
    }


def readings_document() -> list[dict[str, Any]]:
    """The readings with their options; the first option is the one used until a branch confirms another."""
    return [
        {
            "id": reading.id,
            "question": _both(reading.question),
            "reason": _both(reading.reason),
            "certainty": reading.certainty.value,
            "regulation": reading.regulation,
            "article": reading.article,
            "options": {name: _both(words) for name, words in reading.options.items()},
            "used": reading.default,
        }
        for reading in all_readings().values()
    ]


def schema() -> dict[str, Any]:
    """A JSON Schema of what `table_document` gives."""
    text = {"type": "string"}
    row = {
        "type": "object",
        "required": list(FIELDS),
        "properties": {name: {**text, "description": told} for name, told in FIELDS.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A table of the law",
        "type": "object",
        "required": ["name", "title", "unit", "keys", "begins", "renewed_in", "rows"],
        "properties": {
            "name": text,
            "title": {"type": "object", "required": ["id", "en"], "properties": {"id": text, "en": text}},
            "unit": text,
            "keys": {"type": "array", "items": text},
            "begins": {**text, "description": "first month of every key; empty for temporary tables"},
            "renewed_in": {"type": ["integer", "null"], "description": "month of the year of a yearly new value"},
            "rows": {"type": "array", "items": row},
        },
    }


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}
