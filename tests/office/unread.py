"""A file whose columns nobody has named, one that was, and a cell that was mended: for tests of pages."""

import json

from payung.office.access.marks import seal
from payung.office.enrolment.mending import mend
from payung.office.enrolment.models import ConfirmedLayout, Mend, RosterList, WaitingUpload
from payung.office.files.actions import keep
from payung.rules.roster.mapping import MappedColumn, Mapping
from tests.office.cast import AT, Cast

SHEET = {
    "sheet": "Data", "fingerprint": "f" * 64, "heading_rows": 1,
    "columns": [
        {"letter": "A", "heading": "kode", "field": "nik", "reasons": [["contents", {"percent": 98, "field": "nik"}]],
         "samples": ["••••••••"]},
        {"letter": "B", "heading": "orang", "field": "name", "reasons": [], "samples": ["SINTETIS BACA"]},
        {"letter": "C", "heading": "lain", "field": "", "reasons": [], "samples": []},
    ],
}  # fmt: skip


def unread_upload(cast: Cast) -> WaitingUpload:
    """It waits; its proposal names two of three columns."""
    file, _ = keep(government=cast.government, content=b"asing", name="asing.csv", by=cast.operator, at=AT)
    heading = cast.heading(cast.works, kind=RosterList.ADDITIONS)
    return WaitingUpload.objects.create(
        government=cast.government, file=file, agreement=heading.agreement, opd=heading.opd,
        budget_line=heading.budget_line, kind=heading.kind, month=heading.month, received_by=cast.operator,
        received_at=AT, sealed_proposal=seal(json.dumps([SHEET]), kind="proposal"),
    )  # fmt: skip


def confirmed_layout(cast: Cast) -> ConfirmedLayout:
    """Columns of the first OPD that a person has named."""
    content = Mapping((MappedColumn("A", "kode", "nik"), MappedColumn("B", "orang", "name")))
    return ConfirmedLayout.objects.create(
        government=cast.government, opd=cast.works, fingerprint="a" * 64, content=content.to_dict(),
        confirmed_by=cast.operator, confirmed_at=AT,
    )  # fmt: skip


def mended_cell(cast: Cast, roster_list: RosterList) -> Mend:
    """The damaged NIK of the office's first list."""
    return mend(roster_list=roster_list, position=7, column="C", text="3273061208900007", by=cast.operator, at=AT)
