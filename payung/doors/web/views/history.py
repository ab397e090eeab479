"""The history of settings and reference data, for those who audit it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.pages import reader, show
from payung.doors.web.record_names import REFERS, Names, names_in
from payung.doors.web.recorded_words import TABLES, column_said, table_said, value_said
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.office.access.queries import Change, changed_tables, changes
from payung.office.places.queries import area_of


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
    names = names_in(shown)
    choices = [("", t("semua"), None), *((name, table_said(name), None) for name in changed_tables())]
    content = {
        "changes": [(change, _called(change, names), _sentences(change, names)) for change in shown],
        "columns": headings(word("Waktu"), word("Oleh"), word("Dari"), word("Data"), word("Perubahan")),
        "chips_shown": filter_chips(request, "data", choices, table),
        "following": same_page(request, sesudah=shown[-1].id) if more else "",
        "first": same_page(request, sesudah=None) if before_id else "",
    }
    return show(request, "history.html", content, title=t("Riwayat perubahan"), part="history")


def _called(change: Change, names: Names) -> str:
    """ "pagu: 2022 · Iuran non-ASN · DPU"; the number of a row that is gone."""
    return f"{table_said(change.table)}: {names.get((change.table, change.record_id), change.record_id)}"


def _sentences(change: Change, names: Names) -> list[str]:
    """One line for each column; a new or deleted row says its values, empty ones left out."""
    if change.born or change.gone:
        values = [(name, was if change.gone else now) for name, was, now in change.columns]
        told = [
            f"{column_said(name)}: {_value(name, value, names)}" for name, value in values if value not in (None, "")
        ]
        return [t("dihapus") if change.gone else t("ditambahkan"), *told]
    return [
        f"{column_said(name)}: {_value(name, was, names)} → {_value(name, now, names)}"
        for name, was, now in change.columns
    ]


def _value(column: str, value: object, names: Names) -> str:
    """A value in words; one that names a row of another table is called as that row is."""
    if column in REFERS and isinstance(value, int):
        return names.get((REFERS[column], value), str(value))
    return value_said(value)
