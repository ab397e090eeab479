"""Questions the law has no answer to, each with its code (refusals.toml has the sentences)."""

from collections.abc import Mapping
from types import MappingProxyType

import narwhals as nw

from payung.rules.law.columns import CLASSES, GROUPS, PAYERS, SECTORS
from payung.rules.law.expressions import month_from
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.money import LARGEST_WAGE_RUPIAH

CONDITIONS: Mapping[str, nw.Expr] = MappingProxyType(
    {
        "class_unknown": nw.col("class").is_in(CLASSES),
        "wage_missing": ~nw.col("wage_rupiah").is_null(),
        "wage_negative": nw.col("wage_rupiah") >= 0,
        "wage_too_large": nw.col("wage_rupiah") <= LARGEST_WAGE_RUPIAH,
        "month_too_early": month_from(FIRST_MONTH),
        "group_unknown": nw.col("group").is_in(GROUPS) | (nw.col("class") == "BPU") | (nw.col("class") == "JAKON"),
        "payer_unknown": nw.col("payer").is_in(PAYERS),
        "sector_unknown": nw.col("sector").is_in(SECTORS),
        "programmes_missing": ~nw.any_horizontal(
            *(nw.col(f"in_{p}").is_null() for p in ("jkk", "jkm", "jht", "jp")), ignore_nulls=False
        ),
        "jp_not_for_bpu": ~(nw.col("in_jp") & (nw.col("class") == "BPU")),
        "accident_and_death_only": ~(
            (nw.col("in_jht") | nw.col("in_jp")) & (nw.col("class") != "PU") & (nw.col("class") != "BPU")
        ),
    }
)
"""What must hold, by the code of the refusal where it does not. An empty cell holds nowhere."""


def refusal() -> nw.Expr:
    """The code of the first condition that does not hold; empty where all do."""
    code = nw.lit(None, nw.String)
    for name, condition in reversed(list(CONDITIONS.items())):
        code = nw.when(condition).then(code).otherwise(nw.lit(name))
    return code
