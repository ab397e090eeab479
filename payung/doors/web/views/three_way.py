"""Roster, bill and posting of a month: counted, opening to people, and what to ask the branch, as files."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, month_asked, month_chips, slice_of, word_asked
from payung.doors.web.later import AskedAgain, in_background, whole_list
from payung.doors.web.money_words import OUTCOMES, TO_ASK, TO_DO
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, headings, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import said
from payung.office.access.purposes import Purpose, record_look
from payung.office.billing import three_way
from payung.office.billing.three_way import Compared, Numbers
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.months import Month

PEOPLE = (word("Nama"), word("OPD"), word("Ditagih"), word("Diposting"), word("Selisih"))
WHO: tuple[Field[Compared], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: one.opd),
)
SUMS: tuple[Field[Compared], ...] = (
    Field("ditagih", word("Ditagih"), lambda one: one.billed_rupiah, figures=True),
    Field("diposting", word("Diposting"), lambda one: one.posted_rupiah, figures=True),
    Field("selisih", word("Selisih"), lambda one: one.posted_rupiah - one.billed_rupiah, figures=True),
)


@require_safe
def match(request: HttpRequest) -> HttpResponse:
    """The three held side by side, with what to do about each outcome and the people of the chosen one."""
    area = area_of(reader(request))
    months = reports.months(area)
    month = month_asked(request) or (months[0] if months else Month.of(timezone.localdate()))
    found = three_way.outcomes(area.government, month)
    names = [one.name for one in found]
    chosen = word_asked(request, "hasil", names) or next((one.name for one in found[1:]), names[0])
    if request.GET.get("unduh"):
        return whole_list(
            request, _file_name(month, chosen), said(OUTCOMES, chosen), (*WHO, *SUMS, _to_ask(chosen)),
            lambda limit: three_way.people(area.government, month, chosen, limit=limit),
        )  # fmt: skip
    people = three_way.people(area.government, month, chosen, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    content = {
        "months_shown": month_chips(request, months, month),
        "outcomes": [(one, OUTCOMES[one.name], TO_DO.get(one.name, "")) for one in found],
        "chosen": chosen,
        "month": month,
        "to_do": TO_DO.get(chosen, ""),
        "for_branch": chosen in TO_ASK,
        "chips_shown": filter_chips(
            request, "hasil", [(one.name, said(OUTCOMES, one.name), one.heads) for one in found], chosen
        ),
        "columns": headings(*PEOPLE, figures=("Ditagih", "Diposting", "Selisih")),
        "page": slice_of(request, people, place=lambda one: one.membership_id, start=0),
    }
    crumbs = [(t("Tagihan iuran"), reverse("bills"))]
    title = t("Peserta, tagihan, posting")
    return show(request, "three_way.html", content, title=title, part="three-way", month=month, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def branch_file(request: HttpRequest) -> HttpResponse:
    """The people of one outcome with their KPJ (their NIK without one), for the branch to find: a recorded look when
    the button is pressed, made in the background. Asked plainly it leads to the page.
    """
    user, month, chosen = reader(request), month_asked(request), word_asked(request, "hasil", tuple(TO_ASK))
    if not (month and chosen) or (request.method == "GET" and not isinstance(request, AskedAgain)):
        return redirect(f"{reverse('three-way')}?{request.GET.urlencode()}")
    if not allowed(user, "three-way"):
        raise PermissionDenied
    government, name = area_of(user).government, _file_name(month, chosen)
    if isinstance(request, AskedAgain):
        people = three_way.people(government, month, chosen, limit=None)
        fields = (*WHO, *_numbers(three_way.numbers(people, by=user)), *SUMS, _to_ask(chosen))
        return workbook(name, f"{said(OUTCOMES, chosen)} {month}", fields, people, told=request.told)
    note, subject = f"{month} {OUTCOMES[chosen].text}", f"government:{government.pk}"
    record_look(subject=subject, purpose=Purpose.BPJS, note=note, by=user, at=timezone.now())
    return in_background(request, name=name)


def _numbers(opened: dict[int, Numbers]) -> tuple[Field[Compared], ...]:
    return (
        Field("kpj", "KPJ", lambda one: opened[one.membership_id].kpj),
        Field("nik", word("NIK, bila belum ada KPJ"), lambda one: opened[one.membership_id].nik),
    )


def _to_ask(outcome: str) -> Field[Compared]:
    return Field(
        "diminta", word("Yang diminta dari cabang"), lambda one: t(TO_ASK[outcome]) if outcome in TO_ASK else ""
    )


def _file_name(month: Month, outcome: str) -> str:
    return f"cocok-tiga-{month}-{outcome}.xlsx"
