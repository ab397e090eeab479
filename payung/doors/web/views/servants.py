"""One civil servant: where he serves, whom he carries, his papers, and what happened to him."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.asked import word_posted
from payung.doors.web.forms.pledge_steps import HappenedForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.circulars import servants_page
from payung.doors.web.views.pledges import sponsor_by_nip
from payung.doors.web.views.sponsor_papers import CERTIFICATE, YEARS_BACK, paper_of
from payung.doors.web.vocabulary_sponsorship import PLEDGE_STATES, SERVICE_STATES
from payung.office.places.queries import area_of
from payung.office.sponsorship import events
from payung.office.sponsorship.models import Service, Sponsor
from payung.office.sponsorship.queries import own_pledges

YEARS_SHOWN = 3
DIGITS_OF_A_NIP = 8
"""From as many on it is a NIP, whole or mistyped, and no name."""
SERVED = (word("Sejak"), word("OPD"), word("Keadaan"))
CARRIED = (
    word("Pekerja"), word("Pekerjaan"), word("Keadaan"), word("Terlindungi sampai"), word("Sudah diberikan"),
    word("Belum terpotong"),
)  # fmt: skip


@require_safe
def one(request: HttpRequest, sponsor_id: int) -> HttpResponse:
    """Where he serves, whom he carries, and what may be done."""
    return _page(request, _seen(request, sponsor_id))


def _seen(request: HttpRequest, sponsor_id: int) -> Sponsor:
    """The civil servant, when the reader sees him; else there is no such page."""
    found = Sponsor.objects.select_related("opd", "government")
    return get_object_or_404(found, pk=sponsor_id, government=area_of(reader(request)).government)


def _page(request: HttpRequest, sponsor: Sponsor, *, form: HappenedForm | None = None) -> HttpResponse:
    user, today = reader(request), timezone.localdate()
    served = Service.objects.filter(sponsor=sponsor, replaced_at__isnull=True).select_related("opd")
    carried = own_pledges(sponsor, on=today, by=user)
    content = {
        "sponsor": sponsor,
        "served": [(stood, t(SERVICE_STATES[stood.state])) for stood in served.order_by("-from_day")],
        "served_columns": headings(*SERVED),
        "carried": carried,
        "carried_columns": headings(*CARRIED, figures=CARRIED[4:]),
        "states": PLEDGE_STATES,
        "years": range(today.year, today.year - YEARS_SHOWN, -1) if carried else (),
        "form": form or HappenedForm(area=area_of(user), today=today, of_worker=False),
    }
    crumbs = [(t("Daftar ASN"), reverse("servants"))]
    return show(request, "servant.html", content, title=sponsor.name, part="servants", crumbs=crumbs)


@posting(back="servants")
def find(request: HttpRequest) -> HttpResponse:
    """The civil servant of that NIP, or those of that name; what was typed never stands in an address."""
    asked = " ".join(request.POST.get("q", "").split())[:100]
    if sum(character.isdigit() for character in asked) < DIGITS_OF_A_NIP:
        return servants_page(request, named=asked)
    found = sponsor_by_nip(area_of(reader(request)), asked)
    return redirect("servant", sponsor_id=found.pk) if found else redirect(reverse("servants") + "?nip=asing")


@posting(back="servant")
def happened(request: HttpRequest, sponsor_id: int) -> HttpResponse:
    """He moved, retired, died or left, whether he carries somebody or not."""
    user, sponsor = reader(request), _seen(request, sponsor_id)
    form = HappenedForm(request.POST, area=area_of(user), today=timezone.localdate(), of_worker=False)
    if not form.is_valid():
        return _page(request, sponsor, form=form)
    told, at = form.cleaned_data, timezone.now()
    if told["kind"] == "moved":
        events.sponsor_moves(sponsor=sponsor, to=told["opd"], on=told["on"], by=user, at=at)
        return redirect("servants")
    events.sponsor_ends(sponsor=sponsor, kind=told["kind"], on=told["on"], by=user, at=at)
    return redirect("servant", sponsor_id=sponsor_id)


@posting(back="servant")
def paper(request: HttpRequest, sponsor_id: int) -> HttpResponse:
    """His receipt of a year, or his certificate, printed for him by his office."""
    sponsor = _seen(request, sponsor_id)
    years = [str(timezone.localdate().year - back) for back in range(YEARS_BACK)]
    asked = word_posted(request, "tahun", (CERTIFICATE, *years))
    return paper_of(sponsor, asked, by=reader(request)) if asked else redirect("servant", sponsor_id=sponsor_id)
