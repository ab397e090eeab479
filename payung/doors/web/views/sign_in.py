"""In and out. What a person had typed when a session ended is carried along and offered again."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from payung.doors.web.forms.sign_in import CodeForm, SignInForm
from payung.doors.web.pages import show
from payung.doors.web.sessions import begin, begin_half, half_way
from payung.doors.web.translation import t
from payung.doors.web.vocabulary_users import ROLES
from payung.doors.world import logins
from payung.office.access.actions import record
from payung.office.access.lockout import forget_failures
from payung.office.access.models import User
from payung.office.access.second_factor import has_second_factor
from payung.office.places.queries import NoArea
from payung.office.places.scope import as_user, seen_by

CARRIED = "carried"
NEXT = "next"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; after it the page that was wanted."""
    target = safe_address(request, request.POST.get(NEXT) or request.GET.get(NEXT))
    if request.method == "GET" and request.user.is_authenticated:
        return HttpResponseRedirect(target)
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    carried = request.POST.get(CARRIED, "")
    if request.method == "GET" or not form.is_valid():
        status = 429 if form.has_error("__all__", "locked") else 200
        return _form_page(request, form=form, target=target, carried=carried, status=status)
    user = form.signed_in_user
    with as_user(user):
        if has_second_factor(user):
            begin_half(request, user)
            return _code_page(request, form=CodeForm(None, request=request, user=user), target=target, carried=carried)
    return _enter(request, user, target=target, carried=carried, factor=False)


@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step: the code from the user's own telephone. Without a right password a moment ago, the first."""
    user = half_way(request)
    if user is None or request.method == "GET":
        return redirect("sign-in")
    target, carried = safe_address(request, request.POST.get(NEXT)), request.POST.get(CARRIED, "")
    form = CodeForm(request.POST, request=request, user=user)
    with as_user(user):
        right = form.is_valid()
    if not right:
        status = 429 if form.has_error("code", "locked") else 200
        return _code_page(request, form=form, target=target, carried=carried, status=status)
    return _enter(request, user, target=target, carried=carried, factor=True)


def _code_page(request: HttpRequest, *, form: CodeForm, target: str, carried: str, status: int = 200) -> HttpResponse:
    content = {"form": form, "target": target, "carried": carried}
    return show(request, "sign_in_code.html", content, title=t("Kode masuk"), status=status)


def _enter(request: HttpRequest, user: User, *, target: str, carried: str, factor: bool) -> HttpResponse:
    """Begins the session, then the page that was wanted, or what was typed when the last session ended."""
    begin(request, user, factor=factor)
    _record_sign_in(user, forget_failures(name=user.username))
    if carried:
        fields = parse_qsl(carried, keep_blank_values=True)
        return show(request, "sign_in_resume.html", {"target": target, "fields": fields}, title=t("Lanjutkan"))
    return HttpResponseRedirect(target)


def _record_sign_in(user: User, failed_before: int) -> None:
    """In the user's own area, so that those who watch over it see it; a user without one is recorded as well."""

    def note() -> None:
        told = {"failed_before": failed_before}
        record("sign_in", subject=f"user:{user.pk}", by=user, at=timezone.now(), detail=told)

    try:
        with seen_by(user):
            note()
    except NoArea:
        note()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    if request.user.is_authenticated:
        record("sign_out", subject=f"user:{request.user.pk}", by=request.user, at=timezone.now())
    logout(request)
    return redirect("sign-in")


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page that leads back to where the person is."""
    current = getattr(request, "htmx", None) and request.META.get("HTTP_HX_CURRENT_URL")
    back = current or (request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER"))
    return f"{reverse('sign-in')}?{urlencode({NEXT: safe_address(request, back)})}"


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """A stranger is led to the form; what was posted travels along, except files (they are asked for again)."""
    if request.method != "POST":
        return HttpResponseRedirect(sign_in_address(request))
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    carried = urlencode([field for field in fields if field[0] != "csrfmiddlewaretoken"])
    form = SignInForm(None, request=request)
    return _form_page(request, form=form, target=request.get_full_path(), carried=carried, status=403)


def _form_page(request: HttpRequest, *, form: SignInForm, target: str, carried: str, status: int = 200) -> HttpResponse:
    log_ins = [(user.username, t(ROLES[user.role])) for user in logins.standing()] if settings.PAYUNG_DEMO else []
    content = {
        "form": form, "target": target, "carried": carried, "demo": settings.PAYUNG_DEMO,
        "log_ins": log_ins, "password": logins.PASSWORD, "founded": User.objects.exists(),
    }  # fmt: skip
    return show(request, "sign_in.html", content, title=t("Masuk"), status=status)


def safe_address(request: HttpRequest, address: str | None) -> str:
    """The address when it is ours, else the first page."""
    ours = address and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours and address else reverse(settings.LOGIN_REDIRECT_URL)
