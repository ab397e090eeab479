"""What may be called probable, and what a person must look at. Nothing here is ever merged by itself."""

import polars as pl

from payung.rules.linkage.comparisons import UNKNOWN
from payung.rules.linkage.model import Model

EXACT, PROBABLE, REVIEW = "exact", "probable", "review"
TIERS = (EXACT, PROBABLE, REVIEW)
"""From certain to open. `exact` comes from `exact.decide` alone, never from a weight."""

_ONE_NAME = ("same", "same_single", "sounds_same", "within")
_NEARLY_ONE_NAME = (*_ONE_NAME, "slip", "alike")
_ONE_BIRTH = ("same", "same_stand_in", "swapped", "slip")


def tier_of(model: Model) -> pl.Expr:
    """The tier of a weighed pair that the exact tier did not prove; null when it is not worth a look.

    Probable needs more than its weight. Where both NIKs are known they must be one or nearly one (another serial of
    one region and birthday is a twin until a person says otherwise); where one is missing, name and birth date must
    be the same and the village or the mother's name too, neither of them contradicting.
    """
    certain = (pl.col("probability") >= model.probable_from) & (pl.col("sex") != "differ")
    probable = certain & (_nik_speaks_for_it() | _told_without_nik())
    worth_a_look = (pl.col("probability") >= model.review_from) | (pl.col("nik") == "same")
    return pl.when(probable).then(pl.lit(PROBABLE)).when(worth_a_look).then(pl.lit(REVIEW))


def _nik_speaks_for_it() -> pl.Expr:
    births_agree = pl.col("birth").is_in([*_ONE_BIRTH, UNKNOWN])
    same = (pl.col("nik") == "same") & pl.col("name").is_in(_NEARLY_ONE_NAME) & births_agree
    nearly = pl.col("nik").is_in(["last_lost", "slip"]) & pl.col("name").is_in(_ONE_NAME) & births_agree
    return same | nearly


def _told_without_nik() -> pl.Expr:
    one_name = pl.col("name").is_in(["same", "same_single", "sounds_same"])
    one_birth = pl.col("birth") == "same"
    surroundings = [pl.col("village"), pl.col("mother")]
    told = pl.any_horizontal(one == "same" for one in surroundings)
    denied = pl.any_horizontal(one == "differ" for one in surroundings)
    return (pl.col("nik") == UNKNOWN) & one_name & one_birth & told & ~denied


def only_one_each(paired: pl.DataFrame) -> pl.DataFrame:
    """Pairs of two tables (id_a, id_b, tier): where a row fits several others, a person must choose.

    Every `probable` whose row on either side has another exact or probable pair becomes `review`.
    """
    fitting = paired.filter(pl.col("tier") != REVIEW)
    crowded_a, crowded_b = (fitting.group_by(side).len().filter(pl.col("len") > 1)[side] for side in ("id_a", "id_b"))
    several = pl.col("id_a").is_in(crowded_a.implode()) | pl.col("id_b").is_in(crowded_b.implode())
    return paired.with_columns(
        pl.when((pl.col("tier") == PROBABLE) & several).then(pl.lit(REVIEW)).otherwise("tier").alias("tier")
    )
