"""The words on screen. Indonesian is the source text; English stands in the catalogue `words/en.toml`.

`t("{count} orang", count=12)` translates and fills in. An English entry of two texts is singular and
plural, chosen by `count`. A text without its English is shown in Indonesian, and a test names it.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.utils import translation

from payung.doors.web import figures
from payung.rules.months import Month

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
LANGUAGE_COOKIE = "payung_language"
CATALOGUE = Path(__file__).parent / "words" / "en.toml"

Entry = str | list[str]


def word(text: str) -> str:
    """Marks a text that is kept now and translated when it is shown."""
    return text


def language() -> Language:
    """The language of this request: "id" or "en"."""
    return "en" if translation.get_language() == "en" else "id"


def t(text: str, **values: object) -> str:
    """The text in the reader's language, `{names}` filled in: numbers grouped, months and dates short."""
    entry: Entry = catalogue().get(text, text) if language() == "en" else text
    if isinstance(entry, list):
        entry = entry[0 if values.get("count") == 1 else 1]
    return entry.format_map({name: _shown(value) for name, value in values.items()}) if values else entry


def _shown(value: object) -> object:
    if isinstance(value, bool):
        raise TypeError("a sentence says yes and no in words")
    if isinstance(value, int):
        return figures.number(value)
    if isinstance(value, Month):
        return figures.short_month(value)
    if isinstance(value, datetime):
        return figures.moment(value)
    return figures.short_date(value) if isinstance(value, date) else value


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Indonesian -> English over all sections of the file. Raises ValueError for an entry that is unclear."""
    result: dict[str, Entry] = {}
    for section in tomllib.loads(CATALOGUE.read_text(encoding="utf-8")).values():
        for text, entry in section.items():
            pair = isinstance(entry, list) and len(entry) == 2 and all(isinstance(one, str) for one in entry)
            if not (isinstance(entry, str) or pair):
                raise ValueError(f"{text!r} needs a text, or singular and plural")
            if result.setdefault(text, entry) != entry:
                raise ValueError(f"{text!r} has two English texts")
    return result
