"""The footnotes of a bill: the regulations it rests on, reliefs of the month, and what is doubtful."""

from collections.abc import Iterable, Sequence

from payung.doors.papers.bill_content import programmes_on
from payung.doors.papers.wording import Wording
from payung.office.billing.charges import employer_of
from payung.office.billing.queries import BillHead, Line
from payung.rules.law.figures import Figure
from payung.rules.law.readings import all_readings
from payung.rules.law.tables import table
from payung.rules.months import Month

_RATES = {
    "PU": {
        "JKK": ("jkk_pu",),
        "JKM": ("jkm_pu",),
        "JHT": ("jht", "PU", "employer"),
        "JP": ("jp", "employer"),
    },
    "BPU": {"JKK": ("jkk_bpu",), "JKM": ("jkm_bpu",), "JHT": ("jht", "BPU", "worker")},
}
"""Class and programme -> the table of the law, and the key in it, that names the regulation.

JKK of a PU has a rate for each group of risk: the groups of the bill's agreements complete its key.
"""


_GOVERNMENT_PENALTIES = ("penalty-government", "penalty-budget")
_PLACES = ("Pasal", "Lampiran")
"""How an article begins; other words say why none is named."""


def notes(head: BillHead, lines: Sequence[Line], wording: Wording) -> list[str]:
    """The footnotes: legal basis as the tables of the law name it, reliefs of the month, doubts."""
    month = Month.of(head.month)
    programmes = programmes_on(lines)
    rates = _rates(head, programmes, wording)
    due = table("due_dates").series(head.membership_class, "day").at(month)
    months = month.until(Month.of(head.until_month or head.month))
    reliefs = [*dict.fromkeys(relief for one in months for relief in _reliefs(head, programmes, one))]
    acts: dict[str, list[str]] = {}
    for label, figure in rates.items():
        acts.setdefault(_cited(figure), []).append(label)
    named = [wording.text("bill", "basis_rate", programme=", ".join(under), act=act) for act, under in acts.items()]
    named.append(wording.text("bill", "basis_due", act=_cited(due)))
    told = [wording.text("bill", "credit_note")] if head.total_rupiah < 0 else []
    told.append(wording.text("bill", "basis", acts="; ".join(named)))
    if reliefs:
        told.append(wording.text("bill", "relief", acts=_joined(map(_cited, reliefs))))
    figures = [*rates.values(), due, *reliefs]
    if "JP" in programmes:
        figures.append(table("jp_ceiling").series().at(month))
    doubts = _doubts(figures, wording)
    if head.penalty_rupiah:
        clause = table("penalties").series("private").at(month)
        told.append(wording.text("bill", "penalty_note", act=_cited(clause)))
        doubts += _of_penalties(head, wording)
    if doubts:
        told.append(wording.text("bill", "doubtful", reasons=" ".join(doubts)))
    if any(line.reason != "regular" for line in lines):
        told.append(wording.text("bill", "marked"))
    return told


def _rates(head: BillHead, programmes: Sequence[str], wording: Wording) -> dict[str, Figure]:
    """What each programme of the bill rests on; JKK once for each group of risk, which is named with it."""
    found: dict[str, Figure] = {}
    month = Month.of(head.month)
    for programme, (name, *key) in _RATES[head.membership_class].items():
        if programme not in programmes:
            continue
        if name == "jkk_pu":
            for group in head.jkk_groups or (1,):
                found[wording.text("bill", "jkk_group", group=group)] = table(name).series(str(group)).at(month)
        else:
            found[programme] = table(name).series(*key).at(month)
    return found


def _cited(figure: Figure) -> str:
    """The regulation with its article, as the page of a line cites it."""
    if not figure.article.startswith(_PLACES):
        return figure.regulation
    return f"{figure.regulation} {figure.article}"


def _reliefs(head: BillHead, programmes: Sequence[str], month: Month) -> list[Figure]:
    """Reliefs that may touch a bill of this fund; those of private employers do not."""
    return [
        row.figure
        for row in table("reliefs").rows
        if head.membership_class in row.more["classes"]
        and row.more["programme"] in programmes
        and row.more.get("payers") != ["employer"]
        and head.fund_kind not in row.more.get("payers_excluded", ())
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


def _of_penalties(head: BillHead, wording: Wording) -> list[str]:
    """What nobody has settled about penalties, for this payer."""
    own = () if employer_of(head.membership_class, head.fund_kind) == "private" else _GOVERNMENT_PENALTIES
    doubts = [all_readings()[name].reason for name in (*own, "penalty-counting")]
    return [words.en if wording.english else words.id for words in doubts]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
