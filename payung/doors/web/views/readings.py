"""How this office reads what is doubtful in the law: seen by all who work here, set by its administrator."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web import figures
from payung.doors.web.components import Happening
from payung.doors.web.forms.reading import ReadingForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.office.agreements.actions import confirm_reading
from payung.office.agreements.models import LawReading
from payung.office.agreements.queries import readings_said
from payung.office.places.queries import area_of
from payung.rules.law.readings import Reading, all_readings
from payung.rules.months import Month

COLUMNS = (word("Aturan yang ragu"), word("Dipakai kantor ini"), word("Sejak bulan iuran"), word("Dasar"))


@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """Every rule that can be read in more than one way, and what this office goes by."""
    said = readings_said(area_of(reader(request)).government.pk)
    content = {
        "columns": headings(*COLUMNS),
        "rows": [
            (one, one.question.say(language()), _words(one, said[name][-1]) if name in said else None,
             one.options[one.default].say(language()))
            for name, one in all_readings().items() if one.options
        ],
    }  # fmt: skip
    title = t("Tafsir aturan di kantor ini")
    return show(request, "readings.html", content, title=title, part="readings", crumbs=_crumbs())


@require_http_methods(["GET", "POST"])
def one_of_them(request: HttpRequest, reading: str) -> HttpResponse:
    """One rule: its options, what was confirmed so far, and the form for another confirmation."""
    rule = all_readings().get(reading)
    if rule is None or not rule.options:
        raise Http404
    user, today = reader(request), Month.of(timezone.localdate())
    government = area_of(user).government
    said = readings_said(government.pk).get(reading, [])
    used = next((row.option for row in reversed(said) if Month.of(row.from_month) <= today), rule.default)
    posted = request.POST if request.method == "POST" else None
    form = ReadingForm(posted, reading=rule, used=used, this_month=today)
    if form.is_valid():
        confirm_reading(
            government=government,
            reading=reading,
            option=form.cleaned_data["option"],
            from_month=form.cleaned_data["month"],
            confirmed_by=form.cleaned_data["confirmed_by"],
            by=user,
            at=timezone.now(),
        )
        return redirect("reading", reading=reading)
    content = {
        "rule": rule,
        "form": form,
        "used": rule.options[used].say(language()),
        "default": rule.options[rule.default].say(language()),
        "happenings": [_happening(rule, row) for row in said],
    }
    crumbs = [*_crumbs(), (t("Tafsir aturan di kantor ini"), reverse("readings"))]
    title = rule.question.say(language())
    return show(request, "reading.html", content, title=title, part="readings", crumbs=crumbs)


def _happening(rule: Reading, row: LawReading) -> Happening:
    option, since, _ = _words(rule, row)
    text = t("{option}, mulai iuran {month}", option=option, month=figures.long_month(since))
    return Happening(timezone.localtime(row.recorded_at), text, row.confirmed_by)


def _words(rule: Reading, row: LawReading) -> tuple[str, Month, str]:
    return rule.options[row.option].say(language()), Month.of(row.from_month), row.confirmed_by


def _crumbs() -> list[tuple[str, str]]:
    return [(t("Peraturan"), reverse("law"))]
