"""The language switch."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from payung.doors.web.translation import LANGUAGE_COOKIE, LANGUAGES
from payung.doors.web.views.sign_in import safe_address
from payung.office.access.actions import set_language
from payung.office.access.models import User

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language on the user, and in a cookie for the sign-in page; back to where one was."""
    chosen = request.POST.get("language", "")
    if chosen not in LANGUAGES:
        return HttpResponseBadRequest()
    if isinstance(request.user, User):
        set_language(user=request.user, language=chosen, at=timezone.now())
    response = HttpResponseRedirect(safe_address(request, request.POST.get("next")))
    response.set_cookie(
        LANGUAGE_COOKIE,
        chosen,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
