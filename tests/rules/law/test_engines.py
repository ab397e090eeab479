"""One law, several engines: the same columns to the last rupiah."""

import random
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import polars as pl
import pytest

from payung.rules.law.columns import AMOUNTS, CLASSES, INPUTS, PAYERS, REFUSAL, SECTORS, STEPS
from payung.rules.law.contributions import NotWholeRupiahError, owed
from payung.rules.law.jkp import recomposition
from payung.rules.months import Month

EVERY_COLUMN = (*INPUTS, *STEPS, *AMOUNTS, REFUSAL)


def _people(count: int) -> pl.DataFrame:
    """A seeded crowd, refused rows among them: too early, too rich, of no class, with a wage beyond all bounds."""
    dice = random.Random(20261121)
    odd_wages = [None, -1, 0, 1, 999_999_999, 1_000_000_000, 1_000_000_001, 2**62]

    def person() -> tuple[Any, ...]:
        wage = dice.choice(odd_wages) if dice.random() < 0.1 else dice.randint(0, 30_000_000)
        return (
            dice.choice([*CLASSES, *CLASSES, *CLASSES, "PMI", None]),
            dice.randint(Month(2015, 5).index, Month(2028, 1).index),
            wage,
            dice.choice([1, 1, 2, 3, 4, 5, 0, None]),
            dice.choice([*PAYERS, "nobody"]),
            dice.choice(SECTORS),
            *(dice.random() < 0.7 for _ in range(4)),
        )

    types = dict.fromkeys(("month", "wage_rupiah", "group"), pl.Int64)
    return pl.DataFrame([person() for _ in range(count)], schema=list(INPUTS), schema_overrides=types, orient="row")


def test_polars_lazy_gives_what_polars_gives() -> None:
    people = _people(4_000)
    at_once = owed(people)
    later = owed(people.lazy())
    assert isinstance(later, pl.LazyFrame)
    assert later.collect().equals(at_once)
    assert at_once.filter(pl.col(REFUSAL).is_null()).height > 500
    assert at_once[REFUSAL].n_unique() > 5


def test_asking_for_some_columns_gives_those_alone() -> None:
    people = _people(1_000).with_row_index("id")
    whole, narrow = owed(people), owed(people, columns=("id", *AMOUNTS))
    assert narrow.columns == ["id", *AMOUNTS]
    assert narrow.equals(whole.select("id", *AMOUNTS))
    assert set(EVERY_COLUMN) <= set(whole.columns)


def test_narrow_integers_and_categories_serve_as_well() -> None:
    people = _people(1_000).filter(pl.col("wage_rupiah").is_between(0, 2**31 - 1))
    words = pl.col("class", "payer", "sector")
    small = people.with_columns(words.cast(pl.Categorical), pl.col("month", "group", "wage_rupiah").cast(pl.Int32))
    assert owed(small, columns=AMOUNTS).equals(owed(people, columns=AMOUNTS))


def test_a_wage_in_floats_is_refused() -> None:
    people = _people(5).with_columns(pl.col("wage_rupiah").cast(pl.Float64))
    with pytest.raises(NotWholeRupiahError):
        owed(people)


def test_duckdb_gives_what_polars_gives() -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed here")
    people = _people(2_000).with_row_index("id")
    asked = duckdb.from_arrow(people.to_arrow()) if find_spec("pyarrow") else None
    if asked is None:
        pytest.skip("handing a frame to DuckDB needs pyarrow")
    answered = owed(asked).order("id").pl().select(EVERY_COLUMN)
    assert answered.rows() == owed(people).select(EVERY_COLUMN).rows()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A local Spark of two threads, or a skip that says what is missing."""
    if find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed (make setup-cluster)")
    java = shutil.which("java")
    if java is None:
        pytest.skip("Spark needs Java 17, and there is no java here")
    version = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    if not any(f'"{major}.' in version or f'"{major}"' in version for major in (17, 21)):
        pytest.skip(f"Spark needs Java 17 or 21; this is {version.splitlines()[0] if version else 'unknown'}")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("payung-law")
    session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def _to_spark(spark: Any, people: pl.DataFrame) -> Any:
    kinds = {"month": "long", "wage_rupiah": "long", "group": "long", "id": "long"}
    kinds |= {name: "boolean" for name in INPUTS if name.startswith("in_")}
    schema = ", ".join(f"`{name}` {kinds.get(name, 'string')}" for name in people.columns)
    return spark.createDataFrame(people.rows(), schema=schema)


@pytest.mark.spark
def test_spark_gives_what_polars_gives(spark: Any) -> None:
    people = _people(4_000).with_row_index("id").cast({"id": pl.Int64})
    answered = owed(_to_spark(spark, people))
    assert set(answered.columns) == {"id", *EVERY_COLUMN}
    rows = [tuple(row) for row in answered.select("id", *EVERY_COLUMN).orderBy("id").collect()]
    assert rows == owed(people).select("id", *EVERY_COLUMN).rows()


@pytest.mark.spark
def test_spark_reckons_jkp_and_sums_like_polars(spark: Any) -> None:
    people = _people(2_000).filter(pl.col("wage_rupiah").is_between(0, 10**9))
    columns = ["jkp_base_rupiah", "jkp_from_jkk", "jkp_from_jkm", "jkp_government"]
    asked = people.with_columns(pl.col("payer").replace("nobody", "employer"))
    here = recomposition(asked).select(columns).sum().row(0)
    there = recomposition(_to_spark(spark, asked)).groupBy().sum(*columns).collect()[0]
    assert tuple(there) == here
    assert here[0] > 0
