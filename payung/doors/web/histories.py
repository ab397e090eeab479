"""How the numbers of a table changed over time, as pictures of steps (charts.py)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from payung.doors.web import charts
from payung.doors.web.law_words import percent
from payung.doors.web.lawbook import RowShown
from payung.doors.web.translation import t
from payung.rules.law.statute import FIRST_MONTH


def pictures(rows: Sequence[RowShown], day: date) -> Iterator[charts.Steps]:
    """One picture for each number of the table that ever changed; a relief is a step down and up again."""
    until = max(day, *(row.upto or row.first for row in rows))
    relieved = rows[0].table.unit == "part owed"
    for key in rows[0].table.keys_in_use():
        history = [row for row in rows if row.figure.key == key]
        changes = [charts.Change(row.first, row.figure.value, f"{row.value}, {row.period}") for row in history]
        if relieved:
            yield charts.steps(history[0].what, history[0].period, list(_relieved(history)), until=until, on=day)
        elif len(history) > 1 and rows[0].table.begins is not None:
            title = history[0].what or t("Perubahannya")
            yield charts.steps(title, _finding(history), changes, until=until, on=day)


def _relieved(history: Sequence[RowShown]) -> Iterator[charts.Change]:
    """The whole is owed, then a part, then the whole again."""
    whole = Decimal(1)
    yield charts.Change(FIRST_MONTH.first_day, whole, percent(whole))
    for row in history:
        yield charts.Change(row.first, row.figure.value, f"{row.value}, {row.period}")
        if row.upto is not None:
            yield charts.Change(row.upto + timedelta(days=1), whole, percent(whole))


def _finding(history: Sequence[RowShown]) -> str:
    first, last = history[0], history[-1]
    return t("Dari {before} ({since}) menjadi {after} ({now}).",
             before=first.value, since=first.since, after=last.value, now=last.since)  # fmt: skip
