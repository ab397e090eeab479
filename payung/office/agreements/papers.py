"""Verbs of what comes after an agreement: its addenda, the files of its papers, changes of a ceiling."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Agreement, Amendment, BudgetLine
from payung.office.agreements.paper_models import Addendum, Attachment, CeilingChange
from payung.office.files.actions import keep
from payung.office.places.models import Government


class PaperRefused(Exception):
    """This paper cannot be recorded; `reason` is `starts_too_early`, `number_taken`, `no_document` or
    `below_nothing`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewAddendum:
    """What a later paper says, whole: what it leaves alone is said again."""

    number: str
    title: str
    signed_on: date
    effective_from: date
    effective_until: date | None
    wage_base: str
    wage_base_place: str = ""
    wage_nominal_rupiah: int | None = None
    wage_base_frozen_at: date | None = None
    quota: int | None = None


@transaction.atomic
def amend_agreement(*, agreement: Agreement, told: NewAddendum, by: User, at: datetime) -> Addendum:
    """The agreement's terms from that month on; what was billed from then is compared again by the next bill.

    Raises NotAllowed; PaperRefused for a number that stands already, or a month before the paper it changes.
    """
    require(by, Deed.SET_OFFICE)
    found = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    last = Addendum.objects.filter(agreement=found).order_by("sequence").last()
    if told.number == found.number or Addendum.objects.filter(agreement=found, number=told.number).exists():
        raise PaperRefused("number_taken")
    if told.effective_from < (last or found).effective_from:
        raise PaperRefused("starts_too_early")
    made = Addendum.objects.create(
        government=found.government,
        agreement=found,
        sequence=last.sequence + 1 if last else 1,
        recorded_by=by,
        recorded_at=at,
        **asdict(told),
    )
    detail = {"number": told.number, "sequence": made.sequence}
    record("amend_agreement", subject=f"agreement:{found.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def attach(
    *,
    paper: Agreement | Addendum | Amendment,
    kind: str,
    content: bytes,
    name: str,
    by: User,
    at: datetime,
) -> Attachment:
    """The file with its paper, sealed and known by its hash; the same file again is the one that stands."""
    file, _ = keep(government=paper.government, content=content, name=name, by=by, at=at)
    if isinstance(paper, Addendum):
        place = {"agreement_id": paper.agreement_id, "addendum_id": paper.pk}
    else:
        place = {"agreement_id" if isinstance(paper, Agreement) else "amendment_id": paper.pk}
    made, new = Attachment.objects.get_or_create(
        government=paper.government,
        kind=kind,
        file=file,
        **{"agreement_id": None, "addendum_id": None, "amendment_id": None, **place},
        defaults={"attached_by": by, "attached_at": at},
    )
    if new:
        subject = "decree_paper" if isinstance(paper, Amendment) else "agreement"
        key = paper.agreement_id if isinstance(paper, Addendum) else paper.pk
        detail = {"kind": kind, "sha256": file.sha256}
        record("attach_paper", subject=f"{subject}:{key}", by=by, at=at, detail=detail)
    return made


def ceiling_of(line: BudgetLine) -> int:
    """Rupiah that may be spent by all papers: the first ceiling and its changes, less what was carried away."""
    changes = sum(line.changes.values_list("amount_rupiah", flat=True))
    return line.ceiling_rupiah + changes - sum(line.carried.values_list("amount_rupiah", flat=True))


@transaction.atomic
def change_ceiling(
    *,
    line: BudgetLine,
    amount_rupiah: int,
    document: str,
    decided_on: date,
    by: User,
    at: datetime,
    source: BudgetLine | None = None,
) -> CeilingChange:
    """More (or, below zero, less) for a line by a revised budget, or what `source` had left over.

    Raises NotAllowed; PaperRefused without a paper, and when either line would fall below nothing.
    """
    require(by, Deed.SET_OFFICE)
    government = Government.objects.select_for_update(no_key=True).get(pk=line.fund.government_id)
    if not document.strip():
        raise PaperRefused("no_document")
    if ceiling_of(line) + amount_rupiah < 0 or (source is not None and ceiling_of(source) < amount_rupiah):
        raise PaperRefused("below_nothing")
    made = CeilingChange.objects.create(
        government=government,
        line=line,
        source=source,
        amount_rupiah=amount_rupiah,
        document=document.strip(),
        decided_on=decided_on,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"amount_rupiah": amount_rupiah, "source": source.pk if source else None}
    record("change_ceiling", subject=f"budget_line:{line.pk}", by=by, at=at, detail=detail)
    return made
