"""The benefits one event after the other in plain Python integers: the loop of `law.py`."""

from collections.abc import Callable
from typing import Any

from events import (
    BRACKETS,
    CAPS,
    JHT_PARTS,
    JKM,
    JKP_2025,
    JP_SHARE,
    LIMITS,
    LUMP,
    NAMES,
    REASONS,
    REGIME,
    SCHOOLING,
    SUMS,
    WAITING,
    Arrays,
)

from payung.rules.law.benefits.columns import AMOUNTS

FALLING = [(bracket.income_from, bracket.base.rupiah) for bracket in reversed(BRACKETS)]
NEWEST = {name: list(reversed(rows)) for name, rows in LIMITS.items()}
Row = dict[str, Any]


def _rounded(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _base(row: Row) -> int:
    wage: int = row["wage"]
    return next(base for start, base in FALLING if start <= wage) if row["bpu"] else wage


def _months(day: int) -> int:
    return day // 10_000 * 12 + day // 100 % 100 - 1


def _death(row: Row, new: bool) -> Row:
    return {part: amounts[new] for part, amounts in SUMS.items()} | {"death": max(48 * _base(row), JKM["death"][new])}


def _total(row: Row, new: bool) -> Row:
    return {"disability": 56 * _base(row), "periodic": SUMS["periodic"][new]}


def _disability(row: Row, _: bool) -> Row:
    return {"disability": _rounded(80 * _base(row) * min(row["loss_shares"], 70_000), 100_000)}


def _temporary(row: Row, new: bool) -> Row:
    time = 30 * row["months"] + row["days"]
    weight = 4 * min(time, 180) + (4 if new else 3) * min(max(time - 180, 0), 180) + 2 * max(time - 360, 0)
    return {"temporary": _rounded(_base(row) * weight, 120)}


def _transport(row: Row, new: bool) -> Row:
    return {f"transport_{way}": min(row[way], CAPS[way][new]) for way in ("land", "sea", "air")}


def _aids(row: Row, new: bool) -> Row:
    paid = {f"aid_{name}": min(row[name], CAPS[name][new]) for name in ("denture", "hearing_aid", "glasses")}
    months = row["home_care_months"]
    year = _rounded(row["home_care"] * min(months, 12), months)
    return paid | {
        "aid_home_care": min(year, CAPS["home_care"][new]),
        "aid_prosthesis": _rounded(7 * row["prosthesis"], 5),
    }


def _jkm(row: Row, new: bool) -> Row:
    on = row["on"]
    if row["bpu"] and on >= WAITING and _months(on) < _months(row["member_since"]) + 3:
        return {"funeral": JKM["funeral"][new]}
    return {part: amounts[new] for part, amounts in JKM.items()}


def _scholarship(row: Row, new: bool) -> Row:
    on, paid = row["on"], {}
    if row["cause"] == 1 and row["paid_months"] < (36 if new else 60):
        return paid
    for child in (1, 2):
        birth, year = row[f"child_{child}_birth"], row[f"child_{child}_school_year"]
        age = on // 10_000 - birth // 10_000 - (on % 10_000 < birth % 10_000)
        if not new:
            return {"child_1": LUMP if age < 23 else 0}
        years = max(0, 23 - age - (0 if year else max(1, 5 - age)))
        before = max(1, year) - 1
        paid[f"child_{child}"] = SCHOOLING[min(len(SCHOOLING) - 1, before + years)] - SCHOOLING[before]
    return paid


def _jht(row: Row, _: bool) -> Row:
    reason = REASONS[row["reason"]]
    if reason not in JHT_PARTS:
        return {"savings": row["balance"]}
    percent = 30 if reason == "home-30" else 10
    return {"savings": _rounded(row["balance"] * percent, 100) if row["member_years"] >= 10 else 0}


def _jp(row: Row, _: bool) -> Row:
    months, at = row["paid_months"], _months(row["on"])
    if months < 180:
        return {"lump_sum": row["contributions_and_return"]}
    exact = _rounded(row["average_yearly_wage"] * months * JP_SHARE[REASONS[row["reason"]]], 1_440_000)
    lowest, highest = (next(value for first, value in NEWEST[name] if first <= at) for name in ("lowest", "highest"))
    return {"pension": min(max(exact, lowest), highest)}


def _jkp(row: Row, _: bool) -> Row:
    capped, now = min(row["wage"], 5_000_000), row["on"] >= JKP_2025
    return {
        f"job_loss_{month}": _rounded(capped * (60 if now else 45 if month <= 3 else 25), 100)
        for month in range(1, row["months"] + 1)
    }


KINDS: list[Callable[[Row, bool], Row]] = [
    _death, _total, _disability, _disability, _temporary, _transport, _aids, _jkm, _scholarship, _jht, _jp, _jkp
]  # fmt: skip
assert len(KINDS) == len(NAMES)


def on_a_loop(crowd: Arrays) -> Callable[[], list[int]]:
    """Reckons every event by its kind and sums the components."""
    columns = [column.tolist() for column in crowd.values()]
    names = list(crowd)

    def reckon() -> list[int]:
        sums = dict.fromkeys(AMOUNTS, 0)
        for cells in zip(*columns, strict=True):
            row = dict(zip(names, cells, strict=True))
            for part, amount in KINDS[row["kind"]](row, row["on"] >= REGIME).items():
                sums[part] += amount
        sums["total"] = sum(sums.values())
        return list(sums.values())

    return reckon
