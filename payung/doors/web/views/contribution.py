"""The contribution calculator, for everybody: what a month costs, down to the article, and the whole year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.contributions import Asked, answer, other_readings, whole_year, with_reading
from payung.doors.web.forms.contribution import ContributionForm
from payung.doors.web.law_words import CLASSES, GROUPS, PAYERS, SECTORS, place
from payung.doors.web.lawbook import certainty_said, cited, step_shown
from payung.doors.web.office_readings import office_readings, otherwise_said
from payung.doors.web.pages import for_everybody, show
from payung.doors.web.translation import language, t, word
from payung.rules.law.explain import Explanation
from payung.rules.law.figures import LawError, weakest
from payung.rules.law.readings import DEFAULT_READINGS, Readings, UnknownReadingError
from payung.rules.months import Month

CHANGES = {
    "relief_begins": word("keringanan mulai"),
    "relief_ends": word("keringanan berakhir"),
    "jp_ceiling_rupiah": word("batas upah JP baru"),
    "wage_rupiah": word("upah minimum baru"),
    "jkk_rate": word("tarif berubah"),
    "jkm_rate": word("tarif berubah"),
    "jkm_flat_rupiah": word("tarif berubah"),
}
"""Why a month costs other than the one before, by the reasons of contributions.MonthOwed."""


@require_safe
@for_everybody
def contribution(request: HttpRequest) -> HttpResponse:
    """Asked by address alone, so that an answer can be shared: amounts, a month, kinds of people and funds."""
    this_month = Month.of(timezone.localdate())
    form = ContributionForm(request.GET if "kelas" in request.GET else None, month=this_month)
    content: dict[str, object] = {"form": form, "told": None, "on_paper": False}
    if form.is_valid():
        asked = _asked(form.cleaned_data, _readings(request))
        try:
            content |= _answered(request, asked, answer(asked))
        except LawError as refused:
            form.add_error(None, str(refused))
    return show(request, "contribution.html", content, title=t("Hitung iuran"), part="contribution")


def _asked(typed: dict[str, Any], readings: Readings) -> Asked:
    return Asked(
        membership_class=typed["kelas"],
        known=typed["dasar"],
        amount_rupiah=typed["upah"],
        place=typed["wilayah"],
        month=typed["bulan"],
        payer=typed["dana"],
        programmes=tuple(typed["program"]),
        sector=typed["sektor"] or "other",
        group=int(typed["kelompok"] or 1),
        readings=readings,
    )


def _readings(request: HttpRequest) -> Readings:
    """`?bacaan=rounding=up&bacaan=…`; what is no reading is not chosen."""
    try:
        return Readings.parse(request.GET.getlist("bacaan"))
    except UnknownReadingError:
        return DEFAULT_READINGS


def _answered(request: HttpRequest, asked: Asked, told: Explanation) -> dict[str, object]:
    year, base = whole_year(asked), asked.base(asked.month)
    ours = office_readings(request, asked.month)
    said, day = otherwise_said(ours), asked.month.last_day
    return {
        "ours": "; ".join(said.values()) if ours != asked.readings else "",
        "ours_address": _address(request, ours),
        "told": told,
        "on_paper": "cetak" in request.GET,
        "facts_asked": _facts(asked),
        "shares": _shares(asked, told),
        "programmes": [
            (name, owed, [step_shown(step, told.doubts, day) for step in owed.steps])
            for name, owed in told.programmes.items()
        ],
        "jkp": [step_shown(step, told.doubts, day) for step in told.jkp],
        "certainty": certainty_said(weakest([told.certainty, *([base.certainty] if base else [])])),
        "base": base,
        "base_doubt": base.doubt.say(language()) if base and base.doubt else "",
        "links": {text: cited(text, day)
                  for text in (*(doubt.citation for doubt in told.doubts), *([base.citation] if base else []))},
        "others": [(other, _address(request, with_reading(asked.readings, other.doubt.id, other.option)))
                   for other in other_readings(asked, told)],
        "default_address": _address(request, DEFAULT_READINGS) if asked.readings != DEFAULT_READINGS else "",
        "paper_address": f"{request.get_full_path()}&cetak=1",
        "year": [(one, ", ".join(dict.fromkeys(t(CHANGES[reason]) for reason in one.reasons))) for one in year],
        "year_rupiah": sum(one.total_rupiah for one in year),
        "largest_rupiah": max(one.total_rupiah for one in year),
    }  # fmt: skip


def _shares(asked: Asked, told: Explanation) -> list[tuple[str, str]]:
    """Who pays how much: a wage earner's two shares; a member without a wage has one payer."""
    if asked.membership_class == "BPU":
        return [(t("Dibayar {payer}", payer=t(PAYERS[asked.payer])), figures.rupiah(told.total))]
    return [
        (t("Dibayar pemberi kerja"), figures.rupiah(told.employer)),
        (t("Dipotong dari upah pekerja"), figures.rupiah(told.worker)),
    ]


def _facts(asked: Asked) -> list[tuple[str, str]]:
    """What was asked, so that a printed page says it."""
    base = asked.base(asked.month)
    known = figures.rupiah(asked.wage_rupiah(asked.month))
    if base is not None and asked.known == "minimum":
        known = f"{known} ({'UMK' if '.' in asked.place else 'UMP'} {place(asked.place)}, {base.citation})"
    elif base is not None and base.figure is not None:
        known = f"{known} ({figures.number(base.figure.rupiah)} x {figures.rupiah(asked.amount_rupiah)})"
    said = [
        (t("Peserta"), t(CLASSES[asked.membership_class])),
        (t("Upah atau penghasilan sebulan"), known),
        (t("Bulan iuran"), figures.long_month(asked.month)),
        (t("Siapa yang membayar"), t(PAYERS[asked.payer])),
        (t("Program"), ", ".join(asked.programmes)),
    ]
    if asked.membership_class in ("PU", "INTERN"):
        said.append((t("Kelompok risiko JKK"), t(GROUPS[str(asked.group)])))
    if asked.sector != "other":
        said.append((t("Bidang kerja"), t(SECTORS[asked.sector])))
    return said


def _address(request: HttpRequest, readings: Readings) -> str:
    """This address with those readings in place of its own."""
    query = request.GET.copy()
    query.setlist("bacaan", [f"{known}={chosen}" for known, chosen in readings.chosen])
    return f"?{query.urlencode()}"
