"""Which OPD does best, for the office and for everybody; events of outreach and the OPD that still have nobody."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from payung.doors.papers import pictures
from payung.doors.papers.letterhead import letter_lines, place_and_date
from payung.doors.papers.office_paper import OfficePaper, Signature, paper_pdf
from payung.doors.papers.pictures import Point
from payung.doors.papers.wording import Wording
from payung.doors.web.asked import month_asked
from payung.doors.web.figures import NOTHING, number, percent, short_month
from payung.doors.web.forms.circulars import OutreachForm
from payung.doors.web.pages import for_everybody, posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_sponsorship import OUTREACH_REFUSALS
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Government, Opd
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.sponsorship import sheets
from payung.office.sponsorship.models import Circular, Scope
from payung.office.sponsorship.outreach import OutreachRefused, note_outreach, outreach_of, without_anybody
from payung.office.sponsorship.queries import newest_circular
from payung.office.sponsorship.ranking import Ranked, over_time, ranking
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook

FEW = 5
"""On the public page counts below it are not told, nor what they could be reckoned from."""
MONTHS_BACK = 24
RANKED = (
    word("Peringkat"), word("OPD"), word("Nilai"), word("ASN"), word("Penanggung"), word("Bagian ASN"),
    word("Pekerja ditanggung"), word("3 bulan"), word("6 bulan"), word("12 bulan"),
)  # fmt: skip
OVER_TIME = (word("Bulan"), word("Pekerja ditanggung"))
EVENTS = (
    word("Tanggal"), word("Tempat"), word("OPD"), word("Hadir"), word("Bahan"), word("Pernyataan sesudahnya"),
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A line of the ranking in words; on the public page small counts are hidden."""

    rank: str
    opd_id: int
    opd: str
    servants: str
    sponsors: str
    share: str
    workers: str
    lasting: tuple[str, ...]
    points: str


@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """Where sponsoring begins for this reader."""
    for name in ("pledges", "deductions", "ranking"):
        if allowed(request.user, name):
            return redirect(name)
    return redirect("home")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The ranking of a month, how the programme grew, what the reward goes by."""
    user = reader(request)
    government, asked = area_of(user).government, month_asked(request) or Month.of(timezone.localdate())
    circular = newest_circular(government, asked)
    with whole_government(government, by=user):
        content = {
            "circular": circular,
            "opens": asked == Month.of(timezone.localdate()) and allowed(user, "servants"),
            **(_ranked(circular, asked, hidden=False) if circular else {}),
        }
    return show(request, "ranking.html", content, title=t("Peringkat OPD"), part="ranking", month=asked)


@require_safe
@for_everybody
def for_all(request: HttpRequest) -> HttpResponse:
    """The same for everybody, where the office shows it: by OPD, without people, small counts hidden."""
    governments = list(Government.objects.order_by("name"))
    code = request.GET.get("pemda", "")
    chosen = next((one for one in governments if one.code == code), governments[0] if len(governments) == 1 else None)
    content: dict[str, object] = {"government": chosen, "governments": governments, "circular": None, "opens": False}
    if chosen:
        with whole_government(chosen):
            circular = newest_circular(chosen)
            if circular and circular.is_public:
                content |= {"circular": circular, **_ranked(circular, Month.of(timezone.localdate()), hidden=True)}
    return show(request, "ranking_public.html", content, title=t("OPD peduli pekerja"), part="ranking-public")


def _ranked(circular: Circular, month: Month, *, hidden: bool) -> dict[str, object]:
    rows = [_shown(one, hidden=hidden) for one in ranking(circular, month)]
    begins = max(Month.of(circular.agreement.effective_from), month.shift(-MONTHS_BACK))
    grown = over_time(circular, begins, month) if begins <= month else []
    points = [Point(short_month(one.month), one.workers, number(one.workers)) for one in grown]
    title = t("Pekerja ditanggung dari bulan ke bulan")
    best = max((one.workers for one in grown), default=0)
    small = hidden and any(0 < one.workers < FEW for one in grown)
    svg = pictures.curve(points, whole=best, whole_told=t("paling banyak {count}", count=best), title=title)
    drawn = len(grown) > 1 and not small
    return {
        "month": month,
        "rows": rows,
        "columns": headings(*RANKED, figures=(*RANKED[:1], *RANKED[2:])),
        "picture": {
            "svg": Markup(svg),  # noqa: S704  # drawn and escaped by `pictures`
            "title": title,
            "finding": t("sekarang {count}", count=grown[-1].workers),
            "rows": [(one.month, one.workers, "") for one in grown],
            "columns": headings(*OVER_TIME, figures=OVER_TIME[1:]),
        } if drawn else None,
        "few": FEW,
        "before": month.shift(-1),
        "after": month.shift(1),
    }  # fmt: skip


def _shown(one: Ranked, *, hidden: bool) -> Shown:
    few = hidden and (0 < one.sponsors < FEW or 0 < one.workers < FEW)
    share = _tenths(one.sponsors, one.servants)

    def lasted(stood: int, begun: int) -> str:
        if not begun:
            return NOTHING
        return _tenths(stood, begun) if hidden else t("{stood} dari {begun}", stood=stood, begun=begun)

    return Shown(
        rank=number(one.rank),
        opd_id=one.opd_id,
        opd=one.opd,
        servants=number(one.servants),
        sponsors=t("kurang dari {count}", count=FEW) if few else number(one.sponsors),
        share=NOTHING if few else share,
        workers=t("kurang dari {count}", count=FEW) if few else number(one.workers),
        lasting=tuple(
            NOTHING if few or (hidden and begun < FEW) else lasted(stood, begun) for stood, begun in one.lasting
        ),
        points=NOTHING if few else number(one.points),
    )


def _tenths(part: int, whole: int) -> str:
    """A share in percent, to one decimal."""
    return percent((part * 2_000 + whole) // (2 * whole) * 10_000) if whole else NOTHING


@require_safe
def outreach(request: HttpRequest) -> HttpResponse:
    """Events with the pledges that followed, and the OPD that have nobody yet."""
    return _outreach(request)


def _outreach(request: HttpRequest, *, form: OutreachForm | None = None, refusal: str = "") -> HttpResponse:
    user = reader(request)
    area = area_of(user)
    circular = newest_circular(area.government)
    with whole_government(area.government, by=user):
        content = {
            "circular": circular,
            "events": outreach_of(circular) if circular else [],
            "columns": headings(*EVENTS, figures=(EVENTS[3], EVENTS[5])),
            "nobody": without_anybody(circular, Month.of(timezone.localdate())) if circular else [],
            "form": form or OutreachForm(area=area),
            "refusal": refusal,
        }
        return show(request, "outreach.html", content, title=t("Sosialisasi"), part="outreach")


@posting(back="outreach")
def note(request: HttpRequest) -> HttpResponse:
    """An event that took place."""
    user = reader(request)
    area = area_of(user)
    circular = newest_circular(area.government)
    form = OutreachForm(request.POST, request.FILES, area=area)
    if circular is None or not form.is_valid():
        return _outreach(request, form=form)
    told, file = form.cleaned_data, form.cleaned_data["workbook"]
    try:
        present = sheets.table(file.read(), file.name, needed=("NAMA",)).height if file else told["attendance"]
        note_outreach(
            circular=circular, opd=told["opd"], held_on=told["held_on"], place=told["place"],
            attendance=present, material=told["material"], by=user, at=timezone.now(),
        )  # fmt: skip
    except UnreadableWorkbook as problem:
        return _outreach(request, form=form, refusal=problem.message_in(language()))
    except sheets.NoSuchColumns:
        return _outreach(request, form=form, refusal=t("Kolom NAMA tidak ditemukan pada daftar hadir itu."))
    except OutreachRefused as refused:
        return _outreach(request, form=form, refusal=t(OUTREACH_REFUSALS[refused.reason]))
    return redirect("outreach")


@posting(back="outreach")
def letter(request: HttpRequest) -> HttpResponse:
    """The letter that reminds an OPD which has nobody yet."""
    user, today = reader(request), timezone.localdate()
    area = area_of(user)
    circular, text = newest_circular(area.government), request.POST.get("opd", "")
    asked = Scope.objects.filter(circular=circular).values("opd_id")
    opd = Opd.objects.filter(pk=int(text), pk__in=asked).first() if text.isdecimal() and len(text) < 19 else None
    if circular is None or opd is None:
        return redirect("outreach")
    head = letterhead_on(area.government.pk, None, today)
    paper = OfficePaper(
        language=language(),
        government=area.government.name,
        office="",
        letter=letter_lines(head),
        title=t("Surat pengingat"),
        subject=t("ASN peduli pekerja"),
        footer=t("Dicetak dari Payung"),
        facts=[(t("Kepada"), opd.name), (t("Dasar"), circular.agreement.number)],
        place_and_date=place_and_date(head, today, Wording(language())),
        signatures=[
            Signature(head.officer_post, head.officer_name, head.officer_number) if head else Signature(t("Pejabat"))
        ],
        notes=[
            t(
                "Surat edaran meminta setiap ASN melindungi paling sedikit "
                "{count} pekerja rumah tangga, sopir, atau tukang kebun.", count=circular.minimum_per_asn),
            t("Sampai hari ini belum ada ASN di OPD Saudara yang menanggung seorang pekerja."),
            t(
                "Kami mohon Saudara mengajak ASN di OPD Saudara. Operator OPD "
                "mencatatnya di Payung dalam satu menit; iurannya dipotong dari TPP."),
        ],
    )  # fmt: skip
    return attachment(f"pengingat-{opd.code}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")
