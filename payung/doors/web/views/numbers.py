"""The five numbers of a month or a year: how they come from each other, by what they split, and who is behind them."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import filter_chips, month_asked, word_asked
from payung.doors.web.components import Chip, Column, Reason, Stage
from payung.doors.web.environment import same_page
from payung.doors.web.number_parts import Split
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_numbers import FIVE, MEANINGS, SPLIT, reason_of
from payung.office.enrolment.programmes import ORDER
from payung.office.places.queries import Area, area_of
from payung.office.reports import budgets, numbers
from payung.office.reports.counted import counted_months
from payung.office.reports.numbers import BOTH, NUMBERS, Difference, Part, Rung, Wanted
from payung.office.reports.queries import months
from payung.rules.months import Month

ASKED_BY = {
    "opd": "opd", "fund": "dana", "kecamatan": "kecamatan", "desa": "desa", "segment": "kelompok",
    "programme": "program", "decree": "sk", "agreement": "perjanjian", "line": "baris",
}  # fmt: skip
"""By what the numbers are split or chosen -> what asks for one part of it in the address."""
FILTERS = tuple(ASKED_BY.values())
NOWHERE = "tanpa"
"""In addresses: the part of those of whom it is not known."""


@dataclass(frozen=True)
class Place:
    """What a page of the numbers is asked for, and the address parts that ask for it again."""

    wanted: Wanted
    months: tuple[Month, ...]

    @property
    def address(self) -> dict[str, str]:
        first, last = self.wanted.first, self.wanted.last
        told = {"bulan": str(first)} if first == last else {"tahun": str(first.year)}
        asked: dict[str, object] = {
            "opd": self.wanted.opd, "dana": self.wanted.fund, "kecamatan": self.wanted.kecamatan,
            "desa": self.wanted.desa, "kelompok": self.wanted.segment, "program": self.wanted.programme,
            "sk": self.wanted.decree, "perjanjian": self.wanted.agreement,
            "baris": self.wanted.line,
        }  # fmt: skip
        asked |= {ASKED_BY[by]: NOWHERE for by in self.wanted.nowhere}
        return told | {name: str(value) for name, value in asked.items() if value}

    @property
    def whole_year(self) -> bool:
        return self.wanted.first != self.wanted.last


def asked(request: HttpRequest, area: Area) -> Place:
    """`?bulan=2022-10` or `?tahun=2022`, and FILTERS; without either, the newest month with work in it."""
    known = sorted({*months(area), *counted_months(area.government.pk)}, reverse=True)
    month = month_asked(request) or (known[0] if known else Month.of(timezone.localdate()))
    year = request.GET.get("tahun", "")
    whole = year.isdecimal() and 2015 < int(year) < 2100
    first, last = (Month(int(year), 1), Month(int(year), 12)) if whole else (month, month)
    told = {name: request.GET.get(name, "")[:40] for name in FILTERS}
    nowhere = tuple(by for by in numbers.KNOWN if told[ASKED_BY[by]] == NOWHERE)
    told |= {ASKED_BY[by]: "" for by in nowhere}
    wanted = Wanted(
        first,
        last,
        opd=_number(told["opd"]),
        fund=_number(told["dana"]),
        kecamatan=told["kecamatan"],
        desa=told["desa"],
        segment=told["kelompok"],
        programme=word_asked(request, "program", ORDER),
        decree=_number(told["sk"]),
        agreement=_number(told["perjanjian"]),
        line=_number(told["baris"]),
        nowhere=nowhere,
    )
    return Place(wanted, tuple(known))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


@require_safe
def five(request: HttpRequest) -> HttpResponse:
    """The ladder with the reasons of every step, the budget lines, and the numbers split."""
    area = area_of(reader(request))
    place = asked(request, area)
    government, wanted = area.government.pk, place.wanted
    by = word_asked(request, "menurut", tuple(SPLIT)) or "opd"
    split = Split(by, area)
    found = sorted(numbers.parts(government, wanted, by), key=lambda part: (part.key is None, split.name(part.key)))
    title = t("Lima angka, {period}", period=_period(wanted))
    if request.GET.get("unduh"):
        return workbook(f"lima-angka-{wanted.first}.xlsx", title, split.fields(), found)
    frame = numbers.tallies(government, wanted)
    rungs = numbers.ladder(frame)
    lines = [] if wanted.of_people else budgets.lines(government, wanted)
    opens = allowed(request.user, "numbers-people")
    counted = [one for one in counted_months(government).items() if wanted.first <= one[0] <= wanted.last]
    plain = wanted == Wanted(wanted.first, wanted.first) and area.opd_ids is None
    active = next(rung.heads for rung in rungs if rung.number == "active")
    people = (numbers.people_active(government, wanted.first) if plain else 0) or active
    content = {
        "place": place,
        "people": people,
        "twice": active - people,
        "whole_area": area.opd_ids is None,
        "periods": _periods(request, place),
        "stages": _stages(rungs, lines, place, opens),
        "meanings": [(t(FIVE[number]), t(MEANINGS[number])) for number in FIVE],
        "counted": counted,
        "counted_at": min((at for _, at in counted), default=None),
        "missing_months": 0 if not place.whole_year else _missing(place, [month for month, _ in counted]),
        "billed": int(frame["billed"].sum()),
        "paid": int(frame["paid"].sum()),
        "posted_rupiah": rungs[-1].rupiah,
        "lines": [
            (line, [_told(one) for one in line.differences], _people_of_line(place, line) if opens else "")
            for line in lines
        ],
        "line_columns": _line_columns(place),
        "split_shown": filter_chips(request, "menurut", [(name, t(label), None) for name, label in SPLIT.items()], by),
        "columns": headings(*(field.label for field in split.fields()), figures=[f.label for f in split.fields()[1:]]),
        "parts": [
            (split.name(part.key), _narrowed(request, by, part), part, _people_of(place, by, part) if opens else "")
            for part in found
        ],
        "numbers": NUMBERS,
        "choices": _choices(area, place),
        "download_address": same_page(request, unduh="xlsx"),
    }
    return show(request, "numbers.html", content, title=title, part="numbers")


def _period(wanted: Wanted) -> str:
    return figures.long_month(wanted.first) if wanted.first == wanted.last else str(wanted.first.year)


def _periods(request: HttpRequest, place: Place) -> list[Chip]:
    """The newest months, and their years as a whole."""
    wanted = place.wanted
    shown = [
        Chip(
            figures.short_month(month),
            same_page(request, bulan=str(month), tahun=None),
            month == wanted.first == wanted.last,
        )
        for month in place.months[:12]
    ]
    years = sorted({month.year for month in place.months} | {wanted.first.year}, reverse=True)
    return shown + [
        Chip(
            t("Sepanjang {year}", year=str(year)),
            same_page(request, tahun=str(year), bulan=None),
            place.whole_year and year == wanted.first.year,
        )
        for year in years
    ]


def _missing(place: Place, counted: list[Month]) -> int:
    """Months with work in them that were not counted: a year without them is not whole."""
    return len([month for month in place.months if month.year == place.wanted.first.year and month not in counted])


def _stages(rungs: list[Rung], lines: list[budgets.Line], place: Place, opens: bool) -> list[Stage]:
    """The ladder. Over a year heads of a line and head-months are not the same thing: then it begins with *decreed*,
    and the budget lines stand in their own table alone."""
    if place.whole_year or not lines:
        return [_stage(rung, place, opens) for rung in rungs]
    heads, ceiling = sum(line.heads for line in lines), sum(line.ceiling_rupiah for line in lines)
    decreed = rungs[0]
    decreed = Rung(
        decreed.number, decreed.heads, decreed.rupiah,
        budgets.together(lines, heads=decreed.heads - heads, rupiah=decreed.rupiah - ceiling),
    )  # fmt: skip
    budgeted = Stage(t(FIVE["budgeted"]), heads, "#anggaran", figures.rupiah(ceiling))
    return [budgeted, *(_stage(rung, place, opens) for rung in (decreed, *rungs[1:]))]


def _stage(rung: Rung, place: Place, opens: bool) -> Stage:
    def href(side: str = "", reason: str = "") -> str:
        if not opens or side == BOTH or (side and rung.number == NUMBERS[0]):
            return ""
        told = place.address | {"angka": rung.number, "sisi": side, "sebab": reason}
        return f"{reverse('numbers-people')}?" + urlencode({name: value for name, value in told.items() if value})

    reasons = [
        Reason(reason_of(one.side, one.reason), one.heads, href(one.side, one.reason), _signed(one.rupiah))
        for one in rung.differences
    ]
    return Stage(t(FIVE[rung.number]), rung.heads, href(), figures.rupiah(rung.rupiah), reasons)


def _signed(rupiah: int) -> str:
    return ("+" if rupiah > 0 else "−") + figures.rupiah(abs(rupiah)) if rupiah else ""


def _told(one: Difference) -> str:
    """A difference as one line of a table's cell."""
    heads = t("{count} orang", count=abs(one.heads)) if one.heads else ""
    return f"{reason_of(one.side, one.reason)}: " + ", ".join(filter(None, (heads, _signed(one.rupiah))))


def _line_columns(place: Place) -> list[Column]:
    heads = [] if place.whole_year else [word("Orang dianggarkan"), word("Orang ditetapkan")]
    amounts = [word("Pagu setahun"), word("Iuran yang ditetapkan")]
    labels = [word("Mata anggaran"), word("Sumber dana"), *heads, *amounts, word("Selisih dan sebabnya")]
    return headings(*labels, figures=[*heads, *amounts])


def _narrowed(request: HttpRequest, by: str, part: Part) -> str:
    """The same page for that part alone."""
    return same_page(request, **{ASKED_BY[by]: part.key}) if part.key else ""


def _people_of(place: Place, by: str, part: Part) -> str:
    """The list behind a number of that part; the number's own name is still to be put behind it."""
    told = place.address | {ASKED_BY[by]: part.key or NOWHERE, "angka": ""}
    return f"{reverse('numbers-people')}?{urlencode(told)}"


def _choices(area: Area, place: Place) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """The filters that a form offers: name, label, choices, the chosen one."""
    whole = Wanted(place.wanted.first, place.wanted.last)
    offered = [("opd", "opd"), ("dana", "fund"), ("kecamatan", "kecamatan"), ("kelompok", "segment")]
    made = []
    for name, by in offered:
        split = Split(by, area)
        keys = [part.key for part in numbers.parts(area.government.pk, whole, by) if part.key]
        choices = sorted(((key, split.name(key)) for key in keys), key=lambda one: one[1])
        made.append((name, t(SPLIT[by]), choices, place.address.get(name, "")))
    programmes = [(name, name) for name in ORDER]
    return [*made, ("program", t(SPLIT["programme"]), programmes, place.wanted.programme)]


def _people_of_line(place: Place, line: budgets.Line) -> str:
    """The list behind what is decreed under a budget line."""
    told = place.address | {"baris": str(line.line_id), "angka": NUMBERS[0]}
    return f"{reverse('numbers-people')}?{urlencode(told)}"


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Count a month, or the months of a year until now, anew: a job."""
    area = area_of(reader(request))
    place = months_posted(request)
    if place is None:
        return redirect("numbers")
    job = queue.ask(
        "count_months",
        government=area.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"first": str(place[0]), "last": str(place[1])},
    )
    return redirect("job", job_id=job.pk)


def months_posted(request: HttpRequest) -> tuple[Month, Month] | None:
    """The posted month, or year up to this month; None when neither can be read."""
    try:
        first, last = (Month.parse(request.POST.get(name, "")) for name in ("dari", "sampai"))
    except ValueError:
        return None
    today = Month.of(max(timezone.localdate(), date(2015, 7, 1)))
    first, last = max(first, Month(2015, 7)), min(last, max(first, today))
    return (first, last) if first <= last and last.index - first.index < 12 else None
