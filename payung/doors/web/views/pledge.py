"""One pledge: its history, its steps, what happened to sponsor and worker, what the sponsor asks for, other payers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.asked import word_posted
from payung.doors.web.components import Happening
from payung.doors.web.figures import NOTHING, long_month, short_date
from payung.doors.web.forms.pledge_steps import HAND_OVER, PAUSE, RESUME, STOP, HappenedForm, StepForm, SwapForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.sentences import payer_elsewhere
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.pledges import sponsor_by_nip
from payung.doors.web.vocabulary_sponsorship import (
    EFFECTS,
    END_REASONS,
    EVENT_KINDS,
    MUST_ACT,
    OBSTACLES,
    OWN_WISHES,
    PLEDGE_STATES,
)
from payung.office.access.models import User
from payung.office.enrolment.elsewhere import ask_for_person
from payung.office.places.queries import area_of
from payung.office.sponsorship import events, pledges
from payung.office.sponsorship.models import Pledge, Sponsor
from payung.office.sponsorship.pledges import PledgeRefused
from payung.office.sponsorship.stories import Story, story_of
from payung.rules.months import Month

ORDERS = (word("OPD"), word("Dipotong mulai"), word("Sampai"), word("Sebab berakhir"))
MONTHS = (word("Bulan"), word("Iuran"), word("Dipotong"))


@require_safe
def one(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """Everything about one pledge, and what may be done with it."""
    return _page(request, pledge_id)


def _page(
    request: HttpRequest,
    pledge_id: int,
    *,
    step_form: StepForm | None = None,
    swap_form: SwapForm | None = None,
    event_form: HappenedForm | None = None,
    answers: list[tuple[str, str]] | None = None,
    refusal: str = "",
) -> HttpResponse:
    user, today = reader(request), timezone.localdate()
    area, month = area_of(user), Month.of(today)
    get_object_or_404(Pledge, pk=pledge_id, government=area.government)  # as the reader sees it
    story = story_of(pledge_id, government=area.government, on=today, by=user, year=today.year)
    own = story.pledge.sponsor.user_id == user.pk
    wishes = OWN_WISHES if own else EVENT_KINDS
    keeps = allowed(user, "pledge-step") and story.pledge.consented_at is not None
    content = {
        "story": story,
        "state": PLEDGE_STATES[story.standing.state],
        "facts_shown": _facts(story),
        "orders": [(order, t(END_REASONS[order.end_reason])) for order in story.orders],
        "order_columns": headings(*ORDERS),
        "month_columns": headings(*MONTHS, figures=MONTHS[1:]),
        "happenings": _happenings(story),
        "step_form": step_form or (StepForm(month=month) if keeps else None),
        "swap_form": swap_form or (SwapForm(month=month) if keeps else None),
        "event_form": event_form or (HappenedForm(area=area, today=today) if keeps else None),
        "own": own,
        "wishes": {code: t(wishes[code]) for code in events.WISHES} if story.orders else {},
        "answers": answers,
        "refusal": refusal,
    }
    crumbs = [(t("ASN peduli pekerja"), reverse("pledges"))]
    title = t(
        "{worker}, ditanggung {sponsor}", worker=story.told.get("Nama", NOTHING), sponsor=story.pledge.sponsor.name
    )
    return show(request, "pledge.html", content, title=title, part="pledges", crumbs=crumbs)


def _facts(story: Story) -> list[tuple[str, str]]:
    standing = story.standing
    return [
        (t("Pekerjaan"), standing.job or NOTHING),
        (t("Penanggung"), f"{story.pledge.sponsor.name} · {story.pledge.sponsor.opd.short_name}"),
        (t("Dipotong mulai"), long_month(standing.from_month)),
        (t("Sampai"), long_month(standing.until_month) if standing.until_month else t("tanpa batas waktu")),
        (t("Terlindungi sampai"), short_date(standing.protected_until)),
        (t("Tabungan hari tua (JHT)"), t("ya") if story.pledge.with_jht else t("tidak")),
        (t("Dasar"), story.pledge.circular.agreement.number),
    ]


def _happenings(story: Story) -> list[Happening]:
    """What was said, signed and what happened, the newest first."""
    one = story.pledge
    found = [
        Happening(
            event.on_day, t(EVENT_KINDS[event.kind]), by=event.recorded_by.full_name,
            note=" ".join(filter(None, (t(EFFECTS[event.effect]), t(MUST_ACT[event.acts])))),
            tone="wait" if event.acts else "info",
        )
        for event in story.events
    ]  # fmt: skip
    found.append(Happening(one.made_at, t("Pernyataan dibuat"), by=one.made_by.full_name))
    if one.consented_at and one.consented_by:
        found.append(
            Happening(
                one.consented_at, t("Surat bertanda tangan disimpan"), by=one.consented_by.full_name, tone="proof"
            )
        )
    if one.withdrawn_at:
        found.append(Happening(one.withdrawn_at, t("Pernyataan dibatalkan")))
    return sorted(found, key=lambda known: (known.at.isoformat()[:10], known.at.isoformat()), reverse=True)


@posting(back="pledge")
def withdrawn(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """A pledge that waits for its paper is taken back."""
    user = reader(request)
    get_object_or_404(Pledge, pk=pledge_id, government=area_of(user).government)
    try:
        pledges.withdraw(pledge_id=pledge_id, by=user, at=timezone.now())
    except PledgeRefused as refused:
        return _page(request, pledge_id, refusal=t(OBSTACLES[refused.reason]))
    return redirect("pledge", pledge_id=pledge_id)


@posting(back="pledge")
def step(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """Stop, pause, resume or hand over."""
    user, area = reader(request), area_of(reader(request))
    get_object_or_404(Pledge, pk=pledge_id, government=area.government)
    form = StepForm(request.POST, month=Month.of(timezone.localdate()))
    if not form.is_valid():
        return _page(request, pledge_id, step_form=form)
    told = form.cleaned_data
    to = sponsor_by_nip(area, told["nip"]) if told["step"] == HAND_OVER else None
    if told["step"] == HAND_OVER and to is None:
        form.add_error("nip", t("NIP ini tidak ada dalam daftar ASN OPD Anda."))
        return _page(request, pledge_id, step_form=form)
    try:
        shown = _carried_out(pledge_id, told, to, by=user, at=timezone.now())
    except PledgeRefused as refused:
        return _page(request, pledge_id, step_form=form, refusal=t(OBSTACLES[refused.reason]))
    return redirect("pledge", pledge_id=shown)


def _carried_out(pledge_id: int, told: Mapping[str, Any], to: Sponsor | None, *, by: User, at: datetime) -> int:
    """The step itself; the pledge to look at afterwards."""
    if told["step"] == STOP:
        pledges.stop(pledge_id=pledge_id, last=told["last"], by=by, at=at)
    elif told["step"] == PAUSE:
        pledges.pause(pledge_id=pledge_id, last=told["last"], resume=told["resume"], by=by, at=at)
    elif told["step"] == RESUME:
        pledges.resume_from(pledge_id=pledge_id, month=told["resume"], by=by, at=at)
    elif to is not None:
        return pledges.hand_over(pledge_id=pledge_id, to=to, last=told["last"], by=by, at=at).pk
    return pledge_id


@posting(back="pledge")
def swap_worker(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """Another worker in place of this one, by a paper of its own."""
    get_object_or_404(Pledge, pk=pledge_id, government=area_of(reader(request)).government)
    form = SwapForm(request.POST, month=Month.of(timezone.localdate()))
    if not form.is_valid():
        return _page(request, pledge_id, swap_form=form)
    try:
        made = pledges.swap(
            pledge_id=pledge_id, told=form.told(), last=form.cleaned_data["last"], by=reader(request), at=timezone.now()
        )
    except PledgeRefused as refused:
        return _page(request, pledge_id, swap_form=form, refusal=t(OBSTACLES[refused.reason]))
    return redirect("pledge", pledge_id=made.pk)


@posting(back="pledge")
def happened(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """What happened to the sponsor or the worker."""
    user, area = reader(request), area_of(reader(request))
    found = get_object_or_404(
        Pledge.objects.select_related("sponsor__government", "sponsor__opd", "circular__agreement", "government"),
        pk=pledge_id, government=area.government,
    )  # fmt: skip
    form = HappenedForm(request.POST, area=area, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, pledge_id, event_form=form)
    told, at = form.cleaned_data, timezone.now()
    if told["kind"] == "moved":
        events.sponsor_moves(sponsor=found.sponsor, to=told["opd"], on=told["on"], by=user, at=at)
    elif told["kind"] in events.OF_SPONSOR:
        events.sponsor_ends(sponsor=found.sponsor, kind=told["kind"], on=told["on"], by=user, at=at)
    else:
        events.worker_event(pledge=found, kind=told["kind"], on=told["on"], by=user, at=at)
    return redirect("pledges") if told["kind"] == "moved" else redirect("pledge", pledge_id=pledge_id)


@posting(back="pledge")
def wish(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """The sponsor asks the OPD to stop, pause or swap."""
    user = reader(request)
    asked = word_posted(request, "permintaan", events.WISHES)
    government, today = area_of(user).government, timezone.localdate()
    get_object_or_404(Pledge, pk=pledge_id, government=government)
    if asked:
        seen = story_of(pledge_id, government=government, on=today, by=user, year=today.year).pledge
        events.ask(pledge=seen, wish=asked, on=today, by=user, at=timezone.now())
    return redirect("pledge", pledge_id=pledge_id)


@posting(back="pledge")
def elsewhere(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """Whether another government pays for the worker from this month on; each question is recorded."""
    found = get_object_or_404(
        Pledge.objects.select_related("membership"), pk=pledge_id, government=area_of(reader(request)).government
    )
    if found.membership is None:
        return redirect("pledge", pledge_id=pledge_id)
    month = Month.of(timezone.localdate()).first_day
    answers = ask_for_person(found.membership.person_id, since=month, at=timezone.now())
    return _page(request, pledge_id, answers=[payer_elsewhere(one) for one in answers])
