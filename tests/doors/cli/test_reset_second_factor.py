"""A lost telephone: the administrator of the server takes the second factor away, and it is recorded."""

import pytest
from django.utils import timezone

from payung.doors.cli.reset_second_factor import reset
from payung.office.access.models import AuditEvent, SecondFactor
from payung.office.access.second_factor import waiting_secret
from payung.office.places.scope import as_user, whole_government
from tests.office.cast import call_cast


@pytest.mark.django_db
def test_it_is_taken_away_once_and_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    cast = call_cast()
    with as_user(cast.treasurer):
        waiting_secret(cast.treasurer)
        SecondFactor.objects.update(confirmed_at=timezone.now())
    assert [reset("treasurer"), reset("treasurer"), reset("tidak-ada")] == [0, 1, 1]
    with as_user(cast.treasurer):
        assert SecondFactor.objects.count() == 0
    with whole_government(cast.government):
        assert AuditEvent.objects.get(deed="remove_second_factor").subject == f"user:{cast.treasurer.pk}"
    said = capsys.readouterr()
    assert "dilepas" in said.out
    assert "tidak ada pengguna" in said.err
