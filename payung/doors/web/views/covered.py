"""Are we covered? The answer at the counter for one person, on screen and as a paper to take home."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.papers.claim_paper import covered_paper
from payung.doors.papers.claim_words import paper_said, reason_said
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_claims import SAYS
from payung.office.claims.covered import Family, family_covered
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.registry.models import Person
from payung.office.registry.queries import visible

PAPERS = (word("Dokumen"), word("Di mana memperolehnya"))


@require_safe
def covered(request: HttpRequest, person_id: int) -> HttpResponse:
    """From when, until when, by whom, what the family gets today, what is missing."""
    person = _person(request, person_id)
    with whole_government(person.government, by=reader(request)):
        family = _family(person)
        content: dict[str, Any] = {
            "family": family,
            "cover": family.about.cover,
            "reasons": [(reason_said(one.code, one.facts, language()), SAYS[one.says], one) for one in family.reasons],
            "ready": [paper_said(paper, language()) for paper in family.keep_ready],
            "paper_columns": headings(*PAPERS),
        }
        crumbs = [(t("Cari peserta"), reverse("people")), (person.name, reverse("person", args=[person.pk]))]
        return show(request, "covered.html", content, title=t("Apakah terlindungi?"), part="people", crumbs=crumbs)


@require_POST
def paper(request: HttpRequest, person_id: int) -> HttpResponse:
    """The same answer as a PDF."""
    person, today = _person(request, person_id), timezone.localdate()
    with whole_government(person.government, by=reader(request)):
        told = covered_paper(
            _family(person),
            government_name=person.government.name,
            printed_on=today,
            language=language(),
            letterhead=letterhead_on(person.government_id, None, today),
        )
    return attachment(f"terlindungi-{person.pk}.pdf", paper_pdf(told, printed_on=today), "application/pdf")


def _person(request: HttpRequest, person_id: int) -> Person:
    scope = visible(area_of(reader(request))).select_related("government")
    return get_object_or_404(scope, pk=person_id)


def _family(person: Person) -> Family:
    return family_covered(person, on=timezone.localdate(), at=timezone.now(), language=language())
