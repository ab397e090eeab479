"""Civil servants who carry a worker: the own pledges or an office's, a new one, its paper, its end."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.papers.letterhead import letter_lines, place_and_date
from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, Signature, paper_pdf
from payung.doors.papers.wording import Wording
from payung.doors.web.asked import PAGE_ROWS, after_asked, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.figures import long_month, masked, short_date
from payung.doors.web.forms.pledges import ConsentForm, PledgeForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_sponsorship import EVENT_KINDS, MUST_ACT, OBSTACLES, PLEDGE_STATES
from payung.office.access.marks import sealed_forms
from payung.office.access.models import User
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import Area, area_of
from payung.office.places.scope import whole_government
from payung.office.registry.aliases import survivor_of
from payung.office.registry.models import Person
from payung.office.registry.queries import PersonFacts, facts
from payung.office.sponsorship import queries
from payung.office.sponsorship.acting import recent_since, to_act
from payung.office.sponsorship.checks import Look, look
from payung.office.sponsorship.consents import consent
from payung.office.sponsorship.models import Circular, Pledge, Sponsor
from payung.office.sponsorship.pledges import PledgeRefused, Wish, pledge, told_of
from payung.office.verification.intake import TYPED
from payung.rules.identity.membership_numbers import nip
from payung.rules.law.figures import LawError
from payung.rules.months import Month

MOST_WAITING = 200
"""Papers to choose from in one form; the others follow when these are filed."""
OWN = (
    word("Pekerja"), word("Pekerjaan"), word("Keadaan"), word("Terlindungi sampai"), word("Sudah diberikan"),
    word("Belum terpotong"),
)  # fmt: skip
OFFICE = (word("Penanggung"), word("OPD"), word("Pekerja"), word("Mulai bulan"))
TO_ACT = (word("Kejadian"), word("Penanggung"), word("Tanggal"), word("Siapa bertindak"))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The sponsor's own page, or the pledges of the offices that the reader sees."""
    return _overview(request)


def _overview(request: HttpRequest, *, form: ConsentForm | None = None, refusal: str = "") -> HttpResponse:
    user = reader(request)
    own = Sponsor.objects.filter(user=user).first()
    area = area_of(user)
    waiting = [] if own else list(queries.pledges_in(area, waiting=True)[:MOST_WAITING])
    before = after_asked(request, start=0)
    rows = [] if own else list(queries.pledges_in(area, waiting=False, before=before or None)[: PAGE_ROWS + 1])
    own_rows = queries.own_pledges(own, on=timezone.localdate(), by=user) if own else []
    content = {
        "own": own,
        "own_columns": headings(*OWN, figures=OWN[4:]),
        "own_rows": own_rows,
        "given": sum(one.given_rupiah for one in own_rows),
        "years": range(timezone.localdate().year, timezone.localdate().year - 3, -1) if own_rows else (),
        "circular": own is not None or queries.newest_circular(area.government),
        "servants_known": own is not None or Sponsor.objects.filter(government=area.government).exists(),
        "states": PLEDGE_STATES,
        "columns": headings(*OFFICE),
        "waiting_columns": headings(*OFFICE, word("Surat")),
        "rows": [(one, told_of(one).get("Nama", "")) for one in rows[:PAGE_ROWS]],
        "following": same_page(request, sesudah=rows[PAGE_ROWS - 1].pk) if len(rows) > PAGE_ROWS else "",
        "first": same_page(request, sesudah=None) if before else "",
        **({} if own else _acting(request, area)),
        "act_columns": headings(*TO_ACT),
        "event_kinds": EVENT_KINDS,
        "must_act": MUST_ACT,
        "waiting": [(one, told_of(one).get("Nama", "")) for one in waiting],
        "form": form or (ConsentForm(pledges=_choices(waiting)) if waiting and _files(request) else None),
        "refusal": refusal,
    }
    title = t("Pekerja yang Anda tanggung") if own else t("Tanggungan")
    return show(request, "pledges.html", content, title=title, part="pledges")


def _acting(request: HttpRequest, area: Area) -> dict[str, object]:
    """What still asks for something: the recent, or (asked for) what is older; and how many are older."""
    since, older = recent_since(timezone.localdate()), word_asked(request, "tindakan", ("lama",))
    found = to_act(area)
    before = found.filter(on_day__lt=since)
    return {
        "to_act": list((before if older else found.filter(on_day__gte=since))[:PAGE_ROWS]),
        "older": before.count(),
        "older_shown": bool(older),
        "older_href": same_page(request, tindakan=None if older else "lama"),
    }


def _files(request: HttpRequest) -> bool:
    return allowed(request.user, "pledge-consent")


def _choices(waiting: list[Pledge]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one.sponsor.name}: {told_of(one).get('Nama', '')}") for one in waiting]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """A worker typed in or picked from the registry: first what it brings, then the pledge."""
    user = reader(request)
    known = None if person_id is None else _known(area_of(user), person_id)
    own = Sponsor.objects.filter(user=user).first()
    circular = queries.newest_circular(area_of(user).government)
    form = PledgeForm(request.POST or None, own=own is not None, month=Month.of(timezone.localdate()), known=known)
    seen: Look | None = None
    refusal = ""
    if request.method == "POST" and circular is not None and form.is_valid():
        sponsor = own or sponsor_by_nip(area_of(user), form.cleaned_data["nip"])
        if sponsor is None:
            form.add_error("nip", t("NIP ini tidak ada dalam daftar ASN OPD Anda."))
        else:
            try:
                answer, refusal = _asked(request, circular, sponsor, form, user)
            except LawError as problem:
                answer, refusal = None, str(problem)
            if isinstance(answer, Pledge):
                return redirect("pledge", pledge_id=answer.pk)
            seen = answer
    content = {
        "form": form,
        "seen": seen,
        "refusal": refusal,
        "circular": circular,
        "known": known,
        "nik": masked(known.nik) if known else "",
    }
    return show(request, "pledge_new.html", content, title=t("Tanggung seorang pekerja"), part="pledge-new")


def _known(area: Area, person_id: int) -> PersonFacts:
    """The person to carry, as she stands now; whom the reader does not see has no such page."""
    try:
        return facts(area, survivor_of(person_id))
    except Person.DoesNotExist as missing:
        raise Http404 from missing


def _asked(
    request: HttpRequest, circular: Circular, sponsor: Sponsor, form: PledgeForm, user: User
) -> tuple[Look | Pledge | None, str]:
    """The look before the pledge, or the pledge itself, which tells the next step; and why it was refused."""
    typed = form.cleaned_data
    month = max(typed["month"], Month.of(timezone.localdate()))
    if request.POST.get("langkah") == "janji":
        wish = Wish(month, typed["sector"], typed["with_jht"], typed["until"])
        try:
            made = pledge(circular=circular, sponsor=sponsor, told=form.told(), wish=wish, by=user, at=timezone.now())
        except PledgeRefused as refused:
            return None, _said(refused.reason, known=form.known is not None)
        return made, ""
    seen = look(
        circular=circular, sponsor=sponsor, told=form.told(), wanted=month, by=user, sector=typed["sector"],
        with_jht=typed["with_jht"], until=typed["until"],
    )  # fmt: skip
    if seen.obstacle == "row_not_sound":
        form.mark(seen.findings)
    return seen, _said(seen.obstacle, known=form.known is not None)


def _said(obstacle: str, *, known: bool) -> str:
    """Why not; of a person whom the registry knows there is nothing on the form to mend."""
    if obstacle == "row_not_sound" and known:
        return t("Orang ini belum dapat ditanggung: NIK, tanggal lahir, atau umurnya tidak memenuhi syarat.")
    return t(OBSTACLES[obstacle]) if obstacle else ""


def sponsor_by_nip(area: Area, text: str) -> Sponsor | None:
    """The civil servant of that NIP whom the area shows."""
    digits = nip(text)
    if digits is None:
        return None
    return Sponsor.objects.filter(government=area.government, nip_sealed__in=sealed_forms(digits, kind="nip")).first()


@posting(back="pledges")
def file_consent(request: HttpRequest) -> HttpResponse:
    """The signed paper of a pledge: from now on it is deducted."""
    user = reader(request)
    waiting = list(queries.pledges_in(area_of(user), waiting=True)[:MOST_WAITING])
    form = ConsentForm(request.POST, request.FILES, pledges=_choices(waiting))
    if not form.is_valid():
        return _overview(request, form=form)
    one = next(one for one in waiting if one.pk == form.cleaned_data["pledge"])
    paper = form.cleaned_data["paper"]
    try:
        consent(
            circular=one.circular, pledge_id=one.pk, paper=paper.read(), name=paper.name, by=user, at=timezone.now()
        )
    except PledgeRefused as refused:
        return _overview(request, refusal=t(OBSTACLES[refused.reason]))
    return redirect("pledges")


@posting(back="pledges")
def letter(request: HttpRequest) -> HttpResponse:
    """The consent and power of attorney of a pledge, to print and sign."""
    one, today = _posted(request), timezone.localdate()
    head = letterhead_on(one.government_id, one.sponsor.opd_id, today)
    paper = OfficePaper(
        language=language(),
        government=area_of(reader(request)).government.name,
        office=one.sponsor.opd.name,
        letter=letter_lines(head),
        title=t("Persetujuan dan surat kuasa"),
        subject=t("Potongan TPP untuk iuran seorang pekerja"),
        footer=t("Dicetak dari Payung"),
        facts=_agreed(one),
        sheets=[Sheet(t("Pekerja yang ditanggung"), [Column(t("Data"), 50), Column(t("Isi"))], _worker(one))],
        declared=[
            t("Saya setuju TPP saya dipotong setiap bulan sebesar iuran pekerja ini menurut peraturan yang berlaku."),
            t("Saya memberi kuasa kepada OPD saya untuk memotong dan membayarkannya kepada BPJS Ketenagakerjaan."),
            t("Persetujuan ini dapat saya hentikan kapan saja; potongan berhenti mulai bulan berikutnya."),
        ],
        place_and_date=place_and_date(head, today, Wording(language())),
        signatures=[
            Signature(t("Penanggung"), one.sponsor.name),
            Signature(t("Pekerja"), told_of(one).get("Nama", ""), None),
        ],
    )
    return attachment(f"surat-kuasa-{one.pk}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def _agreed(one: Pledge) -> list[tuple[str, str]]:
    """What is agreed to: who pays, on what ground, from when, with or without JHT."""
    return [
        (t("Penanggung"), one.sponsor.name),
        (t("Dasar"), one.circular.agreement.number),
        (t("Mulai bulan"), long_month(Month.of(one.wanted_month))),
        (t("Sampai bulan"), long_month(Month.of(one.wanted_until)) if one.wanted_until else t("tanpa batas waktu")),
        (t("Tabungan hari tua (JHT)"), t("ya") if one.with_jht else t("tidak")),
    ]


def _worker(one: Pledge) -> list[tuple[str, str]]:
    told = told_of(one)
    born = told.get("Tanggal Lahir", "")
    shown = {**told, "Tanggal Lahir": short_date(date.fromisoformat(born)) if born else ""}
    return [(heading, shown[heading]) for heading in TYPED if shown.get(heading)]


def _posted(request: HttpRequest) -> Pledge:
    """The pledge that was posted, when the reader sees it; else there is no such page."""
    text = request.POST.get("janji", "")
    if not (text.isdecimal() and len(text) < 19):
        raise Http404
    user, government = reader(request), area_of(reader(request)).government
    get_object_or_404(Pledge, pk=int(text), government=government)  # as the reader sees it
    with whole_government(government, by=user):  # a sponsor sees his pledge, not the office and circular around it
        return Pledge.objects.select_related("sponsor__opd", "circular__agreement").get(pk=int(text))
