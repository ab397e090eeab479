"""The people behind a count of the month's programme: exactly as many as the number said."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import (
    PAGE_ROWS,
    Known,
    after_asked,
    filter_chips,
    known_asked,
    month_asked,
    slice_of,
    word_asked,
)
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.office.places.queries import Area, area_of, payers_in
from payung.office.reports.behind import JOINED, LEFT, UNPROVED, Counted, changed_since_last, people_behind
from payung.office.reports.listed_rows import KINDS, ListedRow, rows_behind
from payung.office.reports.queries import months, programme
from payung.rules.months import Month

OF_LISTS = {
    "listed": word("Di daftar"),
    "waiting": word("Perlu diputuskan"),
    "rejected": word("Ditolak"),
    "unapplied": word("Rencana belum diterapkan"),
}
"""Counts of rows in the lists, for whoever may see lists."""
COUNTS = {
    **OF_LISTS,
    "protected": word("Terlindungi"),
    "posted": word("Terposting"),
    JOINED: word("Baru terlindungi"),
    UNPROVED: word("Belum terbukti diposting"),
    LEFT: word("Tidak lagi terlindungi"),
    "ended": word("Sudah berakhir"),
    "again": word("Di dua daftar"),
    "carried": word("Ditanggung ASN"),
}
FIELDS: tuple[Field[Counted | ListedRow], ...] = (
    Field("nama", word("Nama"), lambda line: line.name),
    Field("nik", "NIK", lambda line: figures.masked(line.nik)),
    Field("opd", word("OPD"), lambda line: line.opd),
)


@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """`?bulan=2022-10&hitung=protected&opd=3`: names, masked NIK, OPD; without a month, the newest one."""
    area = area_of(reader(request))
    month = month_asked(request) or next(iter(months(area)), Month.of(timezone.localdate()))
    column = word_asked(request, "hitung", tuple(COUNTS)) or "protected"
    opd_id = _opd_asked(request, area)
    then = known_asked(request)
    if column in OF_LISTS and not allowed(request.user, "lists"):
        raise Http404
    behind: Callable[..., Sequence[Counted | ListedRow]] = partial(
        rows_behind if column in OF_LISTS else people_behind, area, month, column, opd_id=opd_id, known_at=then.at
    )
    if request.GET.get("unduh"):
        title = t("{count}, {month}", count=t(COUNTS[column]), month=month)
        if then.day:
            title = t("{title}, seperti diketahui pada {day}", title=title, day=then.day)
        return whole_list(request, f"{column}-{month}.xlsx", title, FIELDS, lambda limit: behind(limit=limit))
    after = after_asked(request, start=0)
    found = behind(after=after, limit=PAGE_ROWS + 1)
    choices = _choices(request, area, month, opd_id, then)
    content = {
        "then": then,
        "count": next((count for name, _, count in choices if name == column), None),
        "page": slice_of(request, found, place=lambda line: line.id, start=0),
        "of_lists": column in OF_LISTS,
        "kind": KINDS.get(column, ""),
        "columns": headings(*(field.label for field in FIELDS)),
        "chips_shown": filter_chips(request, "hitung", choices, column),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [
        (t("Program Jamsostek"), f"{reverse('home')}?" + urlencode({"bulan": str(month), "diketahui": then.text}))
    ]
    return show(request, "counted.html", content, title=t(COUNTS[column]), part="home", month=month, crumbs=crumbs)


def _opd_asked(request: HttpRequest, area: Area) -> int | None:
    """The OPD of `?opd=`; one outside the area is not there (404)."""
    text = request.GET.get("opd", "")
    if not text:
        return None
    if not text.isdecimal() or not payers_in(area).filter(pk=int(text)).exists():
        raise Http404
    return int(text)


def _choices(
    request: HttpRequest, area: Area, month: Month, opd_id: int | None, then: Known
) -> list[tuple[str, str, int | None]]:
    """The counts as chips, with the numbers that the first page shows; what changed is not told OPD by OPD."""
    lines = [line for line in programme(area, month, known_at=then.at).lines if opd_id in (None, line.opd_id)]
    names = (*(OF_LISTS if allowed(request.user, "lists") else ()), "protected", "posted")
    counts = {name: sum(int(getattr(line, name)) for line in lines) for name in names}
    counts[UNPROVED] = counts["protected"] - counts["posted"]
    told = {name: sum(int(getattr(line, name)) for line in lines) for name in ("ended", "again", "carried")}
    counts |= {name: count for name, count in told.items() if count}
    if opd_id is None:
        counts[JOINED], counts[LEFT] = changed_since_last(area, month, known_at=then.at)
    return [(column, t(COUNTS[column]), count) for column, count in counts.items()]
