"""The footnotes of a bill: the regulations it rests on, reliefs of the month, and what is doubtful."""

from collections.abc import Iterable, Sequence

from payung.doors.papers.bill_content import programmes_on
from payung.doors.papers.wording import Wording
from payung.office.billing.queries import BillHead, Line
from payung.rules.law.figures import Figure
from payung.rules.law.tables import table
from payung.rules.months import Month

_RATES = {
    "PU": {
        "JKK": ("jkk_pu", "1"),
        "JKM": ("jkm_pu",),
        "JHT": ("jht", "PU", "employer"),
        "JP": ("jp", "employer"),
    },
    "BPU": {"JKK": ("jkk_bpu",), "JKM": ("jkm_bpu",), "JHT": ("jht", "BPU", "worker")},
}
"""Class and programme -> the table of the law, and the key in it, that names the regulation."""


def notes(head: BillHead, lines: Sequence[Line], wording: Wording) -> list[str]:
    """The footnotes: legal basis as the tables of the law name it, reliefs of the month, doubts."""
    month = Month.of(head.month)
    programmes = programmes_on(lines)
    rates = {
        programme: table(name).series(*key).at(month)
        for programme, (name, *key) in _RATES[head.membership_class].items()
        if programme in programmes
    }
    due = table("due_dates").series(head.membership_class, "day").at(month)
    reliefs = _reliefs(head.membership_class, programmes, month)
    acts: dict[str, list[str]] = {}
    for programme, figure in rates.items():
        acts.setdefault(figure.regulation, []).append(programme)
    named = [wording.text("bill", "basis_rate", programme=", ".join(under), act=act) for act, under in acts.items()]
    named.append(wording.text("bill", "basis_due", act=due.regulation))
    told = [wording.text("bill", "basis", acts="; ".join(named))]
    if reliefs:
        told.append(wording.text("bill", "relief", acts=_joined(figure.regulation for figure in reliefs)))
    figures = [*rates.values(), due, *reliefs]
    if "JP" in programmes:
        figures.append(table("jp_ceiling").series().at(month))
    if doubts := _doubts(figures, wording):
        told.append(wording.text("bill", "doubtful", reasons=" ".join(doubts)))
    if any(line.reason != "regular" for line in lines):
        told.append(wording.text("bill", "marked"))
    return told


def _reliefs(membership_class: str, programmes: Sequence[str], month: Month) -> list[Figure]:
    """Reliefs that may touch a bill of a government or of its sponsors; those of private employers do not."""
    return [
        row.figure
        for row in table("reliefs").rows
        if membership_class in row.more["classes"]
        and row.more["programme"] in programmes
        and row.more.get("payers") != ["employer"]
        and row.figure.first <= month <= (row.figure.last or row.figure.first)
    ]


def _doubts(figures: Sequence[Figure], wording: Wording) -> list[str]:
    """Each doubt once, after the title of its table."""
    told = []
    for figure in figures:
        if figure.doubt:
            both = (table(figure.table).title, figure.doubt)
            title, doubt = (words.en if wording.english else words.id for words in both)
            told.append(f"{title}: {doubt}")
    return list(dict.fromkeys(told))


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
