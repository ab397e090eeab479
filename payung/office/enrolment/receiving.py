"""A list arrives: its file kept, its rows and findings stored, once."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.agreements.models import Agreement, Amendment, BudgetLine
from payung.office.enrolment.models import RosterList
from payung.office.files.actions import digest, keep, store_reading
from payung.office.files.models import KeptFile
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.reading import read

Progress = Callable[[str, int, int], None]
"""Told the step's name, what is done and the whole, as work goes on."""


def silent(step: str, done: int, whole: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Received:
    """What became of an upload. `known` means the same file was handed in before and nothing changed."""

    roster_list: RosterList
    known: bool


@dataclass(frozen=True)
class Heading:
    """What the person who hands in a list says about it."""

    agreement: Agreement
    opd: Opd
    budget_line: BudgetLine
    month: date
    kind: str
    amendment: Amendment | None = None


def receive(
    *, content: bytes, name: str, heading: Heading, by: User, at: datetime, progress: Progress = silent
) -> Received:
    """Keep the file, read it, store rows and findings. The same file for the same OPD changes nothing.

    Raises `UnreadableWorkbook` (nothing is stored then) with a sentence for the sender.
    """
    government = heading.agreement.government
    with whole_government(government, by=by):  # the same bytes may have come through another OPD
        standing = _handed_in_before(content, heading)
    if standing is not None:
        return Received(standing, known=True)
    checked = read_and_check(
        content,
        name,
        on=max(heading.month, heading.agreement.effective_from),
        membership_class=heading.agreement.membership_class,
        place=government.code,
        progress=progress,
    )
    progress("store", 0, checked.rows.height)
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        KeptFile.objects.select_for_update().get(pk=file.pk)
        standing = _handed_in_before(content, heading)  # by somebody else, while we were reading
        if standing is not None:
            return Received(standing, known=True)
        reading = store_reading(
            file=file,
            opd=heading.opd,
            checked=checked,
            on=heading.month,
            membership_class=heading.agreement.membership_class,
            at=at,
        )
        roster_list = RosterList.objects.create(
            government=government,
            reading=reading,
            agreement=heading.agreement,
            opd=heading.opd,
            budget_line=heading.budget_line,
            kind=heading.kind,
            month=heading.month,
            amendment=heading.amendment,
            received_by=by,
            received_at=at,
        )
        record("receive_list", subject=f"list:{roster_list.pk}", by=by, at=at, detail=reading.counts["verdicts"])
    progress("store", checked.rows.height, checked.rows.height)
    return Received(roster_list, known=False)


def read_and_check(
    content: bytes, name: str, *, on: date, membership_class: str, place: str, progress: Progress = silent
) -> Checked:
    """The rows and findings of a workbook, nothing stored. Raises `UnreadableWorkbook`."""
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("list" + Path(name).suffix.lower())
        path.write_bytes(content)
        return check(
            read(path, name=name),
            on=on,
            membership_class=membership_class,
            place=place,
            progress=lambda done, whole: progress("check", done, whole),
        )


def _handed_in_before(content: bytes, heading: Heading) -> RosterList | None:
    """The list that the same bytes made for the same OPD and agreement, if they did."""
    return (
        RosterList.objects.filter(reading__file__sha256=digest(content), opd=heading.opd, agreement=heading.agreement)
        .select_related("reading__file", "agreement__government", "opd")
        .first()
    )
