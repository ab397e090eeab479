"""A deed of the audit as a reader sees it: in words, its subject with its page, and what its detail says; no marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.rights import allowed
from payung.doors.web.sentences import deed, deed_note
from payung.doors.web.translation import t
from payung.doors.web.vocabulary_audit import COUNTS, DAYS, MONTHS, NAMED_APART, RUPIAH, SUBJECTS, TEXTS
from payung.doors.web.vocabulary_users import ROLES
from payung.office.access.audited import Done
from payung.rules.identity.hiding import hide_marks
from payung.rules.months import Month


@dataclass(frozen=True)
class Line:
    """One line of the page: the deed, its subject and that subject's page, and its note."""

    done: Done
    said: str
    subject: str
    href: str
    note: str


def line(request: HttpRequest, done: Done) -> Line:
    """The deed in the reader's language; the page only when he may open it."""
    return Line(done, deed(done.deed), subject_said(done.subject), _page(request, done.subject), note_said(done))


def subject_said(subject: str) -> str:
    """ "tagihan 12"; a subject that is no record of its own is only called by its kind."""
    kind, _, number = subject.partition(":")
    if kind not in SUBJECTS:
        return subject
    called = t(SUBJECTS[kind][0])
    return called if kind in NAMED_APART or not number else f"{called} {number}"


def note_said(done: Done) -> str:
    """What the detail says, as far as there are words for it."""
    if done.redacted:
        return t("isinya sudah dikosongkan")
    return hide_marks("; ".join(_facts(done.detail)))


def _page(request: HttpRequest, subject: str) -> str:
    kind, _, number = subject.partition(":")
    _, page, part = SUBJECTS.get(kind, ("", "", ""))
    if not page or not allowed(request.user, page):
        return ""
    if not part:
        return reverse(page)
    return reverse(page, kwargs={part: int(number)}) if number.isdecimal() else ""


def _facts(detail: Mapping[str, Any]) -> Iterator[str]:
    if purpose := deed_note({"note": "", **detail}):
        yield purpose
    if detail.get("role") in ROLES:
        yield " → ".join(t(ROLES[one]) for one in (detail.get("before"), detail["role"]) if one in ROLES)
    for name, value in detail.items():
        if name in MONTHS and value:
            yield f"{t(MONTHS[name])} {figures.short_month(Month.parse(str(value)))}"
        elif name in DAYS and value:
            yield f"{t(DAYS[name])} {figures.short_date(date.fromisoformat(str(value)))}"
        elif name in RUPIAH and value is not None:
            yield figures.rupiah(int(value))
        elif name in COUNTS and type(value) is int:
            yield f"{t(COUNTS[name])}: {figures.number(value)}"
        elif name in TEXTS and value:
            yield f"{t(TEXTS[name])}: {value}"
