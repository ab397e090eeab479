"""The list of a decree: who stands in it on a day, who waits, whom to replace; its papers, decided and put in force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.notices import tell_of
from payung.doors.papers.decree_annex import AnnexLine, annex_pdf, annex_workbook
from payung.doors.web import figures
from payung.doors.web.asked import day_asked, word_posted
from payung.doors.web.deciding import deciding, happenings, voice_chosen
from payung.doors.web.forms.decrees import PaperForm
from payung.doors.web.later import AskedAgain, in_background
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import WORKBOOK_TYPE, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.agreements import attached_to
from payung.doors.web.views.decrees import BY, crumbs, day_of_work, place_name, sees_part, visible
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_decrees import AMENDMENT_STATES, ENDS, ITEMS
from payung.office.agreements.decree_lists import amendment_state, amendments, free_count
from payung.office.agreements.models import Amendment, Decree
from payung.office.approvals.actions import DecisionRefused, decide
from payung.office.approvals.models import Verdict
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.verification.clocks import full_jkm_from
from payung.office.verification.listed import due_people, item_counts, items_of, listed_people
from payung.office.verification.lists import END_REASONS
from payung.rules.months import Month

PERSON = (word("Nomor"), word("Nama"), "NIK", word("Desa/kelurahan"), word("Pekerjaan"))
SHOWN = 200
"""People of a list on one page; the annex has them all."""
AT_ONCE_LINES = 2_000
"""An annex of so many people is printed in about a second; a longer one is a job."""


@require_safe
def listed(request: HttpRequest, decree_id: int) -> HttpResponse:
    """The list on a day, its papers, and whom to replace."""
    return _list_page(request, visible(request, decree_id))


def _list_page(request: HttpRequest, decree: Decree, *, form: PaperForm | None = None) -> HttpResponse:
    area = area_of(reader(request))
    today = timezone.localdate()
    day = day_asked(request, otherwise=day_of_work(decree))
    count, people = listed_people(area, decree, day, limit=SHOWN)
    papers = [(paper, amendment_state(paper)) for paper in amendments(decree)]
    first = decree.effective_from if not papers else Month.of(max(decree.effective_from, today)).shift(1).first_day
    content = {
        "decree": decree,
        "day": day,
        "part": sees_part(area, decree),
        "quota_by": t(BY[decree.quota_by]).lower() if decree.quota_by else "",
        "people": people,
        "count": count,
        "shown": SHOWN,
        "columns": headings(*PERSON, word("Sejak"), word("JKM penuh mulai"), figures=PERSON[:1]),
        "full_from": {one.entry_id: full_jkm_from(one.from_day) for one in people},
        "place_name": place_name,
        "papers": papers,
        "states": AMENDMENT_STATES,
        "free": free_count(decree, day),
        "due": due_people(area, decree, day),
        "ends": ENDS,
        "form": form or PaperForm(initial={"signed_on": today, "effective_from": first}),
        "may_propose": allowed(request.user, "decree-propose")
        and (form is not None or not any(state == "open" for _, state in papers)),
    }
    return show(request, "decree_list.html", content, title=t("Daftar SK"), part="decrees", crumbs=crumbs(decree))


@posting(back="decree-list")
def propose(request: HttpRequest, decree_id: int) -> HttpResponse:
    """A paper for a second person, worked out by a job: who comes in turn, and whom it ends."""
    decree = visible(request, decree_id)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return _list_page(request, decree, form=form)
    told = form.cleaned_data
    ending = {
        entry_id: reason
        for entry_id in request.POST.getlist("akhiri")
        if entry_id.isdecimal() and (reason := word_posted(request, f"sebab-{entry_id}", END_REASONS))
    }
    job = queue.ask(
        "propose_decree",
        government=decree.government,
        by=reader(request),
        at=timezone.now(),
        arguments={
            "decree_id": decree.pk,
            "number": told["number"],
            "signed_on": told["signed_on"].isoformat(),
            "effective_from": told["effective_from"].isoformat(),
            "ending": ending,
        },
    )
    return redirect("job", job_id=job.pk)


@require_safe
def amendment(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """A paper with everybody it brings and ends, and where its approval stands."""
    return _paper_page(request, _visible(request, amendment_id))


def _paper_page(request: HttpRequest, found: Amendment, *, refusal: str = "") -> HttpResponse:
    user, state = reader(request), amendment_state(found)
    area = area_of(user)
    counts = item_counts(area, found)
    content = {
        "paper": found,
        "state": state,
        "states": AMENDMENT_STATES,
        "items": items_of(area, found, limit=SHOWN),
        "adds": counts.get("add", 0),
        "ends": counts.get("end", 0),
        "count": sum(counts.values()),
        "shown": SHOWN,
        "columns": headings(*PERSON, word("Perubahan"), word("Tanggal"), figures=PERSON[:1]),
        "words": ITEMS,
        "place_name": place_name,
        "full_from": full_jkm_from(found.effective_from),
        "own": found.proposal.made_by_id == user.pk,
        "deciding": deciding(found.proposal, version=found.version, user=user) if state == "open" else None,
        "said": happenings(found.proposal),
        "refusal": refusal,
        **attached_to(request, found),
    }
    title = t("SK {number}", number=found.number)
    way = [*crumbs(found.decree), (t("Daftar SK"), reverse("decree-list", kwargs={"decree_id": found.decree_id}))]
    return show(request, "amendment.html", content, title=title, part="decrees", crumbs=way)


@posting(back="amendment")
def decide_on(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Approve, send back or refuse, with a comment; never one's own, and only the version that was seen."""
    found, user, at = _visible(request, amendment_id), reader(request), timezone.now()
    verdict = word_posted(request, "putusan", [*Verdict])
    if not verdict:
        return redirect("amendment", amendment_id=amendment_id)
    try:
        decided = decide(
            proposal_id=found.proposal_id,
            version=found.version,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _paper_page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]))
    tell_of(decided, by=user, at=at)
    return redirect("amendment", amendment_id=amendment_id)


@require_POST
def enforce(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Put an approved paper in force and hand its list to enrolment, as a job."""
    found = _visible(request, amendment_id)
    job = queue.ask(
        "decree_in_force",
        government=found.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"amendment_id": found.pk},
    )
    return redirect("job", job_id=job.pk)


@require_safe
def annex(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """`?bentuk=xlsx`: the annex of the paper; else as PDF; of many people as a job. Marks are masked for everybody."""
    found, user = _visible(request, amendment_id), reader(request)
    as_sheet = request.GET.get("bentuk") == "xlsx"
    name = f"lampiran-{found.pk}.{'xlsx' if as_sheet else 'pdf'}"
    heads = sum(item_counts(area_of(user), found).values())
    if heads > AT_ONCE_LINES and not isinstance(request, AskedAgain):
        return in_background(request, name=name, back=reverse("amendment", kwargs={"amendment_id": found.pk}))
    lines = [
        AnnexLine(
            number=one.number,
            name=one.name,
            masked_nik=figures.masked(one.nik),
            village=place_name(one.desa_code or one.kecamatan_code),
            work=place_name(one.segment),
            change=t(ITEMS[one.reason]),
            on=one.on,
        )
        for one in items_of(area_of(user), found)
    ]
    today = timezone.localdate()
    if as_sheet:
        made = annex_workbook(found, lines=lines, made_on=today, language=language())
        return attachment(name, made, WORKBOOK_TYPE)
    return attachment(name, annex_pdf(found, lines=lines, made_on=today, language=language()), "application/pdf")


def _visible(request: HttpRequest, amendment_id: int) -> Amendment:
    """The paper when it is one of the reader's government; else there is no such page.

    Its proposal belongs to the OPD of the decree; the paper itself is shown to a village officer too.
    """
    government = area_of(reader(request)).government
    scope = Amendment.objects.filter(government=government).select_related(
        "decree__government",
        "decree__agreement",
        "proposal__made_by",
        "proposal__decided_by",
        "in_force_by",
        "government",
    )
    with whole_government(government, by=reader(request)):
        return get_object_or_404(scope, pk=amendment_id)
