"""Who of the staff is not protected: by OPD, one OPD with what it has to do, and the people behind every count."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from payung.doors.papers import pictures
from payung.doors.papers.pictures import Point
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, month_asked, slice_of, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.forms.assessment import DeadlineForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_assessment import ADVICE, COUNTS, SHORT, SOURCES, STATES, STATUSES
from payung.office.enrolment.programmes import ORDER
from payung.office.places.models import Opd
from payung.office.places.queries import Area, area_of, opds_in
from payung.office.reports import assessment
from payung.office.reports.assessment import TO_DO, Behind, Cell, OpdLine
from payung.office.reports.models import Comparison
from payung.rules.law.readings import all_readings
from payung.rules.months import Month

UNKNOWN_OPD = "tanpa"
"""In addresses: the units that no OPD is called."""
SHOWN = ("expected", "protected", "gap", "missing", "listed", "doubtful", "still_paid")


def _counted(name: str) -> Field[OpdLine]:
    return Field(name, COUNTS[name], lambda line: line.counts[name], figures=True)


LINES: tuple[Field[OpdLine], ...] = (
    Field("opd", word("OPD"), lambda line: line.opd),
    *(_counted(name) for name in (*SHOWN[:-1], "fewer_programmes", "lower_base", SHOWN[-1])),
    Field("tenggat", word("Tenggat"), lambda line: line.deadline.due_on if line.deadline else None),
    Field("keadaan", word("Keadaan"), lambda line: t(STATES[line.state(timezone.localdate())].text)),
)  # fmt: skip
PEOPLE: tuple[Field[Behind], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("nik", "NIK", lambda one: figures.masked(one.nik)),
    Field("opd", word("OPD"), lambda one: one.opd or one.unit),
    Field("status", word("Status"), lambda one: one.status_text or t(STATUSES[one.status])),
    Field("keadaan", word("Keadaan"), lambda one: t(COUNTS[one.standing])),
    Field("program", word("Program"), lambda one: programmes(one.programmes)),
    Field("biasa", word("Program rekannya"), lambda one: programmes(one.usual_programmes)),
    Field("upah", word("Dasar upah"), lambda one: one.base_rupiah, figures=True),
    Field("upah_biasa", word("Dasar upah rekannya"), lambda one: one.usual_base_rupiah, figures=True),
)


def programmes(mask: int | None) -> str:
    """The programmes of a set of bits."""
    return ", ".join(name for at, name in enumerate(ORDER) if (mask or 0) >> at & 1)


def comparison_asked(request: HttpRequest, area: Area) -> Comparison | None:
    """`?data=12`: that comparison, else the newest; None when there is none."""
    wanted = request.GET.get("data", "")
    if wanted.isdecimal() and len(wanted) < 19:
        return get_object_or_404(Comparison.objects.select_related("master__reading__file"),
                                 pk=int(wanted), government=area.government)  # fmt: skip
    return assessment.newest(area.government.pk)


def newest_instead(area: Area, comparison: Comparison) -> Comparison | None:
    """The newest comparison, when the one that is shown is an earlier one."""
    newest = assessment.newest(area.government.pk)
    return newest if newest is not None and newest.pk != comparison.pk else None


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every OPD with its counts, its deadline, and the curve of closing the gap."""
    area = area_of(reader(request))
    comparison = comparison_asked(request, area)
    title = t("Asesmen pegawai")
    if comparison is None:
        content: dict[str, object] = {"comparison": None}
        return show(request, "assessment.html", content, title=title, part="assessment")
    lines = assessment.by_opd(comparison, area.opd_ids)
    if request.GET.get("unduh"):
        return workbook(f"asesmen-{Month.of(comparison.month)}.xlsx", title, LINES, lines)
    everything, today = assessment.total(lines), timezone.localdate()
    content = {
        "comparison": comparison,
        "source": t(SOURCES[comparison.master.source]),
        "others": _others(request, area, comparison),
        "newest": newest_instead(area, comparison),
        "total": everything,
        "labels": COUNTS,
        "columns": headings(
            word("OPD"), *(SHORT[name] for name in SHOWN), word("Keadaan"),
            figures=[SHORT[name] for name in SHOWN],
        ),
        "lines": [(line, _opd_page(comparison, line), STATES[line.state(today)]) for line in lines],
        "shown": SHOWN,
        "href": lambda name, line=None: _people(comparison, name, line),
        "picture": _picture(request, comparison, everything["expected"]),
        "units": assessment.unknown_units(comparison) if area.opd_ids is None else [],
        "opds": list(opds_in(area)),
        "form": DeadlineForm(area=area, today=today),
        "doubt_reason": all_readings()["pppk-paruh-waktu"].reason.say(language()),
        "download_address": same_page(request, unduh="xlsx"),
    }  # fmt: skip
    month = Month.of(comparison.month)
    return show(request, "assessment.html", content, title=title, part="assessment", month=month)


def _others(request: HttpRequest, area: Area, comparison: Comparison) -> Sequence[object]:
    """The other comparisons that stand, as chips."""
    found = assessment.comparisons(area.government.pk)
    choices = [
        (str(one.pk), f"{figures.short_month(Month.of(one.month))} · {t(SOURCES[one.master.source])}", None)
        for one in found[:12]
    ]
    return filter_chips(request, "data", choices, str(comparison.pk)) if len(found) > 1 else []


def _opd_page(comparison: Comparison, line: OpdLine) -> str:
    if line.opd_id is None:
        return ""
    return reverse("assessment-opd", kwargs={"opd_id": line.opd_id}) + f"?data={comparison.pk}"


def _people(comparison: Comparison, name: str, line: OpdLine | None = None, month: Month | None = None) -> str:
    """The list behind a count."""
    told = {"data": comparison.pk, "hitung": name}
    if line is not None:
        told["opd"] = line.opd_id or UNKNOWN_OPD
    if month is not None:
        told["bulan"] = str(month)
    return f"{reverse('assessment-people')}?{urlencode(told)}"


def _picture(request: HttpRequest, comparison: Comparison, whole: int, opd_id: int | None = None) -> dict[str, object]:
    """The curve with its table: month, heads, and the list behind them."""
    found = assessment.curve(comparison, opd_id=opd_id)
    points = [Point(figures.short_month(month), heads, figures.number(heads)) for month, heads in found]
    title = t("Pegawai terlindungi dari bulan ke bulan")
    told = t("{count} pegawai seharusnya terlindungi", count=whole)
    line = OpdLine(opd_id, "", {}, None) if opd_id else None
    return {
        "svg": Markup(pictures.curve(points, whole=whole, whole_told=told, title=title)),  # noqa: S704  # drawn and escaped by `pictures`
        "title": title,
        "finding": _finding(found, whole),
        "rows": [(month, heads, _people(comparison, "expected", line, month)) for month, heads in found],
        "columns": headings(word("Bulan"), word("Terlindungi"), figures=[word("Terlindungi")]),
    }


def _finding(found: Sequence[tuple[Month, int]], whole: int) -> str:
    if not found:
        return t("Belum seorang pun terlindungi.")
    (first, start), (_, now) = found[0], found[-1]
    said = t("{start} pada {month}, sekarang {now} dari {whole}.", start=start, month=first, now=now, whole=whole)
    return said + (" " + t("Kurang {count} orang.", count=whole - now) if whole > now else "")


@require_safe
def one_opd(request: HttpRequest, opd_id: int) -> HttpResponse:
    """What one OPD has to do, until when, with its letter and its curve."""
    area = area_of(reader(request))
    opd = get_object_or_404(opds_in(area), pk=opd_id)
    comparison = comparison_asked(request, area)
    line = line_of(comparison, opd) if comparison else None
    if comparison is None or line is None:
        return show(request, "assessment_opd.html", {"line": None}, title=opd.name, part="assessment", crumbs=crumbs())
    content = {
        "comparison": comparison,
        "newest": newest_instead(area, comparison),
        "opd": opd,
        "line": line,
        "state": STATES[line.state(timezone.localdate())],
        "labels": COUNTS,
        "to_do": [
            (t(COUNTS[name]), line.counts[name], _people(comparison, name, line), t(ADVICE[name]))
            for name in TO_DO
            if line.counts[name]
        ],
        "to_do_columns": headings(word("Yang harus diselesaikan"), word("Orang"), word("Caranya"), figures=["Orang"]),
        "href": lambda name: _people(comparison, name, line),
        "picture": _picture(request, comparison, line.counts["expected"], opd.pk),
        "form": DeadlineForm(area=area, today=timezone.localdate()),
    }
    month = Month.of(comparison.month)
    return show(
        request, "assessment_opd.html", content, title=opd.name, part="assessment", month=month, crumbs=crumbs()
    )


def crumbs() -> list[tuple[str, str]]:
    return [(t("Asesmen pegawai"), reverse("assessment"))]


def line_of(comparison: Comparison, opd: Opd) -> OpdLine | None:
    return next(iter(assessment.by_opd(comparison, [opd.pk])), None)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?hitung=missing&opd=3&bulan=2022-10`: exactly those whom a count counts."""
    area = area_of(reader(request))
    comparison = comparison_asked(request, area)
    if comparison is None:
        raise Http404
    name = word_asked(request, "hitung", tuple(COUNTS)) or "gap"
    opd = request.GET.get("opd", "")
    cell = Cell(
        name,
        everywhere=not opd,
        opd_id=int(opd) if opd.isdecimal() and len(opd) < 19 else None,
        paid_in=month_asked(request),
    )
    title = t(COUNTS[name])
    if request.GET.get("unduh"):
        return whole_list(
            request,
            f"asesmen-{name}.xlsx",
            title,
            PEOPLE,
            lambda limit: assessment.behind(comparison, cell, limit=limit),
        )
    after = after_asked(request, start=0)
    found = assessment.behind(comparison, cell, after=after, limit=PAGE_ROWS + 1)
    content = {
        "count": assessment.count(comparison, cell),
        "paid_in": cell.paid_in,
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "compares": name in ("fewer_programmes", "lower_base"),
        "columns": headings(*(field.label for field in _fields(name)), figures=[PEOPLE[-1].label, PEOPLE[-2].label]),
        "programmes": programmes,
        "labels": COUNTS,
        "statuses": STATUSES,
        "download_address": same_page(request, unduh="xlsx"),
    }
    month = Month.of(comparison.month)
    return show(
        request, "assessment_people.html", content, title=title, part="assessment", month=month, crumbs=crumbs()
    )


def _fields(name: str) -> Sequence[Field[Behind]]:
    return PEOPLE if name in ("fewer_programmes", "lower_base") else PEOPLE[:5]
