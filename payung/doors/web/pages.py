"""How a page is put together: the frame around it, and the pages that refuse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from payung.doors.web import translation
from payung.doors.web.navigation import Entry, entries
from payung.doors.web.rights import allowed
from payung.doors.web.translation import word
from payung.office.access.models import User
from payung.office.places.queries import NoArea, area_of, opds_in
from payung.rules.months import Month

View = Callable[..., HttpResponse]
CRUMB = tuple[str, str]
"""What the step is called, and where it leads."""


KEPT_SECONDS = 300
REFUSALS = {
    "role": word("Tidak berwenang"),
    "area": word("Wilayah kerja belum ditetapkan"),
    "form": word("Isian tidak berlaku lagi"),
    "missing": word("Halaman tidak ditemukan"),
}


@dataclass(frozen=True)
class Frame:
    """Everything around the content. `office` is empty for a user without an area."""

    title: str
    month: Month | None
    office: str
    crumbs: Sequence[CRUMB]
    navigation: Sequence[Entry]
    language: str
    user: User | None
    search: bool


def show(
    request: HttpRequest,
    template: str,
    content: Mapping[str, object],
    *,
    title: str,
    part: str = "",
    month: Month | None = None,
    crumbs: Sequence[CRUMB] = (),
    status: int = 200,
) -> HttpResponse:
    """A whole page: `title` says what it is, `part` which entry of the sidebar it belongs to."""
    frame = _frame(request.user, title=title, part=part, month=month, crumbs=crumbs)
    return render(request, template, {"frame": frame, **content}, status=status)


def posting(back: str, *, keeps_filter: bool = False) -> Callable[[View], View]:
    """For views that are posted to and may show a page: asked plainly (a reload, the language) they lead to `back`.

    `keeps_filter`: with what was asked in the address; never on a page whose form carries somebody's data.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **parts)
            asked = f"?{request.META['QUERY_STRING']}" if keeps_filter and request.META["QUERY_STRING"] else ""
            return redirect(reverse(back, kwargs=parts) + asked)

        return require_http_methods(["GET", "POST"])(guarded)

    return decorate


def for_everybody(view: View) -> View:
    """For pages without anybody's data: a stranger's own browser may keep them for some minutes, nobody else may.

    They carry a form's token and are marked by cookie, so no cache between may hold them; after sign-in no one does.
    """

    @wraps(view)
    def kept(request: HttpRequest, **parts: Any) -> HttpResponse:
        response = view(request, **parts)
        if request.method == "GET" and not isinstance(request.user, User):
            response.headers.setdefault("Cache-Control", f"private, max-age={KEPT_SECONDS}")
        return response

    return kept


def reader(request: HttpRequest) -> User:
    """The signed-in user. Only behind the middleware, which lets nobody else through."""
    assert isinstance(request.user, User), "the table of rights let a stranger in"
    return request.user


def _frame(user: User | AnonymousUser, *, title: str, part: str, month: Month | None, crumbs: Sequence[CRUMB]) -> Frame:
    return Frame(
        title=title,
        month=month,
        office=_office_of(user),
        crumbs=crumbs,
        navigation=entries(user, part),
        language=translation.language(),
        user=user if isinstance(user, User) else None,
        search=allowed(user, "people-search"),
    )


def _office_of(user: User | AnonymousUser) -> str:
    """The government's name, or the one OPD this user sees."""
    if not isinstance(user, User):
        return ""
    try:
        area = area_of(user)
    except NoArea:
        return ""
    if area.opd_ids is not None and len(area.opd_ids) == 1:
        return opds_in(area).values_list("name", flat=True)[0]
    return area.government.name


def refused(request: HttpRequest, *, reason: str, status: int = 403) -> HttpResponse:
    """The page of a refusal or an error; `reason` is a key of REFUSALS."""
    return show(request, "error.html", {"reason": reason}, title=translation.t(REFUSALS[reason]), status=status)
