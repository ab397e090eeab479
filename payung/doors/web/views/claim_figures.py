"""What became of the claims of a year: in numbers, each of which opens to its claims, and against contributions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from payung.doors.papers import pictures
from payung.doors.papers.claim_words import as_language, kind_said
from payung.doors.web import figures
from payung.doors.web.asked import after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.number_parts import Split
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_claims import EVENTS, OUTCOMES, SPLIT, STEPS
from payung.office.claims.catalogue import sayings
from payung.office.places.queries import Area, area_of
from payung.office.reports import claim_figures
from payung.office.reports.claim_figures import DENIED, Part, Wanted
from payung.office.reports.counted import counted_months
from payung.rules.months import Month

FIRST_YEAR = 2015
YEARS_SHOWN = 6
UNKNOWN = "-"
"""In an address: the part that nobody knows."""
Row = dict[str, Any]
RATIOS = (
    word("Program"), word("Iuran diposting BPJS"), word("Dibayar BPJS"), word("Masih ditunggu"), word("Rasio klaim"),
)  # fmt: skip
REFUSED = (word("Sebab"), word("Klaim"))
MONTHS = (word("Bulan kejadian"), *OUTCOMES.values())


@dataclass(frozen=True)
class Year:
    """`?tahun=2022`: the events of a year, as far as the reader sees them."""

    area: Area
    number: int
    found: pl.DataFrame

    @property
    def first(self) -> Month:
        return Month(self.number, 1)

    @property
    def last(self) -> Month:
        return Month(self.number, 12)


def _year(request: HttpRequest) -> Year:
    area, today = area_of(reader(request)), timezone.localdate()
    asked = request.GET.get("tahun", "")
    known = asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:4]) <= today.year
    year = int(asked[:4]) if known else claim_figures.newest_year(area) or today.year
    return Year(area, year, claim_figures.claims_between(area, date(year, 1, 1), date(year, 12, 31)))


def _namer(by: str, area: Area) -> Callable[[str | None], str]:
    if by == "kind":
        return lambda key: kind_said(key or "", language())
    return Split(by, area).name


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`?tahun=2022&menurut=opd`: cases, rupiah, time to the money, refusals, loss ratios; or a workbook."""
    year = _year(request)
    by = word_asked(request, "menurut", tuple(SPLIT)) or "kind"
    name, found = _namer(by, year.area), claim_figures.parts(year.found, by)
    title = t("Angka klaim {year}", year=str(year.number))
    if request.GET.get("unduh"):
        return workbook(f"klaim-{by}-{year.number}.xlsx", title, _fields(by, name), found)
    whole = claim_figures.part(year.found)
    shown = [field.label for field in _fields(by, name)]
    content = {
        "whole": whole,
        "finding": _finding(whole),
        "years": _years(request, year.number),
        "split": filter_chips(request, "menurut", [(code, t(text), None) for code, text in SPLIT.items()], by),
        "columns": headings(*shown, figures=shown[1:]),
        "parts": [(name(one.key), one, _opens(year, by, one.key)) for one in found],
        "all": _opens(year),
        "picture": Markup(_picture(year)),  # noqa: S704  # drawn and escaped by `pictures`
        "months": [
            (figures.short_month(Month(year.number, at)), told)
            for at, told in enumerate(claim_figures.months(year.found), 1)
        ],
        "month_columns": headings(*MONTHS, figures=MONTHS[1:]),
        "outcomes": OUTCOMES,
        "refusals": [
            (refusal_said(reason), count, _opens(year)(sebab=reason))
            for reason, count in claim_figures.refusals(year.found)
        ],
        "refusal_columns": headings(*REFUSED, figures=REFUSED[1:]),
        "ratios": claim_figures.ratios(year.area.government.pk, year.found, year.first, year.last),
        "ratio_columns": headings(*RATIOS, figures=RATIOS[1:]),
        "counted": sum(year.first <= month <= year.last for month in counted_months(year.area.government.pk)),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [(t("Klaim"), reverse("claims"))]
    return show(request, "claims_figures.html", content, title=title, part="claims-figures", crumbs=crumbs)


def _years(request: HttpRequest, year: int) -> list[Any]:
    this = timezone.localdate().year
    shown = [(str(one), str(one), None) for one in range(this, max(this - YEARS_SHOWN, FIRST_YEAR - 1), -1)]
    return filter_chips(request, "tahun", shown, str(year))


def _finding(whole: Part) -> str:
    """What the numbers say first."""
    if whole.median_days is None:
        return t("{count} klaim, belum ada yang dibayar", count=whole.claims)
    return t(
        "{paid} dari {count} klaim sudah dibayar; separuhnya dalam {days} hari sejak kejadian",
        paid=whole.outcomes["paid"], count=whole.claims, days=whole.median_days,
    )  # fmt: skip


def _picture(year: Year) -> str:
    names = list(OUTCOMES)
    columns = [
        pictures.Pile(figures.short_month(Month(year.number, at)).split()[0], [told[name] for name in names])
        for at, told in enumerate(claim_figures.months(year.found), 1)
    ]
    title = t("Klaim menurut bulan kejadian, {year}", year=str(year.number))
    return pictures.piles(columns, names=[t(text) for text in OUTCOMES.values()], title=title)


def _opens(year: Year, by: str = "", key: str | None = None) -> Callable[..., str]:
    """The address of the claims behind a number: `to(hitung="paid")`."""
    part = {"menurut": by, "bagian": key or UNKNOWN} if by else {}

    def to(**more: str) -> str:
        return f"{reverse('claims-figures-list')}?{urlencode({'tahun': str(year.number), **part, **more})}"

    return to


def _fields(by: str, name: Callable[[str | None], str]) -> tuple[Field[Part], ...]:
    def outcome(code: str) -> Field[Part]:
        return Field(code, OUTCOMES[code], lambda one: one.outcomes[code], figures=True)

    return (
        Field("bagian", SPLIT[by], lambda one: name(one.key)),
        Field("klaim", word("Klaim"), lambda one: one.claims, figures=True),
        *(outcome(code) for code in OUTCOMES),
        Field("seharusnya", word("Seharusnya"), lambda one: one.expected_rupiah, figures=True),
        Field("diterima", word("Diterima keluarga"), lambda one: one.received_rupiah, figures=True),
        Field("separuh", word("Separuh (hari)"), lambda one: one.median_days, figures=True),
        Field("sembilan", word("9 dari 10 (hari)"), lambda one: one.ninth_days, figures=True),
    )


LISTED: tuple[Field[Row], ...] = (
    Field("kasus", word("Kasus"), lambda row: row["reference"]),
    Field("orang", word("Orang"), lambda row: row["person"]),
    Field("kejadian", word("Kejadian"), lambda row: t(EVENTS[row["event"]])),
    Field("hari", word("Hari kejadian"), lambda row: row["event_on"]),
    Field("manfaat", word("Manfaat"), lambda row: kind_said(row["kind"], language())),
    Field("langkah", word("Langkah manfaat"), lambda row: t(STEPS[row["state"]].text)),
    Field("seharusnya", word("Seharusnya"), lambda row: row["expected"], figures=True),
    Field("diterima", word("Diterima keluarga"), lambda row: row["received"], figures=True),
    Field("lama", word("Hari sampai uang"), lambda row: row["days"], figures=True),
)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """`?tahun=2022&menurut=opd&bagian=4&hitung=paid`: exactly the claims that a number counts."""
    year = _year(request)
    by = word_asked(request, "menurut", tuple(SPLIT))
    part = request.GET.get("bagian", UNKNOWN)
    wanted = Wanted(
        by=by, key=None if part == UNKNOWN else part, outcome=word_asked(request, "hitung", tuple(OUTCOMES)),
        reason=word_asked(request, "sebab", (*sayings(), DENIED)),
    )  # fmt: skip
    rows = list(wanted.of(year.found).with_row_index("place", offset=1).iter_rows(named=True))
    told = [str(year.number)]
    told += [_namer(by, year.area)(wanted.key)] if by else []
    told += [t(OUTCOMES[wanted.outcome])] if wanted.outcome else []
    told += [refusal_said(wanted.reason)] if wanted.reason else []
    title = t("Klaim: {what}", what=", ".join(told))
    if request.GET.get("unduh"):
        return workbook(f"klaim-{year.number}.xlsx", title, LISTED, rows)
    labels = [field.label for field in LISTED]
    content = {
        "count": len(rows),
        "page": slice_of(request, rows[after_asked(request, start=0) :], place=lambda row: int(row["place"]), start=0),
        "columns": headings(*labels, figures=[field.label for field in LISTED if field.figures]),
        "said": lambda row: [field.value(row) for field in LISTED],
        "download_address": same_page(request, unduh="xlsx"),
    }
    back = f"{reverse('claims-figures')}?{urlencode({'tahun': str(year.number)} | ({'menurut': by} if by else {}))}"
    crumbs = [(t("Klaim"), reverse("claims")), (t("Angka klaim {year}", year=str(year.number)), back)]
    return show(request, "claims_figures_list.html", content, title=title, part="claims-figures", crumbs=crumbs)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def refusal_said(code: str) -> str:
    """The sentence of a reason without anybody's facts."""
    if code == DENIED:
        return t("Ditolak BPJS (sebabnya di kasus masing-masing)")
    return sayings()[code].sentence.say(as_language(language())).format_map(_Blank())
