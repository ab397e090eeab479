"""What goes by itself: outputs of jobs, kept files; notices of requests; large bills as a job; refusals in English."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from stage import Office, work_off

from payung.doors.jobs import queue
from payung.doors.jobs.expiry import expire, warn
from payung.doors.jobs.models import Job
from payung.doors.jobs.tasks import send_request_notice
from payung.doors.jobs.words import REFUSAL
from payung.doors.web.views import bill as bill_views
from payung.office.access.models import AuditEvent
from payung.office.approvals.policy import set_mailbox
from payung.office.files.models import KeptFile, Row
from payung.office.files.queries import content
from payung.office.places.scope import whole_government
from payung.office.privacy.actions import receive
from payung.office.privacy.models import Request
from payung.office.privacy.retention import job_output_lasts
from payung.office.registry.models import Person
from tests.office.cast import AT

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def bill_job(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch, page: str = "bill-pdf", kind: str = "bill_paper"
) -> Job:
    """A bill printed as a job, as those of many people are."""
    monkeypatch.setattr(bill_views, "AT_ONCE_LINES", 1)
    client.force_login(office.cast.admin)
    address = reverse(page, kwargs={"bill_id": office.parts["bill_id"]})
    assert client.get(address)["Location"] == reverse("bill", kwargs={"bill_id": office.parts["bill_id"]})
    assert client.post(address)["Location"].startswith("/pekerjaan/")
    return work_off(office, kind=kind)


def test_a_large_bill_is_printed_by_the_worker(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    job = bill_job(client, office, monkeypatch)
    assert "Buat PDF" in text(client.get(reverse("bill", kwargs={"bill_id": office.parts["bill_id"]})))
    assert "Unduh berkasnya" in text(client.get(reverse("job", kwargs={"job_id": job.pk})))
    made = client.get(reverse("job-output", kwargs={"job_id": job.pk}))
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")


def test_so_is_its_workbook(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    job = bill_job(client, office, monkeypatch, "bill-excel", "bill_workbook")
    made = client.get(reverse("job-output", kwargs={"job_id": job.pk}))
    assert made.content.startswith(b"PK") and ".xlsx" in made["Content-Disposition"]


def test_a_short_bill_comes_at_once(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    answer = client.get(reverse("bill-pdf", kwargs={"bill_id": office.parts["bill_id"]}))
    assert answer.content.startswith(b"%PDF") and not Job.objects.exists()


def test_an_output_goes_after_its_days_and_the_page_says_so(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = bill_job(client, office, monkeypatch)
    government = office.cast.government
    expire(at=timezone.now() + job_output_lasts() - timedelta(hours=1))
    assert client.get(reverse("job-output", kwargs={"job_id": job.pk})).status_code == 200
    found = expire(at=timezone.now() + job_output_lasts() + timedelta(hours=1))
    assert found[government.pk][0] == 1 and found[office.other.pk] == (0, 0)
    with whole_government(government):
        assert Job.objects.get(pk=job.pk).sealed_output is None
        assert AuditEvent.objects.get(deed="expire_outputs").detail == {"outputs": 1}
    page = text(client.get(reverse("job", kwargs={"job_id": job.pk})))
    assert "sudah dihapus karena lama" in page and "Unduh berkasnya" not in page
    assert client.get(reverse("job-output", kwargs={"job_id": job.pk})).status_code == 404


def test_kept_files_are_emptied_after_their_years_and_their_rows_stay(client: Client, office: Office) -> None:
    government = office.cast.government
    with whole_government(government):
        rows = Row.objects.count()
        full = [file.pk for file in KeptFile.objects.all() if content(file)]
    assert full and expire(at=datetime(2032, 12, 31, 12, tzinfo=UTC))[government.pk][1] == 0
    emptied = expire(at=datetime(2033, 1, 1, 12, tzinfo=UTC))[government.pk][1]
    with whole_government(government):
        assert emptied == len(full)
        assert {content(file) for file in KeptFile.objects.all()} == {b""} and Row.objects.count() == rows
    assert expire(at=datetime(2033, 1, 2, 12, tzinfo=UTC))[government.pk][1] == 0, "once"


def test_a_findings_workbook_of_an_emptied_file_is_refused_in_words(client: Client, office: Office) -> None:
    expire(at=datetime(2033, 1, 1, 12, tzinfo=UTC))
    client.force_login(office.cast.operator)
    asked = client.post(reverse("list-findings", kwargs={"list_id": office.parts["list_id"]}))
    work_off(office, kind="findings_workbook")
    assert "tidak disimpan lagi" in text(client.get(asked["Location"]))


def notices() -> list[dict[str, Any]]:
    found = ProcrastinateJob.objects.filter(task_name="send_request_notice").order_by("id")
    return [job.args for job in found]


def test_the_officer_hears_of_a_request_and_again_when_time_runs_out(client: Client, office: Office) -> None:
    admin = office.cast.admin
    client.force_login(admin)
    address = reverse("request-new", kwargs={"person_id": office.parts["person_id"]})
    client.post(address, {"kind": "access", "wording": "", "handler": admin.pk})
    with whole_government(office.cast.government, by=admin):
        made = Request.objects.latest("pk")
        set_mailbox(address="admin@contoh.example", wanted=True, by=admin, at=AT)
        Request.objects.exclude(pk=made.pk).delete()
    assert [one["running_out"] for one in notices()] == [False]
    assert warn(at=made.due_at - timedelta(hours=25)) == 0
    assert warn(at=made.due_at - timedelta(hours=23)) == 1
    assert warn(at=made.due_at - timedelta(hours=22)) == 0, "once"
    for told in notices():
        send_request_notice(**told)
    assert [one.to for one in mail.outbox] == [["admin@contoh.example"]] * 2
    assert "hampir habis" in mail.outbox[1].body and f"/permintaan/{made.pk}" in mail.outbox[1].body
    with whole_government(office.cast.government):
        name = Person.objects.get(pk=made.person_id).name
    assert not any(name in one.body + one.subject for one in mail.outbox)


def test_no_notice_of_an_answered_request(client: Client, office: Office) -> None:
    admin = office.cast.admin
    with whole_government(office.cast.government, by=admin):
        set_mailbox(address="admin@contoh.example", wanted=True, by=admin, at=AT)
        person = Person.objects.get(pk=office.parts["person_id"])
        made = receive(person=person, kind="access", wording="", handler=admin, by=admin, at=AT)
        Request.objects.filter(pk=made.pk).update(state="granted", closed_by=admin, closed_at=AT)
    send_request_notice(request_id=made.pk, running_out=True, user_id=admin.pk, government_id=office.cast.government.pk)
    assert mail.outbox == []


def test_refusals_are_said_in_the_language_of_whoever_asked(client: Client, office: Office) -> None:
    assert REFUSAL["id"].keys() == REFUSAL["en"].keys()
    with whole_government(office.cast.government, by=office.cast.treasurer):
        job = queue.ask(
            "bill_month", government=office.cast.government, by=office.cast.treasurer, at=timezone.now(),
            arguments={"month": "2022-10"},
        )  # fmt: skip
    type(office.cast.treasurer).objects.filter(pk=office.cast.treasurer.pk).update(language="en")
    work_off(office, pk=job.pk)
    with whole_government(office.cast.government):
        assert Job.objects.get(pk=job.pk).message.startswith("There is nothing to bill for October 2022")
