"""The finding codes: severities, titles and sentences, from `findings.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

Severity = Literal["reject", "human", "repaired", "warning"]
Verdict = Literal["clean", "repaired", "human", "reject", "not_a_person"]

SEVERITIES: tuple[Severity, ...] = ("warning", "repaired", "human", "reject")
"""From the mildest to the worst."""

VERDICTS: tuple[Verdict, ...] = ("clean", "repaired", "human", "reject")
"""The verdict of the worst finding: a warning leaves a row clean."""


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Every code with what `findings.toml` says of it."""
    return tomllib.loads(Path(__file__).with_name("findings.toml").read_text(encoding="utf-8"))


def severity_of(code: str) -> Severity:
    """The usual severity of a code."""
    severity: Severity = catalogue()[code]["severities"][0]
    return severity
