"""The lists of the sample world, held against their truth: every planted fault found, no clean row flagged."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from payung.doors.world import workbooks, worlds
from payung.doors.world.truth import Truth
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.reading import read

POINTED_OUT = frozenset(("row_hidden",))
"""Said of any hidden row, whatever stands in it."""


@dataclass
class Score:
    """What was held against the truth."""

    people: int = 0
    planted: int = 0
    missed: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def scored(truth: Truth, place: str, on: date) -> Score:
    score = Score()
    for (file,), rows in truth.rows.partition_by("file", as_dict=True, maintain_order=True).items():
        membership_class = rows["membership_class"][0]
        answer = check(read(truth.folder / str(file)), on=on, membership_class=membership_class, place=place)
        heights = truth.sheets.filter(pl.col("file") == file).select("sheet", "last_row").rows()
        assert answer.rows.group_by("sheet", maintain_order=True).len().rows() == heights
        people = answer.rows.filter(pl.col("verdict") != "not_a_person")
        assert people.select("sheet", "row").rows() == rows.sort(_in_order(answer, rows)).select("sheet", "row").rows()
        _compare(str(file), rows.join(people, on=["sheet", "row"], suffix="_read"), answer, score)
    return score


def _in_order(answer: Checked, rows: pl.DataFrame) -> pl.Series:
    places = answer.rows.select("sheet", "row").with_row_index("place")
    return rows.join(places, on=["sheet", "row"], how="left", maintain_order="left")["place"]


def _compare(file: str, both: pl.DataFrame, answer: Checked, score: Score) -> None:
    codes = {
        (sheet, row): set(found)
        for sheet, row, found in answer.findings.group_by("sheet", "row").agg("code").iter_rows()
    }
    for row in both.iter_rows(named=True):
        found = codes.get((row["sheet"], row["row"]), set())
        where = f"{file} {row['sheet']} {row['row']} {row['kind']}: {row['verdict_read']} {sorted(found)}"
        score.people += 1
        if row["codes"]:
            score.planted += 1
            if not found & set(row["codes"]) or row["verdict_read"] != row["verdict"]:
                score.missed.append(where)
        elif found - set(row["allowed"]) - POINTED_OUT or row["verdict_read"] != row["verdict"]:
            score.flagged.append(where)
        if row["verdict_read"] in ("clean", "repaired") and not _true_values(row):
            score.wrong.append(where)


def _true_values(row: dict[str, object]) -> bool:
    """Whether what would be enrolled is what is true; a warned-of empty cell is no untruth."""
    pairs = [(row[name], row[f"{name}_read"]) for name in ("nik", "birth_date", "sex")]
    pairs.append((str(row["name"]).upper(), str(row["name_read"]).upper()))
    pairs.append((row["wage_rupiah"], row["wage"]))
    return all(read_value is None or true_value == read_value for true_value, read_value in pairs)


@pytest.mark.parametrize(
    ("name", "people"),
    [("bandung", 1500), ("bekasi", 2000), ("sukabumi", None), ("cirebon", 1200), ("banjarnegara", 1200)],
)
def test_every_planted_fault_is_found_and_no_clean_row_is_flagged(
    name: str, people: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = worlds.make(name, people=people)
    score = scored(workbooks.write(world, tmp_path), world.place.code, world.month.first_day)
    with capsys.disabled():
        print(
            f"\n{world.place.name}: {score.people} people, {score.planted} faults planted, {len(score.missed)} missed, "
            f"{len(score.flagged)} clean rows flagged, {len(score.wrong)} wrong values"
        )
    assert score.planted >= score.people // 30
    assert (score.missed, score.flagged, score.wrong) == ([], [], [])
