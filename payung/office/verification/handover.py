"""A list in force goes to enrolment as any list does: received, planned, approved, applied."""

import csv
import io
from datetime import datetime

from payung.office.access.marks import unseal
from payung.office.access.models import User
from payung.office.agreements.decrees import DecreeRefused
from payung.office.agreements.models import Amendment, AmendmentItem
from payung.office.enrolment.actions import plan
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.receiving import Heading, Progress, receive, silent
from payung.office.places.scope import whole_government
from payung.rules.identity import regions

HEADINGS = (
    "No", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan", "Kecamatan", "Desa/Kelurahan",
)  # fmt: skip


def hand_over(*, amendment: Amendment, by: User, at: datetime, progress: Progress = silent) -> Plan:
    """The plan that the amendment implies: who comes joins under the decree's agreement, who ended leaves.

    The list is kept as a file of its own; handing over again gives the plan that stands. Raises DecreeRefused
    `not_approved` before the amendment is in force.
    """
    if amendment.in_force_at is None:
        raise DecreeRefused("not_approved")
    decree = amendment.decree
    with whole_government(decree.government, by=by):
        standing = RosterList.objects.filter(amendment=amendment).first()
        content = b"" if standing else _written(amendment)
    if standing is None:
        heading = Heading(
            agreement=decree.agreement,
            opd=decree.opd,
            budget_line=decree.budget_line,
            month=amendment.effective_from,
            kind=RosterList.ADDITIONS,
            amendment=amendment,
        )
        name = f"SK-{decree.pk}-{amendment.sequence}.csv"
        standing = receive(content=content, name=name, heading=heading, by=by, at=at, progress=progress).roster_list
    return plan(roster_list=standing, by=by, at=at)


def _written(amendment: Amendment) -> bytes:
    """Whoever comes, by slot, with whole marks: the file is kept sealed."""
    items = AmendmentItem.objects.filter(amendment=amendment, kind=AmendmentItem.ADD).select_related("row", "slot")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    for item in items.order_by("slot__number"):
        row = item.row
        writer.writerow(
            [
                item.slot.number,
                unseal(row.nik_sealed, kind="nik"),
                row.name,
                row.birth_place or "",
                row.birth_date.isoformat() if row.birth_date else "",
                row.sex or "",
                row.job or "",
                regions.name_of(row.kecamatan_code) if row.kecamatan_code else "",
                regions.name_of(row.desa_code) if row.desa_code else "",
            ]
        )
    return text.getvalue().encode()
