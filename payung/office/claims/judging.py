"""What the office holds of a claim: every reason in order, the first that decides, who pays, and how much."""

from dataclasses import dataclass

from payung.office.claims.amounts import Reckoned, reckon
from payung.office.claims.catalogue import sayings
from payung.office.claims.checks import CHECKS, Asked, FactValue, Found
from payung.office.claims.circumstances import Circumstances
from payung.office.claims.heirs import is_minor
from payung.office.claims.kind import Kind, Paper
from payung.office.claims.models import Heir
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.words import Language

BPJS, EMPLOYER_FIRST, EMPLOYER, NOBODY = "bpjs", "employer_first", "employer", "nobody"
LIABLE = {
    "cover_employer_liable": EMPLOYER,
    "cover_lapsed_employer": EMPLOYER_FIRST,
    "report_late_employer": EMPLOYER_FIRST,
}
"""Reasons that make the employer pay, the heavier first."""


@dataclass(frozen=True)
class Reason:
    """One check's answer: `says` is yes, warn, ask or no."""

    check: str
    code: str
    says: str
    facts: dict[str, FactValue]
    citation: str
    certainty: str

    @property
    def unsure(self) -> bool:
        """Whether a branch should confirm it."""
        return self.certainty in (Certainty.DOUBTFUL, Certainty.NOT_YET_PUBLISHED)


@dataclass(frozen=True)
class Judged:
    """`due` is None while something must still be found out; `deciding` is the first reason that decides."""

    reasons: tuple[Reason, ...]
    due: bool | None
    deciding: Reason
    payer: str
    amounts: Reckoned
    missing: tuple[Paper, ...]

    @property
    def certainty(self) -> Certainty:
        """That of a refusal is the reason's; of a yes, that of the least certain ingredient."""
        if self.due is False:
            return Certainty(self.deciding.certainty)
        told = [Certainty(reason.certainty) for reason in self.reasons if reason.says in ("yes", "warn")]
        return weakest([*told, self.amounts.certainty])


def judge(kind: Kind, about: Circumstances, *, language: Language = "id") -> Judged:
    """The claim as it stands. The first *no* decides; without one, the first open question; else it is due."""
    missing = tuple(paper for paper in checklist(kind, about) if paper.code not in about.papers)
    asked = Asked(about, programme_of(kind, about), tuple(paper.code for paper in missing))
    found = ((name, CHECKS[name](asked)) for name in kind.checks)
    reasons = tuple(_reason(name, answer) for name, answer in found if answer is not None)
    amounts = reckon(kind, about, language=language)
    deciding = next(one for says in ("no", "ask", "warn", "yes") for one in reasons if one.says == says)
    due = {"no": False, "ask": None}.get(deciding.says, True)
    if due and amounts.refused:
        due = None
    payers = [payer for code, payer in LIABLE.items() if any(one.code == code for one in reasons)]
    payer = NOBODY if due is False else payers[0] if payers else BPJS
    return Judged(reasons, due, deciding, payer, amounts, missing)


def programme_of(kind: Kind, about: Circumstances) -> str:
    """A scholarship after an accident or a disease is JKK's, whatever its folder says of a death."""
    return "JKK" if kind.yearly and about.case.event in ("accident", "disease") else kind.programme


def checklist(kind: Kind, about: Circumstances) -> list[Paper]:
    """The papers that this case asks for."""
    return [paper for paper in kind.documents if _asked_for(paper.when, about)]


def _asked_for(when: str, about: Circumstances) -> bool:
    heirs, event = about.heirs, about.case.event
    situations = {
        "always": True,
        "transport": any(about.facts.get(mode) for mode in ("land", "sea", "air")),
        "spouse": any(heir.relation == Heir.SPOUSE for heir in heirs),
        "minor": any(is_minor(heir, about.asked_on) for heir in heirs),
        "death": event == "death",
        "alive": event != "death",
        "leaving": event == "leaving",
        "housing": about.facts.get("reason") == "home-30",
    }
    return situations[when] if when in situations else about.says(when) is True


def _reason(check: str, found: Found) -> Reason:
    said = sayings()[found.code]
    return Reason(
        check, found.code, said.says, found.facts, found.citation or said.citation, found.certainty or said.certainty
    )
