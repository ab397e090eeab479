"""Contributions for one and ten million people: our formulas on Polars, plain numpy, a plain Python loop.

    python bench/contributions.py [ROWS ...] [--loop-sample ROWS]

All reckon the same people (both classes, months July 2015 to December 2027, every payer and sector, every
programme open to them) and the seven amounts; totals are compared column by column. Each runs in a process of its
own, so that its peak memory is its own; the time is the best of three. numpy and the loop get class, payer and
sector as small integers, which spares them the text our formulas read. The loop is measured on a sample (said in
its line) and scaled. Ratios are to "polars, amounts".
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from payung.rules.law.columns import AMOUNTS, PAYERS, SECTORS
from payung.rules.law.contributions import owed
from payung.rules.law.readings import DEFAULT_READINGS
from payung.rules.law.reliefs import Relief
from payung.rules.law.statute import statute
from payung.rules.money import RATE_SCALE
from payung.rules.months import Month

Arrays = dict[str, np.ndarray]
FLAGS = ("in_jkk", "in_jkm", "in_jht", "in_jp")
LAW = statute()
BRACKETS = LAW.bpu_brackets[0].brackets
CLASSES = ("PU", "BPU")
"""The two great classes; the others are few."""
PU, BPU = range(2)


def people(rows: int) -> Arrays:
    """Seeded people as plain arrays; words as their place in CLASSES, PAYERS, SECTORS."""
    dice = np.random.default_rng(20261121)
    crowd = {
        "class": dice.integers(0, len(CLASSES), rows, dtype=np.int8),
        "month": dice.integers(Month(2015, 7).index, Month(2027, 12).index + 1, rows),
        "wage_rupiah": dice.integers(0, 30_000_000, rows),
        "group": dice.integers(1, 6, rows),
        "payer": dice.integers(0, len(PAYERS), rows, dtype=np.int8),
        "sector": dice.integers(0, len(SECTORS), rows, dtype=np.int8),
        **{flag: dice.random(rows, dtype=np.float32) < 0.8 for flag in FLAGS},
    }
    crowd["in_jp"] &= crowd["class"] == PU
    return crowd


def as_frame(crowd: Arrays, words: Any) -> pl.DataFrame:
    """The people as `owed` wants them, with words of the given type."""
    frame = pl.DataFrame(crowd)
    for column, names in (("class", CLASSES), ("payer", PAYERS), ("sector", SECTORS)):
        codes = frame[column].cast(pl.UInt32)
        frame = frame.with_columns(pl.Series(column, list(names)).gather(codes).cast(words).alias(column))
    return frame


def totals_of(frame: pl.DataFrame) -> list[int]:
    return [int(total) for total in frame.select(pl.col(AMOUNTS).sum()).row(0)]


def on_polars(crowd: Arrays, *, words: Any, columns: tuple[str, ...] | None) -> Callable[[], list[int]]:
    frame = as_frame(crowd, words)
    crowd.clear()
    return lambda: totals_of(owed(frame, columns=columns))


def relief_codes(relief: Relief) -> tuple[list[int], list[int], list[int]]:
    """Classes, payers and sectors of a relief as numbers."""
    payers = frozenset(PAYERS) - relief.payers_left_out(DEFAULT_READINGS)
    sectors = relief.sectors_as_read(DEFAULT_READINGS)
    return (
        [CLASSES.index(name) for name in CLASSES if name in relief.classes],
        [PAYERS.index(name) for name in payers],
        [SECTORS.index(name) for name in sectors],
    )


def on_numpy(crowd: Arrays) -> Callable[[], list[int]]:
    """The same law as array arithmetic: look-ups for brackets and ceilings, masks for reliefs."""
    starts = np.array([bracket.income_from for bracket in BRACKETS])
    bases = np.array([bracket.base.rupiah for bracket in BRACKETS])
    ceiling_months = np.array([figure.first.index for figure in LAW.jp_ceiling.figures])
    ceilings = np.array([figure.rupiah for figure in LAW.jp_ceiling.figures])
    groups = np.array([0, *(LAW.jkk_pu[group].figures[0].rate for group in sorted(LAW.jkk_pu))])
    at = Month(2026, 6)

    def percent_owed(programme: str) -> np.ndarray:
        percent = np.full(len(crowd["class"]), 100)
        for relief in LAW.reliefs_of(programme):
            classes, payers, sectors = relief_codes(relief)
            fits = (crowd["month"] >= relief.first.index) & (crowd["month"] <= relief.last.index)
            fits &= np.isin(crowd["class"], classes) & np.isin(crowd["payer"], payers)
            fits &= np.isin(crowd["sector"], sectors)
            percent[fits] = relief.figure.percent_owed
        return percent

    def rounded(product: np.ndarray) -> np.ndarray:
        return (product + RATE_SCALE // 2) // RATE_SCALE

    def reckon() -> list[int]:
        bpu, wage = crowd["class"] == BPU, crowd["wage_rupiah"]
        base = np.where(bpu, bases[np.searchsorted(starts, wage, side="right") - 1], wage)
        rate = np.where(bpu, LAW.jkk_bpu.at(at).rate, groups[crowd["group"]])
        jkk = rounded(base * (rate * percent_owed("JKK") // 100)) * crowd["in_jkk"]
        percent = percent_owed("JKM")
        flat = LAW.jkm_bpu.at(at).rupiah * percent // 100
        jkm = np.where(bpu, flat, rounded(base * (LAW.jkm_pu.at(at).rate * percent // 100))) * crowd["in_jkm"]
        jht_employer = np.where(bpu, 0, rounded(base * LAW.jht_pu_employer.at(at).rate)) * crowd["in_jht"]
        jht_worker = rounded(base * LAW.jht_pu_worker.at(at).rate) * crowd["in_jht"]
        ceiling = ceilings[np.searchsorted(ceiling_months, crowd["month"], side="right") - 1]
        capped = np.minimum(wage, ceiling)
        jp_employer = rounded(capped * LAW.jp_employer.at(at).rate) * crowd["in_jp"]
        jp_worker = rounded(capped * LAW.jp_worker.at(at).rate) * crowd["in_jp"]
        parts = [jkk, jkm, jht_employer, jht_worker, jp_employer, jp_worker]
        total = parts[0] + parts[1] + parts[2] + parts[3] + parts[4] + parts[5]
        return [int(part.sum()) for part in (*parts, total)]

    return reckon


def on_a_loop(crowd: Arrays) -> Callable[[], list[int]]:
    """One person after the other, plain integers, look-ups prepared outside."""
    columns = [crowd[name].tolist() for name in crowd]
    crowd.clear()
    brackets = [(bracket.income_from, bracket.base.rupiah) for bracket in reversed(BRACKETS)]
    ceilings = [(figure.first.index, figure.rupiah) for figure in reversed(LAW.jp_ceiling.figures)]
    groups = {group: rates.figures[0].rate for group, rates in LAW.jkk_pu.items()}
    reliefs = {
        name: [
            (relief.first.index, relief.last.index, *map(set, relief_codes(relief)), relief.figure.percent_owed)
            for relief in LAW.reliefs_of(name)
        ]
        for name in ("JKK", "JKM")
    }
    at, half = Month(2026, 6), RATE_SCALE // 2
    jkk_bpu, jkm_pu, jkm_bpu = LAW.jkk_bpu.at(at).rate, LAW.jkm_pu.at(at).rate, LAW.jkm_bpu.at(at).rupiah
    employer, worker = LAW.jht_pu_employer.at(at).rate, LAW.jht_pu_worker.at(at).rate
    jp_employer, jp_worker = LAW.jp_employer.at(at).rate, LAW.jp_worker.at(at).rate

    def percent_owed(programme: str, kind: int, month: int, payer: int, sector: int) -> int:
        for first, last, classes, payers, sectors, percent in reliefs[programme]:
            if first <= month <= last and kind in classes and payer in payers and sector in sectors:
                return percent
        return 100

    def reckon() -> list[int]:
        sums = [0] * 7
        for kind, month, wage, group, payer, sector, jkk, jkm, jht, jp in zip(*columns, strict=True):
            base = next(base for start, base in brackets if start <= wage) if kind == BPU else wage
            shares = [0] * 6
            if jkk:
                rate = jkk_bpu if kind == BPU else groups[group]
                percent = percent_owed("JKK", kind, month, payer, sector)
                shares[0] = (base * (rate * percent // 100) + half) // RATE_SCALE
            if jkm:
                percent = percent_owed("JKM", kind, month, payer, sector)
                relieved = (base * (jkm_pu * percent // 100) + half) // RATE_SCALE
                shares[1] = jkm_bpu * percent // 100 if kind == BPU else relieved
            if jht:
                shares[2] = 0 if kind == BPU else (base * employer + half) // RATE_SCALE
                shares[3] = (base * worker + half) // RATE_SCALE
            if jp:
                capped = min(wage, next(ceiling for first, ceiling in ceilings if first <= month))
                shares[4] = (capped * jp_employer + half) // RATE_SCALE
                shares[5] = (capped * jp_worker + half) // RATE_SCALE
            for place, share in enumerate(shares):
                sums[place] += share
            sums[6] += sum(shares)
        return sums

    return reckon


WAYS: dict[str, Callable[[Arrays], Callable[[], list[int]]]] = {
    "polars, amounts": lambda crowd: on_polars(crowd, words=pl.String, columns=AMOUNTS),
    "polars, every column": lambda crowd: on_polars(crowd, words=pl.String, columns=None),
    "polars, categories": lambda crowd: on_polars(crowd, words=pl.Categorical, columns=AMOUNTS),
    "numpy": on_numpy,
    "python loop": on_a_loop,
}


def measure(way: str, rows: int, sample: int, repeats: int) -> None:
    """In the child: reckon and print what was found as JSON."""
    crowd = people(rows)
    if sample < rows:
        crowd = {name: column[:sample].copy() for name, column in crowd.items()}
    reckon = WAYS[way](crowd)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = []
    totals: list[int] = []
    for _ in range(repeats):
        started = time.perf_counter()
        totals = reckon()
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": min(seconds), "peak_kb": peak, "held_kb": held, "totals": totals}))


def child(way: str, rows: int, sample: int) -> dict[str, Any]:
    repeats = 1 if way == "python loop" else 3
    words = [sys.executable, __file__, "--way", way, "--sample", str(sample), "--repeats", str(repeats), str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(rows: int, loop_sample: int) -> None:
    """All ways over the same people; stops when totals differ."""
    print(f"\n{rows:,} people")
    print(f"{'':<24}{'seconds':>9}{'ratio':>8}{'peak MB':>9}{'of it data':>12}")
    ours: dict[int, dict[str, Any]] = {}
    for way in WAYS:
        sample = min(rows, loop_sample) if way == "python loop" else rows
        found = child(way, rows, sample)
        if sample not in ours:
            ours[sample] = found if way == "polars, amounts" else child("polars, amounts", rows, sample)
        if found["totals"] != ours[sample]["totals"]:
            sys.exit(f"{way}: totals differ: {found['totals']} instead of {ours[sample]['totals']}")
        seconds = found["seconds"] * rows / sample
        ratio = seconds / ours[rows]["seconds"]
        note = f"  measured on {sample:,}, scaled" if sample < rows else ""
        peak, held = found["peak_kb"] / 1024, found["held_kb"] / 1024
        print(f"{way:<24}{seconds:>9.3f}{ratio:>8.1f}{peak:>9,.0f}{held:>12,.0f}{note}")
    print(f"totals equal; {sum(ours[rows]['totals'][:-1]):,} rupiah")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--loop-sample", type=int, default=200_000, help="people the Python loop is measured on")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--sample", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        measure(arguments.way, arguments.rows[0], arguments.sample, arguments.repeats)
        return
    for rows in arguments.rows:
        compare(rows, arguments.loop_sample)


if __name__ == "__main__":
    main()
