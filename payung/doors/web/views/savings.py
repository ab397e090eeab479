"""JHT: all accounts and the yearly rates, and one person's statement of account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.notices import tell_of
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.papers.savings_paper import account_paper
from payung.doors.web.asked import PAGE_ROWS, after_asked, slice_of, word_posted
from payung.doors.web.deciding import deciding, voice_chosen
from payung.doors.web.forms.savings import RateForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_savings import RATE_REFUSALS, RATE_STATES
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import area_of
from payung.office.registry.models import Person
from payung.office.savings import queries
from payung.office.savings.actions import RateRefused, decide_rate, propose_rate
from payung.office.savings.models import Rate
from payung.office.savings.queries import Account, Held

ANSWERS = (Verdict.APPROVE.value, Verdict.REFUSE.value)
TOTALS = (
    word("Tahun"), word("Iuran pemberi kerja"), word("Iuran pekerja"), word("Hasil pengembangan"), word("Tingkat"),
    word("Saldo akhir tahun"),
)  # fmt: skip
RATES = (word("Tahun"), word("Tingkat"), word("Dasar"), word("Pengusul"), word("Keadaan"))
YEARS = (
    word("Tahun"),
    word("Saldo awal"),
    word("Iuran"),
    word("Hasil pengembangan"),
    word("Tingkat"),
    word("Saldo akhir"),
)
HELD: tuple[Field[Held], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("pemberi", word("Iuran pemberi kerja"), lambda one: one.employer_rupiah, figures=True),
    Field("pekerja", word("Iuran pekerja"), lambda one: one.worker_rupiah, figures=True),
    Field("hasil", word("Hasil pengembangan"), lambda one: one.return_rupiah, figures=True),
    Field("saldo", word("Saldo akhir tahun"), lambda one: one.closing_rupiah, figures=True),
)
MONTHS = (word("Bulan iuran"), word("Pemberi kerja"), word("Pekerja"), word("Jumlah"), word("Catatan"))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All accounts by year, the rates, and what may be done about them."""
    return _page(request)


def _page(request: HttpRequest, *, form: RateForm | None = None, refusal: str = "") -> HttpResponse:
    user = reader(request)
    area = area_of(user)
    rates = list(queries.rates(area))
    content = {
        "totals": queries.totals(area),
        "total_columns": headings(*TOTALS, figures=TOTALS[1:]),
        "last": queries.last_credited(area),
        "sees_all": area.opd_ids is None,
        "rates": [(rate, RATE_STATES[rate.proposal.state]) for rate in rates],
        "rate_columns": headings(*RATES, figures=("Tingkat",)),
        "waiting": [
            (rate, deciding(rate.proposal, version=rate.proposal.version, user=user))
            for rate in rates
            if rate.proposal.state == Proposal.OPEN
        ],
        "form": form or (RateForm(this_year=timezone.localdate().year) if allowed(user, "savings-rate") else None),
        "refusal": refusal,
    }
    crumbs = [(t("Tagihan iuran"), reverse("bills"))]
    return show(request, "savings.html", content, title=t("Simpanan JHT"), part="savings", crumbs=crumbs)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?tahun=2023`: whose accounts a year's totals hold."""
    area, asked = area_of(reader(request)), request.GET.get("tahun", "")
    if not (asked.isdecimal() and 1900 < int(asked[:5]) < 3000):
        return redirect("savings")
    year, title = int(asked), t("Simpanan JHT {year}", year=asked)
    if request.GET.get("unduh"):
        return whole_list(
            request, f"jht-{year}.xlsx", title, HELD, lambda limit: queries.held(area, year, limit=limit)
        )  # fmt: skip
    found = queries.held(area, year, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    content = {
        "page": slice_of(request, found, place=lambda one: one.membership_id, start=0),
        "columns": headings(*(one.label for one in HELD), figures=[one.label for one in HELD if one.figures]),
    }
    crumbs = [(t("Simpanan JHT"), reverse("savings"))]
    return show(request, "savings_people.html", content, title=title, part="savings", crumbs=crumbs)


@posting(back="savings")
def propose(request: HttpRequest) -> HttpResponse:
    """A year's rate, for a second person to approve."""
    user, today, at = reader(request), timezone.localdate(), timezone.now()
    form = RateForm(request.POST, this_year=today.year)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        made = propose_rate(government=area_of(user).government, on=today, by=user, at=at, **form.cleaned_data)
    except RateRefused as refused:
        form.add_error("percent", t(RATE_REFUSALS[refused.reason]))
        return _page(request, form=form)
    tell_of(made.proposal, by=user, at=at)
    return redirect("savings")


@require_POST
def decide(request: HttpRequest, rate_id: int) -> HttpResponse:
    """Agree or refuse; never one's own."""
    user, at = reader(request), timezone.now()
    made = get_object_or_404(Rate, pk=rate_id, government=area_of(user).government)
    verdict = word_posted(request, "putusan", ANSWERS)
    if not verdict:
        raise Http404
    try:
        decided = decide_rate(
            rate_id=made.pk,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _page(request, refusal=t(DECISION_REFUSALS[refused.reason]))
    tell_of(decided, by=user, at=at)
    return redirect("savings")


@require_POST
def credit(request: HttpRequest) -> HttpResponse:
    """The job that brings all accounts up to date."""
    user = reader(request)
    government = area_of(user).government
    job = queue.ask("credit_savings", government=government, by=user, at=timezone.now(), arguments={})
    return redirect("job", job_id=job.pk)


@require_safe
def account(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person's statement of account."""
    found = _account(request, person_id)
    content = {
        "account": found,
        "year_columns": headings(*YEARS, figures=YEARS[1:]),
        "month_columns": headings(*MONTHS, figures=MONTHS[1:4]),
    }
    crumbs = [(t("Cari peserta"), reverse("people")), (found.name, reverse("person", kwargs={"person_id": person_id}))]
    return show(request, "person_savings.html", content, title=t("Rekening JHT"), part="people", crumbs=crumbs)


@require_safe
def account_pdf(request: HttpRequest, person_id: int) -> HttpResponse:
    """The statement on paper, to hand out."""
    found, today = _account(request, person_id), timezone.localdate()
    government = area_of(reader(request)).government
    paper = account_paper(
        found, government_name=government.name, printed_on=today, language=language(),
        letterhead=letterhead_on(government.pk, None, today),
    )  # fmt: skip
    return attachment(f"rekening-jht-{person_id}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def _account(request: HttpRequest, person_id: int) -> Account:
    """The account when the reader's area shows the person; else there is no such page."""
    try:
        return queries.account(area_of(reader(request)), person_id)
    except Person.DoesNotExist as missing:
        raise Http404 from missing
