"""The law on personal data on screen: the record of processing, and persons' requests with their clock."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.notices import tell_of_request
from payung.doors.web.correcting import corrections
from payung.doors.web.forms.correction import CorrectionForm
from payung.doors.web.forms.privacy import RequestForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_privacy import REQUEST_KINDS, REQUEST_REFUSALS, REQUEST_STATES
from payung.office.access.models import User
from payung.office.access.purposes import Purpose, record_look
from payung.office.places.queries import area_of
from payung.office.privacy.actions import RequestRefused, answer, receive
from payung.office.privacy.models import Request
from payung.office.privacy.queries import everything_about, handlers, requests
from payung.office.privacy.retention import kept, record_of_processing
from payung.office.registry.models import Person
from payung.office.registry.queries import visible

COLUMNS = (word("Orang"), word("Permintaan"), word("Diterima"), word("Batas"), word("Yang bertindak"), word("Keadaan"))
JSON_TYPE = "application/json"


@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """The record of processing: what for, on what ground, which data, for whom, how long."""
    area_of(reader(request))  # a user without an area is told so here as everywhere
    content = {"entries": record_of_processing(), "language": language()}
    return show(request, "processing.html", content, title=t("Catatan pemrosesan"), part="processing")


@require_safe
def all_requests(request: HttpRequest) -> HttpResponse:
    """Every request, the most urgent first."""
    content = {
        "columns": headings(*COLUMNS),
        "requests": list(requests(area_of(reader(request)))),
        "now": timezone.now(),
        "kinds": REQUEST_KINDS,
        "states": REQUEST_STATES,
    }
    return show(request, "requests.html", content, title=t("Permintaan orang"), part="requests")


@posting(back="person")
def ask(request: HttpRequest, person_id: int) -> HttpResponse:
    """Asked for on a person's page: first the form, then the request."""
    area = area_of(reader(request))
    try:
        person = visible(area).get(pk=person_id)
    except Person.DoesNotExist as missing:
        raise Http404 from missing
    begun = "kind" in request.POST
    who = handlers(area)
    form = RequestForm(request.POST if begun else None, handlers=who)
    if begun and form.is_valid():
        made = receive(
            person=person,
            kind=form.cleaned_data["kind"],
            wording=form.cleaned_data["wording"],
            handler=User.objects.get(pk=int(form.cleaned_data["handler"])),
            by=reader(request),
            at=timezone.now(),
        )
        tell_of_request(made)
        return redirect("request", request_id=made.pk)
    crumbs = [(person.name, reverse("person", kwargs={"person_id": person.pk}))]
    content = {"form": form, "person": person}
    return show(request, "request_new.html", content, title=t("Permintaan baru"), part="requests", crumbs=crumbs)


@require_safe
def one_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: its clock, what may be done, how it ended."""
    return request_page(request, request_found(request, request_id))


def request_found(request: HttpRequest, request_id: int) -> Request:
    """The request when the reader's area shows it; else there is no such page."""
    try:
        return requests(area_of(reader(request))).get(pk=request_id)
    except Request.DoesNotExist as missing:
        raise Http404 from missing


def request_page(
    request: HttpRequest, found: Request, *, refusal: str = "", form: CorrectionForm | None = None, whole: bool = False
) -> HttpResponse:
    """The page of one request; `whole` shows the numbers of its corrections, a look that the caller has recorded."""
    now = timezone.now()
    held_until = kept(found.person_id)
    content = {
        "found": found,
        "late": found.state == Request.OPEN and now > found.due_at,
        "hours_left": max(0, int((found.due_at - now).total_seconds() // 3600)),
        "kind": REQUEST_KINDS[found.kind],
        "state": REQUEST_STATES[found.state],
        "kept": held_until,
        "may_erase": held_until.allows_erasure(timezone.localdate()),
        "refusal": refusal,
        "corrections": corrections(found, user=reader(request), whole=whole),
        "whole": whole,
        "form": form or CorrectionForm(),
    }
    crumbs = [(t("Permintaan orang"), reverse("requests"))]
    return show(
        request,
        "request.html",
        content,
        title=f"{t('Permintaan')}: {t(REQUEST_KINDS[found.kind])}",
        part="requests",
        crumbs=crumbs,
    )


@posting(back="request")
def answer_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant or refuse; a refusal to do so is said on the page."""
    found = request_found(request, request_id)
    try:
        answer(
            request_id=found.pk,
            grant=request.POST.get("putusan") == "grant",
            answer=request.POST.get("answer", "")[:1000],
            by=reader(request),
            at=timezone.now(),
        )
    except RequestRefused as refused:
        return request_page(request, found, refusal=t(REQUEST_REFUSALS[refused.reason]))
    return redirect("request", request_id=found.pk)


@posting(back="request")
def data(request: HttpRequest, request_id: int) -> HttpResponse:
    """Everything held on the person, to be printed or as JSON; a recorded look at full marks."""
    found = request_found(request, request_id)
    record_look(
        subject=f"person:{found.person_id}",
        purpose=Purpose.PERSON_ASKED,
        note=f"request:{found.pk}",
        by=reader(request),
        at=timezone.now(),
    )
    told = everything_about(found.person)
    if request.POST.get("bentuk") == "json":
        content = json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()
        return attachment(f"data-orang-{found.person_id}.json", content, JSON_TYPE)
    crumbs = [(t("Permintaan orang"), reverse("requests")), (t("Permintaan"), reverse("request", args=[found.pk]))]
    title = t("Data yang disimpan tentang {name}", name=found.person.name)
    return show(
        request, "request_data.html", {"held": told, "found": found}, title=title, part="requests", crumbs=crumbs
    )
