"""The letter that reminds an OPD of staff who are not protected, paid though gone, or insured for less than others."""

from collections.abc import Sequence
from datetime import date

from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, Signature
from payung.doors.papers.wording import Wording
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Opd
from payung.office.reports.models import OpdDeadline
from payung.rules.months import Month

Named = tuple[str, str, Sequence[tuple[str, str]]]
"""What is to be settled, how, and whose it is (name, masked NIK); worded by the caller."""


def reminder(
    opd: Opd,
    deadline: OpdDeadline | None,
    named: Sequence[Named],
    *,
    month: Month,
    printed_on: date,
    language: str,
) -> OfficePaper:
    """The letter with a table of what is to be settled and one of the people. Without a deadline its number and day
    stand open.
    """
    wording = Wording(language)
    head = letterhead_on(opd.government_id, None, printed_on)
    day = wording.long_date(deadline.letter_on if deadline else printed_on)
    facts = [
        (wording.text("assessment", "number"), deadline.letter_number if deadline else "…………………"),
        (wording.text("assessment", "to"), opd.name),
        (wording.text("assessment", "due"), wording.long_date(deadline.due_on) if deadline else "…………………"),
    ]
    return OfficePaper(
        language=language,
        government=opd.government.name,
        office="",
        letter=head.lines if head else (),
        title=wording.text("assessment", "title"),
        subject=wording.text("assessment", "subject", month=wording.long_month(month.first_day)),
        footer=f"{opd.short_name} · {wording.text('page', 'printed_on', day=wording.long_date(printed_on))}",
        facts=facts,
        sheets=[_summary(named, wording), _people(named, wording)],
        place_and_date=f"{head.city}, {day}" if head and head.city else day,
        signatures=[
            Signature(head.officer_post, head.officer_name, head.officer_number)
            if head
            else Signature(wording.text("assessment", "signs"))
        ],
        notes=[wording.text("assessment", "note")],
    )


def _summary(named: Sequence[Named], wording: Wording) -> Sheet:
    columns = [
        Column(wording.text("assessment", "what"), 62),
        Column(wording.text("assessment", "people"), 18, figures=True),
        Column(wording.text("assessment", "how")),
    ]
    rows = [(what, len(people), how) for what, how, people in named]
    return Sheet(wording.text("assessment", "summary"), columns, rows)


def _people(named: Sequence[Named], wording: Wording) -> Sheet:
    """Everybody with name and masked number: the office knows its own people."""
    columns = [
        Column(wording.text("assessment", "row"), 12, figures=True),
        Column(wording.text("bill", "name")),
        Column("NIK", 40),
        Column(wording.text("assessment", "what"), 66),
    ]
    lines = [(one, what) for what, _, people in named for one in people]
    rows = [(at, *one, what) for at, (one, what) in enumerate(lines, start=1)]
    return Sheet(wording.text("assessment", "list"), columns, rows)
