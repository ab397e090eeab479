"""Every field of every model is sorted as personal or not; a new one cannot be forgotten."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from payung.office.access.personal import Sort, data_fields, held, own_models

MODELS = own_models()
NAMES = [model._meta.label for model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_field_is_sorted_and_no_other(model: type[models.Model]) -> None:
    assert set(held(model)) == set(data_fields(model)), f"{model._meta.label}: beside the models, in personal.py"


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_sealed_columns_are_the_marks_and_only_they(model: type[models.Model]) -> None:
    for name, sorted_as in held(model).items():
        binary = isinstance(model._meta.get_field(name), models.BinaryField)
        assert (sorted_as.sort is Sort.MARK) == ("sealed" in name) == bool(sorted_as.kind), name
        assert binary or sorted_as.sort is not Sort.MARK, name


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_what_sounds_personal_is_not_called_plain(model: type[models.Model]) -> None:
    telling = ("birth", "phone", "mother", "nik", "kk", "kpj", "wage_paid", "wage_reported", "comment", "file_name")
    for name, sorted_as in held(model).items():
        if name.startswith(telling) and name != "nik_confirmed":
            assert sorted_as.sort is not Sort.PLAIN, name


@isolate_apps("payung.office.registry")
def test_a_forgotten_model_is_named() -> None:
    class Forgotten(models.Model):
        class Meta:
            app_label = "registry"
            managed = False

    with pytest.raises(LookupError, match="Forgotten"):
        held(Forgotten)
