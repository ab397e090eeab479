"""A question about contributions in words, as a command or a worked case says it, and its explained answer."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from payung.rules.law.columns import PROGRAMMES
from payung.rules.law.construction import explain_contract
from payung.rules.law.explain import Explanation, RefusedError, explain
from payung.rules.law.figures import Certainty, LawError
from payung.rules.law.migrants import explain_package
from payung.rules.law.narration import Doubt
from payung.rules.law.questions import OPTIONAL_CELLS, REQUIRED_CELLS, ROW_TOO_LONG, UNREADABLE, typed
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.wages import WageBase, monthly_wage, wage_base
from payung.rules.law.words import Language
from payung.rules.months import Month

CELLS = (*REQUIRED_CELLS, *OPTIONAL_CELLS)
WAGE_WORDS = ("wage", "daily_wage", "policy", "place")
CONTRACT_WORDS = ("contract_value",)
PACKAGE_WORDS = ("package", "route", "extra_months", "jht_monthly")
WORDS = tuple(dict.fromkeys(("class", "month", *WAGE_WORDS, *CELLS, *CONTRACT_WORDS, *PACKAGE_WORDS)))
"""Every word a question may have; the values are text as an office types it."""

OF_CONTRACTS = ("class", "month", "payer", *CONTRACT_WORDS)
OF_PACKAGES = ("class", "month", *PACKAGE_WORDS)


class WordsError(LawError):
    """A word is missing, or does not belong to this question."""


def ask(
    words: Mapping[str, str],
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
) -> Explanation:
    """What is owed and why. Raises WordsError, RefusedError and what the tables raise (LawError all)."""
    said = {name: text.strip() for name, text in words.items() if text.strip()}
    if unknown := sorted(said.keys() - set(WORDS)):
        raise WordsError(f"Kata {unknown[0]} tidak dikenal; yang ada: {', '.join(WORDS)}.")
    for name in ("class", "month"):
        if name not in said:
            raise WordsError(f"Sebutkan --{name}, atau berikan sebuah daftar dengan --file dan --out.")
    if "contract_value" in said:
        return _contract(said, readings, known_on, language)
    if said["class"].upper() == "PMI":
        return _package(said, known_on, language)
    return _month(said, readings, known_on, language)


def _contract(said: Mapping[str, str], readings: Readings, known_on: date | None, language: Language) -> Explanation:
    _only(said, OF_CONTRACTS, "nilai kontrak")
    if said["class"].upper() != "JAKON":
        raise WordsError("--contract-value hanya untuk kelas JAKON.")
    value = _whole(said["contract_value"], "wage_not_whole", language)
    row = _typed({**said, "wage": "0", "programmes": "JKK,JKM"}, language)
    return explain_contract(
        contract_rupiah=value,
        month=Month.from_index(row["month"]),
        payer=row["payer"],
        readings=readings,
        known_on=known_on,
        language=language,
    )


def _package(said: Mapping[str, str], known_on: date | None, language: Language) -> Explanation:
    _only(said, OF_PACKAGES, "paket PMI")
    for name in ("package", "route"):
        if name not in said:
            raise WordsError(f"Sebutkan --{name} untuk kelas PMI.")
    return explain_package(
        months=_whole(said["package"], "package_unknown", language),
        route=said["route"].lower(),
        month=Month.from_index(_typed({**said, "wage": "0", "programmes": "JKK,JKM"}, language)["month"]),
        extra_months=_whole(said.get("extra_months", "0"), "extra_months_unreadable", language),
        jht_monthly_rupiah=_whole(said.get("jht_monthly", "0"), "wage_not_whole", language),
        known_on=known_on,
        language=language,
    )


def _month(said: Mapping[str, str], readings: Readings, known_on: date | None, language: Language) -> Explanation:
    _only(said, (*CELLS, *WAGE_WORDS), f"kelas {said['class']}")
    base = _base(said, known_on, language)
    wage = said.get("wage", "") if base is None else str(base.rupiah)
    if not wage:
        raise WordsError("Sebutkan --wage, atau berikan sebuah daftar dengan --file dan --out.")
    row = _typed({"programmes": "JKK,JKM", **said, "wage": wage}, language)
    explained = explain(
        membership_class=row["class"],
        month=Month.from_index(row["month"]),
        wage_rupiah=row["wage_rupiah"],
        payer=row["payer"],
        programmes=[name for name in PROGRAMMES if row[f"in_{name.lower()}"]],
        group=row["group"],
        sector=row["sector"],
        readings=readings,
        known_on=known_on,
        language=language,
    )
    return explained if base is None else _resting_on(explained, base, language)


def _base(said: Mapping[str, str], known_on: date | None, language: Language) -> WageBase | None:
    """The wage where it is not said as such: a daily wage, or a minimum wage of a place."""
    given = [name for name in ("wage", "daily_wage", "policy") if name in said]
    if len(given) > 1 or ("place" in said) != ("policy" in said):
        raise WordsError("Sebutkan satu saja: --wage, --daily-wage, atau --policy bersama --place.")
    if "wage" in said or not given:
        return None
    month = Month.from_index(_typed({**said, "wage": "0", "programmes": "JKK"}, language)["month"])
    if "daily_wage" in said:
        daily = _whole(said["daily_wage"], "wage_not_whole", language)
        return monthly_wage("daily", [daily], month, known_on=known_on)
    if said["policy"] not in ("UMP", "UMK"):
        raise WordsError("--policy harus UMP atau UMK.")
    return wage_base(said["policy"], said["place"], month, known_on=known_on)


def _resting_on(explained: Explanation, base: WageBase, language: Language) -> Explanation:
    """The answer with the doubt of its wage base, where there is one."""
    if base.figure is None or base.certainty is Certainty.SOURCED:
        return explained
    doubt = Doubt(base.figure.id, base.doubt.say(language), base.certainty, base.citation)
    return replace(explained, doubts=(doubt, *explained.doubts))


def _typed(cells: Mapping[str, str], language: Language) -> dict[str, Any]:
    """The cells read as a list's row is. Raises RefusedError."""
    row = {cell: cells.get(cell, "") for cell in CELLS}
    read = typed(pl.DataFrame([{**row, ROW_TOO_LONG: False}])).row(0, named=True)
    if read[UNREADABLE] is not None:
        raise RefusedError(read[UNREADABLE], language)
    return read


def _whole(text: str, code: str, language: Language) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise RefusedError(code, language)
    return int(text)


def _only(said: Mapping[str, str], allowed: tuple[str, ...], asked: str) -> None:
    if more := sorted(said.keys() - set(allowed)):
        raise WordsError(f"--{more[0].replace('_', '-')} tidak dipakai untuk {asked}.")
