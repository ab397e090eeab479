"""When something does not work: what happened, and what to do next, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from payung.doors.web.pages import refused
from payung.doors.web.translation import language


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this role may not."""
    return refused(request, reason="role")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not in the reader's area."""
    return refused(request, reason="missing", status=404)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: the form was opened before the last sign-in, or comes from elsewhere."""
    return refused(request, reason="form")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too large, forged, or for another address. Asks nothing of the database: nothing of it is believed."""
    return HttpResponse(render_to_string("error_400.html", {"language": language()}), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Asks nothing of the database, which may be what broke."""
    return HttpResponse(render_to_string("error_500.html", {"language": language()}), status=500)
