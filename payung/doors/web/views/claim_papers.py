"""Papers of a claim: those that were brought, the list of what is missing, the letter, the pack for the branch."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from payung.doors.papers.claim_pack import claim_pack
from payung.doors.papers.claim_paper import letter_paper, missing_paper
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.web.pages import reader
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language
from payung.doors.web.views.claim_case import asked_benefit, done, seen_whole
from payung.office.access.actions import record
from payung.office.claims.gathering import take_document
from payung.office.claims.models import Benefit, Case, Document
from payung.office.claims.queries import Claim, Whole
from payung.office.files.queries import content as content_of
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government


@require_POST
def open_paper(request: HttpRequest, document_id: int) -> HttpResponse:
    """The paper as it came, shown in the window. Opening it is recorded."""
    user = reader(request)
    scope = Document.objects.filter(government=area_of(user).government).select_related("file")
    found = get_object_or_404(scope, pk=document_id)
    record("open_document", subject=f"case:{found.case_id}", by=user, at=timezone.now(), detail={"code": found.code})
    response = HttpResponse(content_of(found.file), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def take_out(request: HttpRequest, document_id: int) -> HttpResponse:
    """A paper that does not belong to the case."""
    user = reader(request)
    scope = Document.objects.filter(government=area_of(user).government)
    found = get_object_or_404(scope.select_related("case__government", "case__person"), pk=document_id)
    return done(request, found.case, lambda: take_document(document_id=found.pk, by=user, at=timezone.now()))


@require_POST
def missing(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What the family still has to bring, as a PDF."""
    found = asked_benefit(request, benefit_id)
    with whole_government(found.case.government, by=reader(request)):
        told, claim = _claim(found)
        paper = missing_paper(told, claim, **_named(found.case))
    return attachment(f"kurang-{found.case.reference}.pdf", _pdf(paper), "application/pdf")


@require_POST
def letter(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The letter of the decision that two people agreed to."""
    found = asked_benefit(request, benefit_id)
    with whole_government(found.case.government, by=reader(request)):
        told, claim = _claim(found)
        if claim.agreed is None:
            raise Http404
        paper = letter_paper(told, claim, claim.agreed, **_named(found.case))
    return attachment(f"surat-{found.case.reference}.pdf", _pdf(paper), "application/pdf")


@require_POST
def pack(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What goes to the branch. It holds papers of people: taking it is recorded."""
    found, user = asked_benefit(request, benefit_id), reader(request)
    with whole_government(found.case.government, by=user):
        told, claim = _claim(found)
        made = claim_pack(told, claim, **_named(found.case))
        record("claim_pack", subject=f"case:{found.case_id}", by=user, at=timezone.now(), detail={"kind": found.kind})
    return attachment(f"klaim-{found.case.reference}-{found.kind}.zip", made, "application/zip")


def _claim(found: Benefit) -> tuple[Whole, Claim]:
    told = seen_whole(found.case)
    return told, next(one for one in told.claims if one.benefit.pk == found.pk)


def _named(found: Case) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "government_name": found.government.name, "printed_on": today, "language": language(),
        "letterhead": letterhead_on(found.government_id, None, today),
    }  # fmt: skip


def _pdf(paper: Any) -> bytes:
    return paper_pdf(paper, printed_on=timezone.localdate())
