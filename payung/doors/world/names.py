"""Names of people in columns: which words, how many of them, as region, sex and generation have it."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import polars as pl

from payung.doors.world.chance import below, draws, weighted

GENERATIONS = ("old", "middle", "young")
MIDDLE_FROM, YOUNG_FROM = 1972, 1992
PATTERNS = ("one", "two", "three", "prefixed", "prefixed two")
PATTERN_WEIGHTS = {
    "old": (28, 66, 0, 3, 3),
    "middle": (8, 72, 7, 7, 6),
    "young": (2, 50, 31, 7, 10),
}
KINDS = ("given", "second", "prefix")


@cache
def words(region: str) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Words of a region by (sex, generation, kind); sex is L or P, kind one of `KINDS`."""
    text = resources.files("payung.doors.world").joinpath(f"lists/names-{region}.toml").read_text(encoding="utf-8")
    lists: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for sex, section in (("L", "male"), ("P", "female")):
        data = tomllib.loads(text)[section]
        for generation in GENERATIONS:
            lists[sex, generation, "given"] = tuple(data[generation])
            lists[sex, generation, "second"] = tuple(data[f"second_{generation}"])
            lists[sex, generation, "prefix"] = tuple(data["prefixes"])
    return lists


def full_names(
    numbers: pl.Series,
    sexes: pl.Series,
    birth_years: pl.Series,
    *,
    mix: Sequence[tuple[str, int]],
    seed: int,
    stream: str,
) -> pl.Series:
    """A name for every person, in title case; one word is a whole name for many of the old."""
    region = weighted([share for _, share in mix], draws(numbers, seed=seed, stream=f"{stream} region"))
    generation = (birth_years >= MIDDLE_FROM).cast(pl.UInt32) + (birth_years >= YOUNG_FROM).cast(pl.UInt32)
    cell = (region * 2 + (sexes == "P").cast(pl.UInt32)) * len(GENERATIONS) + generation
    regions = [name for name, _ in mix]

    def drawn(part: str) -> pl.Series:
        return draws(numbers, seed=seed, stream=f"{stream} {part}")

    chosen = {
        "given": _words(regions, "given", cell, drawn("given")),
        "second": _words(regions, "second", cell, drawn("second")),
        "prefix": _words(regions, "prefix", cell, drawn("prefix")),
        "third": _words(regions, "given", cell, drawn("third")),
        "pattern": _patterns(generation, drawn("pattern")),
    }
    return pl.DataFrame(chosen).select(_joined().alias(stream)).to_series()


def _words(regions: Sequence[str], kind: str, cell: pl.Series, drawn: pl.Series) -> pl.Series:
    """A word of one kind for each person, out of the list of the person's cell."""
    flat: list[str] = []
    starts, sizes = [], []
    for region in regions:
        for sex in ("L", "P"):
            for generation in GENERATIONS:
                listed = words(region)[sex, generation, kind]
                starts.append(len(flat))
                sizes.append(len(listed))
                flat.extend(listed)
    size = pl.Series(sizes, dtype=pl.UInt64).gather(cell)
    start = pl.Series(starts, dtype=pl.UInt64).gather(cell)
    return pl.Series(flat).gather(start + below(size, drawn))


def _patterns(generation: pl.Series, drawn: pl.Series) -> pl.Series:
    by_generation = pl.DataFrame({name: weighted(PATTERN_WEIGHTS[name], drawn) for name in GENERATIONS})
    chosen = pl.when(pl.lit(generation) == 0).then("old")
    position = chosen.when(pl.lit(generation) == 1).then("middle").otherwise("young")
    return pl.Series(PATTERNS).gather(by_generation.select(position.alias("pattern")).to_series())


def _joined() -> pl.Expr:
    """The words in the order of the pattern; no word stands twice in a name."""
    given, second, prefix, third = (pl.col(name) for name in ("given", "second", "prefix", "third"))
    two = pl.format("{} {}", given, second)
    prefixed = pl.when(prefix == given).then(two).otherwise(pl.format("{} {}", prefix, given))
    three = pl.when(third == given).then(two).otherwise(pl.format("{} {} {}", given, third, second))
    prefixed_two = pl.when(prefix == given).then(two).otherwise(pl.format("{} {} {}", prefix, given, second))
    pattern = pl.col("pattern")
    return (
        pl.when(pattern == "one").then(given)
        .when(pattern == "two").then(two)
        .when(pattern == "three").then(three)
        .when(pattern == "prefixed").then(prefixed)
        .otherwise(prefixed_two)
    )  # fmt: skip
