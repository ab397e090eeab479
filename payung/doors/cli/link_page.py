"""What `payung link` prints: the counts of the tiers, and the waterfall of one pair."""

from collections.abc import Iterator

import polars as pl

from payung.rules.linkage import tiers
from payung.rules.linkage.linking import Linked
from payung.rules.linkage.waterfall import Waterfall
from payung.rules.money import grouped

WORDS = {
    "id": {
        "exact": "pasti (NIK sama, tidak ada yang bertentangan)", "probable": "sangat mungkin orang yang sama",
        "review": "perlu dilihat orang", "model": "Model", "pairs": "Pasangan",
        "crowded": "Tidak dibandingkan karena terlalu umum: {blocks} nilai {kind} ({pairs} pasangan).",
        "start": "Awal, sebelum apa pun dibandingkan", "end": "Jumlah", "unknown": "tidak diketahui",
        "probability": "Kemungkinan orang yang sama", "bits": "bobot: +1 menggandakan kemungkinan, -1 membaginya dua",
        "tier": "Golongan", "none": "tidak cukup mirip untuk diperlihatkan",
    },
    "en": {
        "exact": "certain (one NIK, nothing against it)", "probable": "very likely one person",
        "review": "a person must look", "model": "Model", "pairs": "Pairs",
        "crowded": "Not compared because too common: {blocks} values of {kind} ({pairs} pairs).",
        "start": "Before anything is compared", "end": "Sum", "unknown": "unknown",
        "probability": "Chance of being one person", "bits": "weight: +1 doubles the odds, -1 halves them",
        "tier": "Tier", "none": "not alike enough to be shown",
    },
}  # fmt: skip


def counts(linked: Linked, language: str) -> str:
    """How many pairs of each tier, and what was too common to be compared."""
    return "\n".join(_counts(linked, language))


def _counts(linked: Linked, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield words["pairs"]
    found = dict(linked.pairs.group_by("tier").len().iter_rows())
    for tier in tiers.TIERS:
        yield f"  {words[tier]:<52}{grouped(found.get(tier, 0)):>9}"
    for crowd in linked.crowded.filter(pl.col("blocks") > 0).iter_rows(named=True):
        yield words["crowded"].format(
            blocks=grouped(crowd["blocks"]), kind=crowd["kind"], pairs=grouped(crowd["pairs"])
        )
    yield f"{words['model']} {linked.model_version}"


def page(waterfall: Waterfall, tier: str | None, language: str) -> str:
    """The waterfall of a pair, one comparison after the other."""
    return "\n".join(_page(waterfall, tier, language))


def _page(waterfall: Waterfall, tier: str | None, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield f"{words['model']} {waterfall.model_version}; {words['bits']}"
    yield f"{waterfall.start_bits:>+8.2f}  {words['start']}"
    for step in waterfall.steps:
        left, right = (side if side is not None else words["unknown"] for side in (step.left, step.right))
        yield f"{step.bits:>+8.2f}  {step.title[language]}: {step.words[language]} ({left} | {right})"
    yield f"{waterfall.end_bits:>+8.2f}  {words['end']}"
    yield f"{words['probability']}: {waterfall.probability:.6f}"
    yield f"{words['tier']}: {words['none'] if tier is None else words[tier]}"
