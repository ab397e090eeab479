"""Verification through its pages and jobs: a list taken in, a paper decided, put in force, handed to enrolment."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.office.agreements.models import Amendment, Entry
from payung.office.enrolment.models import Plan
from payung.office.places.scope import whole_government
from payung.office.verification.models import Candidate, Visit, WorkStatement
from tests.office.pool import Villager, written

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def done(office: Office, kind: str) -> Job:
    """The newest job of that kind, after the worker did it."""
    job = work_off(office, kind=kind)
    with whole_government(office.cast.government):
        job.refresh_from_db()
    return job


def test_a_paper_is_decided_put_in_force_and_becomes_a_plan(client: Client, office: Office) -> None:
    parts = {"amendment_id": office.parts["amendment_id"]}
    client.force_login(office.cast.operator)
    client.post(reverse("amendment-enforce", kwargs=parts))
    assert done(office, "decree_in_force").state == Job.FAILED
    client.force_login(office.cast.admin)
    client.post(reverse("amendment-decide", kwargs=parts), {"putusan": "approve"})
    client.force_login(office.cast.operator)
    client.post(reverse("amendment-enforce", kwargs=parts))
    job = done(office, "decree_in_force")
    assert job.state == Job.DONE, job.message
    with whole_government(office.cast.government):
        assert Amendment.objects.get(pk=parts["amendment_id"]).in_force_at is not None
        assert Entry.objects.count() == 2
        assert Plan.objects.get(pk=job.result["plan_id"]).roster_list.amendment_id == parts["amendment_id"]
    content = client.get(reverse("amendment-annex", kwargs=parts) + "?bentuk=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [1, 2]
    assert all("••••" in str(row[2]) for row in rows), "marks are masked for everybody"


def test_a_list_is_taken_in_and_proposed(client: Client, office: Office) -> None:
    decree = {"decree_id": office.parts["decree_id"]}
    client.force_login(office.cast.operator)
    told = {"list_kind": "candidates", "told_on": "2022-10-01"}
    for number, known in ((1, False), (2, True)):
        file = SimpleUploadedFile(f"desa{number}.csv", written([Villager(71), Villager(72)]))
        client.post(reverse("decree-upload", kwargs=decree), told | {"workbook": file})
        job = done(office, "take_in_list")
        assert (job.state, job.result["people"], job.result["known"]) == (Job.DONE, 2, known), job.message
        assert client.get(reverse("job", kwargs={"job_id": job.pk})).status_code == 200
    paper = {"number": "SK/9", "signed_on": "2022-10-03", "effective_from": "2022-11-01"}
    client.post(reverse("decree-propose", kwargs=decree), paper)
    refused = done(office, "propose_decree")
    assert refused.state == Job.FAILED and "menunggu putusan" in refused.message
    page = client.post(reverse("decree-propose", kwargs=decree), paper | {"effective_from": "2022-11-02"})
    assert "tanggal 1" in page.content.decode()


def test_statements_and_visits_are_recorded_from_the_pages(client: Client, office: Office) -> None:
    decree, candidate = {"decree_id": office.parts["decree_id"]}, {"candidate_id": office.parts["candidate_id"]}
    client.force_login(office.cast.operator)
    signed = {"stated_on": "2022-10-01", "working": "1", "well": "1", "signatory": "Ketua RW 2", "office": "RW 2"}
    nobody = client.post(reverse("candidates-state", kwargs=decree), signed)
    assert "Pilih dulu orangnya" in nobody.content.decode()
    with whole_government(office.cast.government):
        chosen = list(Candidate.objects.values_list("pk", flat=True))
    client.post(reverse("candidates-state", kwargs=decree), signed | {"calon": chosen})
    client.post(reverse("visit", kwargs=candidate), {"visited_on": "2022-10-02", "finding": "died"})
    with whole_government(office.cast.government):
        assert WorkStatement.objects.count() == len(chosen)
        assert Visit.objects.get().visited_on == date(2022, 10, 2)
    assert "Meninggal" in client.get(reverse("candidate", kwargs=candidate)).content.decode()
