"""An erasure is held against every table with personal fields: a new one cannot be forgotten."""

import re

import pytest
from django.db import models

from payung.office.access.personal import Sort, held, own_models
from payung.office.privacy.erasing import BY_NAME, LEFT, erasures

PERSONAL = [
    model for model in own_models() if any(how.sort in (Sort.PERSONAL, Sort.MARK) for how in held(model).values())
]
CLAIMS = ("claims.Case", "claims.Heir", "claims.Move", "claims.Answer")
BY_FUNCTION = {
    "registry.Job",
    "privacy.Correction",
    "verification.Told",
    "enrolment.Mend",
    "outside.OutsideRow",
    *CLAIMS,
}


@pytest.mark.parametrize("model", PERSONAL, ids=[model._meta.label for model in PERSONAL])
def test_every_table_with_personal_fields_is_taken_or_left_with_a_reason(model: type[models.Model]) -> None:
    places = [set(erasures()), set(BY_NAME), set(LEFT)]
    assert sum(model._meta.label in place for place in places) == 1, (
        f"{model._meta.label}: say in ERASURE beside its room's personal.py what an erasure takes of it"
    )


@pytest.mark.parametrize("model", PERSONAL, ids=[model._meta.label for model in PERSONAL])
def test_what_is_taken_names_every_personal_column(model: type[models.Model]) -> None:
    statement = erasures().get(model._meta.label)
    if statement is None or model._meta.label in BY_FUNCTION:
        return
    for name, how in held(model).items():
        if how.sort in (Sort.PERSONAL, Sort.MARK) and (model.__name__, name) != ("KeptFile", "sha256"):
            assert re.search(rf"\b{name} = ", statement), f"{model._meta.label}.{name} is not taken"


def test_nothing_is_said_of_tables_that_are_gone() -> None:
    assert {*erasures(), *BY_NAME, *LEFT} <= {model._meta.label for model in own_models()}
