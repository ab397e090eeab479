"""Rows of a list that may be the person of another row under another NIK: they wait until somebody said who it is."""

from datetime import date

import polars as pl

from payung.office.registry import blocks
from payung.office.registry.judged import READS, judged
from payung.rules.linkage import rows, within_list

REASON = "twice_other_nik"
"""Why such a row waits. It resembles a row of its own list, which the registry need not know yet."""


def waiting(government_id: int, linked: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """`key` of each new person's row that may be a person of the same list, and `beside_id`: whom, if already known.

    Somebody whom the registry knows comes before somebody new, then the order of the sheet counts. A row of which a
    person said that it is somebody new does not wait again. Marks are opened only of rows that share a name and a
    birth date. `linked` has the list's sound rows with the decisions of linkage.
    """
    nobody = pl.DataFrame(schema={"key": pl.Int64, "beside_id": pl.Int64})
    shared = linked.filter(
        pl.struct("name_key", "birth_date").is_duplicated(),
        pl.col("name_key").is_not_null() & pl.col("birth_date").is_not_null(),
    ).unique("key")
    is_new = pl.col("decision").is_null()
    if not shared["decision"].has_nulls():
        return nobody
    ranks = shared.sort(is_new, "position").select("key", "person_id", is_new.alias("is_new")).with_row_index("rank")
    told = rows.read(blocks.list_rows(shared["key"]), on=on).join(ranks, left_on="id", right_on="key")
    again = within_list.listed_again(told).rename({"id": "key"})
    known = ranks.select(beside="key", beside_id="person_id")
    said = judged(government_id, shared.select("key", *READS))
    return (
        again.join(ranks.filter("is_new"), on="key", how="semi")
        .join(said, on="key", how="anti")
        .join(known, on="beside", how="left")
        .select(nobody.columns)
    )
