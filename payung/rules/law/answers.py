"""An answer of the law that is no sum of contributions: its value, where it stands, and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from payung.rules.law.figures import Certainty, Figure, weakest
from payung.rules.law.readings import Reading
from payung.rules.law.words import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """`certainty` is that of the least certain ingredient; `doubts` are the reasons, empty when all is sourced."""

    value: T
    citation: str
    certainty: Certainty
    doubts: tuple[Words, ...] = ()


def answer(value: T, figures: Iterable[Figure], readings: Iterable[Reading] = ()) -> Answer[T]:
    """The answer that rests on these figures (the first one is cited) and these readings."""
    rests_on, read = list(figures), list(readings)
    cited = rests_on[0].citation if rests_on else read[0].citation
    certainty = weakest([figure.certainty for figure in rests_on] + [reading.certainty for reading in read])
    reasons = [figure.doubt for figure in rests_on if figure.doubt] + [reading.reason for reading in read]
    return Answer(value, cited, certainty, tuple(dict.fromkeys(reasons)))
