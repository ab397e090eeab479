"""Why a pair has its probability: from the chance before to the chance after, one step for each comparison."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.rules.linkage.comparisons import UNKNOWN, all_of_them
from payung.rules.linkage.model import Model

UNKNOWN_WORDS = {"id": "tidak diketahui di salah satu sisi, tidak dihitung", "en": "unknown on one side, not counted"}


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: what each side says, how they stand to each other, and the weight in bits."""

    comparison: str
    title: Mapping[str, str]
    left: str | None
    right: str | None
    level: str
    words: Mapping[str, str]
    bits: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """`start_bits` (the odds before anything was compared) and the steps' bits add up to `end_bits`."""

    start_bits: float
    steps: tuple[Step, ...]
    end_bits: float
    probability: float
    model_version: str


def of(
    levels: Mapping[str, str], left: Mapping[str, Any], right: Mapping[str, Any], model: Model, *, prior: float
) -> Waterfall:
    """The steps of one weighed pair: its levels (see `weighing.weigh`) and both rows as `rows.read` gives them."""
    steps = tuple(
        Step(
            comparison=one.name,
            title=one.title,
            left=_text(left[one.column]),
            right=_text(right[one.column]),
            level=levels[one.name],
            words=UNKNOWN_WORDS if levels[one.name] == UNKNOWN else one.level(levels[one.name]).words,
            bits=model.bits(one.name, levels[one.name]),
        )
        for one in all_of_them()
    )
    start = math.log2(prior / (1 - prior))
    end = start + math.fsum(step.bits for step in steps)
    return Waterfall(start, steps, end, 1 / (1 + 2.0**-end), model.version)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
