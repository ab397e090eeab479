"""The worked cases (cases/*.toml), which a legal officer can read and add to."""

import tomllib
from pathlib import Path
from typing import Any

import polars as pl

from payung.rules.law.casebook import read_cases
from payung.rules.law.columns import PROGRAMMES
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.readings import Readings
from payung.rules.law.wages import wage_base
from payung.rules.months import Month

FOLDER = Path(__file__).parent / "cases"

CONTRIBUTIONS = ("published.toml", "non_asn.toml", "doubts.toml", "changes.toml")
BENEFITS = tuple(f"benefits_{about}.toml" for about in ("accident", "disability", "death", "scholarship", "savings"))
BOOKS = (*CONTRIBUTIONS, "other_classes.toml", *BENEFITS, "membership.toml")
"""Worked cases in the form of docs/law/cases.md, read as `payung law try` reads them."""

Case = dict[str, Any]


def cases(file: str, kind: str = "case") -> list[Case]:
    """All cases of one kind in a file."""
    text = (FOLDER / file).read_text("utf-8")
    if file in BOOKS:
        return [dict(case) for case in read_cases(text)]
    found: list[Case] = tomllib.loads(text)[kind]
    return found


def name_of(case: Case) -> str:
    return str(case.get("id") or case.get("number"))


def row_of(case: Case) -> dict[str, Any]:
    """The case as one row of the columns `owed` asks for."""
    month = Month.parse(case["month"])
    wage = case["wage"] if "wage" in case else wage_base(case["policy"], case["place"], month).rupiah
    return {
        "class": case["class"],
        "month": month.index,
        "wage_rupiah": wage,
        "group": case.get("group", 1),
        "payer": case["payer"],
        "sector": case.get("sector", "other"),
        **{f"in_{name.lower()}": name in case["programmes"] for name in PROGRAMMES},
    }


def frame_of(*some: Case) -> pl.DataFrame:
    """Cases as a frame."""
    return pl.DataFrame([row_of(case) for case in some], schema_overrides={"wage_rupiah": pl.Int64})


def readings_of(case: Case) -> Readings:
    return Readings.parse(case.get("readings", []))


def explained(case: Case) -> Explanation:
    """The case through the explanation."""
    row = row_of(case)
    return explain(
        membership_class=row["class"],
        month=Month.from_index(row["month"]),
        wage_rupiah=row["wage_rupiah"],
        payer=row["payer"],
        programmes=case["programmes"],
        group=row["group"],
        sector=row["sector"],
        readings=readings_of(case),
    )
