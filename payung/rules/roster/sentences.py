"""A finding said to the clerk: where, what was read, why it does not fit, what to do. Never blame."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from payung.rules.months import short_date
from payung.rules.roster.catalogue import catalogue
from payung.rules.roster.vocabulary import title_of

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {
    "id": {"sheet": "lembar {}", "row": "baris {}", "column": "kolom {}", "or": " atau ", "nothing": "(kosong)"},
    "en": {"sheet": "sheet {}", "row": "row {}", "column": "column {}", "or": " or ", "nothing": "(empty)"},
}
_SEXES = {"id": {"L": "laki-laki", "P": "perempuan"}, "en": {"L": "male", "P": "female"}}
_LONGEST_VALUE = 60


def title(code: str, language: str = "id") -> str:
    """What a code is, in a few words, in "id" or "en"."""
    text: str = catalogue()[code]["title"][language]
    return text


def sentence(code: str, params: Mapping[str, Any] | None = None, language: str = "id", **words: Any) -> str:
    """The sentence of a finding in "id" or "en".

    `params` (and words given by name) are the finding's value, suggestion and further params; with sheet,
    row, field and column it begins with the place: "Lembar Dinkes, baris 48, kolom NIK (C): tertulis
    3273061208900000. ..." Raises KeyError for an unknown code.
    """
    entry = catalogue()[code]
    told = {**(params or {}), **words}
    fillers = _fillers(told, language)
    read = entry["read"][language].format_map(fillers)
    text = f"{read} {_what_to_do(entry, told)[language].format_map(fillers)}"
    where = _where(told, language)
    if not where:
        return text
    begins_small = text[0] if text[1].isupper() else text[0].lower()
    return f"{where[0].upper()}{where[1:]}: {begins_small}{text[1:]}"


def sentence_of(finding: Mapping[str, Any], language: str = "id") -> str:
    """The sentence of a row of the findings frame, place included."""
    place = {name: finding[name] for name in ("sheet", "row", "column", "field", "value", "suggestion")}
    return sentence(finding["code"], {**json.loads(finding["params"] or "{}"), **place}, language)


def _what_to_do(entry: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    """Some codes say something else where there is a proposal, or where the mend was applied."""
    if told.get("suggestion") is None:
        chosen = entry["do"]
    else:
        chosen = entry.get("do_suggested") or entry.get("do_repaired") or entry["do"]
    texts: dict[str, str] = chosen
    return texts


def _where(told: Mapping[str, Any], language: str) -> str:
    parts = []
    if told.get("sheet"):
        parts.append(_WORDS[language]["sheet"].format(told["sheet"]))
    if told.get("row"):
        parts.append(_WORDS[language]["row"].format(told["row"]))
    if told.get("field"):
        letter = f" ({told['column']})" if told.get("column") else ""
        parts.append(_WORDS[language]["column"].format(title_of(told["field"], language) + letter))
    elif told.get("column"):
        parts.append(_WORDS[language]["column"].format(told["column"]))
    return ", ".join(parts)


def _fillers(told: Mapping[str, Any], language: str) -> dict[str, Any]:
    fillers = {name: _shown(value, language) for name, value in told.items()}
    if "other_row" in told:
        fillers["other"] = _where({"sheet": told.get("other_sheet"), "row": told["other_row"]}, language)
    if told.get("nik_sex"):
        fillers["nik_sex"] = _SEXES[language][told["nik_sex"]]
    return {"value": _shown(None, language), "suggestion": "", **fillers}


def _shown(value: Any, language: str) -> str:
    """A value as it stands in a sentence: dates in words, long texts cut, several joined with "or"."""
    if value is None:
        return _WORDS[language]["nothing"]
    if isinstance(value, list):
        return _WORDS[language]["or"].join(_shown(one, language) for one in value)
    text = str(value)
    if _ISO_DATE.fullmatch(text):
        return short_date(date.fromisoformat(text)) if language == "id" else text
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
