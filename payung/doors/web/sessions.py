"""How long a session lives: it ends when nobody works in it, and in any case after a day's work."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from payung.office.access.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGUN, SEEN, FACTOR, HALF = "begun", "seen", "second_factor", "half"
HALF_WAY = timedelta(minutes=5)
"""How long a right password waits for its code."""
ALWAYS_OPEN = frozenset({"password", "sign-out", "sign-in", "language"})
OPEN_BEFORE = {"password": ALWAYS_OPEN, "second-factor": ALWAYS_OPEN | {"second-factor", "second-factor-remove"}}
"""What somebody may open who must first go to that page."""
NOTED_EVERY = timedelta(minutes=1)
"""A session that is looked at is written at most this often."""


def begin(request: HttpRequest, user: User, *, factor: bool) -> None:
    """A session of that user under a new key, with its clocks at zero; `factor`: whether a code was given too."""
    request.session.pop(HALF, None)
    login(request, user)
    request.session[FACTOR] = factor
    request.session[BEGUN] = request.session[SEEN] = timezone.now().isoformat()


def begin_half(request: HttpRequest, user: User) -> None:
    """The password was right, the code is still to come: nobody is signed in yet."""
    request.session.cycle_key()
    request.session[HALF] = [user.pk, timezone.now().isoformat()]


def half_way(request: HttpRequest) -> User | None:
    """Whose password was right a moment ago, if anybody's."""
    user_id, at = request.session.get(HALF) or (None, "")
    if user_id is None or timezone.now() - datetime.fromisoformat(at) > HALF_WAY:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()


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


class FirstThingsMiddleware:
    """Leads to what must be done before anything else: a password of one's own, then the second factor of the role."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None to go on."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        first = self._first(request)
        if not first or name in OPEN_BEFORE[first]:
            return None
        address = reverse(first)
        return HttpResponseClientRedirect(address) if "HX-Request" in request.headers else HttpResponseRedirect(address)

    def _first(self, request: HttpRequest) -> str:
        """The page that comes first for this reader; empty when nothing is owed."""
        user = request.user
        if not isinstance(user, User):
            return ""
        if user.must_change_password:
            return "password"
        return "second-factor" if needs_factor(user) and not request.session.get(FACTOR) else ""


def needs_factor(user: User) -> bool:
    """Whether the role of this user must sign in with a second factor."""
    return user.role in settings.PAYUNG_SECOND_FACTOR_ROLES
