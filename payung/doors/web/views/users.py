"""Who works in this government: added, changed, let out, by its administrator."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web.components import Happening
from payung.doors.web.forms.users import AreaForm, NewUserForm, RoleForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.sentences import deed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_users import ROLES, USER_DEEDS, USER_REFUSALS
from payung.office.access.queries import history
from payung.office.places import users as office
from payung.office.places.models import UserArea
from payung.office.places.queries import Colleague, area_of, colleagues
from payung.office.places.users import UserRefused
from payung.rules.identity import regions

COLUMNS = (word("Nama"), word("Nama pengguna"), word("Peran"), word("Wilayah"), word("Keadaan"), word("Terakhir masuk"))


@require_safe
def all_users(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    government = area_of(reader(request)).government
    content = {
        "columns": headings(*COLUMNS),
        "colleagues": [(one, _role(one), [said_area(area) for area in one.areas]) for one in colleagues(government)],
    }
    return show(request, "users.html", content, title=t("Pengguna"), part="users")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form; after it the password, which is shown this once."""
    user = reader(request)
    government = area_of(user).government
    form = NewUserForm(request.POST if request.method == "POST" else None, government=government)
    content: dict[str, Any] = {"form": form, "user": None}
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("username", "full_name", "role", "area")}
        try:
            made, password = office.admit(government=government, by=user, at=timezone.now(), **told)
        except UserRefused as refused:
            form.add_error("username" if refused.reason == "name_taken" else None, t(USER_REFUSALS[refused.reason]))
        else:
            content |= {"user": made, "password": password, "sign_in": request.build_absolute_uri(reverse("sign-in"))}
    return show(request, "user_new.html", content, title=t("Tambah pengguna"), part="users", crumbs=_crumbs())


@require_safe
def one_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """The facts, what may be done, and what was done."""
    return _page(request, user_id)


def _page(request: HttpRequest, user_id: int, *, told: str = "", tone: str = "proof", **more: Any) -> HttpResponse:
    government = area_of(reader(request)).government
    found = next((one for one in colleagues(government) if one.user.pk == user_id), None)
    if found is None:
        raise Http404
    content = {
        "found": found,
        "role": _role(found),
        "areas": [(area, said_area(area)) for area in found.areas],
        "own": found.user == request.user,
        "elsewhere": office.works_elsewhere(found.user),
        "role_form": RoleForm(initial={"role": found.user.role}),
        "area_form": AreaForm(government=government),
        "told": told,
        "tone": tone,
        "password": "",
        "sign_in": request.build_absolute_uri(reverse("sign-in")),
        "happenings": [
            Happening(done.at, deed(done.deed), by=done.by)
            for done in reversed(history(f"user:{user_id}"))
            if done.deed in USER_DEEDS
        ],
        **more,
    }
    return show(request, "user.html", content, title=found.user.full_name, part="users", crumbs=_crumbs())


def _done(request: HttpRequest, user_id: int, verb: Callable[..., Any], **told: Any) -> Any:
    """The verb on that user of the reader's government. Raises UserRefused."""
    user = reader(request)
    government = area_of(user).government
    return verb(government=government, user_id=user_id, by=user, at=timezone.now(), **told)


def _deed(request: HttpRequest, user_id: int, verb: Callable[..., Any], **told: Any) -> HttpResponse:
    """The same, then the user's page again, or why it was refused."""
    try:
        _done(request, user_id, verb, **told)
    except UserRefused as refused:
        return _refused(request, user_id, refused)
    return redirect("user", user_id=user_id)


def _refused(request: HttpRequest, user_id: int, refused: UserRefused) -> HttpResponse:
    return _page(request, user_id, told=t(USER_REFUSALS[refused.reason]), tone="loss")


@posting(back="user")
def change_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, user_id, role_form=form)
    return _deed(request, user_id, office.change_role, role=form.cleaned_data["role"])


@posting(back="user")
def add_area(request: HttpRequest, user_id: int) -> HttpResponse:
    """One more area."""
    form = AreaForm(request.POST, government=area_of(reader(request)).government)
    if not form.is_valid():
        return _page(request, user_id, area_form=form)
    return _deed(request, user_id, office.add_area, area=form.cleaned_data["area"])


@posting(back="user")
def take_area(request: HttpRequest, user_id: int) -> HttpResponse:
    """One area less."""
    number = request.POST.get("wilayah", "")
    return _deed(request, user_id, office.take_area, area_id=int(number) if _is_number(number) else 0)


@posting(back="user")
def set_active(request: HttpRequest, user_id: int) -> HttpResponse:
    """Out, or in again."""
    return _deed(request, user_id, office.set_active, active=request.POST.get("aktif") == "1")


@posting(back="user")
def renew_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new password, shown this once."""
    try:
        password = _done(request, user_id, office.renew_password)
    except UserRefused as refused:
        return _refused(request, user_id, refused)
    return _page(request, user_id, password=password)


@posting(back="user")
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """For whoever lost the telephone."""
    try:
        removed = _done(request, user_id, office.reset_second_factor)
    except UserRefused as refused:
        return _refused(request, user_id, refused)
    said = t("Langkah kedua dilepas. Ia masuk dengan kata sandi, lalu memasang yang baru.")
    return _page(request, user_id, told=said if removed else t("Pengguna ini tidak memakai langkah kedua."))


def said_area(area: UserArea) -> str:
    """An area in words."""
    if area.opd is not None:
        return area.opd.name
    if area.own_pledges:
        return t("hanya yang ditanggung sendiri")
    if area.village_code is None:
        return t("seluruh pemerintah daerah")
    name = regions.name_of(area.village_code) or area.village_code
    kecamatan = area.village_code[: len("32.73.06")]
    if kecamatan == area.village_code:
        return t("Kecamatan {name}", name=name)
    return t("{name}, Kecamatan {kecamatan}", name=name, kecamatan=regions.name_of(kecamatan) or kecamatan)


def _role(one: Colleague) -> str:
    return t(ROLES[one.user.role])


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < len(str(2**63))


def _crumbs() -> list[tuple[str, str]]:
    return [(t("Pengguna"), reverse("users"))]
