"""What the files of a payment unit need besides its people: codes, names of templates, a second person's look."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import PaymentUnit
from payung.office.submissions.models import UnitSetting

TEMPLATES = {
    "template_new": "new",
    "template_continuing": "continuing",
    "template_wage": "wage",
    "template_leaver": "leaver",
}
"""Setting -> the kind of file whose downloaded template it names."""
NAMES = ("kabkota", "contract_kind", "contract_until", "postal_code", "reason_code", "second_person", *TEMPLATES)
_COPY = re.compile(r"(\(\d+\)|_\d{1,2})\.xlsx$", re.IGNORECASE)
_FORMS = {
    "kabkota": r"\d{4}",
    "contract_kind": r"[YT]",
    "contract_until": r"\d{2}-\d{2}-\d{4}",
    "postal_code": r"\d{5}",
    "reason_code": r"[A-Za-z0-9]{1,6}",
    "second_person": r"1",
}


class SettingRefused(Exception):
    """This cannot be: `reason` is `renamed` (a copy of the template), `not_xlsx` or `form`; `name` is the setting."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name, self.reason = name, reason


@transaction.atomic
def set_unit(*, unit: PaymentUnit, values: Mapping[str, str], by: User, at: datetime) -> None:
    """These settings from now on; an empty value takes one away. Raises SettingRefused and NotAllowed."""
    require(by, Deed.SUBMIT)
    told = {name: value.strip() for name, value in values.items()}
    for name, value in told.items():
        _check(name, value)
    before = settings_of(unit)
    changed = {name: value for name, value in told.items() if value != before.get(name, "")}
    UnitSetting.objects.filter(unit=unit, name__in=changed, replaced_at__isnull=True).update(replaced_at=at)
    UnitSetting.objects.bulk_create(
        UnitSetting(government_id=unit.government_id, unit=unit, name=name, value=value, recorded_by=by, recorded_at=at)
        for name, value in changed.items()
        if value
    )
    if changed:
        record("set_unit", subject=f"unit:{unit.pk}", by=by, at=at, detail={"code": sorted(changed)})


def settings_of(unit: PaymentUnit) -> dict[str, str]:
    """The settings in force."""
    return dict(UnitSetting.objects.filter(unit=unit, replaced_at__isnull=True).values_list("name", "value"))


def _check(name: str, value: str) -> None:
    assert name in NAMES, name
    if not value:
        return
    if name in TEMPLATES:
        if not value.lower().endswith(".xlsx") or "/" in value or "\\" in value:
            raise SettingRefused(name, "not_xlsx")
        # SIPP refuses a template that the browser or a person renamed: "x (1).xlsx", "x_1.xlsx".
        if _COPY.search(value):
            raise SettingRefused(name, "renamed")
    elif not re.fullmatch(_FORMS[name], value):
        raise SettingRefused(name, "form")
