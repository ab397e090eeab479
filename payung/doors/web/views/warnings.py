"""Warnings while they still help: how many, what to do, and exactly who is behind each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, day_asked, slice_of
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_agreements import WARNINGS
from payung.office.agreements.queries import agreements_on
from payung.office.places.queries import area_of
from payung.office.reports import warnings
from payung.office.reports.funds import fund_lines

PEOPLE: tuple[Field[warnings.Warned], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: one.opd),
    Field("bulan", word("Bulan"), lambda one: one.day),
)
THREATENED = (word("Peringatan"), word("Orang"), word("Yang harus dilakukan"))
LATE = (word("Unit pembayar"), word("Tagihan"), word("Bulan"), word("Jatuh tempo"), word("Belum dibayar"))
SHORT = (word("Mata anggaran"), word("OPD"), word("Habis pada"), word("Kurangnya"))
ENDING = (word("Perjanjian"), word("Sampai"), word("Sisa hari"))


@require_safe
def all_warnings(request: HttpRequest) -> HttpResponse:
    """`?hari=2022-10-12`: everything that goes wrong soon after a day, each with what to do."""
    area = area_of(reader(request))
    today = timezone.localdate()
    day = day_asked(request, otherwise=today)
    money, people = allowed(request.user, "funds"), allowed(request.user, "warned")
    found = warnings.counts_of_people(area.government.pk, day)
    opens = reverse("warned", kwargs={"kind": "KIND"}) + (f"?hari={day}" if day != today else "")
    short = [one for one in fund_lines(area.government.pk, year=day.year) if one.runs_out] if money else []
    content = {
        "day": day,
        "of_people": [
            (advice, found[kind], opens.replace("KIND", kind) if people else "") for kind, advice in WARNINGS.items()
        ],
        "people_columns": headings(*THREATENED, figures=THREATENED[1:2]),
        "late": warnings.late_bills(area.government.pk, day) if money else [],
        "late_columns": headings(*LATE, figures=LATE[4:]),
        "short": short,
        "short_columns": headings(*SHORT, figures=SHORT[3:]),
        "ending": [one for one in agreements_on(area.government.pk, day) if one.state == "ending"],
        "ending_columns": headings(*ENDING, figures=ENDING[2:]),
        "money": money,
    }
    return show(request, "warnings.html", content, title=t("Peringatan"), part="warnings")


@require_safe
def warned(request: HttpRequest, kind: str) -> HttpResponse:
    """The people behind one warning, exactly as many as it said."""
    if kind not in WARNINGS:
        raise Http404
    area, advice = area_of(reader(request)), WARNINGS[kind]
    day = day_asked(request, otherwise=timezone.localdate())
    if request.GET.get("unduh"):
        return whole_list(
            request, f"peringatan-{kind}.xlsx", t(advice.title), PEOPLE,
            lambda limit: warnings.people_behind(area.government.pk, kind, day, limit=limit),
        )  # fmt: skip
    after = after_asked(request, start=0)
    found = warnings.people_behind(area.government.pk, kind, day, after=after, limit=2 * PAGE_ROWS)
    content = {
        "advice": t(advice.advice),
        "count": warnings.counts_of_people(area.government.pk, day)[kind],
        "page": slice_of(request, found, place=lambda one: one.person_id, start=0),
        "columns": headings(*(field.label for field in PEOPLE)),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [(t("Peringatan"), reverse("warnings"))]
    return show(request, "warned.html", content, title=t(advice.title), part="warnings", crumbs=crumbs)


def on_first_page(request: HttpRequest) -> list[tuple[str, str]]:
    """The warnings as sentences with their pages, for those who may open them; what counts nobody is left out."""
    area, today = area_of(reader(request)), timezone.localdate()
    if not allowed(request.user, "warnings"):
        return []
    found = warnings.counts_of_people(area.government.pk, today)
    told = [
        (
            t("{title}: {count} orang.", title=t(WARNINGS[kind].title), count=count),
            reverse("warned", kwargs={"kind": kind}) if allowed(request.user, "warned") else reverse("warnings"),
        )
        for kind, count in found.items()
        if count
    ]
    for one in agreements_on(area.government.pk, today):
        if one.state == "ending":
            said = t("{number} berakhir {day}.", number=one.agreement.number, day=one.until)
            told.append((said, reverse("agreement", kwargs={"agreement_id": one.agreement.pk})))
    late = warnings.late_bills(area.government.pk, today) if allowed(request.user, "funds") else []
    if late:
        amount = figures.rupiah(sum(one.outstanding_rupiah for one in late))
        said = t(
            "{count} tagihan hampir atau sudah jatuh tempo, belum dibayar {amount}.", count=len(late), amount=amount
        )
        told.append((said, f"{reverse('warnings')}#tagihan"))
    return told
