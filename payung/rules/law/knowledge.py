"""The second time axis as a difference: the same months reckoned with what was known on two days."""

from datetime import date

import polars as pl

from payung.rules.law.columns import AMOUNTS, INPUTS, PROGRAMMES, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.figures import Figure
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.rulebook import Rulebook, rulebook
from payung.rules.months import Month

THEN = "_then"
"""Suffix of the amounts reckoned with the earlier knowledge."""

CHANGED = "changed"
DIFFERENCE = "difference"


def compared(
    frame: pl.DataFrame, *, known_on: date | None, compared_to: date | None, readings: Readings = DEFAULT_READINGS
) -> pl.DataFrame:
    """What the two days know differently about the same people and months, row order kept.

    Adds to the columns of `columns.INPUTS`: AMOUNTS as known on `known_on`, the same with THEN as known on
    `compared_to` (None: all that has been entered), `difference` (the first total less the second, rupiah),
    `changed` (ids of the figures behind it, joined by a space; empty where nothing differs) and `refusal`.

    Raises NotKnownError when nothing of the law was known on one of the days.
    """
    now = owed(frame, readings=readings, known_on=known_on, columns=[*AMOUNTS, REFUSAL])
    then = owed(frame, readings=readings, known_on=compared_to, columns=AMOUNTS)
    both = pl.concat(
        [frame, now.drop(REFUSAL), then.rename({name: name + THEN for name in AMOUNTS}), now.select(REFUSAL)],
        how="horizontal",
    ).with_columns((pl.col("total") - pl.col(f"total{THEN}")).alias(DIFFERENCE))
    differs = pl.any_horizontal(pl.col(name) != pl.col(name + THEN) for name in AMOUNTS).fill_null(False)
    kind = [name for name in INPUTS if name != "wage_rupiah"]
    kinds = both.filter(differs).select(kind).unique(maintain_order=True)
    told = kinds.with_columns(
        pl.Series(CHANGED, [_changed(row, known_on, compared_to) for row in kinds.iter_rows(named=True)], pl.String)
    )
    named = both.join(told, on=kind, how="left", nulls_equal=True, maintain_order="left")
    return named.with_columns(pl.when(differs).then(pl.col(CHANGED)))


def _changed(row: dict[str, object], known_on: date | None, compared_to: date | None) -> str:
    """The figures of the row's programmes that only one of the two days knows."""
    month = Month.from_index(int(str(row["month"])))
    sides = [
        {figure.id: figure for figure in _behind(row, rulebook(month, known_on=day))} for day in (known_on, compared_to)
    ]
    ids = sorted(name for name in sides[0].keys() | sides[1].keys() if sides[0].get(name) != sides[1].get(name))
    return " ".join(ids)


def _behind(row: dict[str, object], law: Rulebook) -> list[Figure]:
    """Every figure that may enter the amounts of such a row."""
    joined = {name for name in PROGRAMMES if row[f"in_{name.lower()}"]}
    klass, figures = row["class"], list[Figure]()
    if klass == "BPU":
        figures += [bracket.base for bracket in law.bpu_brackets.brackets] + [law.jht_bpu_worker]
        figures += [law.jkk_bpu] * ("JKK" in joined) + [law.jkm_bpu] * ("JKM" in joined)
    else:
        jkk = law.jakon_jkk if klass == "JAKON" else law.jkk_pu[int(str(row["group"]))]
        figures += [jkk] * ("JKK" in joined) + [law.jkm_pu] * ("JKM" in joined)
        figures += [law.jht_pu_employer, law.jht_pu_worker] * ("JHT" in joined)
        figures += [law.jp_ceiling, law.jp_employer, law.jp_worker] * ("JP" in joined)
    reliefs = [
        relief.figure
        for relief in law.reliefs
        if relief.programme in joined and klass in relief.classes and row["payer"] in relief.payers
    ]
    return figures + reliefs
