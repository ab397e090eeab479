"""How the government decides: steps, groups, limits and freezes, set by its administrator."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.web.asked import word_asked
from payung.doors.web.forms.approvals import STEP_CHOICES, DeciderForm, FreezeForm, NeededForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import SETTING_REFUSALS
from payung.doors.web.waiting import KINDS
from payung.office.approvals import policy
from payung.office.approvals.policy import NewStep, SettingRefused
from payung.office.approvals.queries import freezes, may_decide_on, steps
from payung.office.places.queries import Area, area_of

COLUMNS = (word("Nama"), word("Tahap"), word("Batas wewenang (rupiah)"))


@dataclass(frozen=True)
class Asked:
    """The forms of the steps of one kind, as they stand or as they were filled in."""

    kind: str
    needed: NeededForm
    deciders: list[DeciderForm]

    def is_valid(self) -> bool:
        return all([self.needed.is_valid(), *(form.is_valid() for form in self.deciders)])

    def steps(self) -> list[NewStep]:
        """The steps that somebody is in, in their order."""
        found = []
        for number, _ in STEP_CHOICES:
            inside = [form for form in self.deciders if form.cleaned_data["step"] == number]
            if inside:
                limits = {form.user.pk: form.cleaned_data["limit"] for form in inside}
                found.append(NewStep(self.needed.cleaned_data[f"needed_{number}"], limits))
        return found


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules as they stand."""
    return _page(request)


def _page(
    request: HttpRequest, *, asked: Asked | None = None, freeze: FreezeForm | None = None, refusal: str = ""
) -> HttpResponse:
    area = area_of(reader(request))
    content = {
        "asked": asked or _asked(request, area, None),
        "columns": headings(*COLUMNS),
        "kinds": KINDS,
        "freezes": freezes(area),
        "freeze": freeze or FreezeForm(None),
        "refusal": refusal,
    }
    return show(request, "approval_rules.html", content, title=t("Aturan persetujuan"), part="waiting")


def _asked(request: HttpRequest, area: Area, data: object) -> Asked:
    kind = word_asked(request, "jenis", tuple(KINDS)) or next(iter(KINDS))
    standing = steps(area, kind)
    places = {user_id: (number, limit) for number, (_, limits) in standing.items() for user_id, limit in limits.items()}
    forms = []
    for user in may_decide_on(kind, area=area):
        step, limit = places.get(user.pk, ("", None))
        forms.append(DeciderForm(data, user=user, initial={"step": step, "limit": limit}))
    needed = {f"needed_{number}": needed for number, (needed, _) in standing.items()}
    return Asked(kind, NeededForm(data, initial=needed or {"needed_1": 1}), forms)


@posting(back="approval-rules")
def set_steps(request: HttpRequest) -> HttpResponse:
    """Put the steps in force; nobody in any step means that any one user with the deed decides."""
    user = reader(request)
    area = area_of(user)
    asked = _asked(request, area, request.POST)
    if not asked.is_valid():
        return _page(request, asked=asked)
    try:
        policy.set_steps(government=area.government, kind=asked.kind, steps=asked.steps(), by=user, at=timezone.now())
    except SettingRefused as refused:
        return _page(request, asked=asked, refusal=t(SETTING_REFUSALS[refused.reason]))
    return redirect("approval-rules")


@posting(back="approval-rules")
def add_freeze(request: HttpRequest) -> HttpResponse:
    """Nothing is approved on some days."""
    user = reader(request)
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return _page(request, freeze=form)
    policy.freeze(government=area_of(user).government, by=user, at=timezone.now(), **form.cleaned_data)
    return redirect("approval-rules")


@require_POST
def lift_freeze(request: HttpRequest, freeze_id: int) -> HttpResponse:
    """End a freeze now; another government's is not there."""
    user = reader(request)
    get_object_or_404(freezes(area_of(user)), pk=freeze_id)
    policy.lift_freeze(freeze_id=freeze_id, by=user, at=timezone.now())
    return redirect("approval-rules")
