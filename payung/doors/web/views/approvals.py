"""Menunggu saya: what waits for the reader, whom the own voice is lent to, where notices go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.web.forms.approvals import LendForm, MailboxForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import SETTING_REFUSALS
from payung.doors.web.waiting import KINDS, subjects, tasks
from payung.office.access.roles import may
from payung.office.approvals import policy
from payung.office.approvals.actions import DecisionRefused, remark
from payung.office.approvals.kinds import DEED
from payung.office.approvals.policy import SettingRefused
from payung.office.approvals.queries import colleagues, lent_by, visible
from payung.office.places.queries import area_of

COLUMNS = (word("Usulan"), word("Jenis"), word("Jumlah"), word("Pengusul"), word("Diajukan"), word("Suara"))


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that the reader may decide now, or must change and propose again."""
    return _page(request)


def _page(
    request: HttpRequest, *, lend: LendForm | None = None, box: MailboxForm | None = None, refusal: str = ""
) -> HttpResponse:
    user, at = reader(request), timezone.now()
    area = area_of(user)
    address, wanted = policy.mailbox(user)
    content = {
        "tasks": tasks(user, area=area, at=at),
        "columns": headings(*COLUMNS, figures=("Jumlah",)),
        "kinds": KINDS,
        "me": user,
        "may_lend": any(may(user, deed) for deed in DEED.values()),
        "lent": lent_by(user, area=area),
        "today": timezone.localdate(),
        "lend": lend or LendForm(None, colleagues=colleagues(user, area=area), today=timezone.localdate()),
        "box": box or MailboxForm(None, initial={"address": address, "wanted": wanted or not address}),
        "refusal": refusal,
    }
    return show(request, "waiting.html", content, title=t("Menunggu saya"), part="waiting")


@posting(back="waiting")
def lend_voice(request: HttpRequest) -> HttpResponse:
    """Let a colleague decide on the reader's behalf for some days."""
    user, at = reader(request), timezone.now()
    area = area_of(user)
    form = LendForm(request.POST, colleagues=colleagues(user, area=area), today=timezone.localdate())
    if not form.is_valid():
        return _page(request, lend=form)
    try:
        policy.lend_voice(government=area.government, by=user, at=at, **form.cleaned_data)
    except SettingRefused as refused:
        return _page(request, lend=form, refusal=t(SETTING_REFUSALS[refused.reason]))
    return redirect("waiting")


@posting(back="waiting")
def set_mailbox(request: HttpRequest) -> HttpResponse:
    """Where the reader's own notices go, and whether they go."""
    form = MailboxForm(request.POST)
    if not form.is_valid():
        return _page(request, box=form)
    policy.set_mailbox(by=reader(request), at=timezone.now(), **form.cleaned_data)
    return redirect("waiting")


@require_POST
def take_voice_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End one's own lending now; another's is not there."""
    user = reader(request)
    get_object_or_404(lent_by(user, area=area_of(user)), pk=delegation_id)
    policy.take_voice_back(delegation_id=delegation_id, by=user, at=timezone.now())
    return redirect("waiting")


@require_POST
def add_remark(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say something of a proposal without deciding, and go back to its subject; an empty text says nothing."""
    user = reader(request)
    proposal = get_object_or_404(visible(area_of(user)), pk=proposal_id)
    try:
        remark(proposal_id=proposal.pk, comment=request.POST.get("comment", "").strip(), by=user, at=timezone.now())
    except DecisionRefused as refused:
        assert refused.reason == "no_comment", refused.reason
    subject = subjects([proposal]).get(proposal.pk)
    return redirect(subject.href if subject else "waiting")
