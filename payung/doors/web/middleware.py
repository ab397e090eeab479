"""What surrounds every page: its language, its headers, and who may open it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from payung.doors.web.pages import refused
from payung.doors.web.rights import allowed
from payung.doors.web.translation import LANGUAGE_COOKIE, LANGUAGES
from payung.doors.web.views.sign_in import ask_to_sign_in, sign_in_address
from payung.office.access.models import User
from payung.office.access.roles import NotAllowed
from payung.office.places.queries import NoArea

GetResponse = Callable[[HttpRequest], HttpResponse]
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class LanguageMiddleware:
    """The user's own language; before log-in the one in the cookie; else Indonesian."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        wanted = user.language if isinstance(user, User) else request.COOKIES.get(LANGUAGE_COOKIE)
        with translation.override(wanted if wanted in LANGUAGES else LANGUAGES[0]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", wanted if wanted in LANGUAGES else LANGUAGES[0])
        patch_vary_headers(response, ("Cookie",))
        return response


class SecurityHeadersMiddleware:
    """Nothing from elsewhere, nothing inline, in nobody's frame; pages are kept in no cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SignInRequiredMiddleware:
    """Every page needs what the table in `rights` says; a page without a line there opens for nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None to go on; the sign-in page for strangers; PermissionDenied for the wrong role."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if allowed(request.user, name):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(sign_in_address(request))
        return ask_to_sign_in(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Refusals of the office become a page that says so; everything else stays an error."""
        if isinstance(problem, NoArea):
            return refused(request, reason="area")
        return refused(request, reason="role") if isinstance(problem, NotAllowed) else None
