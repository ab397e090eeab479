"""What a claim's codes say on paper and on screen: reasons with their facts, kinds, papers, in one language."""

from collections.abc import Mapping
from datetime import date, datetime

from payung.doors.papers.wording import Wording
from payung.office.claims.catalogue import FactAsked, documents, kinds, sayings
from payung.office.claims.kind import Paper
from payung.rules.law.benefits.losses import items
from payung.rules.law.benefits.questions import JOINED_BY
from payung.rules.law.words import Language, Words
from payung.rules.months import Month

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
        return _months([Month.parse(month) for month in value.split(", ")], wording)
    if name in _MONTHS:
        return wording.long_month(date.fromisoformat(value))
    if name in ("since", "until", "day"):
        moment = datetime.fromisoformat(value)
        hour = f" {moment:%H.%M}" if "T" in value else ""
        return wording.long_date(moment.date()) + hour
    return value


def _months(months: list[Month], wording: Wording) -> str:
    """Months in a row are told by the first and the last of them."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].shift(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    ends = (list(dict.fromkeys([run[0], run[-1]])) for run in runs)
    return ", ".join("–".join(wording.short_month(end.first_day) for end in pair) for pair in ends)


def fact_said(asked: FactAsked, value: str, on: date, language: str) -> str:
    """What was noted of a fact, in words: a day, an hour, an amount, a loss of the law's table on the day `on`."""
    wording = Wording(language)
    if asked.unit == "yes":
        return wording.text("claim", value)
    if asked.unit == "rupiah":
        return wording.rupiah(int(value))
    if asked.unit in ("day", "moment"):
        return _told("day", value, wording)
    if asked.unit == "choice":
        return wording.text("claim", f"reason_{value}")
    if asked.unit == "losses":
        return ", ".join(loss_said(text, on, language) for text in value.split(JOINED_BY))
    return value


def loss_said(text: str, on: date, language: str) -> str:
    """ "right-thumb=50" -> "Ibu jari tangan kanan (50)"."""
    item, _, number = text.partition("=")
    name = Words(**items(on)[item][0].more["loss"]).say(as_language(language))
    return f"{name} ({number})" if number else name


def kind_said(kind: str, language: str) -> str:
    """What a kind of claim is called."""
    return kinds()[kind].name.say(as_language(language))


def paper_said(paper: Paper, language: str) -> tuple[str, str]:
    """What a paper is called, and where a family gets it."""
    name, where = documents()[paper.code]
    return name.say(as_language(language)), where.say(as_language(language))
