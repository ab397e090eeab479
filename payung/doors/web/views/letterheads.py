"""Letterheads and who signs, for the government and each OPD, from a day on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.web.forms.letterheads import LetterheadForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.office.places.letterheads import letterheads, set_letterhead
from payung.office.places.queries import area_of

COLUMNS = (word("OPD"), word("Dipakai mulai"), word("Kop surat"), word("Penanda tangan"), word("Bendahara"))


@require_http_methods(["GET", "POST"])
def all_letterheads(request: HttpRequest) -> HttpResponse:
    """What stands, and the form for another; papers of earlier days keep theirs."""
    user, area = reader(request), area_of(reader(request))
    form = LetterheadForm(request.POST or None, area=area, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        set_letterhead(
            government=area.government, opd=form.cleaned_data["opd"], told=form.told(), by=user, at=timezone.now()
        )
        return redirect("letterheads")
    content = {"found": letterheads(area.government.pk), "columns": headings(*COLUMNS), "form": form}
    crumbs = [(t("Perjanjian & SK"), reverse("agreements"))]
    return show(request, "letterheads.html", content, title=t("Kop surat"), part="letterheads", crumbs=crumbs)
