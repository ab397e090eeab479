"""A password is more than its user's name, and a long sentence is not taken for one."""

import pytest
from django.core.exceptions import ValidationError

from payung.doors.web.passwords import NameValidator
from payung.office.access.models import User

USER = User(username="siti.rahma", full_name="Siti Rahmawati binti Slamet")


@pytest.mark.parametrize("password", ["sungai tenang sore hari", "siti-dan-kucing-tua", "rahma pulang naik kereta"])
def test_sentences_pass(password: str) -> None:
    NameValidator().validate(password, USER)


@pytest.mark.parametrize("password", ["sitirahmawati", "Rahmawati-2026", "siti.rahma.1990", "Slamet binti Siti"])
def test_little_more_than_the_name_does_not(password: str) -> None:
    with pytest.raises(ValidationError, match="terlalu dekat dengan nama"):
        NameValidator().validate(password, USER)
