"""The slow twin: contributions in plain Decimal, one person at a time.

Written apart from the formulas: it opens the tables with its own eyes, knows nothing of integers per ten million,
of runs of brackets or of expressions, and rounds with Decimal. Default readings only.
"""

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

HELD_LIKE_APBD = {"DBHCHT", "APBDES"}


@cache
def rows(name: str) -> list[dict[str, Any]]:
    text = (files("payung.rules.law") / "tables" / f"{name}.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["rows"]
    return found


def value(name: str, month: str, **key: object) -> Decimal:
    """The newest value of a key that begins in or before the month ("YYYY-MM" sorts as text)."""
    fitting = [row for row in rows(name) if all(row[field] == wanted for field, wanted in key.items())]
    in_force = [row for row in fitting if row["first"] <= month]
    return Decimal(max(in_force, key=lambda row: row["first"])["value"])


def whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))


def base_of(income: int) -> Decimal:
    """Down the list of brackets until the next one would begin too high."""
    base = Decimal(0)
    for row in rows("bpu_brackets"):
        if row["income_from"] <= income:
            base = Decimal(row["value"])
    return base


def part_owed(programme: str, membership_class: str, month: str, payer: str, sector: str) -> Decimal:
    sector = "other" if sector == "becak_delman" else sector
    for row in rows("reliefs"):
        if (
            row["programme"] != programme
            or membership_class not in row["classes"]
            or sector not in row["sectors"]
            or not row["first"] <= month <= row["last"]
            or ("payers" in row and payer not in row["payers"])
        ):
            continue
        excluded = set(row.get("payers_excluded", []))
        if excluded and payer in excluded | HELD_LIKE_APBD:
            continue
        return Decimal(row["value"])
    return Decimal(1)


def owed(
    *, membership_class: str, month: str, wage: int, group: int, payer: str, sector: str, programmes: set[str]
) -> dict[str, int]:
    """The six shares and the total, whole rupiah."""
    bpu = membership_class == "BPU"
    base = base_of(wage) if bpu else Decimal(wage)
    relief = {name: part_owed(name, membership_class, month, payer, sector) for name in ("JKK", "JKM")}
    amounts = dict.fromkeys(("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker"), 0)
    if "JKK" in programmes:
        rate = value("jkk_bpu", month) if bpu else value("jkk_pu", month, group=group)
        if membership_class == "JAKON":
            rate = value("jkk_jakon", month)
        amounts["jkk"] = whole(base * rate * relief["JKK"])
    if "JKM" in programmes:
        normal = value("jkm_bpu", month) if bpu else base * value("jkm_pu", month)
        amounts["jkm"] = whole(normal * relief["JKM"])
    for share in ("employer", "worker"):
        if "JHT" in programmes and not (bpu and share == "employer"):
            amounts[f"jht_{share}"] = whole(base * value("jht", month, **{"class": membership_class}, share=share))
        if "JP" in programmes:
            capped = min(Decimal(wage), value("jp_ceiling", month))
            amounts[f"jp_{share}"] = whole(capped * value("jp", month, share=share))
    return {**amounts, "total": sum(amounts.values())}


def contract(month: str, value_rupiah: int) -> dict[str, int]:
    """A construction contract: what lies in each slice, at the slice's rate."""
    amounts = {}
    for programme in ("JKK", "JKM"):
        owed_exactly = Decimal(0)
        for row in rows("jakon_slices"):
            if row["programme"] == programme:
                top = min(value_rupiah, row.get("upto_rupiah", value_rupiah))
                owed_exactly += max(0, top - row["above_rupiah"]) * Decimal(row["value"])
        part = part_owed(programme, "JAKON", month, "employer", "other")
        amounts[programme.lower()] = whole(owed_exactly * part)
    return {**amounts, "total": sum(amounts.values())}
