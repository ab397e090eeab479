"""Who is behind one of the five numbers, or behind a reason of its difference: exactly as many as it said."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, slice_of, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.decrees import place_name
from payung.doors.web.views.numbers import asked
from payung.doors.web.vocabulary_numbers import FIVE, GAINED, LOST
from payung.office.places.queries import area_of
from payung.office.reports import numbers
from payung.office.reports.numbers import NUMBERS, Cell

PEOPLE: tuple[Field[numbers.Behind], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("nik", "NIK", lambda one: figures.masked(one.nik)),
    Field("bulan", word("Bulan"), lambda one: figures.short_month(one.month)),
    Field("opd", word("OPD"), lambda one: one.opd or ""),
    Field("tempat", word("Tempat tinggal"), lambda one: place_name(one.desa_code or one.kecamatan_code)),
    Field("iuran", word("Iuran"), lambda one: one.rupiah, figures=True),
)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?angka=registered&sisi=lost&sebab=not_sent`: exactly those whom a number, or one of its reasons, counts."""
    area = area_of(reader(request))
    place = asked(request, area)
    number = word_asked(request, "angka", NUMBERS) or "decreed"
    side = word_asked(request, "sisi", (numbers.LOST, numbers.GAINED)) if number != NUMBERS[0] else ""
    words = {numbers.LOST: LOST, numbers.GAINED: GAINED}.get(side, {})
    cell = Cell(number, side, word_asked(request, "sebab", tuple(words)))
    behind = partial(numbers.behind, area.government.pk, place.wanted, cell)
    title = t(FIVE[number]) if not cell.reason else f"{t(FIVE[number])}: {t(words[cell.reason])}"
    if request.GET.get("unduh"):
        name = f"{number}-{place.wanted.first}.xlsx"
        return whole_list(request, name, title, PEOPLE, lambda limit: behind(limit=limit)[1])
    count, found = behind(after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    content = {
        "count": count,
        "year": place.whole_year,
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "columns": headings(*(field.label for field in PEOPLE), figures=[PEOPLE[-1].label]),
        "download_address": same_page(request, unduh="xlsx"),
        "place_name": place_name,
    }
    crumbs = [(t("Lima angka"), f"{reverse('numbers')}?" + urlencode(place.address))]
    month = None if place.whole_year else place.wanted.first
    return show(request, "numbers_people.html", content, title=title, part="numbers", month=month, crumbs=crumbs)
