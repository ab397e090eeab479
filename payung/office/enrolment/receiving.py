"""A list arrives: its file kept, its rows and findings stored, once."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.agreements.models import Agreement, Amendment, BudgetLine
from payung.office.enrolment import layouts
from payung.office.enrolment.belonging import require_workers
from payung.office.enrolment.changes import store_changes
from payung.office.enrolment.layouts import Settled
from payung.office.enrolment.models import RosterList, WaitingUpload
from payung.office.files.actions import digest, keep, store_reading
from payung.office.files.models import KeptFile
from payung.office.files.queries import content as content_of
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.rules.roster import mapping as roster
from payung.rules.roster import monthly
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Workbook

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
    """What the person who hands in a list says about it. `predecessor` is the list that it corrects."""

    agreement: Agreement
    opd: Opd
    budget_line: BudgetLine
    month: date
    kind: str
    amendment: Amendment | None = None
    predecessor: RosterList | None = None


class ListReplaced(Exception):
    """The list was corrected already: corrections go to the newest one."""


class LayoutWaits(Exception):
    """A sheet's columns are not known: the file is kept, and `waiting` says what a person must name."""

    def __init__(self, waiting: WaitingUpload) -> None:
        super().__init__(f"upload {waiting.pk}")
        self.waiting = waiting


class IsMonthlyUpdate(Exception):
    """The file is a monthly sheet that came back: `monthly.take_back` takes its `workbook`."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(workbook.name)
        self.workbook = workbook


def heading_of(roster_list: RosterList) -> Heading:
    """What was said of a list, for one that corrects it."""
    return Heading(
        agreement=roster_list.agreement,
        opd=roster_list.opd,
        budget_line=roster_list.budget_line,
        month=roster_list.month,
        kind=roster_list.kind,
        predecessor=roster_list,
    )


def receive(
    *, content: bytes, name: str, heading: Heading, by: User, at: datetime, progress: Progress = silent
) -> Received:
    """Keep the file, read it, store rows and findings. The same file for the same OPD changes nothing.

    Raises `UnreadableWorkbook` (nothing is stored then) with a sentence for the sender, `LayoutWaits` when a person
    must say what the columns hold, `ListReplaced` when the list it corrects was corrected already, `IsMonthlyUpdate`,
    and `BelongsElsewhere` for a list that is none of workers.
    """
    government = heading.agreement.government
    with whole_government(government, by=by):  # the same bytes may have come through another OPD
        standing = handed_in_before(content, heading)
        known = layouts.in_force(heading.opd)
    if standing is not None:
        return Received(standing, known=True)
    workbook = opened(content, name)
    if monthly.is_update(workbook):
        raise IsMonthlyUpdate(workbook)
    require_workers(workbook)
    settled = layouts.settle(workbook, known)
    if settled.open:
        raise LayoutWaits(_wait(workbook, settled, content, name, heading, by, at))
    checked = checked_for(heading, workbook, settled, progress)
    progress("store", 0, checked.rows.height)
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        KeptFile.objects.select_for_update().get(pk=file.pk)
        standing = handed_in_before(content, heading)  # by somebody else, while we were reading
        if standing is not None:
            return Received(standing, known=True)
        roster_list = store(file, heading, checked, settled, by=by, at=at)
        WaitingUpload.objects.filter(
            file=file, opd=heading.opd, agreement=heading.agreement, settled_at__isnull=True
        ).update(settled_at=at, sealed_proposal=None)
    progress("store", checked.rows.height, checked.rows.height)
    return Received(roster_list, known=False)


def receive_waiting(*, waiting: WaitingUpload, by: User, at: datetime, progress: Progress = silent) -> Received:
    """Read a kept file whose columns were named. Raises as `receive`."""
    with whole_government(waiting.government, by=by):
        kept = KeptFile.objects.get(pk=waiting.file_id)
    heading = Heading(
        agreement=waiting.agreement,
        opd=waiting.opd,
        budget_line=waiting.budget_line,
        month=waiting.month,
        kind=waiting.kind,
        predecessor=waiting.predecessor,
    )
    return receive(content=content_of(kept), name=kept.name, heading=heading, by=by, at=at, progress=progress)


def store(
    file: KeptFile, heading: Heading, checked: Checked, settled: Settled, *, by: User, at: datetime
) -> RosterList:
    """A list with its reading, compared with the one that it corrects; in a scope that sees the whole government.

    Raises ListReplaced.
    """
    if heading.predecessor is not None:
        RosterList.objects.select_for_update(of=("self",), no_key=True).get(pk=heading.predecessor.pk)
        if is_replaced(heading.predecessor):
            raise ListReplaced
    reading = store_reading(
        file=file,
        opd=heading.opd,
        checked=checked,
        on=heading.month,
        membership_class=heading.agreement.membership_class,
        at=at,
    )
    roster_list = RosterList.objects.create(
        government=heading.agreement.government,
        reading=reading,
        agreement=heading.agreement,
        opd=heading.opd,
        budget_line=heading.budget_line,
        kind=heading.kind,
        month=heading.month,
        amendment=heading.amendment,
        predecessor=heading.predecessor,
        layout_ids=settled.layout_ids,
        received_by=by,
        received_at=at,
    )
    if heading.predecessor is not None:
        store_changes(roster_list)
    record("receive_list", subject=f"list:{roster_list.pk}", by=by, at=at, detail=reading.counts["verdicts"])
    return roster_list


def is_replaced(roster_list: RosterList) -> bool:
    """Whether a newer list corrects this one."""
    return RosterList.objects.filter(predecessor=roster_list).exists()


def opened(content: bytes, name: str) -> Workbook:
    """The sheets of a file's bytes. Raises `UnreadableWorkbook`."""
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("list" + Path(name).suffix.lower())
        path.write_bytes(content)
        return read(path, name=name)


def checked_for(heading: Heading, workbook: Workbook, settled: Settled, progress: Progress = silent) -> Checked:
    """The rows and findings of a workbook as a list of this heading."""
    return _checked(
        workbook,
        settled.mappings,
        on=max(heading.month, heading.agreement.effective_from),
        membership_class=heading.agreement.membership_class,
        place=heading.agreement.government.code,
        progress=progress,
    )


def read_and_check(
    content: bytes, name: str, *, on: date, membership_class: str, place: str, progress: Progress = silent
) -> Checked:
    """The rows and findings of a list of workers, nothing stored. Raises `UnreadableWorkbook`, `BelongsElsewhere`."""
    workbook = opened(content, name)
    require_workers(workbook)
    return _checked(workbook, {}, on=on, membership_class=membership_class, place=place, progress=progress)


def _checked(
    workbook: Workbook,
    mappings: dict[int, roster.Mapping],
    *,
    on: date,
    membership_class: str,
    place: str,
    progress: Progress,
) -> Checked:
    return check(
        workbook,
        on=on,
        membership_class=membership_class,
        place=place,
        mapping=mappings,
        progress=lambda done, whole: progress("check", done, whole),
    )


def _wait(
    workbook: Workbook, settled: Settled, content: bytes, name: str, heading: Heading, by: User, at: datetime
) -> WaitingUpload:
    """The upload as it waits for a person; the same file for the same OPD waits once."""
    with whole_government(heading.agreement.government, by=by):
        file, _ = keep(government=heading.agreement.government, content=content, name=name, by=by, at=at)
        waiting, made = WaitingUpload.objects.get_or_create(
            file=file,
            opd=heading.opd,
            agreement=heading.agreement,
            settled_at=None,
            defaults={
                "government": heading.agreement.government,
                "budget_line": heading.budget_line,
                "kind": heading.kind,
                "month": heading.month,
                "predecessor": heading.predecessor,
                "sealed_proposal": layouts.sealed_proposal(workbook, settled),
                "received_by": by,
                "received_at": at,
            },
        )
        if made:
            record(
                "wait_for_layout", subject=f"upload:{waiting.pk}", by=by, at=at, detail={"sheets": len(settled.open)}
            )
    return waiting


def handed_in_before(content: bytes, heading: Heading) -> RosterList | None:
    """The newest list that the same bytes made for the same OPD and agreement, if they did."""
    return (
        RosterList.objects.filter(reading__file__sha256=digest(content), opd=heading.opd, agreement=heading.agreement)
        .select_related("reading__file", "agreement__government", "opd")
        .order_by("-pk")
        .first()
    )
