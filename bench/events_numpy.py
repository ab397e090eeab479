"""The benefits as numpy arrays, kind after kind on its own rows: an alternative that `law.py` measures against."""

from collections.abc import Callable

import numpy as np
from events import (
    BRACKETS,
    CAPS,
    JKM,
    JKP_2025,
    JP_SHARE,
    LIMITS,
    LUMP,
    NAMES,
    REASONS,
    REGIME,
    SCHOOL,
    SUMS,
    WAITING,
    Arrays,
)

from payung.rules.law.benefits.columns import AMOUNTS

STARTS = np.array([bracket.income_from for bracket in BRACKETS])
BASES = np.array([bracket.base.rupiah for bracket in BRACKETS])
HELD = {name: [np.array(side) for side in zip(*rows, strict=True)] for name, rows in LIMITS.items()}
PENSION = np.array([JP_SHARE.get(reason, 0) for reason in REASONS])
OF_BALANCE = np.array([30 if name == "home-30" else 10 if name == "retirement-10" else 100 for name in REASONS])


def _rounded(above: np.ndarray, below: int) -> np.ndarray:
    return (2 * above + below) // (2 * below)


def _months(on: np.ndarray) -> np.ndarray:
    return on // 10_000 * 12 + on // 100 % 100 - 1


def _base(rows: Arrays) -> np.ndarray:
    wage = rows["wage"]
    return np.where(rows["bpu"], BASES[np.searchsorted(STARTS, wage, side="right") - 1], wage)


def _at(amounts: list[int], rows: Arrays) -> np.ndarray:
    return np.where(rows["on"] >= REGIME, amounts[1], amounts[0])


def _limit(name: str, on: np.ndarray) -> np.ndarray:
    firsts, values = HELD[name]
    found: np.ndarray = values[np.searchsorted(firsts, _months(on), side="right") - 1]
    return found


def _death(rows: Arrays) -> Arrays:
    paid = {part: _at(amounts, rows) for part, amounts in SUMS.items()}
    return paid | {"death": np.maximum(48 * _base(rows), _at(JKM["death"], rows))}


def _total(rows: Arrays) -> Arrays:
    return {"disability": 56 * _base(rows), "periodic": _at(SUMS["periodic"], rows)}


def _disability(rows: Arrays) -> Arrays:
    return {"disability": _rounded(80 * _base(rows) * np.minimum(rows["loss_shares"], 70_000), 100_000)}


def _temporary(rows: Arrays) -> Arrays:
    time = 30 * rows["months"] + rows["days"]
    first, second, later = np.minimum(time, 180), np.clip(time - 180, 0, 180), np.maximum(time - 360, 0)
    weight = 4 * first + _at([3, 4], rows) * second + 2 * later
    return {"temporary": _rounded(_base(rows) * weight, 120)}


def _transport(rows: Arrays) -> Arrays:
    return {f"transport_{way}": np.minimum(rows[way], _at(CAPS[way], rows)) for way in ("land", "sea", "air")}


def _aids(rows: Arrays) -> Arrays:
    capped = ("denture", "hearing_aid", "glasses")
    paid = {f"aid_{name}": np.minimum(rows[name], _at(CAPS[name], rows)) for name in capped}
    months = rows["home_care_months"]
    year = (2 * rows["home_care"] * np.minimum(months, 12) + months) // (2 * months)
    paid["aid_home_care"] = np.minimum(year, _at(CAPS["home_care"], rows))
    return paid | {"aid_prosthesis": _rounded(7 * rows["prosthesis"], 5)}


def _jkm(rows: Arrays) -> Arrays:
    on = rows["on"]
    waits = rows["bpu"] & (on >= WAITING) & (_months(on) < _months(rows["member_since"]) + 3)
    return {part: np.where(waits & (part != "funeral"), 0, _at(amounts, rows)) for part, amounts in JKM.items()}


def _school(rows: Arrays, child: int) -> np.ndarray:
    birth, on, year = rows[f"child_{child}_birth"], rows["on"], rows[f"child_{child}_school_year"]
    age = on // 10_000 - birth // 10_000 - (on % 10_000 < birth % 10_000)
    years = np.maximum(0, 23 - age - np.where(year == 0, np.maximum(1, 5 - age), 0))
    first = np.maximum(1, year)
    scheduled = SCHOOL[np.minimum(len(SCHOOL) - 1, first - 1 + years)] - SCHOOL[first - 1]
    lump = np.where(age < 23, LUMP, 0) if child == 1 else 0
    entitled = (rows["cause"] == 0) | (rows["paid_months"] >= _at([60, 36], rows))
    return np.where(entitled, np.where(on >= REGIME, scheduled, lump), 0)


def _scholarship(rows: Arrays) -> Arrays:
    return {f"child_{child}": _school(rows, child) for child in (1, 2)}


def _jht(rows: Arrays) -> Arrays:
    percent = OF_BALANCE[rows["reason"]]
    entitled = (percent == 100) | (rows["member_years"] >= 10)
    return {"savings": np.where(entitled, _rounded(rows["balance"] * percent, 100), 0)}


def _jp(rows: Arrays) -> Arrays:
    months, on = rows["paid_months"], rows["on"]
    exact = _rounded(rows["average_yearly_wage"] * months * PENSION[rows["reason"]], 1_440_000)
    pension = np.clip(exact, _limit("lowest", on), _limit("highest", on))
    lump_sum = np.where(months >= 180, 0, rows["contributions_and_return"])
    return {"pension": np.where(months >= 180, pension, 0), "lump_sum": lump_sum}


def _jkp(rows: Arrays) -> Arrays:
    capped, now = np.minimum(rows["wage"], 5_000_000), rows["on"] >= JKP_2025
    paid = {}
    for month in range(1, 7):
        percent = np.where(now, 60, 45 if month <= 3 else 25)
        paid[f"job_loss_{month}"] = np.where(rows["months"] >= month, _rounded(capped * percent, 100), 0)
    return paid


KINDS: list[Callable[[Arrays], Arrays]] = [
    _death, _total, _disability, _disability, _temporary, _transport, _aids, _jkm, _scholarship, _jht, _jp, _jkp
]  # fmt: skip
assert len(KINDS) == len(NAMES)


def on_numpy(crowd: Arrays) -> Callable[[], list[int]]:
    """Reckons every kind on its rows and sums the components."""

    def reckon() -> list[int]:
        sums = dict.fromkeys(AMOUNTS, 0)
        for kind, formulas in enumerate(KINDS):
            fits = crowd["kind"] == kind
            for part, amounts in formulas({name: column[fits] for name, column in crowd.items()}).items():
                sums[part] += int(amounts.sum())
        sums["total"] = sum(sums.values())
        return list(sums.values())

    return reckon
