"""The history of settings and reference data, for those who audit it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.office.access.queries import Change, changed_tables, changes
from payung.office.places.queries import area_of

TABLES = {
    "places_government": word("pemerintah daerah"),
    "places_opd": word("perangkat daerah"),
    "places_paymentunit": word("unit pembayaran"),
    "places_opdunit": word("unit pembayaran OPD"),
    "places_userarea": word("wilayah kerja pengguna"),
    "access_user": word("pengguna"),
    "agreements_agreement": word("perjanjian"),
    "agreements_fund": word("dana"),
    "agreements_budgetline": word("pagu"),
}


@require_safe
def all_changes(request: HttpRequest) -> HttpResponse:
    """`?data=places_opd&nomor=3`: the newest first, fifty at a time, `?sesudah=` for those before a change."""
    area_of(reader(request))  # without an area there is no history to read, and the page says so
    table = word_asked(request, "data", tuple(TABLES))
    number = request.GET.get("nomor", "")
    record_id = int(number) if number.isdecimal() and len(number) < 19 else None
    before_id = after_asked(request, start=0) or None
    found = changes(table=table, record_id=record_id, before_id=before_id, limit=PAGE_ROWS + 1)
    shown, more = found[:PAGE_ROWS], len(found) > PAGE_ROWS
    choices = [("", t("semua"), None), *((name, _named(name), None) for name in changed_tables() if name in TABLES)]
    content = {
        "changes": [(change, _named(change.table), _sentences(change)) for change in shown],
        "columns": headings(word("Waktu"), word("Oleh"), word("Dari"), word("Data"), word("Perubahan")),
        "chips_shown": filter_chips(request, "data", choices, table),
        "following": same_page(request, sesudah=shown[-1].id) if more else "",
        "first": same_page(request, sesudah=None) if before_id else "",
    }
    return show(request, "history.html", content, title=t("Riwayat perubahan"), part="history")


def _named(table: str) -> str:
    return t(TABLES[table]) if table in TABLES else table


def _sentences(change: Change) -> list[str]:
    """One line for each column; a new or deleted row says its values, empty ones left out."""
    if change.born or change.gone:
        values = [(name, was if change.gone else now) for name, was, now in change.columns]
        told = [f"{name}: {value}" for name, value in values if value not in (None, "")]
        return [t("dihapus") if change.gone else t("ditambahkan"), *told]
    return [f"{name}: {_value(was)} → {_value(now)}" for name, was, now in change.columns]


def _value(value: object) -> str:
    return "–" if value in (None, "") else str(value)
