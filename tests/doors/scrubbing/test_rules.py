"""Every personal field has its twin; a new one without stops the copy."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from payung.doors.scrubbing.rules import DROPPED, NoTwin, rules_of
from payung.office.access import personal
from payung.office.access.personal import Sort, held, own_models

MODELS = [model for model in own_models() if model.__name__ not in DROPPED]


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_every_personal_field_has_a_rule_and_no_other_is_touched(model: type[models.Model]) -> None:
    ruled = set(rules_of(model))
    personal_ones = {name for name, how in held(model).items() if how.sort in (Sort.MARK, Sort.PERSONAL)}
    assert ruled == {str(model._meta.get_field(name).column) for name in personal_ones}  # type: ignore[union-attr]  # fields of ours all have a column


@isolate_apps("payung.office.registry")
def test_a_field_without_a_twin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Newcomer(models.Model):
        nickname = models.TextField()

        class Meta:
            app_label = "registry"
            managed = False

    from payung.office.registry import personal as room

    monkeypatch.setattr(room, "FIELDS", {"Newcomer": {"nickname": personal.PERSONAL}})
    with pytest.raises(NoTwin, match=r"registry\.Newcomer\.nickname"):
        rules_of(Newcomer)
