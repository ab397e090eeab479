"""Kota or kabupaten: twins of one name are told apart by code, never by guessing."""

from typing import Any

import polars as pl

from payung.rules.identity import regions
from payung.rules.roster.collecting import Each, Findings

_CODE_DIGITS = 4


def check_kabkota(people: pl.DataFrame, findings: Findings, *, place: str | None) -> pl.DataFrame:
    """Gives `kabkota` (official name where certain) and `kabkota_code`. `place` is the code the list is for."""
    written = people["kabkota"].drop_nulls().unique().to_list()
    answers = {text: _resolve(text, place and regions.normal_code(place)) for text in written}
    found: list[Each] = []
    for person, text in people.select("person", "kabkota").drop_nulls().iter_rows():
        code, suggestion, words = answers[text]["finding"]
        if code:
            found.append((person, code, text, suggestion, words))
    findings.add_each("kabkota", found)
    names = {text: answer["name"] for text, answer in answers.items() if answer["name"]}
    codes = {text: answer["code"] for text, answer in answers.items()}
    return people.with_columns(
        pl.col("kabkota").replace(names).alias("kabkota"),
        pl.col("kabkota").replace_strict(codes, default=None, return_dtype=pl.String).alias("kabkota_code"),
    )


def _resolve(text: str, place: str | None) -> dict[str, Any]:
    """Code and name of what is meant, and the finding: its code, proposal and words."""
    pairs = _of_code(text) or regions.places_named(text)
    inside = {"inside": regions.name_of(place)} if place else {}
    if not pairs:
        finding = ("place_unknown", None, inside or {"inside": "Indonesia"})
        return {"code": None, "name": None, "finding": finding}
    here = next((pair for pair in pairs if pair[0] == place), None)
    if len(pairs) > 1 and here is None:
        choices = {"choices": [f"{name} ({code})" for code, name in pairs]}
        return {"code": None, "name": None, "finding": ("place_twin", None, choices)}
    code, name = here or pairs[0]
    if len(pairs) > 1:
        return {"code": code, "name": name, "finding": ("place_twin_settled", name, {})}
    if place and code != place:
        return {"code": code, "name": name, "finding": ("place_elsewhere", None, inside)}
    return {"code": code, "name": name, "finding": (None, None, {})}


def _of_code(text: str) -> tuple[tuple[str, str], ...]:
    """The place of a code such as 3273 or 32.73."""
    digits = text.replace(".", "").strip()
    if len(digits) != _CODE_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return ()
    code = regions.normal_code(digits)
    name = regions.name_of(code)
    return ((code, name),) if name else ()
