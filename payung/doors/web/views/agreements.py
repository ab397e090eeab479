"""Agreements and decrees: all of them, one with its papers and files, a new one, a paper that changes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.web import figures
from payung.doors.web.components import Happening
from payung.doors.web.forms.agreements import AddendumForm, AgreementForm, AttachmentForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment as to_keep
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_agreements import (
    ATTACHMENT_KINDS,
    PAPER_REFUSALS,
    STANDINGS,
    kind_said,
    wage_base_said,
)
from payung.office.access.models import User
from payung.office.access.purposes import Purpose, record_look
from payung.office.agreements.actions import Terms, sign_agreement
from payung.office.agreements.models import Agreement, Amendment
from payung.office.agreements.paper_models import Addendum, Attachment
from payung.office.agreements.papers import NewAddendum, PaperRefused, amend_agreement, attach
from payung.office.agreements.queries import agreements_on, standing_on
from payung.office.enrolment.queries import heads_under
from payung.office.files.queries import content as content_of
from payung.office.places.queries import area_of
from payung.office.verification.queries import decrees
from payung.rules.months import Month

LISTED = (
    word("Perjanjian"), word("Jenis"), word("Mulai"), word("Sampai"), word("Jenis peserta"), word("Program"),
    word("Kuota"), word("Orang sekarang"),
)  # fmt: skip
FILES = (word("Berkas"), word("Isi berkas"), word("Dilampirkan"), word("Sidik berkas"))
DECREES = (word("SK"), word("Berlaku mulai"), word("Kuota"))


@require_safe
def all_agreements(request: HttpRequest) -> HttpResponse:
    """What ends soon stands first."""
    area, today = area_of(reader(request)), timezone.localdate()
    found = agreements_on(area.government.pk, today)
    heads = heads_under(area.government.pk, Month.of(today))
    content = {
        "found": [(one, heads.get(one.agreement.pk, 0)) for one in found],
        "kind_said": kind_said,
        "states": STANDINGS,
        "columns": headings(*LISTED, figures=LISTED[6:]),
        "ending": [one for one in found if one.state == "ending"],
        "without_scan": sum(not one.scanned for one in found if one.state != "ended"),
    }
    return show(request, "agreements.html", content, title=t("Perjanjian & SK"), part="agreements")


@require_safe
def one_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Its terms in force, its papers in their order, its files, the decrees under it."""
    return _agreement_page(request, _visible(request, agreement_id))


def _agreement_page(request: HttpRequest, found: Agreement, *, form: AttachmentForm | None = None) -> HttpResponse:
    area, today = area_of(reader(request)), timezone.localdate()
    standing = standing_on(found, today)
    files = Attachment.objects.filter(agreement=found).select_related("file", "addendum", "attached_by").order_by("pk")
    content = {
        "agreement": found,
        "standing": standing,
        "state": STANDINGS[standing.state],
        "days_left": (standing.until - today).days if standing.until else None,
        "heads": heads_under(area.government.pk, Month.of(today)).get(found.pk, 0),
        "facts_shown": _facts(found, standing.terms),
        "papers": _papers(found),
        "files": files,
        "file_columns": headings(*FILES),
        "file_kinds": {code: t(text) for code, text in ATTACHMENT_KINDS.items()},
        "form": (form or AttachmentForm()) if allowed(request.user, "agreement-attach") else None,
        "decrees": decrees(area).filter(agreement=found),
        "decree_columns": headings(*DECREES, figures=DECREES[2:]),
    }
    return show(request, "agreement.html", content, title=found.number, part="agreements", crumbs=_crumbs())


def _facts(found: Agreement, terms: Agreement | Addendum) -> list[tuple[str, str]]:
    """What holds now; `terms` is the newest paper in force."""
    wage = wage_base_said(terms.wage_base)
    if terms.wage_nominal_rupiah is not None:
        wage = f"{wage}: {figures.rupiah(terms.wage_nominal_rupiah)}"
    if terms.wage_base_frozen_at is not None:
        wage = t("{base}, tetap seperti {month}", base=wage, month=figures.long_month(terms.wage_base_frozen_at))
    return [
        (t("Jenis surat"), kind_said(found.kind)),
        (t("Tentang"), found.title),
        (t("Para pihak"), "; ".join(found.parties) or figures.NOTHING),
        (t("Tanggal ditandatangani"), figures.short_date(found.signed_on)),
        (t("Berlaku mulai"), figures.short_date(found.effective_from)),
        (t("Jenis peserta"), found.membership_class),
        (t("Program"), ", ".join(found.programmes)),
        (t("Dasar upah"), wage),
        (t("Kelompok risiko JKK"), str(found.jkk_group)),
        (t("Kuota (orang)"), figures.number(terms.quota)),
    ]


def _papers(found: Agreement) -> list[Happening]:
    """The agreement and what changed it, newest first."""
    addenda = sorted(found.addenda.all(), key=lambda one: one.sequence, reverse=True)
    changes = [
        Happening(
            one.signed_on,
            t("Perubahan {number}: {title}", number=one.number, title=one.title),
            by=t("berlaku mulai {day}", day=one.effective_from),
            note=t("sampai {day}", day=one.effective_until) if one.effective_until else t("tanpa batas waktu"),
            tone="proof",
        )
        for one in addenda
    ]
    return [*changes, Happening(found.signed_on, t("Perjanjian {number} ditandatangani", number=found.number))]


def attached_to(request: HttpRequest, paper: Amendment) -> dict[str, object]:
    """What the page of a decree's paper shows of its files."""
    return {
        "files": Attachment.objects.filter(amendment=paper).select_related("file", "attached_by").order_by("pk"),
        "file_columns": headings(*FILES),
        "file_kinds": {code: t(text) for code, text in ATTACHMENT_KINDS.items()},
        "file_form": AttachmentForm() if allowed(request.user, "amendment-attach") else None,
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An agreement as its paper says; the scan may come with it."""
    user, government = reader(request), area_of(reader(request)).government
    form = AgreementForm(request.POST or None, request.FILES or None, government=government)
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, timezone.now()
        made = sign_agreement(
            government=government,
            terms=Terms(
                kind=told["kind"], number=told["number"], title=told["title"], signed_on=told["signed_on"],
                effective_from=told["effective_from"], membership_class=told["membership_class"],
                programmes=tuple(told["programmes"]), jkk_group=told["jkk_group"], parties=tuple(told["parties"]),
                warn_days=told["warn_days"], **form.wage_terms(),
            ),
            by=user,
            at=at,
        )  # fmt: skip
        _attach_scan(form.cleaned_data["scan"], made, user)
        return redirect("agreement", agreement_id=made.pk)
    content = {"form": form, "explanation": ""}
    return show(request, "agreement_new.html", content, title=t("Perjanjian baru"), part="agreements", crumbs=_crumbs())


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """A later paper; what stood before it stays as it was."""
    found, user = _visible(request, agreement_id), reader(request)
    standing = max(found.addenda.all(), key=lambda one: one.sequence, default=found)
    form = AddendumForm(request.POST or None, request.FILES or None, government=found.government, standing=standing)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = amend_agreement(
                agreement=found,
                told=NewAddendum(
                    number=told["number"], title=told["title"], signed_on=told["signed_on"],
                    effective_from=told["effective_from"], **form.wage_terms(),
                ),
                by=user,
                at=timezone.now(),
            )  # fmt: skip
        except PaperRefused as refused:
            form.add_error(
                "number" if refused.reason == "number_taken" else "effective_from", t(PAPER_REFUSALS[refused.reason])
            )
        else:
            _attach_scan(told["scan"], made, user)
            return redirect("agreement", agreement_id=found.pk)
    content = {
        "form": form,
        "explanation": t(
            "Tulis keadaan sesudah perubahan. Yang lama tetap tersimpan, dan bulan yang sudah ditagih dihitung ulang"
            " pada tagihan berikutnya. Bila jenis peserta atau programnya yang berubah, catat perjanjian baru."
        ),
    }
    crumbs = [*_crumbs(), (found.number, reverse("agreement", args=[found.pk]))]
    title = t("Catat perubahan")
    return show(request, "agreement_new.html", content, title=title, part="agreements", crumbs=crumbs)


def _attach_scan(file: Any, paper: Agreement | Addendum | Amendment, user: User) -> None:
    if file:
        attach(paper=paper, kind=Attachment.SCAN, content=file.read(), name=file.name, by=user, at=timezone.now())


@posting(back="agreement")
def attach_file(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One more file for an agreement, or for one of its addenda."""
    found = _visible(request, agreement_id)
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _agreement_page(request, found, form=form)
    chosen = request.POST.get("perubahan", "")
    paper = next((one for one in found.addenda.all() if str(one.pk) == chosen), found)
    _attach(request, form, paper)
    return redirect("agreement", agreement_id=agreement_id)


@require_POST
def attach_to_decree(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """A file for a decree's paper: the signed SK, the list that was signed with it."""
    papers = Amendment.objects.filter(government=area_of(reader(request)).government)
    found = get_object_or_404(papers.select_related("government"), pk=amendment_id)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        _attach(request, form, found)
    return redirect("amendment", amendment_id=amendment_id)


def _attach(request: HttpRequest, form: AttachmentForm, paper: Agreement | Addendum | Amendment) -> None:
    file = form.cleaned_data["file"]
    attach(
        paper=paper, kind=form.cleaned_data["kind"], content=file.read(), name=file.name, by=reader(request),
        at=timezone.now(),
    )  # fmt: skip


@require_POST
def open_file(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The file as it came. It may hold people's numbers: opening it is recorded."""
    scope = Attachment.objects.filter(government=area_of(reader(request)).government).select_related("file")
    found = get_object_or_404(scope, pk=attachment_id)
    record_look(subject=f"attachment:{found.pk}", purpose=Purpose.BPJS, note="", by=reader(request), at=timezone.now())
    return to_keep(found.file.name.replace('"', ""), content_of(found.file), "application/octet-stream")


def _visible(request: HttpRequest, agreement_id: int) -> Agreement:
    """The agreement when it is one of the reader's government; else there is no such page."""
    scope = Agreement.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("government").prefetch_related("addenda"), pk=agreement_id)


def _crumbs() -> list[tuple[str, str]]:
    return [(t("Perjanjian & SK"), reverse("agreements"))]
