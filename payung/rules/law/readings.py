"""The readings: which way a doubtful rule is read, until a branch confirms.

readings.toml holds the questions, options and reasons, benefits/readings.toml those about benefits; `Readings` is
one office's choice among them.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from payung.rules.law.figures import Certainty, LawError
from payung.rules.law.words import Words

FILES = ("readings.toml", "benefits/readings.toml")


class UnknownReadingError(LawError):
    """No such reading, or no such option of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A doubtful question and the answers to choose from; no options: the doubt changes no amount."""

    id: str
    question: Words
    reason: Words
    certainty: Certainty
    options: Mapping[str, Words]
    regulation: str
    article: str
    payer: str | None

    @property
    def default(self) -> str:
        """The option used until somebody confirms another; empty without options."""
        return next(iter(self.options), "")

    @property
    def citation(self) -> str:
        return f"{self.regulation} {self.article}".strip()


@cache
def all_readings() -> Mapping[str, Reading]:
    """Every doubtful question, by id, in the order of the files."""
    folder = files("payung.rules.law")
    texts = [(folder / name).read_text("utf-8") for name in FILES]
    entries = [entry for text in texts for entry in tomllib.loads(text)["readings"]]
    return MappingProxyType({entry["id"]: _reading(entry) for entry in entries})


def _reading(entry: dict[str, Any]) -> Reading:
    return Reading(
        id=entry["id"],
        question=Words(**entry["question"]),
        reason=Words(**entry["reason"]),
        certainty=Certainty(entry["certainty"]),
        options=MappingProxyType({name: Words(**text) for name, text in entry.get("options", {}).items()}),
        regulation=entry["regulation"],
        article=entry["article"],
        payer=entry.get("payer"),
    )


@dataclass(frozen=True, slots=True)
class Readings:
    """One choice per doubtful question, the default where none is named: `Readings.parse(["rounding=up"])`."""

    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, settings: Iterable[str]) -> "Readings":
        """Reads "ID=VALUE" texts. Raises UnknownReadingError; the last of two settings of one id holds."""
        chosen: dict[str, str] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            reading = all_readings().get(name.strip())
            if reading is None:
                known = ", ".join(name for name, known in all_readings().items() if known.options)
                raise UnknownReadingError(f"Tafsir {name.strip()!r} tidak dikenal; yang ada: {known}.")
            if value.strip() not in reading.options:
                options = ", ".join(reading.options) or "tidak ada pilihan"
                raise UnknownReadingError(f"Pilihan {value.strip()!r} tidak ada untuk tafsir {reading.id}: {options}.")
            chosen[reading.id] = value.strip()
        return cls(tuple(sorted(chosen.items())))

    def __getitem__(self, name: str) -> str:
        """The option chosen for a question; the default where none was chosen."""
        return dict(self.chosen).get(name) or all_readings()[name].default

    def excluded_payers(self) -> frozenset[str]:
        """Kinds of fund that, as read, count as APBD where a relief excludes APBN and APBD."""
        tied = (reading for reading in all_readings().values() if reading.payer)
        return frozenset(reading.payer for reading in tied if reading.payer and self[reading.id] == "excluded")


DEFAULT_READINGS = Readings()


def reading_of_payer(payer: str) -> Reading | None:
    """The question whether this kind of fund counts as APBD; None where the law itself says so."""
    return next((reading for reading in all_readings().values() if reading.payer == payer), None)
