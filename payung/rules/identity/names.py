"""Names as they are written in lists: what is habit, what is title, what remains; and a key to compare them
by.

The name of an identity card is what BPJS compares letter by letter, so only blanks, numbering and titles
are taken off, and what was taken is kept. Spelling is never touched.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

SIMILAR_NAMES = 0.82
"""Ratio above which two keys may be one name spelt twice; two brothers of one village stay below."""

LONGEST_NAME = 100
"""Characters. What is longer is a note, a list of names, or worse."""

_NUMBERING = re.compile(r"^\s*\d{1,4}(?:\s*[.)\]]+\s*|\s+)(?=\D)")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_EDGE_MARKS = " \t,;:*_\"'`’‘´-–"
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’`´\-])*")
_DECEASED = re.compile(r"\balm(?:arhum(?:ah)?)?\b", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^A-Z]+")


@dataclass(frozen=True, slots=True)
class NameReading:
    """`name` without habits and titles; `readable` is False when something else than a name stands there."""

    name: str
    titles: tuple[str, ...]
    cleaned: bool
    readable: bool


def read(text: str) -> NameReading:
    """The name in a cell. "1.  H. ASEP  SUNANDAR, S.Pd" -> ASEP SUNANDAR with the titles H. and S.Pd."""
    tidy = _NUMBERING.sub("", _BLANKS.sub(" ", text)).strip(_EDGE_MARKS)
    rest, before = _titles_before(tidy)
    rest, after = _titles_after(rest)
    name = rest.strip(_EDGE_MARKS)
    return NameReading(name, (*before, *after), cleaned=tidy != text, readable=_is_name(name))


def _is_name(text: str) -> bool:
    if len(text) > LONGEST_NAME or sum(map(str.isalpha, text)) < 2:
        return False
    return _NAME.fullmatch(text) is not None and not _DECEASED.search(text)


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """A name to compare by: capitals, no accents, marks, titles or numbering; every Muhammad written alike.

    "H. Moch. Ali, S.Pd" and "MUHAMMAD ALI" have one key. Two keys that differ may still be one name:
    `similar`.
    """
    plain = unicodedata.normalize("NFKD", read(name).name).encode("ascii", "ignore").decode().upper()
    words = [word for word in _NOT_LETTERS.split(plain.replace("'", "").replace("`", "")) if word]
    variants, initials = _muhammads()
    spelled = ["MUHAMMAD" if word.lower() in variants else word for word in words]
    if len(words) > 1 and words[0].lower() in initials:
        spelled[0] = "MUHAMMAD"
    return " ".join(spelled)


def similar(left: str, right: str) -> bool:
    """Whether two names may be one: the same key, one within the other, or spelt alike."""
    one, other = key(left), key(right)
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    if one == other or (few and few <= many):
        return True
    return SequenceMatcher(None, one, other).ratio() >= SIMILAR_NAMES


def title_words() -> frozenset[str]:
    """Titles that are recognised at the beginning of a name even without a dot, in small letters."""
    return frozenset(_words()["before"]["always"])


def _titles_before(text: str) -> tuple[str, list[str]]:
    always, dotted = title_words(), frozenset(_words()["before"]["dotted"])
    taken: list[str] = []
    while match := re.match(r"([^\W\d_]+)(?:([./])\s*|\s+)(?=[^\W\d_])", text):
        word = match[1].lower()
        if word not in always and not (word in dotted and match[2]):
            break
        taken.append(match[0].strip())
        text = text[match.end() :]
    return text, taken


def _titles_after(text: str) -> tuple[str, list[str]]:
    name, comma, rest = text.partition(",")
    if comma:
        degrees = _degrees_of(rest)
        if degrees is None:
            return text, []
        name, inner = _dotted_degrees(name)
        return name, [*inner, *degrees]
    return _dotted_degrees(text)


def _degrees_of(text: str) -> list[str] | None:
    """The degrees in what follows a comma; None when anything else stands there."""
    found: list[str] = []
    known = _degrees()
    for part in filter(None, (piece.strip(" .") for piece in text.split(","))):
        words = part.split(" ")
        if _bare(part) in known:
            found.append(part)
        elif all(_bare(word) in known for word in words):
            found.extend(words)
        else:
            return None
    return found


def _dotted_degrees(text: str) -> tuple[str, list[str]]:
    """Degrees at the end that carry dots of their own: "UJANG S.Pd M.Si"."""
    words = text.strip().split(" ")
    found: list[str] = []
    while len(words) > 1 and "." in words[-1].strip(".") and _is_dotted_degree(words[-1]):
        found.insert(0, words.pop())
    return " ".join(words), found


def _is_dotted_degree(word: str) -> bool:
    bare = _bare(word)
    return bare in _degrees() and (len(bare) > 2 or bare[0] in "sm")


def _bare(word: str) -> str:
    return word.replace(".", "").replace(" ", "").lower()


@cache
def _degrees() -> frozenset[str]:
    return frozenset(_words()["after"]["degrees"])


@cache
def _muhammads() -> tuple[frozenset[str], frozenset[str]]:
    table = _words()["muhammad"]
    return frozenset(table["variants"]), frozenset(table["initials"])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
