"""The circular that asks civil servants, and the list of those it asks: how an office begins with sponsoring."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked, word_posted
from payung.doors.web.figures import number, rupiah, short_date
from payung.doors.web.forms.circulars import CircularForm, LoginForm, MoreOpdsForm, ServantsForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_sponsorship import CIRCULAR_REFUSALS
from payung.office.access.marks import sealed_forms
from payung.office.agreements.queries import terms_of, until_of
from payung.office.places.queries import Area, area_of, opds_in
from payung.office.sponsorship import servants
from payung.office.sponsorship.circulars import CircularRefused, announce, ask_more, show_to_all
from payung.office.sponsorship.models import Circular, Sponsor
from payung.office.sponsorship.queries import newest_circular
from payung.office.sponsorship.sponsors import bind_user
from payung.rules.months import Month

ASKED = (word("OPD"), word("ASN"), word("Penanggung"), word("Pekerja"))
ONLY = {servants.SERVING: word("Bertugas"), servants.CARRYING: word("Menanggung pekerja")}
SERVANTS = (word("Nama"), word("OPD"), word("Pangkat"), word("Pekerja yang ditanggung"), word("Akun"))


@require_safe
def circular(request: HttpRequest) -> HttpResponse:
    """The circular in force, what it asks and whom; or the form to issue the first one."""
    return _circular(request)


def _circular(
    request: HttpRequest, *, form: CircularForm | None = None, more: MoreOpdsForm | None = None, refusal: str = ""
) -> HttpResponse:
    area, today = area_of(reader(request)), timezone.localdate()
    found = newest_circular(area.government)
    issues = allowed(request.user, "circular-issue")
    ended = found is not None and (until_of(found.agreement) or today) < today
    content = {
        "circular": found,
        "ended": ended,
        "facts_shown": _facts(found) if found else (),
        "columns": headings(*ASKED, figures=ASKED[1:]),
        "rows": servants.asked(found, Month.of(today)) if found else [],
        "form": form or (CircularForm(area=area) if issues and (ended or not found) else None),
        "more": more or (MoreOpdsForm(area=area, circular=found) if issues and found and not ended else None),
        "without_opd": not opds_in(area).exists(),
        "refusal": refusal,
    }
    return show(request, "circular.html", content, title=t("Surat edaran"), part="circular")


def _facts(found: Circular) -> list[tuple[str, str]]:
    agreement = found.agreement
    terms, until = terms_of(agreement, Month.of(timezone.localdate())), until_of(agreement)
    weights = t(
        "{share}% bagian ASN, {workers}% banyaknya pekerja, {persistency}% yang bertahan",
        share=found.share_weight, workers=found.workers_weight, persistency=found.persistency_weight,
    )  # fmt: skip
    return [
        (t("Nomor"), agreement.number),
        (t("Tentang"), agreement.title),
        (t("Berlaku mulai"), short_date(agreement.effective_from)),
        (t("Berlaku sampai"), short_date(until) if until else t("tanpa batas waktu")),
        (t("Pekerja yang diminta dari tiap ASN"), number(found.minimum_per_asn)),
        (t("Penghasilan pekerja yang dilaporkan"), rupiah(terms.wage_nominal_rupiah)),
        (t("Daftar potongan disusun"), t("setiap tanggal {count}", count=found.list_day)),
        (t("Dana talangan"), found.bridging_fund.name if found.bridging_fund else t("Tidak ada")),
        (t("Dasar penghargaan"), weights),
    ]


@posting(back="circular")
def issue(request: HttpRequest) -> HttpResponse:
    """The circular with its agreement and the OPD it asks."""
    user = reader(request)
    area = area_of(user)
    form = CircularForm(request.POST, area=area)
    if not form.is_valid():
        return _circular(request, form=form)
    told = form.cleaned_data
    try:
        announce(
            government=area.government, letter=form.letter(), opds=list(told["opds"]), rules=form.rules(),
            bridging_fund=told["bridging_fund"], by=user, at=timezone.now(),
        )  # fmt: skip
    except CircularRefused as refused:
        return _circular(request, form=form, refusal=t(CIRCULAR_REFUSALS[refused.reason]))
    return redirect("circular")


@posting(back="circular")
def more_opds(request: HttpRequest) -> HttpResponse:
    """The circular asks these OPD too."""
    user = reader(request)
    area = area_of(user)
    found = _known(area)
    form = MoreOpdsForm(request.POST, area=area, circular=found)
    if not form.is_valid():
        return _circular(request, more=form)
    ask_more(circular=found, opds=list(form.cleaned_data["opds"]), by=user, at=timezone.now())
    return redirect("circular")


@posting(back="ranking")
def publish(request: HttpRequest) -> HttpResponse:
    """Whether everybody may read the ranking of OPD."""
    user = reader(request)
    public = word_posted(request, "umum", ("ya", "tidak")) == "ya"
    show_to_all(circular=_known(area_of(user)), public=public, by=user, at=timezone.now())
    return redirect("ranking")


def _known(area: Area) -> Circular:
    found = newest_circular(area.government)
    if found is None:
        raise Http404
    return found


@require_safe
def all_servants(request: HttpRequest) -> HttpResponse:
    """The civil servants who may sponsor, with how many workers each carries."""
    return servants_page(request)


def servants_page(request: HttpRequest, *, form: LoginForm | None = None, named: str = "") -> HttpResponse:
    """The list, or those of that name."""
    area = area_of(reader(request))
    opds = {str(opd.pk): opd.short_name for opd in opds_in(area)}
    chosen, only = word_asked(request, "opd", list(opds)), word_asked(request, "asn", tuple(ONLY))
    found = servants.listed(
        area, Month.of(timezone.localdate()), opd_id=int(chosen) if chosen else None,
        after=after_asked(request, start=0), limit=PAGE_ROWS + 1, only=only, named=named,
    )  # fmt: skip
    if named and len(found) == 1:
        return redirect("servant", sponsor_id=found[0].sponsor_id)
    page = slice_of(request, found, place=lambda one: one.sponsor_id, start=0)
    content = {
        "known": bool(found) or Sponsor.objects.filter(government=area.government).exists(),
        "page": page,
        "named": named,
        "columns": headings(*SERVANTS, figures=SERVANTS[3:4]),
        "chips": filter_chips(
            request, "opd", [("", t("Semua"), None), *((pk, name, None) for pk, name in opds.items())], chosen
        ),
        "carrying": filter_chips(
            request, "asn", [("", t("Semua"), None), *((code, t(text), None) for code, text in ONLY.items())], only
        ),
        "form": form or LoginForm(area=area),
        "circular": newest_circular(area.government),
    }
    return show(request, "servants.html", content, title=t("Daftar ASN"), part="servants")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The list of civil servants; then a job."""
    user = reader(request)
    area, today = area_of(user), timezone.localdate()
    form = ServantsForm(request.POST or None, request.FILES or None, area=area, today=today)
    if request.method == "POST" and form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["workbook"]
        job = queue.ask(
            "take_in_sponsors", government=area.government, by=user, at=timezone.now(), content=file.read(),
            file_name=file.name,
            arguments={"told_on": told["told_on"].isoformat(), "opd_id": told["opd"].pk if told["opd"] else None},
        )  # fmt: skip
        return redirect("job", job_id=job.pk)
    crumbs = [(t("Daftar ASN"), reverse("servants"))]
    return show(
        request, "servants_upload.html", {"form": form}, title=t("Unggah daftar ASN"), part="servants", crumbs=crumbs
    )


@posting(back="servants")
def bind(request: HttpRequest) -> HttpResponse:
    """A log-in belongs to a civil servant from now on."""
    user = reader(request)
    area = area_of(user)
    form = LoginForm(request.POST, area=area)
    if not form.is_valid():
        return servants_page(request, form=form)
    marks = sealed_forms(form.cleaned_data["nip"], kind="nip")
    sponsor = Sponsor.objects.filter(government=area.government, nip_sealed__in=marks).first()
    if sponsor is None:
        form.add_error("nip", t("NIP ini tidak ada dalam daftar ASN."))
        return servants_page(request, form=form)
    bind_user(sponsor=sponsor, user=form.cleaned_data["user"], by=user, at=timezone.now())
    return redirect("servants")
