"""Headings of Indonesian lists: which field a heading names. The words are data, in
`layouts/vocabulary.toml`.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

LAYOUTS = Path(__file__).with_name("layouts")

FIELDS = (
    "nik", "name", "birth_date", "birth_place", "sex", "job", "kecamatan", "desa", "wage", "kk", "kpj", "nip",
    "phone", "address", "unit", "start_date", "mother_name", "married", "kabkota",
    "member_since", "paid_until",
)  # fmt: skip
"""What a row can say about a person, as `Checked.rows` names it."""

SHEET_FIELDS = (*FIELDS, "birth_place_and_date", "number")
"""What a column can hold: the fields, two of them in one cell, and the running number."""

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]?")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_SPACED_LETTERS = re.compile(r"(?:\b[a-z]\b ?){3,}")


def title_of(field: str, language: str) -> str:
    """How a field is called in a sentence, in "id" or "en"."""
    title: str = _vocabulary()[field][language]
    return title


def plain(heading: str) -> str:
    """A heading in small letters without marks: "No. KTP / NIK*" -> "no ktp nik", "N I K" -> "nik"."""
    words = _NOT_WORDS.sub(" ", heading.lower()).strip()
    return _SPACED_LETTERS.sub(lambda match: match[0].replace(" ", "") + " ", words).strip()


@lru_cache(maxsize=20_000)
def field_of(parts: tuple[str, ...]) -> str | None:
    """The field of a heading that stands in one to three cells above each other; "other" for known but
    unused ones.

    "Lahir" over "Tempat" is the birth place, "Alamat" over "Desa" the desa; what stands under "Penanggung"
    or "Ahli Waris" is about somebody else. None when no word is known.
    """
    ways = readings(parts)
    whole, beginnings = _tables()
    if any(word in plain(part).split() for part in parts[:-1] for word in _vocabulary()["other"]["above"]):
        return "other"
    for text in ways:
        if text in whole:
            return whole[text]
    for text in ways:
        for beginning, field in beginnings:
            if text.startswith(beginning + " "):
                return field
    return None


def readings(parts: Sequence[str]) -> list[str]:
    """Ways to read a heading, plain: all its cells together, the lowest, the highest; each also without brackets."""
    told = [part for part in parts if plain(part)]
    if not told:
        return []
    texts = [*(" ".join(told[start:]) for start in range(len(told))), told[0]]
    bare = [_BRACKETS.sub(" ", text) for text in texts]
    both = [plain(text) for pair in zip(texts, bare, strict=True) for text in pair]
    return list(dict.fromkeys(text for text in both if text))


@cache
def _tables() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Whole headings to fields; beginnings with their fields, the longest first."""
    whole: dict[str, str] = {}
    beginnings: list[tuple[str, str]] = []
    for field, words in _vocabulary().items():
        whole.update((word, field) for word in words["words"])
        beginnings.extend((word, field) for word in words["begins"])
    return whole, sorted(beginnings, key=lambda pair: -len(pair[0]))


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((LAYOUTS / "vocabulary.toml").read_text(encoding="utf-8"))
