"""Why something is proposed: codes with words, said in the language of the reader."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from payung.rules.roster.vocabulary import SHEET_FIELDS, title_of


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` names a sentence of `reasons.toml`, `words` fill it."""

    code: str
    words: dict[str, Any] = field(default_factory=dict)

    def said(self, language: str = "id") -> str:
        """The reason in "id" or "en"."""
        sentence: str = _sentences()[self.code][language]
        return sentence.format_map({name: _shown(name, value, language) for name, value in self.words.items()})


def _shown(name: str, value: Any, language: str) -> str:
    if name == "field" and value in SHEET_FIELDS:
        return title_of(value, language)
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))
