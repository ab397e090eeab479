"""An office sets the reading that its branch confirmed, and its bills go by it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.access.models import AuditEvent
from payung.office.agreements.models import LawReading
from payung.office.agreements.queries import readings_of
from payung.office.places.scope import whole_government
from payung.rules.months import Month

pytestmark = pytest.mark.django_db
LETTER = "KC Bandung, surat B/12/062026"


def address(reading: str = "pp50-tpp") -> str:
    return reverse("reading", kwargs={"reading": reading})


def confirm(client: Client, office: Office, **told: str) -> int:
    """Posts the form for January of the running year; the status that came back."""
    page = client.get(address()).content.decode()
    month = re.findall(r'<option value="(\d{4}-01)"', page)[0]
    answer = client.post(address(), {"option": "excluded", "month": month, "confirmed_by": LETTER, **told})
    return answer.status_code


def said(office: Office) -> str:
    with whole_government(office.cast.government):
        return readings_of(office.cast.government.pk).on(Month(2099, 1))["pp50-tpp"]


def test_what_the_branch_confirmed_is_used_from_then_on_and_told(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert said(office) != "excluded"
    assert confirm(client, office) == 302
    assert said(office) == "excluded"
    page = client.get(address()).content.decode()
    assert LETTER in page
    assert LETTER in client.get(reverse("readings")).content.decode()
    with whole_government(office.cast.government):
        assert AuditEvent.objects.filter(deed="confirm_reading").count() == 1


@pytest.mark.parametrize(
    "told", [{"confirmed_by": ""}, {"confirmed_by": "kata petugas"}, {"option": "whatever"}, {"month": "1999-01"}]
)
def test_hearsay_and_unknown_options_are_refused(client: Client, office: Office, told: dict[str, str]) -> None:
    client.force_login(office.cast.admin)
    assert confirm(client, office, **told) == 200
    with whole_government(office.cast.government):
        assert not LawReading.objects.exists()


def test_a_rule_without_a_choice_has_no_page(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert client.get(address("benefit-rounding")).status_code == 404
    assert client.get(address("no-such-rule")).status_code == 404


def test_only_the_administrator_sets_it(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    assert client.get(reverse("readings")).status_code == 200
    assert client.post(address(), {"option": "excluded", "month": "2026-01", "confirmed_by": LETTER}).status_code == 403
