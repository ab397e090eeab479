"""The list of a hand-over: paid claims chosen, a day and a place, and a paper or workbook of who receives."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.papers.claim_words import kind_said
from payung.doors.papers.hand_over import Ceremony, hand_over_paper
from payung.doors.papers.office_paper import paper_pdf, paper_workbook
from payung.doors.web import figures
from payung.doors.web.asked import filter_chips, word_posted
from payung.doors.web.forms.claims import HandOverForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import WORKBOOK_TYPE, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.office.access.actions import record
from payung.office.claims.handing import Receiver, paid_in, receivers, years_paid
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import Area, area_of

COLUMNS = (word("Pilih"), word("Peserta"), word("Manfaat"), word("Kasus"), word("Dibayar pada"), word("Jumlah"))
SHAPES = ("pdf", "xlsx")


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """`?tahun=2023`: the claims paid in a year; posted, the list of those that were chosen."""
    area = area_of(reader(request))
    form = HandOverForm(request.POST if request.method == "POST" else None)
    chosen = {int(one) for one in request.POST.getlist("klaim") if one.isdecimal() and len(one) < 19}
    refusal = ""
    if request.method == "POST" and form.is_valid():
        found = receivers(area, chosen)
        if found:
            ceremony = Ceremony(form.cleaned_data["on"], form.cleaned_data["place"])
            return _list(request, area, ceremony, found)
        refusal = t("Pilih sedikitnya satu klaim.")
    years = years_paid(area)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked in map(str, years) else (years[0] if years else timezone.localdate().year)
    content = {
        "form": form,
        "refusal": refusal,
        "chosen": chosen,
        "years": filter_chips(request, "tahun", [(str(one), str(one), None) for one in years], str(year)),
        "paid": [(one, kind_said(one.kind, language())) for one in paid_in(area, year)],
        "columns": headings(*COLUMNS, figures=COLUMNS[-1:]),
    }
    crumbs = [(t("Klaim"), reverse("claims"))]
    title = t("Serah terima santunan")
    return show(request, "claims_hand_over.html", content, title=title, part="claims-hand-over", crumbs=crumbs)


def _list(request: HttpRequest, area: Area, ceremony: Ceremony, found: list[Receiver]) -> HttpResponse:
    """The paper or the workbook. It names people: taking it is recorded."""
    user, today = reader(request), timezone.localdate()
    masked = [replace(one, nik=figures.masked(one.nik), account=_account(one)) for one in found]
    paper = hand_over_paper(
        ceremony,
        masked,
        government_name=area.government.name,
        printed_on=today,
        language=language(),
        letterhead=letterhead_on(area.government.pk, None, today),
    )
    references = sorted({one.reference for one in found})
    subject = f"government:{area.government.pk}"
    record("hand_over_list", subject=subject, by=user, at=timezone.now(), detail={"claims": references})
    name = f"serah-terima-{ceremony.on}"
    if word_posted(request, "bentuk", SHAPES) == "xlsx":
        return attachment(f"{name}.xlsx", paper_workbook(paper, made_on=today), WORKBOOK_TYPE)
    return attachment(f"{name}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def _account(one: Receiver) -> str:
    return figures.masked(one.account) if one.account else ""
