"""Kecamatan and desa, looked up inside the place: spelling is settled, the unknown is only said."""

from typing import Any

import polars as pl

from payung.rules.identity import regions
from payung.rules.roster.collecting import Each, Findings


def check_places(people: pl.DataFrame, findings: Findings, *, place: str | None) -> pl.DataFrame:
    """Gives `kecamatan`, `kecamatan_code`, `desa`, `desa_code`: official names and codes where they are
    certain.

    Without a place nothing is looked up: names alone do not tell twins apart. Raises LookupError for a
    place that is no code in force.
    """
    pairs = people.select("kecamatan", "desa").unique()
    found: dict[tuple[str | None, str | None], dict[str, Any]] = {}
    if place is not None:
        code = regions.normal_code(place)
        if not regions.is_known(code):
            raise LookupError(f"no region has the code {place}")
        found = {(kecamatan, desa): _resolve(kecamatan, desa, code) for kecamatan, desa in pairs.iter_rows()}
        _report(people, found, code, findings)
    schema = {"kecamatan_code": pl.String, "desa_code": pl.String, "_kecamatan": pl.String, "_desa": pl.String}
    answers = [found.get(pair, {}) for pair in pairs.iter_rows()]
    told = pl.DataFrame([{name: answer.get(name) for name in schema} for answer in answers], schema=schema)
    joined = people.join(
        pl.concat([pairs, told], how="horizontal"), on=["kecamatan", "desa"], how="left", nulls_equal=True
    )
    official = [pl.coalesce("_" + name, pl.col(name).str.strip_chars()).alias(name) for name in ("kecamatan", "desa")]
    return joined.sort("person").with_columns(official).drop("_kecamatan", "_desa")


def _resolve(kecamatan: str | None, desa: str | None, place: str) -> dict[str, Any]:
    """Codes and official names, and per field the code of a finding with its proposal."""
    answer: dict[str, Any] = {}
    inside = None
    if kecamatan is not None:
        match = regions.find_kecamatan(kecamatan, place)
        _note(answer, "kecamatan", match)
        inside = match.code if match else None
        if match is None:
            near = regions.near_names(kecamatan, place)
            answer["kecamatan_finding"] = ("place_unknown", " / ".join(near) or None, place)
    if desa is not None and (inside is not None or kecamatan is None):
        match = regions.find_village(desa, place, inside)
        _note(answer, "desa", match)
        if match is None:
            several = inside is None and regions.has_village_named(desa, place)
            answer["desa_finding"] = ("place_ambiguous" if several else "place_unknown", None, inside or place)
    return answer


def _note(answer: dict[str, Any], name: str, match: regions.RegionMatch | None) -> None:
    if match is not None:
        answer[name + "_code"], answer["_" + name] = match.code, match.name
        if match.respelled:
            answer[name + "_finding"] = ("place_cleaned", match.name, match.code)


def _report(
    people: pl.DataFrame, found: dict[tuple[str | None, str | None], dict[str, Any]], place: str, findings: Findings
) -> None:
    for name in ("kecamatan", "desa"):
        told = {pair: answer[name + "_finding"] for pair, answer in found.items() if name + "_finding" in answer}
        if not told:
            continue
        gathered: list[Each] = []
        for person, kecamatan, desa in people.select("person", "kecamatan", "desa").iter_rows():
            finding = told.get((kecamatan, desa))
            if finding is not None:
                code, suggestion, inside = finding
                value = kecamatan if name == "kecamatan" else desa
                words = {} if code == "place_cleaned" else {"inside": regions.name_of(inside) or inside}
                gathered.append((person, code, value, suggestion, words))
        findings.add_each(name, gathered)
