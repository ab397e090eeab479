"""Texts of people and offices made fit for a line of print."""

import re

_LONGEST_WORD = 22
_ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")


def legible(text: str) -> str:
    """One line of `text`: blanks are single, signs that nobody sees are gone, very long words may break."""
    shown = text
    if not text.isprintable():
        shown = "".join(mark for mark in text if mark.isspace() or mark.isprintable())
    return _LONG_WORD.sub(_breakable, " ".join(shown.split()))


def _breakable(word: re.Match[str]) -> str:
    whole = word[0]
    parts = (whole[at : at + _LONGEST_WORD // 2] for at in range(0, len(whole), _LONGEST_WORD // 2))
    return _ZERO_WIDTH_SPACE.join(parts)
