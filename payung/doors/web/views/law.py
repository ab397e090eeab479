"""The law for everybody: the way to the calculators, every table on any day, and what is doubtful."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import day_asked
from payung.doors.web.histories import pictures
from payung.doors.web.lawbook import RowShown, certainty_said, changed_rows, cited, every_row, rows_of
from payung.doors.web.office_readings import office_readings, otherwise_said
from payung.doors.web.pages import for_everybody, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import Meaning
from payung.rules.law.figures import Certainty
from payung.rules.law.readings import Reading, all_readings
from payung.rules.law.tables import Table, table, table_names
from payung.rules.months import Month

MOST_FOUND = 200
ROBOTS = "User-agent: *\nAllow: /peraturan\nAllow: /hitung\nAllow: /static/\nDisallow: /\n"
IURAN, MANFAAT, LAINNYA = word("Tabel iuran"), word("Tabel manfaat"), word("Keanggotaan, tenggat, dan denda")
OF_CONTRIBUTIONS = frozenset(
    (
        "contributions",
        "expressions",
        "jkp",
        "wages",
        "reliefs",
        "construction",
        "slices",
        "migrants",
        "deferral",
        "credits",
    )
)
"""Rooms of `rules/law` whose tables are about contributions."""
WHOM_TO_ASK = {
    Certainty.DERIVED: word("petugas pembina di kantor cabang BPJS Ketenagakerjaan"),
    Certainty.COMMON_KNOWLEDGE: word("naskah peraturannya di JDIH, lalu kantor cabang BPJS Ketenagakerjaan"),
    Certainty.DOUBTFUL: word("kantor cabang BPJS Ketenagakerjaan, minta jawaban tertulis"),
    Certainty.NOT_YET_PUBLISHED: word("pengumuman yang akan terbit"),
}


@dataclass(frozen=True)
class TableShown:
    """A table in the list of all: its name and title, how many rows, and its least certain one."""

    table: Table
    title: str
    rows: int
    certainty: Meaning
    checked_on: date


@require_safe
@for_everybody
def law(request: HttpRequest) -> HttpResponse:
    """The first page of the law: calculators, tables, doubts; and what `?cari=` finds."""
    wanted = request.GET.get("cari", "").strip()[:100]
    found = _found(wanted) if wanted else []
    content = {
        "wanted": wanted,
        "found_columns": headings(
            word("Tabel"), word("Untuk"), word("Nilai"), word("Berlaku"), word("Dasar"), figures=("Nilai",)
        ),
        "table_columns": headings(
            word("Tabel"), word("Baris"), word("Kepastian terendah"), word("Terakhir diperiksa"), figures=("Baris",)
        ),
        "found": found[:MOST_FOUND],
        "found_count": len(found),
        "readings": [one for one in all_readings().values() if wanted and _matches(wanted, _words_of(one))],
        "groups": [(t(label), shown) for label, shown in _groups().items()],
        "doubts_count": len(all_readings()) + sum(1 for _ in _doubtful_rows()),
    }
    return show(request, "law.html", content, title=t("Peraturan Jamsostek"), part="law")


@require_safe
@for_everybody
def law_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table on one day, its history as pictures and as rows."""
    if table not in table_names():
        raise Http404
    day = day_asked(request, otherwise=timezone.localdate())
    rows = rows_of(table)
    holding = [row for row in rows if row.holds_on(day)]
    content = {
        "day": day,
        "columns": headings(
            word("Untuk"), word("Nilai"), word("Berlaku"), word("Dasar"), word("Kepastian"), word("Diperiksa"),
            figures=("Nilai",),
        ),
        "table": rows[0].table,
        "rows": rows,
        "holding": holding,
        "pictures": list(pictures(rows, day)),
        "regulations": sorted({row.figure.regulation for row in holding}),
        "checked_on": min(row.figure.checked_on for row in rows),
        "certainty": certainty_said(max((row.figure.certainty for row in holding or rows), key=list(Certainty).index)),
        "renewed": figures.long_month(date(2000, rows[0].table.renewed_in, 1)).split()[0]
        if rows[0].table.renewed_in else "",
    }  # fmt: skip
    title = rows[0].table.title.say(language())
    return show(request, "law_table.html", content, title=title, part="law", crumbs=_crumbs())


@require_safe
@for_everybody
def doubts(request: HttpRequest) -> HttpResponse:
    """Everything that is not certain: readings with their options, and rows without a source."""
    told, today = language(), timezone.localdate()
    content = {
        "ours": otherwise_said(office_readings(request, Month.of(today))),
        "readings": [
            (one, certainty_said(one.certainty), [text.say(told) for text in one.options.values()],
             t(WHOM_TO_ASK[one.certainty]), one.question.say(told), one.reason.say(told), cited(one.citation, today))
            for one in all_readings().values()
        ],
        "columns": headings(
            word("Tabel"), word("Untuk"), word("Dipakai"), word("Berlaku"), word("Alasan"), word("Tanyakan kepada"),
            figures=("Dipakai",),
        ),
        "rows": [(row, t(WHOM_TO_ASK[row.figure.certainty])) for row in _doubtful_rows()],
    }  # fmt: skip
    return show(request, "law_doubts.html", content, title=t("Yang belum pasti"), part="law-doubts", crumbs=_crumbs())


@require_safe
@for_everybody
def changed(request: HttpRequest) -> HttpResponse:
    """What changed between two days, over all tables. Without days: the year until today."""
    today = timezone.localdate()
    until = day_asked(request, otherwise=today, name="sampai")
    since = min(day_asked(request, otherwise=until - timedelta(days=365), name="dari"), until)
    found = changed_rows(since, until)
    content = {
        "since": since,
        "until": until,
        "found": found[:MOST_FOUND],
        "found_count": len(found),
        "columns": headings(
            word("Mulai"), word("Tabel"), word("Untuk"), word("Sebelum itu"), word("Menjadi"), word("Dasar"),
            figures=("Sebelum itu", "Menjadi"),
        ),
    }  # fmt: skip
    title = t("Apa yang berubah antara {since} dan {until}", since=since, until=until)
    return show(request, "law_changes.html", content, title=title, part="law-changes", crumbs=_crumbs())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Only the pages without anybody's data may be found by search engines."""
    response = HttpResponse(ROBOTS, content_type="text/plain")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _crumbs() -> list[tuple[str, str]]:
    return [(t("Peraturan"), reverse("law"))]


def _shown(read: Table) -> TableShown:
    least = max((row.figure.certainty for row in read.rows), key=list(Certainty).index)
    return TableShown(
        table=read,
        title=read.title.say(language()),
        rows=len(rows_of(read.name)),
        certainty=certainty_said(least),
        checked_on=min(row.figure.checked_on for row in read.rows),
    )


def _groups() -> dict[str, list[TableShown]]:
    """All tables by what reads them: contributions, benefits, and the rest; by title within."""
    groups: dict[str, list[TableShown]] = {IURAN: [], MANFAAT: [], LAINNYA: []}
    for read in map(table, table_names()):
        rooms = {reader.removeprefix("payung.rules.law.").partition(".")[0] for reader in read.read_by}
        label = MANFAAT if "benefits" in rooms else IURAN if rooms & OF_CONTRIBUTIONS else LAINNYA
        groups[label].append(_shown(read))
    return {label: sorted(shown, key=lambda one: one.title) for label, shown in groups.items() if shown}


def _doubtful_rows() -> Iterator[RowShown]:
    return (row for row in every_row() if row.figure.certainty is not Certainty.SOURCED)


def _found(wanted: str) -> list[RowShown]:
    """Rows that hold every word asked for, anywhere a reader sees or cites it; those with the very phrase first."""
    rows = [(row, _words_of_row(row)) for row in every_row()]
    found = [(wanted.casefold() not in text.casefold(), row) for row, text in rows if _matches(wanted, text)]
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def _words_of_row(row: RowShown) -> str:
    title, figure = row.table.title, row.figure
    told = (title.id, title.en, row.what, row.more, row.value, figure.citation, figure.id, figure.doubt.id)
    return " ".join((*told, figure.doubt.en, row.period))


def _words_of(reading: Reading) -> str:
    told = (reading.id, reading.question.id, reading.question.en, reading.reason.id, reading.reason.en)
    return " ".join((*told, reading.citation))


def _matches(wanted: str, text: str) -> bool:
    """Whether every word wanted begins a word, or a number a number, of the text: 50 is not found in 4.950.000."""
    known = text.casefold()
    return all(re.search(_begins(part), known) for part in wanted.casefold().split())


def _begins(part: str) -> str:
    before = r"(?<![\d.,])" if part[0].isdecimal() else r"(?<!\w)" if part[0].isalpha() else ""
    return before + re.escape(part)
