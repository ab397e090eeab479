"""The rules of one programme: which apply, with which parameters, how severely. Plain data in and out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payung.rules.eligibility.catalogue import SEVERITIES, Severity, reasons
from payung.rules.eligibility.segments import segment_codes
from payung.rules.law.joining import age_limit

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "identity": {},
    "alive": {},
    "age": {"minimum": age_limit("ktp_age", date.max), "maximum": age_limit("bpu_age_below", date.max)},
    "domicile": {"codes": []},
    "wage_earner": {},
    "covered": {},
    "decile": {"maximum": 5},
    "segment": {"codes": []},
    "segment_end": {"ends": {}},
    "working": {"days": 90},
    "field": {},
}
"""Rule -> its parameters with the values used until a programme says otherwise; the ages are the law's newest.

`codes` of `domicile` are places of Kemendagri ("32.72" or villages in it), of `segment` those of `segments.toml` (none:
every known segment); `ends` gives a segment the last day of its work ("2024-12-31"); `days` is how old a statement may
be on the first day."""

ALWAYS = ("identity", "alive")
"""Rules that no programme can leave out."""


class RuleRefused(ValueError):
    """This rule cannot be: `reason` is unknown_rule, unknown_parameter, wrong_value, wrong_severity or needed."""

    def __init__(self, reason: str, rule: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.reason, self.rule = reason, rule


@dataclass(frozen=True)
class Rule:
    """One rule in force. Raises RuleRefused for what it cannot be."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "out"

    def __post_init__(self) -> None:
        if self.code not in PARAMETERS:
            raise RuleRefused("unknown_rule", self.code)
        if self.severity not in SEVERITIES:
            raise RuleRefused("wrong_severity", self.code)
        if self.code in ALWAYS and self.severity != "out":
            raise RuleRefused("needed", self.code)
        for name, value in self.parameters.items():
            if name not in PARAMETERS[self.code]:
                raise RuleRefused("unknown_parameter", self.code)
            if not _fits(self.code, name, value):
                raise RuleRefused("wrong_value", self.code)

    def value(self, name: str) -> Any:
        """The parameter as the programme or the catalogue says."""
        return self.parameters.get(name, PARAMETERS[self.code][name])

    @property
    def told(self) -> dict[str, Any]:
        """All parameters with their values, for sentences."""
        return {name: self.value(name) for name in PARAMETERS[self.code]}


def _fits(code: str, name: str, value: Any) -> bool:
    if name in ("minimum", "maximum", "days"):
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000
    if name == "ends":
        return isinstance(value, dict) and all(key in segment_codes() and _is_day(day) for key, day in value.items())
    texts = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    return texts and (code != "segment" or set(value) <= set(segment_codes()))


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def complete(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules with those that no programme can leave out, in the order in which they decide.

    Raises RuleRefused `needed` for a rule that is told twice.
    """
    told: dict[str, Rule] = {}
    for rule in rules:
        if rule.code in told:
            raise RuleRefused("needed", rule.code)
        told[rule.code] = rule
    for code in ALWAYS:
        told.setdefault(code, Rule(code))
    ranks = list(dict.fromkeys(reason.rule for reason in reasons()))
    return tuple(sorted(told.values(), key=lambda rule: ranks.index(rule.code)))
