"""Kinds of vulnerable work, and which of them a word in a list means; `segments.toml` is the data."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

_BLANKS = re.compile(r"[^\w/]+")


@cache
def _segments() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("segments.toml").read_text(encoding="utf-8"))


@cache
def segment_codes() -> tuple[str, ...]:
    """The codes of all segments."""
    return tuple(_segments())


def segment_title(code: str, language: str = "id") -> str:
    """A segment's name in "id" or "en". Raises KeyError for an unknown code."""
    text: str = _segments()[code]["title"][language]
    return text


@cache
def risks() -> dict[str, int]:
    """Code -> 3 (high), 2 or 1; an assumption, only for the order of waiting lists."""
    return {code: int(told["risk"]) for code, told in _segments().items()}


@cache
def _words() -> dict[str, str]:
    return {word: code for code, told in _segments().items() for word in told["words"]}


def segment_of(text: str | None) -> str | None:
    """The segment a job's words mean; None when they mean none, or more than one.

    "Buruh Tani", "tukang  becak" and "Ojek (pangkalan)" are found as written; longer texts by the longest known words
    in them, as long as these agree.
    """
    plain = " ".join(_BLANKS.sub(" ", (text or "").casefold()).split())
    if plain in _words():
        return _words()[plain]
    padded = f" {plain} "
    found = [word for word in _words() if f" {word} " in padded]
    longest = [word for word in found if not any(word != other and word in other for other in found)]
    meant = {_words()[word] for word in longest}
    return meant.pop() if len(meant) == 1 else None


def segment_column(jobs: Iterable[str | None]) -> pl.Series:
    """The segment of each job, each different text looked at once."""
    texts = pl.Series("job", list(jobs), dtype=pl.String)
    distinct = texts.unique().to_list()
    codes = [segment_of(text) for text in distinct]
    known = pl.DataFrame({"job": distinct, "segment": codes}, schema={"job": pl.String, "segment": pl.String})
    return pl.DataFrame({"job": texts}).join(known, on="job", how="left", nulls_equal=True, maintain_order="left")[
        "segment"
    ]
