"""The lists by which villages propose workers for a decree: one for each kecamatan, some people on two of them."""

from pathlib import Path

import polars as pl

from payung.doors.world.chance import below, draws

HEADINGS = {
    "nik": "NIK", "name": "Nama", "birth_place": "Tempat Lahir", "birth_date": "Tanggal Lahir",
    "sex": "Jenis Kelamin", "job": "Pekerjaan", "district": "Kecamatan", "village": "Desa/Kelurahan",
}  # fmt: skip
TWICE_PER_THOUSAND = 4


def write_lists(people: pl.DataFrame, folder: Path) -> list[Path]:
    """Writes `desa/calon-<kecamatan>.csv`, and `desa/calon-susulan.csv` with those whom a later list names again."""
    into = folder / "desa"
    into.mkdir(parents=True, exist_ok=True)
    parts = people.sort("district_code", "person").partition_by("district_code", as_dict=True, maintain_order=True)
    lists = [_written(into / f"calon-{code}.csv", rows) for (code,), rows in parts.items()]
    again = below(1000, draws(people["person"], seed=len(people), stream="proposed twice")) < TWICE_PER_THOUSAND
    return [*lists, _written(into / "calon-susulan.csv", people.filter(again))] if again.any() else lists


def _written(path: Path, rows: pl.DataFrame) -> Path:
    rows.select(*HEADINGS).rename(HEADINGS).write_csv(path, separator=";", date_format="%d-%m-%Y")
    return path
