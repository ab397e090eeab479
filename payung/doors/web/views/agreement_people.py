"""Who stands under an agreement in a month: exactly as many as its page counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, month_asked, slice_of
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.office.agreements.models import Agreement
from payung.office.enrolment.queries import Carried, heads_under, people_under
from payung.office.places.queries import area_of
from payung.rules.months import Month

PEOPLE: tuple[Field[Carried], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: one.opd),
    Field("sejak", word("Sejak"), lambda one: one.from_month),
    Field("sampai", word("Sampai"), lambda one: one.until_month),
)


@require_safe
def people(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """`?bulan=2022-11`: them page by page, or all as a workbook; without a month, this one."""
    area = area_of(reader(request))
    agreement = get_object_or_404(Agreement, pk=agreement_id, government=area.government)
    month = month_asked(request) or Month.of(timezone.localdate())
    if request.GET.get("unduh"):
        return whole_list(
            request, f"perjanjian-{agreement.pk}-{month}.xlsx", f"{agreement.number}, {month}", PEOPLE,
            lambda limit: people_under(agreement.pk, month, limit=limit),
        )  # fmt: skip
    found = people_under(agreement.pk, month, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    content = {
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "count": heads_under(area.government.pk, month).get(agreement.pk, 0),
        "columns": headings(*(field.label for field in PEOPLE)),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [
        (t("Perjanjian & SK"), reverse("agreements")),
        (agreement.number, reverse("agreement", kwargs={"agreement_id": agreement.pk})),
    ]
    title = t("Orang yang dibayari")
    return show(request, "fund_people.html", content, title=title, part="agreements", month=month, crumbs=crumbs)
