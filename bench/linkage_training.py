"""Trains the linkage model on synthetic truth and writes it with its recipe: payung/rules/linkage/models/VERSION.json.

    python bench/linkage_training.py VERSION --date YYYY-MM-DD

u of each level is estimated by Splink on random pairs of all rows; m by Splink on the true pairs of all rows (the
exact ones included). u of the NIK is counted on pairs of different people who have one birth date and sex, because
the birth date is weighed by itself and stands in the NIK once more. The worlds are not those of bench/linkage.py.
"""

import argparse
import json
import logging
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import polars as pl

from bench import linkage_truth
from payung.rules.linkage import rows
from payung.rules.linkage.comparisons import all_of_them, splink_settings
from payung.rules.linkage.linking import link
from payung.rules.linkage.model import MODELS, Model
from payung.rules.linkage.tiers import TIERS
from payung.rules.linkage.weighing import weigh

PLACES, SEED, REGISTRY, LISTED = ("sukabumi", "cirebon", "banjarnegara"), 11, 60_000, 20_000
HELD_OUT = ("bekasi", 23, 50_000, 10_000)
ON = date(2022, 10, 1)
RANDOM_PAIRS = 4_000_000
SMALLEST_CHANCE = 1e-6
"""No level is rarer than this, however few random pairs were on it: what was not seen is not impossible."""
THRESHOLDS = {"probable_from": 0.99, "review_from": 0.5}
PRIOR = {"overlap": 0.5, "smallest_side": 1000}
RECIPE = {
    "script": "bench/linkage_training.py", "truth": "bench/linkage_truth.py", "places": PLACES, "seed": SEED,
    "registry": REGISTRY, "listed": LISTED, "random_pairs": RANDOM_PAIRS, "smallest_chance": SMALLEST_CHANCE,
    "damage_per_thousand": linkage_truth.DAMAGE, "lost_in_registry_per_thousand": linkage_truth.LOST_IN_REGISTRY,
    "note": "Synthetic people; how often each damage occurs is assumed, not observed. The prior and probable_from were "
    "set before anything was measured; review_from was raised from 0.2 to 0.5 after the first measurement.",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version")
    parser.add_argument("--date", type=date.fromisoformat, required=True)
    asked = parser.parse_args()
    left, right, pairs = truth()
    weights = trained(left, right, pairs)
    weights["nik"] = {level: {**odds, "u": u} for (level, odds), u in
                      zip(weights["nik"].items(), nik_chances(left, right, pairs, weights), strict=True)}  # fmt: skip
    model = {
        "version": asked.version, "trained_on": asked.date.isoformat(), "recipe": RECIPE, "thresholds": THRESHOLDS,
        "prior": PRIOR, "weights": weights,
    }  # fmt: skip
    path = MODELS / f"{asked.version}.json"
    write(model, path)
    model["measured"] = measure(asked.version)
    write(model, path)
    print(f"{path}: {sum(map(len, weights.values()))} levels of {len(weights)} comparisons; {model['measured']}")


def write(model: dict[str, object], path: Path) -> None:
    path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def measure(version: str) -> dict[str, object]:
    """Pairs and precision of each tier on people whom the training did not see."""
    place, seed, registry, listed = HELD_OUT
    made = linkage_truth.make(place, seed=seed, registry=registry, listed=listed)
    pairs = link(made.left, made.right, on=ON, version=version).pairs
    told: dict[str, object] = {"place": place, "seed": seed, "registry": registry, "listed": listed}
    for tier in TIERS:
        shown = pairs.filter(pl.col("tier") == tier)
        true = shown.join(made.pairs, on=["id_a", "id_b"], how="semi")
        told[tier] = {"pairs": shown.height, "precision": round(true.height / max(shown.height, 1), 4)}
    found = pairs.join(made.pairs, on=["id_a", "id_b"], how="semi")
    return told | {"recall_of_all_tiers": round(found.height / made.pairs.height, 4)}


def truth() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """All places as one registry and one list, read; and the true pairs."""
    sides: list[list[pl.DataFrame]] = [[], [], []]
    for number, place in enumerate(PLACES):
        made = linkage_truth.make(place, seed=SEED + number, registry=REGISTRY, listed=LISTED)
        left, right = rows.read(made.left, on=ON), rows.read(made.right, on=ON)
        for side, frame in zip(sides, (left, right, made.pairs), strict=True):
            side.append(
                frame.with_columns(
                    (place + pl.col(name)).alias(name) for name in frame.columns if name.startswith("id")
                )
            )
    return pl.concat(sides[0]), pl.concat(sides[1]), pl.concat(sides[2])


def trained(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """Comparison -> level -> m and u, estimated by Splink."""
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    labelled = [
        left.join(pairs, left_on="id", right_on="id_a", how="left")
        .with_columns(pl.col("id_b").alias("label"))
        .drop("id_b"),
        right.with_columns(pl.col("id").alias("label")),
    ]
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    tables = [
        api.register(side.rename({"id": "unique_id"}).to_arrow(), dataset_display_name=name)
        for side, name in zip(labelled, ("a", "b"), strict=True)
    ]
    settings = splink_settings(None, prior=1e-6, link_type="link_only")
    linker = Linker(tables, settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    linker.training.estimate_m_from_label_column("label")
    told = linker.misc.save_model_to_json()
    return {
        comparison["output_column_name"]: _none_says_more_than_the_first({
            level["label_for_charts"]: {
                "m": _chance(level.get("m_probability")), "u": _chance(level.get("u_probability"))
            }
            for level in comparison["comparison_levels"] if not level.get("is_null_level")
        })
        for comparison in told["comparisons"]
    }  # fmt: skip


def nik_chances(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, weights) -> list[float]:
    """How often two people of one birth date and sex stand on each level of the NIK."""
    shared = left.join(right, on=["birth", "sex"], suffix="_b").select(pl.col("id").alias("id_a"), "id_b")
    strangers = shared.join(pairs, on=["id_a", "id_b"], how="anti")
    untuned = Model("untuned", weights, 1.0, 0.0, 0.5, 1)
    counts = dict(
        weigh(strangers, left, right, untuned, prior=0.5)
        .filter(pl.col("nik") != "unknown")["nik"]
        .value_counts()
        .iter_rows()
    )
    whole = sum(counts.values())
    print(f"NIK among {whole:,} pairs of strangers of one birth date and sex: {counts}")
    return [_chance(counts.get(level.key, 0) / whole) for comparison in all_of_them() if comparison.name == "nik"
            for level in comparison.levels]  # fmt: skip


def _none_says_more_than_the_first(levels: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """A value spelt alike cannot speak louder for one person than the same value, however rare it was."""
    first = next(iter(levels.values()))
    return {
        key: {"m": odds["m"], "u": _chance(max(odds["u"], odds["m"] * first["u"] / first["m"]))}
        for key, odds in levels.items()
    }


def _chance(value: object) -> float:
    """Six significant digits, and never nothing."""
    told = value if isinstance(value, float) else 0.0
    return float(f"{max(told, SMALLEST_CHANCE):.6g}")


if __name__ == "__main__":
    main()
