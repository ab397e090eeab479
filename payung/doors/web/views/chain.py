"""One person's whole chain on one page: agreement, decree or list, payer, and month by month bill, money, posting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_bills import LINE_REASONS, MONEY_STATES
from payung.office.places.queries import area_of
from payung.office.registry.queries import visible
from payung.office.reports.chain import chain_of

MONTHS = (word("Bulan"), word("Tagihan"), word("Iuran"), word("Sebab"), word("Dibayar"), word("Diposting BPJS"))


@require_safe
def chain(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything that leads from the paper to the proof."""
    person = get_object_or_404(visible(area_of(reader(request))), pk=person_id)
    content = {
        "chain": chain_of(person_id),
        "columns": headings(*MONTHS, figures=(MONTHS[2], MONTHS[5])),
        "reasons": LINE_REASONS,
        "money_states": MONEY_STATES,
    }
    crumbs = [(t("Cari peserta"), reverse("people")), (person.name, reverse("person", args=[person_id]))]
    title = t("Dari perjanjian sampai posting")
    return show(request, "person_chain.html", content, title=title, part="people", crumbs=crumbs)
