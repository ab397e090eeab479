"""Texts in both languages of the screens: Indonesian first, English by a switch."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    id: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.id)

    def say(self, language: Language, **filled: object) -> str:
        """The text in a language, its {fields} filled in."""
        return (self.id if language == "id" else self.en).format(**filled)


NO_WORDS = Words("", "")


@cache
def words_in(file: str) -> Mapping[str, Words]:
    """Every text of a file of this folder, such as refusals.toml, by its code and in file order."""
    raw = tomllib.loads((files("payung.rules.law") / file).read_text("utf-8"))
    return MappingProxyType({code: Words(**text) for code, text in raw.items()})
