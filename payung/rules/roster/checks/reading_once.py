"""Reading each different text once: a column of odd cells becomes columns of what they mean."""

from collections.abc import Callable
from typing import Any

import polars as pl

LONGEST_CELL = 200
"""No mark of a person is longer; only so much of a cell is looked at, so that no text can keep us busy."""


def read_once(
    people: pl.DataFrame,
    name: str,
    odd: pl.Series,
    read: Callable[[str, int], dict[str, Any]],
    schema: dict[str, Any],
) -> pl.DataFrame:
    """`read(text, kind)` for the odd cells of a field: a frame of person, text and the columns of `schema`.

    The order is that of the people.
    """
    if not odd.any():
        return pl.DataFrame(schema={"person": pl.UInt32, "text": pl.String, **schema})
    kind = name + "_kind"
    cells = people.select("person", pl.col(name).alias("text"), pl.col(kind).fill_null(0).alias("kind")).filter(odd)
    different = cells.select("text", "kind").unique()
    meanings = [
        read(text.strip()[:LONGEST_CELL] if len(text) > LONGEST_CELL else text, number)
        for text, number in different.iter_rows()
    ]
    frame = pl.DataFrame(meanings, schema=schema)
    return cells.join(pl.concat([different, frame], how="horizontal"), on=["text", "kind"], how="left").drop("kind")


def spread(people: pl.DataFrame, found: pl.DataFrame, column: str, onto: pl.Series) -> pl.Series:
    """`onto` with the values of `found` put in the rows of its persons."""
    if found.is_empty():
        return onto
    return onto.clone().scatter(found["person"], found[column].cast(onto.dtype))
