"""What each stored field holds about a person, in the words of UU 27/2022 (art. 4); and this room's own fields.

Every room says it beside its models, in `personal.py`, as `FIELDS[model][field]`. Keys and references are
opaque ids and are not sorted; every other field is, or a test fails. Sealing anew and the answer to a person's
request go by this one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module

from django.apps import apps
from django.db import models


class Sort(Enum):
    """MARK: an identity mark, or content that may hold one, sealed. SENSITIVE: specific data (wages and what tells
    them, health, children). PERSONAL: anything else about a person. PLAIN: about no person."""

    MARK = "mark"
    SENSITIVE = "sensitive"
    PERSONAL = "personal"
    PLAIN = "plain"


@dataclass(frozen=True)
class Held:
    """How a field is sorted; `kind` is what it is sealed as."""

    sort: Sort
    kind: str = ""


PLAIN = Held(Sort.PLAIN)
PERSONAL = Held(Sort.PERSONAL)
SENSITIVE = Held(Sort.SENSITIVE)


def mark(kind: str) -> Held:
    """A sealed mark of that kind, or sealed content that may hold marks of anybody."""
    return Held(Sort.MARK, kind=kind)


def plain(names: str) -> dict[str, Held]:
    """Several fields that are about no person."""
    return dict.fromkeys(names.split(), PLAIN)


def sensitive(names: str) -> dict[str, Held]:
    """Several fields of specific data in clear."""
    return dict.fromkeys(names.split(), SENSITIVE)


Fields = Mapping[str, Mapping[str, Held]]

FIELDS: Fields = {
    "User": {
        "username": PERSONAL,
        "full_name": PERSONAL,
        "password": PERSONAL,
        **plain("role language is_active must_change_password last_login"),
    },
    # The detail of a deed never carries marks; a purpose typed by hand may speak of somebody.
    "AuditEvent": {
        "detail": PERSONAL,
        "origin": PERSONAL,
        **plain("at deed subject government_id salt redacted_at"),
    },
    "AuditLink": plain("chain position event_id payload_hash link"),
    "AuditHead": plain("position link"),
    "SignInFailures": plain("failures last_at locked_until"),
    "SecondFactor": {"secret_sealed": mark("second_factor"), **plain("confirmed_at last_step")},
    "RecoveryCode": plain("code_hash used_at"),
    # Names of users stand in it; of workers nothing does.
    "RowChange": {
        "before": PERSONAL,
        "after": PERSONAL,
        "origin": PERSONAL,
        **plain("at user_id government_id table_name record_id"),
    },
}


def own_models() -> list[type[models.Model]]:
    """The models of Payung's own apps."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("payung.")
        for model in config.get_models(include_auto_created=True)
    ]


def data_fields(model: type[models.Model]) -> list[str]:
    """The fields that must be sorted: all but the key and references to other rows."""
    return [field.name for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation]


def held(model: type[models.Model]) -> Mapping[str, Held]:
    """How the fields of a model are sorted. Raises LookupError for a model that its room has forgotten."""
    config = apps.get_app_config(model._meta.app_label)
    declared: Fields = import_module(f"{config.name}.personal").FIELDS
    try:
        return declared[model.__name__]
    except KeyError:
        raise LookupError(f"{config.name}.personal does not sort {model.__name__}") from None
