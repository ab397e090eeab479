"""Two payers for one person: both shown, one chosen by two people, from a month on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.notices import tell_of
from payung.doors.web.asked import PAGE_ROWS, after_asked, slice_of, word_posted
from payung.doors.web.deciding import deciding, happenings, voice_chosen
from payung.doors.web.forms.payers import PayerForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import DECISION_REFUSALS, Meaning
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.enrolment.payer_models import PayerDecision
from payung.office.enrolment.payers import Conflict, PayerRefused, conflicts, decide_payer, propose_payer
from payung.office.places.queries import area_of
from payung.rules.months import Month

COLUMNS = (
    word("Nama"),
    word("Yang membayar sekarang"),
    word("Yang meminta membayar"),
    word("Mulai bulan"),
    word("Keadaan"),
)
MONTHS_AHEAD = 12
STATES = {
    "": Meaning(word("belum diusulkan"), "wait"),
    Proposal.OPEN: Meaning(word("menunggu orang kedua"), "wait"),
    Proposal.APPROVED: Meaning(word("sudah diputuskan"), "proof"),
    Proposal.REFUSED: Meaning(word("ditolak"), "loss"),
}
REFUSALS = {
    "waiting": word("menunggu orang kedua"),
    "too_early": word("Tidak dapat sebelum bulan daftar yang meminta."),
    "no_document": word("Sebut surat yang mendasarinya."),
    "no_conflict": word("Orang ini tidak lagi mempunyai dua pembayar."),
    "changed_since": word("Pembayar lain masuk sejak usulan ini dibuat. Tolak, lalu usulkan lagi."),
}
CHOICES = {True: word("pindah ke daftar yang meminta"), False: word("pembayar sekarang tetap")}


@require_safe
def all_conflicts(request: HttpRequest) -> HttpResponse:
    """Everybody whom a list names while another pays."""
    after = after_asked(request, start=0)
    found = conflicts(area_of(reader(request)).government.pk, after=after, limit=PAGE_ROWS + 1)
    content = {
        "page": slice_of(request, found, place=lambda one: one.item_id, start=0),
        "columns": headings(*COLUMNS),
        "states": STATES,
    }
    return show(request, "payers.html", content, title=t("Dua pembayar"), part="payers")


@require_safe
def conflict(request: HttpRequest, item_id: int) -> HttpResponse:
    """Both sides, and where the decision stands."""
    return _page(request, _visible(request, item_id))


def _page(
    request: HttpRequest, found: Conflict | None, *, item_id: int = 0, form: PayerForm | None = None, refusal: str = ""
) -> HttpResponse:
    key = found.item_id if found else item_id
    made = PayerDecision.objects.filter(item_id=key).select_related("proposal__made_by").order_by("-pk").first()
    open_now = made is not None and made.proposal.state == Proposal.OPEN
    user = reader(request)
    proposing = found is not None and not open_now and allowed(user, "payer-propose")
    content = {
        "found": found,
        "item_id": key,
        "decision": made,
        "choice": t(CHOICES[made.moves]) if made else "",
        "open": open_now,
        "deciding": deciding(made.proposal, version=made.proposal.version, user=user) if made and open_now else None,
        "said": happenings(made.proposal) if made else [],
        "form": (form or PayerForm(months=_months(found))) if proposing and found else None,
        "refusal": refusal,
    }
    crumbs = [(t("Dua pembayar"), reverse("payers"))]
    title = found.name if found else t("Dua pembayar")
    return show(request, "payer.html", content, title=title, part="payers", crumbs=crumbs)


def _months(found: Conflict) -> list[Month]:
    """From the month of the list on, the newest first."""
    first = Month.of(found.asking.from_month)
    return list(first.until(max(first, Month.of(timezone.localdate())).shift(MONTHS_AHEAD)))[::-1]


@posting(back="payer")
def propose(request: HttpRequest, item_id: int) -> HttpResponse:
    """What is proposed waits for a second person."""
    found = _visible(request, item_id)
    if found is None:
        return redirect("payer", item_id=item_id)
    form = PayerForm(request.POST, months=_months(found))
    if form.is_valid():
        told = form.cleaned_data
        try:
            propose_payer(item_id=item_id, by=reader(request), at=timezone.now(), **told)
        except PayerRefused as refused:
            return _page(request, found, form=form, refusal=t(REFUSALS[refused.reason]))
        return redirect("payer", item_id=item_id)
    return _page(request, found, form=form)


@posting(back="payer")
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """Agree or refuse; the yes is carried out at once."""
    found, user, at = _visible(request, item_id), reader(request), timezone.now()
    verdict = word_posted(request, "putusan", (Verdict.APPROVE, Verdict.REFUSE))
    made = PayerDecision.objects.filter(item_id=item_id, proposal__state=Proposal.OPEN).first()
    if made is None or not verdict:
        return redirect("payer", item_id=item_id)
    try:
        decided = decide_payer(
            decision_id=made.pk,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _page(request, found, item_id=item_id, refusal=t(DECISION_REFUSALS[refused.reason]))
    except PayerRefused as refused:
        return _page(request, found, item_id=item_id, refusal=t(REFUSALS[refused.reason]))
    tell_of(decided, by=user, at=at)
    return redirect("payer", item_id=item_id)


def _visible(request: HttpRequest, item_id: int) -> Conflict | None:
    """The conflict; None when it was settled. What never was one has no page."""
    found = conflicts(area_of(reader(request)).government.pk, item_id=item_id)
    if not found and not PayerDecision.objects.filter(item_id=item_id).exists():
        raise Http404
    return found[0] if found else None
