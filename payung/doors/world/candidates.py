"""A pool of candidates for a decree: village lists, and the outside lists that tell of them, with planted reasons.

Kota Sukabumi reported 3,840 proposed and 3,382 valid (2025), the causes were not published: the shares of the reasons
are assumed. Everybody is synthetic. Imports neither Django nor a database.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from payung.doors.world import worlds
from payung.doors.world.chance import Dice, quotas
from payung.doors.world.summary import write_summary
from payung.rules.months import Month

REPORTED, REPORTED_OUT = 3_840, 458
PLANTED = {
    "too_old": 120, "decile_above": 110, "twice": 60, "wage_earner_told": 48, "dead": 40, "moved_away": 40,
    "not_working": 40,
}  # fmt: skip
"""Reason of the rules -> how many of the 458; assumed."""
JOBS = (
    "Petani", "Ojek online", "Ojek pangkalan", "Tukang becak", "Tukang delman", "Sopir angkot", "Pedagang asongan",
    "Buruh harian lepas", "Usaha ultra mikro",
)  # fmt: skip
"""The nine categories of the city's decree of 2025, as reported."""
HEADINGS = (
    "No", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan", "Kecamatan", "Kelurahan",
)  # fmt: skip
DECILE_LIMIT = 5
FIRST = Month(2025, 9)


@dataclass(frozen=True)
class Pool:
    """What was written: the village lists in the order they are sent, the outside lists, and the truth.

    `reasons` says how many the rules must put out by which reason; `not_working` are the NIKs whose statement says so.
    """

    lists: tuple[Path, ...]
    deciles: Path
    wage_earners: Path
    deaths: Path
    removals: Path
    people: int
    valid: int
    reasons: dict[str, int]
    not_working: tuple[str, ...]


def write_pool(place: str, folder: Path, *, seed: int = 1, people: int = REPORTED, month: Month = FIRST) -> Pool:
    """Writes the lists of a pool of `people` rows into an existing folder, and `kebenaran.json`.

    Raises LookupError for an unknown place, ValueError for an impossible number of people.
    """
    out = quotas(list(PLANTED.values()), people * REPORTED_OUT // REPORTED)
    reasons = dict(zip(PLANTED, out, strict=True))
    dice = Dice(seed, f"{place}/{month} candidates")
    world = worlds.make(place, seed=seed, people=people - reasons["twice"], month=month)
    everybody = dice.shuffled(world.people.to_dicts())
    planted = _plant(everybody, reasons, month)
    for person in everybody:
        person["job"] = dice.pick(JOBS)
    repeated = everybody[-reasons["twice"] :] if reasons["twice"] else []
    lists = _village_lists(folder, [*everybody, *repeated])
    told = {name: count for name, count in reasons.items() if count}
    pool = Pool(
        lists=lists,
        deciles=_deciles(folder, everybody, planted, dice),
        wage_earners=_written(folder / "daftar-asn.csv", ("NIK",), [(nik,) for nik in planted["wage_earner_told"]]),
        deaths=_dated(folder / "daftar-kematian.csv", "TANGGAL MENINGGAL", planted["dead"], month),
        removals=_dated(folder / "daftar-pindah.csv", "TANGGAL", planted["moved_away"], month),
        people=people,
        valid=people - sum(told.values()),
        reasons=told,
        not_working=tuple(planted["not_working"]),
    )
    truth = {"people": pool.people, "valid": pool.valid, "reasons": pool.reasons}
    write_summary(world, folder)
    (folder / "kebenaran.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    return pool


def _plant(everybody: list[dict[str, Any]], reasons: dict[str, int], month: Month) -> dict[str, list[str]]:
    """The first people get a reason each (but `twice`, who are the last); returns the NIKs by reason."""
    planted: dict[str, list[str]] = {}
    taken = {person["nik"] for person in everybody}
    at = 0
    for reason, count in reasons.items():
        if reason == "twice":
            continue
        chosen = everybody[at : at + count]
        at += count
        for person in chosen if reason == "too_old" else ():
            taken.discard(person["nik"])
            _grow_old(person, month, taken)
            taken.add(person["nik"])
        planted[reason] = [person["nik"] for person in chosen]
    return planted


def _grow_old(person: dict[str, Any], month: Month, taken: set[str]) -> None:
    """Sixty-five or older on the first day, with a NIK that says so."""
    born: date = person["birth_date"]
    person["birth_date"] = born = date(month.year - 66 - born.year % 9, born.month, min(born.day, 28))
    day = born.day + (40 if person["sex"] == "P" else 0)
    start = f"{person['nik'][:6]}{day:02d}{born:%m%y}"
    serial = int(person["nik"][12:])
    while f"{start}{serial:04d}" in taken:
        serial = serial % 9_999 + 1
    person["nik"] = f"{start}{serial:04d}"


def _village_lists(folder: Path, people: list[dict[str, Any]]) -> tuple[Path, ...]:
    """One list for each kecamatan, in the order of their codes."""
    paths = []
    for code in sorted({person["district_code"] for person in people}):
        own = [person for person in people if person["district_code"] == code]
        rows = [
            (
                number, person["nik"], person["name"], person["birth_place"], f"{person['birth_date']:%d-%m-%Y}",
                person["sex"], person["job"], person["district"], person["village"],
            )
            for number, person in enumerate(own, start=1)
        ]  # fmt: skip
        paths.append(_written(folder / f"calon-{code}.csv", HEADINGS, rows))
    return tuple(paths)


def _deciles(folder: Path, everybody: list[dict[str, Any]], planted: dict[str, list[str]], dice: Dice) -> Path:
    above = set(planted["decile_above"])
    rows = [
        (
            person["nik"],
            person["name"],
            DECILE_LIMIT + 1 + dice.below(3) if person["nik"] in above else 1 + dice.below(5),
        )
        for person in everybody
    ]
    return _written(folder / "desil-dtsen.csv", ("NIK", "NAMA", "DESIL"), rows)


def _dated(path: Path, heading: str, niks: list[str], month: Month) -> Path:
    day = month.shift(-2).first_day.isoformat()
    return _written(path, ("NIK", heading), [(nik, day) for nik in niks])


def _written(path: Path, headings: tuple[str, ...], rows: list[Any]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(headings)
        writer.writerows(rows)
    return path
