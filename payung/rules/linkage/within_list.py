"""Who stands twice in one list under two NIKs: same name and birth date, and nothing that contradicts.

Two people may share both by chance, so this is a question for a person and never an answer.
"""

import polars as pl

MARKS = ("sex", "birth_place", "mother")
"""What tells two bearers of one name and birth date apart; a mark that either row leaves empty says nothing."""

MOST_COMPARED = 100
"""A name and birth date on more rows than that is a filler: its rows are not compared, each but the first is asked
about."""


def listed_again(people: pl.DataFrame) -> pl.DataFrame:
    """`id` and `beside` of every row that may be the person of a row of a lower `rank`; of several, the lowest.

    `people` has `id`, `rank` (each once) and name, birth and MARKS as `rows.read` gives them. The order in which the
    rows come changes nothing.
    """
    named = people.select("id", "rank", "name", "birth", *MARKS).drop_nulls(["name", "birth"])
    bearers = pl.len().over("name", "birth")
    few = named.filter(bearers.is_between(2, MOST_COMPARED))
    crowd = named.filter(bearers > MOST_COMPARED)
    pairs = few.join(few, on=["name", "birth"], suffix="_other").filter(pl.col("rank_other") < pl.col("rank"))
    contradicted = pl.any_horizontal((pl.col(mark) != pl.col(f"{mark}_other")).fill_null(False) for mark in MARKS)
    alike = pairs.filter(~contradicted).select("id", "rank", "rank_other", beside="id_other")
    first = pl.col("rank").min().over("name", "birth")
    filler = crowd.with_columns(
        first.alias("rank_other"), pl.col("id").sort_by("rank").first().over("name", "birth").alias("beside")
    ).filter(pl.col("rank") > pl.col("rank_other"))
    return (
        pl.concat([alike, filler.select(alike.columns)])
        .sort("rank", "rank_other")
        .unique("id", keep="first", maintain_order=True)
        .select("id", "beside")
    )
