"""The monthly sheet in the browser's place: asked for, downloaded, filled in, uploaded, accepted by group."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.doors.jobs.queue import output
from payung.office.enrolment.models import Plan
from payung.office.places.scope import whole_government
from tests.doors.web.test_lists_at_work import text
from tests.doors.web.test_work import upload_fields
from tests.office.test_monthly import filled

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def test_from_an_empty_sheet_to_a_plan_of_what_was_accepted(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    asked = {"agreement": office.cast.agreement.pk, "opd": office.cast.works.pk, "month": "2022-11"}
    page = client.post(reverse("monthly-sheet"), asked)
    made = work_off(office)
    assert "Unggah lembar yang sudah diisi" in text(client.get(page["Location"]))
    _, sheet = output(str(made.pk), government=office.cast.government)
    told = {
        0: {"PERUBAHAN": "UPAH", "UPAH BARU": "3.100.000"},
        1: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"},
        2: {"PERUBAHAN": "KELUAR"},
    }
    back = SimpleUploadedFile("kembali.xlsx", filled(sheet, told))
    page = client.post(reverse("list-upload"), upload_fields(office, workbook=back))
    done = work_off(office)
    of_list = {"list_id": Job.objects.get(pk=done.pk).result["list_id"]}
    assert reverse("monthly", kwargs=of_list) in text(client.get(page["Location"]))
    changes = text(client.get(reverse("monthly", kwargs=of_list) + "?jenis=wage"))
    assert "Rp2.500.000 → Rp3.100.000" in changes and "1 baris belum jelas" in changes
    assert reverse("monthly", kwargs=of_list) in text(client.get(reverse("list", kwargs=of_list)))
    answer = client.post(reverse("monthly-accept", kwargs=of_list), {"terima": ["wage"]})
    with whole_government(office.cast.government):
        plan = Plan.objects.latest("pk")
        assert plan.counts == {"human": 1, "wage": 1}
    assert answer["Location"] == reverse("plan", kwargs={"plan_id": plan.pk})
    again = client.post(reverse("monthly-accept", kwargs=of_list), {"terima": ["left"]})
    assert again["Location"] == reverse("monthly", kwargs=of_list)
    assert "Lihat rencana" in text(client.get(again["Location"]))


def test_a_sheet_that_cannot_be_taken_back_says_why(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    asked = {"agreement": office.cast.agreement.pk, "opd": office.cast.works.pk, "month": "2022-11"}
    client.post(reverse("monthly-sheet"), asked)
    _, sheet = output(str(work_off(office).pk), government=office.cast.government)
    strange = SimpleUploadedFile("lain.xlsx", filled(sheet, {line: {"KUNCI": "X1"} for line in range(20)}))
    page = client.post(reverse("list-upload"), upload_fields(office, workbook=strange))
    work_off(office)
    assert "tanpa mengubah kolom KUNCI" in text(client.get(page["Location"]))
