"""What a claim's codes say on paper and on screen: reasons with their facts, kinds, papers, in one language."""

from collections.abc import Mapping
from datetime import date, datetime

from payung.doors.papers.wording import Wording
from payung.office.claims.catalogue import documents, kinds, sayings
from payung.office.claims.kind import Paper
from payung.rules.law.words import Language

_MONTHS = ("month",)


def as_language(language: str) -> Language:
    """ "en", or Indonesian."""
    return "en" if language == "en" else "id"


def reason_said(code: str, facts: Mapping[str, str | int], language: str) -> str:
    """The sentence of a reason, its days, months and amounts written out."""
    wording = Wording(language)
    told = {name: _told(name, value, wording) for name, value in facts.items()}
    return sayings()[code].sentence.say(as_language(language), **told)


def _told(name: str, value: str | int, wording: Wording) -> str:
    if name == "balance":
        return wording.rupiah(int(value))
    if isinstance(value, int):
        return wording.number(value)
    if name == "months":
        return ", ".join(wording.short_month(date.fromisoformat(f"{month}-01")) for month in value.split(", "))
    if name in _MONTHS:
        return wording.long_month(date.fromisoformat(value))
    if name in ("since", "until", "day"):
        moment = datetime.fromisoformat(value)
        hour = f" {moment:%H.%M}" if "T" in value else ""
        return wording.long_date(moment.date()) + hour
    return value


def kind_said(kind: str, language: str) -> str:
    """What a kind of claim is called."""
    return kinds()[kind].name.say(as_language(language))


def paper_said(paper: Paper, language: str) -> tuple[str, str]:
    """What a paper is called, and where a family gets it."""
    name, where = documents()[paper.code]
    return name.say(as_language(language)), where.say(as_language(language))
