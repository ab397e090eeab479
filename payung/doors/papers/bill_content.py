"""What a bill says, in words and figures, before a sheet of paper or a workbook gives it form."""

from collections.abc import Sequence
from dataclasses import dataclass

from payung.doors.papers.wording import Wording
from payung.office.billing.queries import BillHead, Line

PROGRAMMES = {
    "JKK": ("jkk", None),
    "JKM": ("jkm", None),
    "JHT": ("jht_employer", "jht_worker"),
    "JP": ("jp_employer", "jp_worker"),
}
"""Programme -> the amounts of its two shares; JKK and JKM have one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Labels with whole figures beside them, and their sum."""

    headers: list[str]
    rows: Sequence[tuple[str, tuple[int, ...]]]
    sums: tuple[str, tuple[int, ...]]


def amount_columns(lines: Sequence[Line]) -> list[str]:
    """The amounts that occur on the bill, in the order of the law."""
    names = [name for pair in PROGRAMMES.values() for name in pair if name]
    return [name for name in names if any(line.amounts[name] for line in lines)]


def programmes_on(lines: Sequence[Line]) -> list[str]:
    """The programmes that occur on the bill."""
    used = set(amount_columns(lines))
    return [programme for programme, pair in PROGRAMMES.items() if used.intersection(pair)]


def totals(lines: Sequence[Line], amounts: Sequence[str]) -> list[int]:
    """The sum of each of these amounts over all lines, and of their totals."""
    return [
        *(sum(line.amounts[name] for line in lines) for name in amounts),
        sum(line.total_rupiah for line in lines),
    ]


def months_said(head: BillHead, wording: Wording) -> str:
    """The month of the bill, or those that it pays in advance."""
    first = wording.long_month(head.month)
    if head.until_month is None:
        return first
    return wording.text("bill", "month_range", first=first, last=wording.long_month(head.until_month))


def title(head: BillHead, wording: Wording) -> str:
    """A bill below zero is a credit note."""
    return wording.text("bill", "credit_title" if head.total_rupiah < 0 else "title")


def facts(head: BillHead, lines: int, wording: Wording, *, annexed: bool = True) -> list[tuple[str, str]]:
    """What stands at the head of a bill: label and value. `annexed` says whether the lines go with the paper."""
    annex = "annex_lines" if annexed else "annex_workbook"
    unit_number = "unit_npp" if head.membership_class == "PU" else "unit_group"
    told = [
        ("number", head.number),
        ("unit", head.unit),
        (unit_number, head.unit_number),
        ("budget_line", head.budget_line),
        ("fund", head.fund),
        ("class", wording.text("class", head.membership_class)),
        ("month", months_said(head, wording)),
        ("heads", wording.text("bill", "heads_count", heads=wording.number(head.heads))),
        ("annex", wording.text("bill", annex, lines=wording.number(lines))),
        ("due_on", wording.long_date(head.due_on)),
    ]
    if head.total_rupiah < 0:
        told.remove(("due_on", wording.long_date(head.due_on)))
    if head.sequence > 1:
        told.insert(1, ("sequence", wording.text("bill", "sequence_again", sequence=head.sequence)))
    return [(wording.text("bill", key), value) for key, value in told]


def by_programme(head: BillHead, lines: Sequence[Line], wording: Wording) -> Table:
    """Rupiah per programme; the two shares apart where a worker bears one beside an employer.

    The contribution of a BPU member is one amount, whoever pays it.
    """
    shares = [
        (programme, _sum(lines, PROGRAMMES[programme][0]), _sum(lines, PROGRAMMES[programme][1]))
        for programme in programmes_on(lines)
    ]
    apart = head.membership_class == "PU" and any(worker for _, _, worker in shares)
    labels = ("programme", "employer_share", "worker_share", "sum") if apart else ("programme", "amount")
    rows = [
        (wording.text("programme", programme), (employer, worker, employer + worker) if apart else (employer + worker,))
        for programme, employer, worker in shares
    ]
    rows += [
        (wording.text("bill", "penalty_of", number=number), (rupiah, 0, rupiah) if apart else (rupiah,))
        for number, rupiah in head.late_bills
    ]
    return _table([wording.text("bill", label) for label in labels], rows, wording)


def holds_all(head: BillHead, lines: Sequence[Line]) -> bool:
    """A paper shows every line of its bill, and its penalties beside them."""
    return sum(line.total_rupiah for line in lines) + head.penalty_rupiah == head.total_rupiah


def by_reason(lines: Sequence[Line], wording: Wording) -> Table | None:
    """Lines and rupiah by reason, this month's own first; None for a bill without adjustments."""
    found: dict[str, list[int]] = {"regular": []}
    for line in lines:
        found.setdefault(line.reason, []).append(line.total_rupiah)
    if len(found) == 1:
        return None
    rows = [
        (wording.text("reason", reason), (len(amounts), sum(amounts))) for reason, amounts in found.items() if amounts
    ]
    return _table([wording.text("bill", label) for label in ("made_of", "rows", "amount")], rows, wording)


def _sum(lines: Sequence[Line], amount: str | None) -> int:
    return sum(line.amounts[amount] for line in lines) if amount else 0


def _table(headers: list[str], rows: Sequence[tuple[str, tuple[int, ...]]], wording: Wording) -> Table:
    columns = zip(*(figures for _, figures in rows), strict=True)
    return Table(headers, rows, (wording.text("bill", "sum_label"), tuple(map(sum, columns))))
