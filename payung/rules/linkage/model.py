"""The stored model: how much each level of each comparison says, from when it holds, and on what it was trained."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from payung.rules.linkage.comparisons import UNKNOWN, all_of_them

MODELS = Path(__file__).with_name("models")
CURRENT = "2026-11"
"""The version that is used. An older one stays readable, so that an old decision can be explained."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and thresholds of one version.

    `weights`: comparison -> level -> m (chance among pairs that are one person) and u (among pairs that are two).
    """

    version: str
    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    probable_from: float
    review_from: float
    overlap: float
    smallest_side: int

    def bits(self, comparison: str, level: str) -> float:
        """How far a level moves the scale, in bits: +1 doubles the odds, -1 halves them; unknown says nothing."""
        if level == UNKNOWN:
            return 0.0
        odds = self.weights[comparison][level]
        return math.log2(odds["m"] / odds["u"])

    def prior(self, rows: int) -> float:
        """The chance that two rows picked blindly are one person, the larger side having so many rows.

        `overlap` of the smaller side is expected in the larger; a small file is treated as part of a larger
        population, so that few rows do not make two people one.
        """
        return self.overlap / max(rows, self.smallest_side)


@cache
def read(version: str = CURRENT) -> Model:
    """The model of a version. Raises LookupError when there is none."""
    path = MODELS / f"{version}.json"
    if not path.is_file():
        raise LookupError(f"no linkage model {version}")
    told = json.loads(path.read_text(encoding="utf-8"))
    for comparison in all_of_them():
        levels = [level.key for level in comparison.levels]
        if levels != list(told["weights"][comparison.name]):
            raise LookupError(f"model {version} was trained on other levels of {comparison.name}")
    return Model(
        version=told["version"],
        weights=told["weights"],
        probable_from=told["thresholds"]["probable_from"],
        review_from=told["thresholds"]["review_from"],
        overlap=told["prior"]["overlap"],
        smallest_side=told["prior"]["smallest_side"],
    )
