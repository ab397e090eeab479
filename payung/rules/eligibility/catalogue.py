"""The reasons and rules of eligibility, from `reasons.toml`, in the order in which they decide."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Severity = Literal["out", "ask", "warn"]
SEVERITIES: tuple[Severity, ...] = ("out", "ask", "warn")
"""From the worst to the mildest: not eligible, must be asked, only told."""
Outcome = Literal["valid", "ask", "out"]
OUTCOMES: tuple[Outcome, ...] = ("valid", "ask", "out")


@dataclass(frozen=True)
class Reason:
    """One line of `reasons.toml`."""

    code: str
    rule: str
    unknown: bool
    notice: bool

    def severity(self, of_rule: Severity) -> Severity:
        """How much the reason weighs when its rule has that severity."""
        if self.notice:
            return "warn"
        return "ask" if self.unknown and of_rule == "out" else of_rule


@cache
def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))


@cache
def reasons() -> tuple[Reason, ...]:
    """Every reason, in the order in which they decide."""
    return tuple(
        Reason(code, told["rule"], bool(told.get("unknown")), bool(told.get("notice")))
        for code, told in _told().items()
    )


def order() -> tuple[str, ...]:
    """The codes of the reasons, in the order in which they decide."""
    return tuple(reason.code for reason in reasons())


def title(code: str, language: str = "id") -> str:
    """A reason in a few words, in "id" or "en". Raises KeyError for an unknown code."""
    text: str = _told()[code]["title"][language]
    return text


def sentence(code: str, parameters: dict[str, Any], language: str = "id") -> str:
    """What the reason means, with its rule's parameters filled in. Raises KeyError for an unknown code."""
    text: str = _told()[code]["sentence"][language]
    return text.format_map(parameters) if "{" in text else text


def advice(code: str, language: str = "id") -> str:
    """What to do about a reason."""
    text: str = _told()[code]["do"][language]
    return text
