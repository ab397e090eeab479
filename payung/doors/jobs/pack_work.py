"""The job of a bill's SPP-LS pack: its papers printed, with the scans that were brought."""

import io
import zipfile

from django.utils import timezone
from django.utils.text import slugify

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.doors.papers.bill_pack import BROUGHT, Printing, Reference, bill_pack
from payung.doors.papers.letterhead import letterhead_of_bill
from payung.doors.papers.wording import Wording
from payung.office.agreements.models import Agreement, Amendment
from payung.office.billing import queries as billing
from payung.office.billing.models import Bill, BillLine
from payung.office.enrolment.receiving import Progress
from payung.office.places.queries import area_of


def pack_bill(job: Job, content: bytes, progress: Progress) -> Outcome:
    """One zip; `content` is a zip of the scans by kind, or nothing."""
    language = job.asked_by.language
    area = area_of(job.asked_by, government_id=job.government_id)
    try:
        head = billing.bill(area, job.arguments["bill_id"])
    except Bill.DoesNotExist as missing:
        raise WorkRefused(refusal("no_bill", language)) from missing
    progress("read", 0, head.heads)
    lines = billing.lines(head.id, limit=None)
    progress("write", len(lines) // 2, len(lines))
    output, missing_labels = bill_pack(
        head,
        lines,
        references=_references(head.id, Wording(language)),
        brought=_brought(content),
        printing=Printing(
            job.government.name, timezone.localdate(), language, letterhead_of_bill(head.id, timezone.localdate())
        ),
    )
    progress("write", len(lines), len(lines))
    result = {"bill_id": head.id, "missing": list(missing_labels)}
    return Outcome(result, output=output, output_name=f"spp-ls-{slugify(head.number)}.zip")


def _brought(content: bytes) -> dict[str, bytes]:
    if not content:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {kind: archive.read(kind) for kind in BROUGHT if kind in archive.namelist()}


def _references(bill_id: int, wording: Wording) -> list[Reference]:
    """The agreements of the bill's lines, and the papers in force of the decrees that its budget line pays."""
    agreement_ids = BillLine.objects.filter(bill_id=bill_id).values("agreement").distinct()
    agreements = Agreement.objects.filter(pk__in=agreement_ids).order_by("signed_on", "pk")
    papers = Amendment.objects.filter(
        decree__agreement__in=agreements, decree__budget_line__bill=bill_id, in_force_at__isnull=False
    )
    return [
        *(Reference("agreement", _cited(one, wording)) for one in agreements),
        *(Reference("decree", _cited(one, wording)) for one in papers.order_by("signed_on", "pk")),
    ]


def _cited(paper: Agreement | Amendment, wording: Wording) -> str:
    return f"{paper.number}, {wording.long_date(paper.signed_on)}."
