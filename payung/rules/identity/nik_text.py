"""NIK as people type it: writing habits are taken off, damage is named, and nothing is guessed."""

import re
from dataclasses import dataclass
from typing import Literal

from payung.rules.identity import nik

Damage = Literal["missing", "two_in_cell", "letters", "precision_lost", "length"]

_WRITING_HABITS = re.compile(r"[\s.\-–—'’‘`´,_/\\:;*\"\u200b\u200e\u200f\ufeff]+")
_LABEL = re.compile(r"^\W*(?:no(?:mor)?\W*)?(?:nik|e-?ktp|ktp)\b[\s.:=]*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\s*'?\s*\d(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d{2}\s*$")
_SIXTEEN = re.compile(r"\d(?:[ .\-]?\d){15}")
_EMPTY_WORDS = frozenset(
    (
        "",
        "0",
        "-",
        "x",
        "xx",
        "xxx",
        "nihil",
        "kosong",
        "null",
        "none",
        "na",
        "n/a",
        "tidak ada",
        "belum ada",
        "tdk ada",
    )
)

LIKELY_DIGITS = str.maketrans("OoQDIl|LiSsBZzGq", "0000111115582269")
"""Letters that stand for a digit of the same shape. A proposal only."""


@dataclass(frozen=True, slots=True)
class NikReading:
    """What a cell holds: `digits` when exactly one NIK is there, else the `damage` and perhaps a
    `suggestion`.
    """

    digits: str | None
    cleaned: bool
    damage: Damage | None = None
    suggestion: str | None = None


def read(text: str) -> NikReading:
    """One NIK out of a text cell. Apostrophes, blanks, dots, dashes and a label such as "NIK:" are taken off.

    `cleaned` says whether anything was taken off. A text of sixteen digits may still be impossible: see
    `nik.problem_of`.
    """
    if text.strip().casefold() in _EMPTY_WORDS or not any(mark.isalnum() for mark in text):
        return NikReading(None, cleaned=False, damage="missing")
    if _SCIENTIFIC.match(text):
        return NikReading(None, cleaned=False, damage="precision_lost")
    if len(_SIXTEEN.findall(text)) > 1:
        return NikReading(None, cleaned=False, damage="two_in_cell")
    bare = _WRITING_HABITS.sub("", _LABEL.sub("", text))
    if bare.isascii() and bare.isdecimal():
        if len(bare) == nik.LENGTH:
            return NikReading(bare, cleaned=bare != text)
        return NikReading(None, cleaned=False, damage="length")
    return _damaged_by_letters(bare)


def _damaged_by_letters(bare: str) -> NikReading:
    if not any(mark.isdecimal() for mark in bare):
        return NikReading(None, cleaned=False, damage="missing")
    likely = bare.translate(LIKELY_DIGITS)
    possible = nik.problem_of(likely) is None
    return NikReading(None, cleaned=False, damage="letters", suggestion=likely if possible else None)
