"""Are we covered? For anyone at the counter: from when, until when, by whom, what the family gets today, what is
missing. Nothing is stored.
"""

from dataclasses import dataclass
from datetime import date, datetime

from payung.office.claims.catalogue import kinds
from payung.office.claims.circumstances import Circumstances, circumstances
from payung.office.claims.judging import BPJS, Judged, Reason, checklist, judge
from payung.office.claims.kind import Paper
from payung.office.claims.models import Case
from payung.office.coverage.queries import State
from payung.office.registry.models import Person
from payung.rules.law.words import Language

ABOUT_COVER = ("covered", "arrears", "programme", "age", "stated", "second_payer", "waiting")
"""The checks that speak of cover itself; those of an event are not asked while nothing happened."""


@dataclass(frozen=True)
class Family:
    """What is answered. The sums are those of a death today: an ordinary one, and one by a work accident."""

    person: Person
    on: date
    about: Circumstances
    covered: bool
    reasons: tuple[Reason, ...]
    ordinary: Judged
    accident: Judged
    keep_ready: tuple[Paper, ...]

    @property
    def answer(self) -> str:
        """`yes`; `behind` where so much is owed that the employer must pay first or alone; `no`."""
        if not self.covered:
            return "no"
        return "yes" if self.ordinary.payer == BPJS else "behind"

    @property
    def since(self) -> date | None:
        """The first day of cover."""
        cover = self.about.cover
        return cover.since if cover and cover.state is State.CONFIRMED else self.about.member_since

    @property
    def until(self) -> date | None:
        """The last day of grace, when the newest month is not posted."""
        return self.about.cover.until if self.about.cover else None


def family_covered(person: Person, *, on: date, at: datetime, language: Language = "id") -> Family:
    """The answer for a person on a day; the whole government must be in sight."""
    ordinary, about = _if(person, "death", "jkm", on, at, language)
    accident, _ = _if(person, "accident", "jkk_death", on, at, language)
    reasons = tuple(one for one in ordinary.reasons if one.check in ABOUT_COVER)
    papers = [paper for paper in checklist(kinds()["jkm"], about) if paper.when == "always"]
    return Family(
        person=person,
        on=on,
        about=about,
        covered=not any(one.says == "no" for one in reasons),
        reasons=reasons,
        ordinary=ordinary,
        accident=accident,
        keep_ready=tuple(papers),
    )


def _if(
    person: Person, event: str, kind: str, on: date, at: datetime, language: Language
) -> tuple[Judged, Circumstances]:
    """As if it happened on that day: a case that is never stored."""
    imagined = Case(government=person.government, person=person, event=event, event_on=on, recorded_at=at)
    about = circumstances(imagined, on=on)
    return judge(kinds()[kind], about, language=language), about
