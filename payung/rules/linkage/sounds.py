"""How a name sounds: spellings that are one to the ear are one here. For comparing only."""

import re

_SPELLINGS = (
    ("TJ", "C"), ("DJ", "J"), ("OE", "U"), ("SJ", "SY"), ("NJ", "NY"), ("CH", "H"), ("KH", "H"), ("DH", "D"),
    ("TH", "T"), ("SH", "SY"), ("SY", "S"), ("PH", "F"), ("V", "F"), ("P", "F"), ("Q", "K"), ("X", "KS"),
    ("Z", "J"), ("EU", "E"), ("IE", "I"), ("IY", "Y"), ("AE", "AI"),
)  # fmt: skip
"""Spellings before 1972 (TJ, DJ, OE) and Arabic names as clerks hear them (Yusuf, Yusup; Achmad, Ahmad)."""
_TWICE = re.compile(r"(.)\1+")
_SILENT_END = re.compile(r"(?<=[AIU])H\b")


def sound(name: str) -> str:
    """The sound of a name key: "DJOKO SOESANTO" and "JOKO SUSANTO" have one, and so have YUSUF and YUSUP."""
    for spelling, heard in _SPELLINGS:
        name = name.replace(spelling, heard)
    return _TWICE.sub(r"\1", _SILENT_END.sub("", name))
