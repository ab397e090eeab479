"""One list: what was found in it, and the people behind each verdict."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.components import Chip
from payung.doors.web.pages import CRUMB, reader, show
from payung.doors.web.sentences import finding_column, finding_sentence
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.layouts import told_of
from payung.doors.web.views.list_changes import change_figures
from payung.doors.web.views.lists import visible
from payung.doors.web.vocabulary import LIST_KINDS, PLAN_STATES, SEVERITIES, VERDICTS, said
from payung.office.enrolment import changes, mending
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.queries import lists
from payung.office.files import queries as files
from payung.office.files.queries import FoundFault, ReadRow
from payung.office.places.queries import area_of
from payung.rules.months import Month
from payung.rules.roster.sentences import title as finding_title

BEFORE_FIRST = -1
CODES_SHOWN = 6
FINDING_COLUMNS = (
    word("Lembar"), word("Baris"), word("Kolom"), word("Tingkat temuan"),
    word("Apa, mengapa, dan apa yang perlu dilakukan"),
)  # fmt: skip
ROW_COLUMNS = (
    word("Lembar"), word("Baris"), word("Nama"), "NIK", word("Lahir"), word("Pekerjaan"), word("Upah"), word("Putusan"),
    word("Sebab"),
)  # fmt: skip


@require_safe
def one_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """What was found in a list, in the sheet's own order."""
    found = visible(request, list_id)
    severity = word_asked(request, "berat", tuple(SEVERITIES))
    code = word_asked(request, "kode", tuple(found.reading.counts["codes"]))
    after = after_asked(request, start=BEFORE_FIRST)
    faults = files.findings(
        found.reading, severity=severity or None, code=code or None, after=after, limit=PAGE_ROWS + 1
    )
    page = slice_of(request, faults, place=lambda fault: fault.position, start=BEFORE_FIRST)
    codes = _code_chips(request, found, code)
    content = {
        "roster_list": found,
        "columns": headings(*FINDING_COLUMNS, "", figures=("Baris",)),
        "verdict_figures": _verdict_figures(found),
        "line": next(line for line in lists(area_of(reader(request)), replaced=True) if line.id == list_id),
        **_versions(found),
        "kind": said(LIST_KINDS, found.kind),
        "plan_states": PLAN_STATES,
        "severities": SEVERITIES,
        "severities_shown": _severity_chips(request, severity),
        "codes_shown": codes[:CODES_SHOWN],
        "codes_more": codes[CODES_SHOWN:],
        "page": page,
        "faults": _told(page.rows),
    }
    return show(
        request,
        "list.html",
        content,
        title=_title(found),
        part="lists",
        month=Month.of(found.month),
        crumbs=_crumbs(),
    )


@require_safe
def rows(request: HttpRequest, list_id: int) -> HttpResponse:
    """The people behind one verdict of a list."""
    found = visible(request, list_id)
    verdict = word_asked(request, "putusan", tuple(VERDICTS))
    after = after_asked(request, start=BEFORE_FIRST)
    read = files.rows(found.reading, verdict=verdict or None, after=after, limit=PAGE_ROWS + 1)
    counts: dict[str, int] = found.reading.counts["verdicts"]
    choices = [(code, said(VERDICTS, code), counts[code]) for code in VERDICTS if code in counts]
    page = slice_of(request, read, place=lambda row: row.position, start=BEFORE_FIRST)
    content = {
        "roster_list": found,
        "columns": headings(*ROW_COLUMNS, "", figures=("Baris", "Upah")),
        "page": page,
        "verdicts": VERDICTS,
        "reasons": _reasons(found, page.rows),
        "may_mend": mending.is_mendable(found),
        "chips_shown": filter_chips(request, "putusan", [("", t("Semua"), sum(counts.values())), *choices], verdict),
    }
    crumbs = [*_crumbs(), (_title(found), reverse("list", kwargs={"list_id": list_id}))]
    title = t("Orang di daftar {opd}", opd=found.opd.short_name)
    return show(
        request,
        "list_rows.html",
        content,
        title=title,
        part="lists",
        month=Month.of(found.month),
        crumbs=crumbs,
    )


def _versions(found: RosterList) -> dict[str, object]:
    """What was before this list, what replaced it, and what of it is being mended."""
    return {
        "changed": change_figures(found, changes.counts(found)) if found.predecessor_id else [],
        "successor": RosterList.objects.filter(predecessor=found).first(),
        "read_by": told_of(found.layout_ids),
        "may_mend": mending.is_mendable(found),
        "mended": len(mending.mends(found)),
        "pending": mending.pending(found),
    }


def _reasons(found: RosterList, shown: Sequence[ReadRow]) -> dict[int, str]:
    """Position -> why a row waits or is refused: the title of its worst finding."""
    waiting = [row.position for row in shown if row.verdict in ("human", "reject")]
    told: dict[int, str] = {}
    for fault in files.findings_at(found.reading, waiting):
        told.setdefault(fault.position, finding_title(fault.code, language()))
    return told


def _told(faults: Sequence[FoundFault]) -> list[tuple[FoundFault, str, str]]:
    """Each finding with its column and its sentence."""
    return [(fault, finding_column(fault, language()), finding_sentence(fault, language())) for fault in faults]


def _title(found: RosterList) -> str:
    return t("Daftar {opd}", opd=found.opd.short_name)


def _crumbs() -> list[CRUMB]:
    return [(t("Daftar yang diterima"), reverse("lists"))]


def _verdict_figures(found: RosterList) -> list[tuple[str, str, str, str]]:
    """How many people have each verdict; each count opens to them."""
    people = reverse("list-rows", kwargs={"list_id": found.pk})
    counts: dict[str, int] = found.reading.counts["verdicts"]
    each = [
        (said(VERDICTS, code), figures.number(counts.get(code, 0)), f"{people}?putusan={code}", meaning.tone)
        for code, meaning in VERDICTS.items()
    ]
    return [(t("Orang di daftar"), figures.number(sum(counts.values())), people, "info"), *each]


def _severity_chips(request: HttpRequest, chosen: str) -> list[Chip]:
    choices = [(code, said(SEVERITIES, code), None) for code in SEVERITIES]
    return filter_chips(request, "berat", [("", t("Semua temuan"), None), *choices], chosen)


def _code_chips(request: HttpRequest, found: RosterList, chosen: str) -> list[Chip]:
    """One chip for each kind of finding, the chosen one (to let it go again) and the most frequent first."""
    counts: dict[str, int] = found.reading.counts["codes"]
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    others = [(code, finding_title(code, language()), count) for code, count in ordered if code != chosen]
    if not chosen:
        return filter_chips(request, "kode", others, chosen)
    let_go = filter_chips(request, "kode", [("", f"{finding_title(chosen, language())} ×", None)], "")
    return [*let_go, *filter_chips(request, "kode", others, chosen)]
