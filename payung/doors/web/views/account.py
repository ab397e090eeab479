"""What belongs to the reader alone: the own account and its password."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web.forms.password import PasswordForm
from payung.doors.web.pages import reader, show
from payung.doors.web.sessions import FACTOR, begin, needs_factor
from payung.doors.web.translation import t
from payung.office.access import second_factor as factors
from payung.office.access.actions import change_password
from payung.office.places.scope import as_user


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one may change about it."""
    user = reader(request)
    with as_user(user):
        has_factor, codes_left = factors.has_second_factor(user), factors.recovery_codes_left(user)
    content = {
        "has_factor": has_factor,
        "codes_left": codes_left,
        "needs_factor": needs_factor(user),
        "idle": settings.PAYUNG_IDLE_MINUTES,
        "hours": settings.PAYUNG_SESSION_HOURS,
    }
    return show(request, "account.html", content, title=t("Akun saya"))


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The form; after it every session with the old password has ended but this one, which gets a new key."""
    user = reader(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, request=request, user=user)
    changed = form.is_valid()
    if changed:
        change_password(user=user, password=form.cleaned_data["new"], at=timezone.now())
        begin(request, user, factor=bool(request.session.get(FACTOR)))
    crumbs = [(t("Akun saya"), reverse("account"))]
    content = {"form": form, "changed": changed, "given": user.must_change_password}
    return show(request, "password.html", content, title=t("Ubah kata sandi"), crumbs=crumbs)
