"""A long list is made in the background, as the same reader would have got it at once."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.doors.web import later
from payung.doors.web.views import decree_lists
from payung.office.access.roles import Role
from payung.office.places.scope import whole_government
from payung.office.places.users import change_role
from tests.office.cast import AT

ASKED = {"bulan": "2022-10", "hitung": "protected", "unduh": "xlsx"}


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.django_db(transaction=True, databases=["default", "progress"])
def test_a_long_list_is_made_in_the_background_once(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(office.cast.admin)
    at_once = rows_of(client.get(reverse("counted"), ASKED).content)
    assert len(at_once) > 3 + 2
    monkeypatch.setattr(later, "AT_ONCE_ROWS", 2)
    asked = client.get(reverse("counted"), ASKED)
    assert asked.status_code == 302 and client.get(reverse("counted"), ASKED)["Location"] == asked["Location"]
    job = work_off(office, kind="page_file")
    page = client.get(asked["Location"]).content.decode()
    assert "Unduh berkasnya" in page and f"{reverse('counted')}?bulan=2022-10&amp;hitung=protected" in page
    assert rows_of(client.get(reverse("job-output", kwargs={"job_id": job.pk})).content) == at_once


@pytest.mark.django_db(transaction=True, databases=["default", "progress"])
def test_who_may_open_the_list_no_more_does_not_get_it_later(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE_ROWS", 2)
    client.force_login(office.narrow)
    asked = client.get(reverse("counted"), ASKED)
    with whole_government(office.cast.government, by=office.cast.admin):
        change_role(
            government=office.cast.government, user_id=office.narrow.pk, role=Role.SPONSOR, by=office.cast.admin, at=AT
        )
    job = work_off(office, kind="page_file")
    with whole_government(office.cast.government):
        job = Job.objects.get(pk=job.pk)
    assert (job.state, job.sealed_output) == (Job.FAILED, None)
    assert "tidak ada lagi" in client.get(asked["Location"]).content.decode()


@pytest.mark.django_db(transaction=True, databases=["default", "progress"])
def test_the_annex_of_very_many_people_is_made_in_the_background(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(office.cast.admin)
    paper = {"amendment_id": office.parts["amendment_id"]}
    address = reverse("amendment-annex", kwargs=paper)
    assert client.get(address).content.startswith(b"%PDF"), "of a few it is made at once"
    monkeypatch.setattr(decree_lists, "AT_ONCE_LINES", 0)
    asked = client.get(address)
    job = work_off(office, kind="page_file")
    assert reverse("amendment", kwargs=paper) in client.get(asked["Location"]).content.decode()
    assert b"".join(client.get(reverse("job-output", kwargs={"job_id": job.pk}))).startswith(b"%PDF")
