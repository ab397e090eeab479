"""The second step at sign-in: shown as a picture once, confirmed by its first code, taken away with the password."""

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.web.forms.password import KnownPasswordForm
from payung.doors.web.forms.second_factor import NewCodeForm
from payung.doors.web.forms.sign_in import count_failure, look_patiently
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.sessions import FACTOR, begin, needs_factor
from payung.doors.web.translation import t
from payung.office.access import second_factor as factors
from payung.office.access.models import User
from payung.office.places.scope import as_user

PIXELS_PER_MODULE = 5


@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The picture and the box for the first code; the recovery codes after it; or that it stands."""
    user = reader(request)
    with as_user(user):
        if factors.has_second_factor(user):
            return _page(request, form=KnownPasswordForm(None, request=request, user=user))
        form = NewCodeForm(request.POST if request.method == "POST" else None)
        codes = _confirmed(request, user, form) if form.is_valid() else []
        if codes:
            begin(request, user, factor=True)
            return _page(request, form=form, codes=codes)
        secret = factors.waiting_secret(user)
    drawn = segno.make(factors.address_of(secret, user), micro=False)
    picture = drawn.svg_inline(scale=PIXELS_PER_MODULE, dark="#000", light="#fff")
    return _page(request, form=form, picture=picture, secret=factors.typed_form(secret))


def _confirmed(request: HttpRequest, user: User, form: NewCodeForm) -> list[str]:
    """The recovery codes; none, with the form saying why, when the code was wrong or there were too many."""
    try:
        look_patiently(request, name=user.username)
        return factors.confirm(user=user, code=form.cleaned_data["code"], at=timezone.now())
    except forms.ValidationError as locked:
        form.add_error("code", locked)
    except factors.WrongCode:
        count_failure(request, name=user.username)
        form.add_error("code", t("Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."))
    return []


@posting(back="second-factor")
def remove(request: HttpRequest) -> HttpResponse:
    """With the current password. Whose role needs one is led to add a new one at once."""
    user = reader(request)
    form = KnownPasswordForm(request.POST, request=request, user=user)
    with as_user(user):
        if not form.is_valid():
            return _page(request, form=form)
        factors.remove(user=user, by=user, at=timezone.now())
    request.session[FACTOR] = False
    return redirect("second-factor")


def _page(
    request: HttpRequest, *, form: forms.Form, picture: str = "", secret: str = "", codes: list[str] | None = None
) -> HttpResponse:
    needed = needs_factor(reader(request))
    content = {"form": form, "picture": picture, "secret": secret, "codes": codes, "needed": needed}
    crumbs = [(t("Akun saya"), reverse("account"))]
    return show(request, "second_factor.html", content, title=t("Langkah kedua saat masuk"), crumbs=crumbs)
