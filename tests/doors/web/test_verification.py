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
from payung.office.access.actions import add_user
from payung.office.access.roles import Role
from payung.office.agreements.models import Amendment, Entry
from payung.office.enrolment.models import Plan
from payung.office.places.actions import grant_area
from payung.office.places.scope import whole_government
from payung.office.verification.models import Candidate, Visit, WorkStatement
from tests.browser import PASSWORD
from tests.office.cast import AT
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


def test_a_village_officer_sees_the_programme_its_papers_and_the_own_people(client: Client, office: Office) -> None:
    village, chosen = "32.73.06.1001", office.parts["candidate_id"]
    with whole_government(office.cast.government):
        Candidate.objects.filter(pk=chosen).update(kecamatan_code=village[:8], desa_code=village)
        officer = add_user(
            username="lurah", full_name="Lurah", role=Role.VILLAGE_OFFICER, password=PASSWORD, by=None, at=AT
        )  # fmt: skip
        grant_area(user=officer, government=office.cast.government, opd=None, village_code=village, by=None, at=AT)
    client.force_login(officer)
    decree, paper = {"decree_id": office.parts["decree_id"]}, {"amendment_id": office.parts["amendment_id"]}
    assert reverse("decree", kwargs=decree) in client.get(reverse("decrees")).content.decode()
    for name in ("decree", "decree-list", "candidates", "village-status", "candidate-new"):
        assert client.get(reverse(name, kwargs=decree)).status_code == 200, name
    assert "menunggu persetujuan" in client.get(reverse("decree-list", kwargs=decree)).content.decode()
    assert client.get(reverse("amendment", kwargs=paper)).content.decode().count("verval/calon/") <= 1
    assert client.get(reverse("candidate", kwargs={"candidate_id": chosen})).status_code == 200
    home = client.get(reverse("home")).content.decode()
    assert reverse("village-status", kwargs=decree) in home and "Mulailah dengan mengunggah" not in home


def test_a_candidate_proposed_by_mistake_is_taken_back_and_proposed_again(client: Client, office: Office) -> None:
    pool = reverse("candidates", kwargs={"decree_id": office.parts["decree_id"]})
    with whole_government(office.cast.government):
        found = Candidate.objects.filter(decree_id=office.parts["decree_id"]).order_by("pk")
        named, free = [reverse("candidate", kwargs={"candidate_id": one.pk}) for one in (found[0], found[2])]
    client.force_login(office.cast.operator)
    refused = client.post(f"{named}/tarik", {"reason": "mistyped"}).content.decode()
    assert "sudah ada di daftar SK" in refused and "Tarik kembali usulan ini" not in refused
    assert "3 menjadi 2" in client.get(free).content.decode()
    assert "Pilih dulu alasannya" in client.post(f"{free}/tarik", {}).content.decode()
    client.post(f"{free}/tarik", {"reason": "declined"})
    shown = client.get(free).content.decode()
    assert "orangnya tidak bersedia" in shown and "Catat pernyataan" not in shown
    assert free not in client.get(pool).content.decode()
    assert free in client.get(f"{pool}?hasil=taken_back").content.decode()
    client.post(f"{free}/tarik", {"langkah": "lagi"})
    assert free in client.get(pool).content.decode()


def test_what_was_written_stays_where_a_statement_is_refused(client: Client, office: Office) -> None:
    decree, chosen = {"decree_id": office.parts["decree_id"]}, office.parts["candidate_id"]
    client.force_login(office.cast.operator)
    signed = {"stated_on": "2999-10-01", "working": "1", "well": "0", "signatory": "Ketua RW 2", "office": "RW 2"}
    told = signed | {"calon": chosen}
    pool = client.post(reverse("candidates-state", kwargs=decree) + "?hasil=valid", told).content.decode()
    assert "belum tiba" in pool and f'value="{chosen}" checked' in pool and "Ketua RW 2" in pool
    assert "hasil=valid" in pool, "the filter stays"
    alone = client.post(reverse("candidates-state", kwargs=decree), told | {"kembali": "calon"}).content.decode()
    assert "belum tiba" in alone and "Ketua RW 2" in alone and 'value="valid"' not in alone
    done = client.post(reverse("candidates-state", kwargs=decree), told | {"stated_on": "2022-10-01"})
    assert "untuk 1 orang dicatat" in client.get(done["Location"]).content.decode()


def test_a_mistyped_nik_is_told_before_anybody_is_proposed(client: Client, office: Office) -> None:
    page = reverse("candidate-new", kwargs={"decree_id": office.parts["decree_id"]})
    client.force_login(office.cast.operator)
    told = {"name": "Sintetis", "birth_date": "1989-06-12", "sex": "L", "job": "Petani", "village": "32.73.06.1001"}
    for typed, said in (("3273 0612 0689 000", "Tertulis 15 angka"), ("3273061206890000", "tidak mungkin sebuah NIK")):
        assert said in client.post(page, told | {"nik": typed}).content.decode()
    with whole_government(office.cast.government):
        assert not Candidate.objects.filter(name="Sintetis").exists()
