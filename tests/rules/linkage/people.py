"""People by hand for linkage tests: one whole row, and what differs from it."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from payung.rules.linkage.rows import COLUMNS

Row = Mapping[str, str | None]
ON = date(2022, 10, 1)
ASEP: Row = {
    "nik": "3273021005809101", "name": "Asep Sunandar", "birth_date": "10-05-1980", "birth_place": "Bandung",
    "sex": "L", "village": "Dago", "mother_name": "Iceu Kurniasih",
}  # fmt: skip


def table(*rows: Row, letter: str = "A", columns: tuple[str, ...] = COLUMNS) -> pl.DataFrame:
    """Rows with ids A0, A1, ...; what a row does not tell is unknown."""
    schema: dict[str, type[pl.String]] = dict.fromkeys(("id", *columns), pl.String)
    told = [{"id": f"{letter}{at}", **{column: row.get(column) for column in columns}} for at, row in enumerate(rows)]
    return pl.DataFrame(told, schema=schema)


def like_asep(**changes: str | None) -> dict[str, str | None]:
    """Asep with some facts told otherwise."""
    return {**ASEP, **changes}
