"""The pool of candidates of a synthetic city: as many as reported, each reason planted once."""

import csv
import json
from pathlib import Path

import pytest

from payung.doors.world.candidates import PLANTED, REPORTED, REPORTED_OUT, Pool, write_pool


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    return write_pool("sukabumi", tmp_path_factory.mktemp("pool"), people=400)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_as_many_as_the_city_reported() -> None:
    assert sum(PLANTED.values()) == REPORTED_OUT and REPORTED - REPORTED_OUT == 3_382


def test_every_row_is_written_and_only_the_repeated_stand_twice(pool: Pool) -> None:
    niks = [row["NIK"] for path in pool.lists for row in rows(path)]
    assert len(niks) == pool.people == 400
    assert len(niks) - len(set(niks)) == pool.reasons["twice"]
    assert pool.valid == 400 - sum(pool.reasons.values()) == 400 - 400 * REPORTED_OUT // REPORTED
    assert {row["NIK"] for row in rows(pool.deciles)} == set(niks)


def test_reasons_do_not_overlap_and_the_truth_is_written(pool: Pool) -> None:
    groups = [
        {row["NIK"] for row in rows(pool.wage_earners)}, {row["NIK"] for row in rows(pool.deaths)},
        {row["NIK"] for row in rows(pool.removals)}, set(pool.not_working),
        {row["NIK"] for row in rows(pool.deciles) if int(row["DESIL"]) > 5},
    ]  # fmt: skip
    assert sum(map(len, groups)) == len(set().union(*groups))
    truth = json.loads((pool.deciles.parent / "kebenaran.json").read_text())
    assert truth == {"people": 400, "valid": pool.valid, "reasons": pool.reasons}


def test_the_same_seed_gives_the_same_lists(pool: Pool, tmp_path: Path) -> None:
    again = write_pool("sukabumi", tmp_path, people=400)
    assert [path.read_bytes() for path in again.lists] == [path.read_bytes() for path in pool.lists]
