"""One candidate as the pages show it: the reasons as lines with bars, marks masked unless a look was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.doors.web import figures
from payung.doors.web.components import Tone
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import Meaning
from payung.doors.web.vocabulary_identities import TIERS
from payung.office.registry.questions import Candidate
from payung.rules.linkage.waterfall import Step, Waterfall

MARKS = ("nik", "mother")


@dataclass(frozen=True)
class Line:
    """One comparison: what either side says, in words how they stand to each other, and the bar of its weight."""

    title: str
    left: str
    right: str
    words: str
    bits: str
    size: float
    tone: Tone


@dataclass(frozen=True)
class Shown:
    """One candidate; `lines` is empty for somebody whom the reader's area does not show."""

    person_id: int | None
    name: str
    tier: Meaning
    percent: str
    lines: Sequence[Line]
    widest: float


def shown(candidate: Candidate, *, whole: bool) -> Shown:
    """The candidate for the page; `whole` numbers are a look to be recorded before."""
    pair, reasons = candidate.pair, candidate.reasons
    if reasons is None:
        return Shown(None, t("Seseorang di luar OPD Anda"), TIERS[pair.tier], "", (), 1)
    return Shown(
        pair.person_id,
        pair.person.name,
        TIERS[pair.tier],
        figures.number(min(99, int(100 * pair.probability))),
        [_line(step, whole=whole) for step in reasons.steps],
        widest(reasons),
    )


def widest(reasons: Waterfall) -> float:
    """The weight that fills a bar."""
    return max([1.0, *(abs(step.bits) for step in reasons.steps)])


def _line(step: Step, *, whole: bool) -> Line:
    speaks_for = step.bits >= 0
    return Line(
        title=step.title[language()],
        left=_value(step.comparison, step.left, whole=whole),
        right=_value(step.comparison, step.right, whole=whole),
        words=step.words[language()],
        bits=("+" if speaks_for else "−") + figures.number(round(abs(step.bits))),
        size=abs(step.bits),
        tone="proof" if speaks_for else "loss",
    )


def _value(comparison: str, value: str | None, *, whole: bool) -> str:
    if value is None:
        return figures.NOTHING
    if comparison in MARKS:
        return value if whole else figures.masked(value)
    return figures.short_date(date.fromisoformat(value)) if comparison == "birth" else value
