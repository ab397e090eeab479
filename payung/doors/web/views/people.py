"""People: found by name or NIK, and one person's page. No identity mark ever stands in an address."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import Known, day_asked, known_asked
from payung.doors.web.components import CELL_MARKS, Column, Happening, MonthState, calendar_years
from payung.doors.web.forms.purpose import PurposeForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.sentences import cover_reason, deed, deed_note, payer_elsewhere
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import CELLS, COVER_STATES
from payung.office.access.purposes import Purpose, record_look
from payung.office.access.queries import history
from payung.office.billing.queries import billed_of
from payung.office.coverage.queries import Cover, State, cover_on, strip
from payung.office.enrolment.elsewhere import ask_for_person
from payung.office.places.queries import area_of
from payung.office.registry.aliases import survivor_of
from payung.office.registry.models import Person
from payung.office.registry.queries import LIMIT, PersonFacts, facts, search, visible
from payung.rules.law.membership import grace_months
from payung.rules.months import Month

MARKS = ("nik", "kk", "kpj", "phone")
STRIP_YEARS = 6


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Search first: there is no browsing of people."""
    return show(request, "people.html", {"asked": None}, title=t("Cari peserta"), part="people")


@posting(back="people")
def find(request: HttpRequest) -> HttpResponse:
    """What was typed, never in an address; a single hit opens at once."""
    asked = request.POST.get("q", "").strip()[:100]
    found = search(area_of(reader(request)), asked)
    if len(found) == 1:
        return redirect("person", person_id=found[0].id)
    content = {
        "asked": asked,
        "found": found,
        "cut": len(found) == LIMIT,
        "columns": [Column(t("Nama")), Column("NIK"), Column(t("Lahir")), Column(t("OPD"))],
    }
    return show(request, "people.html", content, title=t("Cari peserta"), part="people")


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Facts, covered months, cover on a day, and everything that happened."""
    return _person_page(request, person_id, marks_open=False)


@posting(back="person")
def open_marks(request: HttpRequest, person_id: int) -> HttpResponse:
    """The same page with the marks in clear, once the purpose is told; recorded with it."""
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person_id, marks_open=False, purpose=form)
    response = _person_page(request, person_id, marks_open=True)
    record_look(
        subject=f"person:{person_id}",
        purpose=Purpose(form.cleaned_data["purpose"]),
        note=form.cleaned_data["note"],
        by=reader(request),
        at=timezone.now(),
    )
    return response


@posting(back="person")
def ask_elsewhere(request: HttpRequest, person_id: int) -> HttpResponse:
    """Whether another government pays for this person from this month on; each question is recorded."""
    get_object_or_404(visible(area_of(reader(request))), pk=person_id)
    month = Month.of(timezone.localdate()).first_day
    found = ask_for_person(person_id, since=month, at=timezone.now())
    return _person_page(request, person_id, marks_open=False, elsewhere=[payer_elsewhere(one) for one in found])


def _person_page(
    request: HttpRequest,
    person_id: int,
    *,
    marks_open: bool,
    purpose: PurposeForm | None = None,
    elsewhere: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    then, area = known_asked(request), area_of(reader(request))
    try:
        known = facts(area, person_id, known_at=then.at)
    except Person.DoesNotExist as missing:
        raise Http404 from missing
    survivor = survivor_of(person_id)
    if survivor != person_id and visible(area).filter(pk=survivor).exists():
        return redirect("person", person_id=survivor)
    day = day_asked(request, otherwise=timezone.localdate())
    first_year = _first_year(known, day)
    content = {
        "known": known,
        "marks": {name: _mark(getattr(known, name), marks_open=marks_open) for name in MARKS},
        "marks_open": marks_open,
        "may_open_marks": allowed(request.user, "person-marks"),
        "purpose": purpose or PurposeForm(),
        "elsewhere": elsewhere,
        "day": day,
        "then": then,
        "covers": [
            (cover, COVER_STATES[cover.state.value], _why(cover), _doubt(cover))
            for cover in cover_on(person_id, day, known_at=then.at)
        ],
        "never": COVER_STATES[State.NEVER.value],
        "years": [_strip(membership_id, first_year, day.year, then) for membership_id in known.membership_ids],
        "cell_names": {code: t(text) for code, text in CELLS.items()},
        "cell_marks": CELL_MARKS,
        "happenings": _happenings(known, then),
    }
    crumbs = [(t("Cari peserta"), reverse("people"))]
    return show(request, "person.html", content, title=known.name, part="people", crumbs=crumbs)


def _mark(mark: str | None, *, marks_open: bool) -> str:
    return (mark or figures.NOTHING) if marks_open else figures.masked(mark)


def _strip(membership_id: int, first: int, last: int, then: Known) -> list[tuple[int, list[tuple[Month, MonthState]]]]:
    cells = strip(membership_id, Month(first, 1), Month(last, 12), known_at=then.at)
    return calendar_years({month: cell.value for month, cell in cells})


def _first_year(known: PersonFacts, day: date) -> int:
    """The strip begins with the first job, and shows at most STRIP_YEARS years up to the day asked about."""
    begun = min((job.from_month.year for job in known.jobs), default=day.year)
    return max(min(begun, day.year), day.year - STRIP_YEARS + 1)


def _why(cover: Cover) -> list[str]:
    return [cover_reason(reason) for reason in cover.reasons]


def _doubt(cover: Cover) -> str:
    """Why the law is not certain here, in the reader's language; empty when it is."""
    if not cover.doubt:
        return ""
    return grace_months(cover.membership_class, Month.of(cover.day)).doubt.say(language())


def _happenings(known: PersonFacts, then: Known) -> list[Happening]:
    """Jobs, bills, proofs and deeds, the newest first; as far as they were recorded then."""
    jobs = [Happening(job.from_month, t("Bekerja di {opd}", opd=job.opd), note=job.post or "") for job in known.jobs]
    billed = billed_of(known.id, known_at=then.at)
    bills = [
        Happening(
            line.for_month,
            t("Iuran {month}: {amount}", month=Month.of(line.for_month), amount=figures.rupiah(line.total_rupiah)),
            by=line.bill.number,
            note=t("terbukti diposting") if posted else t("belum terbukti"),
            tone="proof" if posted else "wait",
        )
        for line, posted in billed
    ]
    deeds = [
        Happening(done.at, deed(done.deed), by=done.by, note=deed_note(done.detail))
        for done in history(*(f"person:{key}" for key in (known.id, *(key for key, _ in known.also))))
        if then.at is None or done.at <= then.at
    ]
    return _newest_first([*jobs, *bills, *deeds])


def _newest_first(happenings: Sequence[Happening]) -> list[Happening]:
    def moment(one: Happening) -> datetime:
        if isinstance(one.at, datetime):
            return one.at
        return datetime.combine(one.at, time.min, tzinfo=timezone.get_current_timezone())

    return sorted(happenings, key=moment, reverse=True)
