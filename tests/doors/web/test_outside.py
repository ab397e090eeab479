"""Lists of others in the browser's place: uploaded, by group, opened, taken along, the dead proposed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.office.enrolment.models import Plan
from payung.office.places.scope import whole_government
from tests.doors.web.test_lists_at_work import text
from tests.office.cast import people
from tests.office.test_outside import deaths

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def uploaded(client: Client, office: Office, content: str) -> str:
    """The page of the job once it is done."""
    file = SimpleUploadedFile("luar.csv", content.encode())
    form = {"workbook": file, "told_on": "2022-10-20"}
    page = client.post(reverse("outside-upload"), form)
    work_off(office)
    return text(client.get(page["Location"]))


def test_a_list_of_deaths_from_the_file_to_plans(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    done = uploaded(client, office, deaths((2, "05-10-2022"), (3, "")))
    of_list = next(part for part in done.split('"') if part.startswith("/daftar-luar/"))
    page = text(client.get(of_list))
    assert "1 orang meninggal tanpa tanggal" in page and people(1, first=2)[0]["name"] in page
    assert people(1, first=2)[0]["nik"] not in page
    assert client.get(of_list + "?kelompok=dead&unduh=xlsx").content.startswith(b"PK")
    client.post(of_list + "/akhiri")
    work_off(office)
    with whole_government(office.cast.government):
        plan = Plan.objects.latest("pk")
        assert plan.counts == {"leave": 1} and plan.proposal.state == "open"
    assert reverse("plan", kwargs={"plan_id": plan.pk}) in text(client.get(of_list))
    again = client.post(of_list + "/cocokkan")
    work_off(office)
    assert of_list in text(client.get(again["Location"]))


def test_another_file_says_what_it_lacks_and_who_sees_one_office_sees_none(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert "TANGGAL MENINGGAL (kematian)" in uploaded(client, office, "NIK;NAMA\n3273061208900001;X\n")
    client.force_login(office.narrow)
    assert "seluruh pemerintah daerah" in text(client.get(reverse("outside-lists")))
    assert "seluruh pemerintah daerah" in uploaded(client, office, deaths((2, "05-10-2022")))


LIST_OF = {"deaths": "NIK;NAMA;TANGGAL MENINGGAL\n", "deciles": "NIK;NAMA;DESIL\n", "servants": "NIP;NAMA;PANGKAT\n"}
ON_PAGE = {"deaths": "Daftar dari luar", "deciles": "Daftar dari luar", "servants": "Daftar ASN"}


def test_a_list_on_the_wrong_page_is_told_its_page(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    (one,) = people(1)
    rows = {"deaths": f"{one['nik']};{one['name']};05-10-2022", "deciles": f"{one['nik']};{one['name']};3"}
    for kind, row in rows.items():
        file = SimpleUploadedFile(f"{kind}.csv", (LIST_OF[kind] + row).encode())
        heading = office.cast.heading(office.cast.works)
        told = {
            "agreement": heading.agreement.pk, "opd": heading.opd.pk, "budget_line": heading.budget_line.pk,
            "month": "2022-10", "kind": "additions", "workbook": file,
        }  # fmt: skip
        page = client.post(reverse("list-upload"), told)
        work_off(office)
        assert f"Unggah di menu Daftar &amp; Peserta, {ON_PAGE[kind]}" in text(client.get(page["Location"]))
    servants = uploaded(client, office, LIST_OF["servants"] + "199001012015031001;SINTETIS BUDI;III/a")
    assert f"Unggah di menu ASN peduli pekerja, {ON_PAGE['servants']}" in servants
