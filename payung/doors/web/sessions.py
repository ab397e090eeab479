"""How long a session lives: it ends when nobody works in it, and in any case after a day's work."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from payung.office.access.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGUN, SEEN = "begun", "seen"
NOTED_EVERY = timedelta(minutes=1)
"""A session that is looked at is written at most this often."""


def begin(request: HttpRequest, user: User) -> None:
    """A session of that user under a new key, with its clocks at zero."""
    login(request, user)
    request.session[BEGUN] = request.session[SEEN] = timezone.now().isoformat()


class SessionClockMiddleware:
    """Signs out whoever was idle for too long or signed in too long ago; the page then asks to sign in again.

    A page that asks for itself every second (`HX-Request`) is nobody's work and keeps no session alive.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look(request, timezone.now())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: datetime) -> None:
        session = request.session
        begun, seen = (datetime.fromisoformat(session.get(name) or now.isoformat()) for name in (BEGUN, SEEN))
        idle = timedelta(minutes=settings.PAYUNG_IDLE_MINUTES)
        if now - seen > idle or now - begun > timedelta(hours=settings.PAYUNG_SESSION_HOURS):
            logout(request)
        elif BEGUN not in session or (now - seen > min(NOTED_EVERY, idle / 2) and "HX-Request" not in request.headers):
            session[BEGUN], session[SEEN] = begun.isoformat(), now.isoformat()
