"""One law of benefits, several engines: the same columns to the last rupiah."""

from typing import Any

import polars as pl
import pytest

from payung.rules.law.benefits.columns import AMOUNTS, COMPONENTS, KINDS, STEPS
from payung.rules.law.benefits.paid import paid
from payung.rules.law.columns import REFUSAL
from payung.rules.law.contributions import NotWholeRupiahError
from tests.rules.law.benefits.asked import SCHEMA, crowd
from tests.rules.law.test_engines import spark

__all__ = ["spark"]

EVERY_COLUMN = (*SCHEMA, *STEPS, *AMOUNTS, REFUSAL)


def test_polars_lazy_gives_what_polars_gives() -> None:
    cases = crowd(6_000)
    at_once = paid(cases, columns=EVERY_COLUMN)
    later = paid(cases.lazy(), columns=EVERY_COLUMN)
    assert isinstance(later, pl.LazyFrame)
    assert later.collect().equals(at_once)
    answered = at_once.filter(pl.col(REFUSAL).is_null())
    assert answered.height > 1_500
    assert set(answered["kind"]) == set(KINDS)
    assert at_once[REFUSAL].n_unique() > 20


def test_the_components_add_up_and_are_the_kinds_own() -> None:
    answered = paid(crowd(6_000)).filter(pl.col(REFUSAL).is_null())
    assert answered.select((pl.sum_horizontal(COMPONENTS) == pl.col("total")).all()).item()
    assert answered.select(pl.min_horizontal(COMPONENTS).min()).item() >= 0
    for name, kind in KINDS.items():
        others = [component for component in COMPONENTS if component not in kind.components]
        assert answered.filter(pl.col("kind") == name).select(pl.sum_horizontal(others).sum()).item() == 0


def test_no_column_is_a_float() -> None:
    reckoned = paid(crowd(200), columns=EVERY_COLUMN)
    assert not [name for name, kind in reckoned.schema.items() if kind.is_float()]


def test_a_refused_row_has_no_amounts_and_keeps_its_place() -> None:
    cases = crowd(3_000).with_row_index("id")
    reckoned = paid(cases)
    assert reckoned["id"].to_list() == cases["id"].to_list()
    refused = reckoned.filter(pl.col(REFUSAL).is_not_null())
    assert refused.select(pl.all_horizontal(pl.col(AMOUNTS).is_null()).all()).item()
    assert reckoned.filter(pl.col(REFUSAL).is_null()).select(pl.col(AMOUNTS).null_count()).sum_horizontal().item() == 0


def test_facts_nobody_has_may_be_left_out() -> None:
    cases = pl.DataFrame({"kind": ["jkm", "jkk-death"], "on": [20191202, 20191202], "class": ["PU", "PU"]})
    assert paid(cases).select("total", REFUSAL).rows() == [(42_000_000, None), (None, "missing/wage")]


@pytest.mark.parametrize("column", ["wage_rupiah", "months", "on"])
def test_a_number_in_floats_is_refused(column: str) -> None:
    with pytest.raises(NotWholeRupiahError):
        paid(crowd(5).with_columns(pl.col(column).cast(pl.Float64)))


@pytest.mark.spark
def test_spark_gives_what_polars_gives(spark: Any) -> None:
    cases = crowd(3_000).with_row_index("id").cast({"id": pl.Int64})
    words = {pl.String: "string", pl.Boolean: "boolean"}
    schema = ", ".join(f"`{name}` {words.get(kind.base_type(), 'long')}" for name, kind in cases.schema.items())
    answered = paid(spark.createDataFrame(cases.rows(), schema=schema), columns=("id", *EVERY_COLUMN))
    rows = [tuple(row) for row in answered.orderBy("id").collect()]
    assert rows == paid(cases, columns=("id", *EVERY_COLUMN)).rows()
