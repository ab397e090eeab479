"""The reader against the truth: every planted fault is found with its verdict, and no clean row is flagged."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.doors.world import places, workbooks, worlds
from payung.doors.world.truth import Truth
from payung.rules.roster import checking, reading

Seen = dict[tuple[str, str, int], dict[str, Any]]
SIZES = [
    pytest.param("bandung", 1500, id="bandung-small"),
    pytest.param("bekasi", 1500, id="bekasi-small"),
    pytest.param("sukabumi", 400, id="sukabumi-small"),
    *[pytest.param(place, None, id=f"{place}-full", marks=pytest.mark.full) for place in places.available()],
]
NOT_TYPED = {"birth_missing": "birth_date", "sex_missing": "sex"}


def read_all(truth: Truth, world: worlds.World) -> Seen:
    """What the reader answers for every physical row of every list: its values, and its codes as a set."""
    seen: Seen = {}
    for file, membership_class in truth.rows.select("file", "membership_class").unique("file").iter_rows():
        checked = checking.check(
            reading.read(truth.folder / file),
            on=world.month.first_day,
            membership_class=membership_class,
            place=world.place.code,
        )
        for row in checked.rows.iter_rows(named=True):
            seen[file, row["sheet"], row["row"]] = row | {"codes": set()}
        for sheet, row, code in checked.findings.select("sheet", "row", "code").iter_rows():
            seen[file, sheet, row]["codes"].add(code)
    return seen


@pytest.mark.parametrize(("place", "people"), SIZES)
def test_every_fault_is_found_and_no_clean_row_is_flagged(
    place: str, people: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = worlds.make(place, people=people)
    truth = workbooks.write(world, tmp_path)
    seen = read_all(truth, world)
    listed = {row[:3] for row in truth.rows.select("file", "sheet", "row").iter_rows()}
    invented = [key for key, row in seen.items() if key not in listed and row["verdict"] != "not_a_person"]
    lost = [key for key in listed if key not in seen or seen[key]["verdict"] == "not_a_person"]
    assert not invented and not lost, (invented[:10], lost[:10])
    wrong = [line for row in truth.rows.iter_rows(named=True) for line in _complaints(row, seen)]
    with capsys.disabled():
        print(_summary(world, truth, seen, wrong))
    assert not wrong, "\n".join(wrong[:40])


def _complaints(row: dict[str, Any], seen: Seen) -> list[str]:
    """Where the reader and the truth differ about one row, in words."""
    read = seen[row["file"], row["sheet"], row["row"]]
    where = f"{row['file']}/{row['sheet']}/{row['row']} {row['kind'] or 'untouched'}"
    complaints = []
    if row["codes"] and not read["codes"] & set(row["codes"]):
        complaints.append(f"{where}: none of {row['codes']} in {sorted(read['codes'])}")
    if read["verdict"] != row["verdict"]:
        complaints.append(f"{where}: {read['verdict']} instead of {row['verdict']}, {sorted(read['codes'])}")
    if not row["codes"] and read["codes"] - set(row["allowed"]):
        complaints.append(f"{where}: flagged {sorted(read['codes'] - set(row['allowed']))}")
    if row["verdict"] in ("clean", "repaired"):
        complaints += [f"{where}: {text}" for text in _wrong_values(row, read)]
    return complaints


def _wrong_values(row: dict[str, Any], read: dict[str, Any]) -> list[str]:
    """Values of a readable row that are not the person's own."""
    fields = ("nik", "name", "birth_date", "sex")
    wrong = [field for field in fields if str(read[field]).upper() != str(row[field]).upper()]
    return [f"{field} is {read[field]!r}" for field in wrong if field != NOT_TYPED.get(row["kind"])]


def _summary(world: worlds.World, truth: Truth, seen: Seen, wrong: list[str]) -> str:
    planted, quiet = truth.planted, truth.rows.filter(pl.col("codes").list.len() == 0)
    columns = ("file", "sheet", "row", "codes", "allowed")
    found = sum(bool(seen[row[:3]]["codes"] & set(row[3])) for row in planted.select(columns).iter_rows())
    flagged = sum(bool(seen[row[:3]]["codes"] - set(row[4])) for row in quiet.select(columns).iter_rows())
    return (
        f"\n{world.place.name}: {len(truth.rows)} rows in {truth.rows['file'].n_unique()} files; "
        f"planted {len(planted)} faults of {planted['kind'].n_unique()} kinds, found {found}; "
        f"{len(quiet)} rows without a fault, flagged {flagged}; differences {len(wrong)}"
    )
