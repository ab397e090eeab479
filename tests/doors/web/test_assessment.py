"""Every number on the pages of the assessment opens to exactly as many people; masters, deadlines and letters work."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.doors.web import vocabulary_assessment as vocabulary
from payung.office.access.models import User
from payung.office.places.scope import whole_government
from payung.office.reports.assessment import CELLS, DONE, LATE, RUNNING, TO_DO, UNASKED
from payung.office.reports.models import Comparison, Master, OpdDeadline, UnitName
from payung.office.reports.standings import STANDINGS
from payung.rules.roster.employment import status_codes
from tests.office.staff import master_file, staff

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
COUNT = re.compile(r'<a (?:class="count" )?href="(/[a-z-]+/orang\?[^"]+)">([\d.]+)</a>')
HEADS = re.compile(r'data-listed="(\d+)"')


def counts_on(client: Client, address: str) -> list[tuple[str, str]]:
    """Every count of a page that opens: its list and what it says."""
    response = client.get(address)
    assert response.status_code == 200, address
    return [(href.replace("&amp;", "&"), told) for href, told in COUNT.findall(response.content.decode())]


@pytest.mark.parametrize("who", ["government_admin", "bkpsdm", "auditor", "narrow"])
def test_every_number_is_the_count_of_its_list(client: Client, office: Office, who: str) -> None:
    client.force_login(office.narrow if who == "narrow" else User.objects.get(username=who))
    pages = (reverse("assessment"), reverse("assessment-opd", kwargs={"opd_id": office.cast.works.pk}))
    walked = {one for page in pages for one in counts_on(client, page)}
    assert len(walked) > 10
    for href, told in walked:
        page = client.get(href).content.decode()
        found = HEADS.search(page)
        assert found and found[1] == told, href
        assert page.count('<th scope="row">') == int(told.replace(".", "")), href


def test_a_master_is_handed_in_and_compared_by_a_job(client: Client, office: Office) -> None:
    client.force_login(User.objects.get(username="bkpsdm"))
    file = master_file(staff(6, unit="DPU"))
    response = client.post(
        reverse("assessment-upload"),
        {"workbook": SimpleUploadedFile("m.csv", file), "source": "payroll", "opd": office.cast.works.pk,
         "told_on": "2022-11-05"},
    )  # fmt: skip
    assert response.status_code == 302, response.content.decode()[:3000]
    job = work_off(office, kind="take_in_master")
    page = client.get(reverse("job", kwargs={"job_id": job.pk})).content.decode()
    assert reverse("assessment") in page
    with whole_government(office.cast.government):
        assert Comparison.objects.get(month=date(2022, 11, 1)).master.source == Master.PAYROLL
    client.post(reverse("assessment-compare"), {"bulan": "2022-12"})
    work_off(office, kind="compare_master")
    with whole_government(office.cast.government):
        assert Comparison.objects.filter(month=date(2022, 12, 1)).count() == 1


def test_a_deadline_is_set_for_everybody_who_is_not_done_and_the_letter_names_it(
    client: Client, office: Office
) -> None:
    client.force_login(office.cast.admin)
    told = {"number": "800/77", "written_on": "2022-10-05", "due_on": "2022-10-01"}
    assert "Tenggat tidak boleh" in client.post(reverse("assessment-deadline"), told).content.decode()
    assert client.post(reverse("assessment-deadline"), told | {"due_on": "2022-10-20"}).status_code == 302
    with whole_government(office.cast.government):
        assert OpdDeadline.objects.filter(replaced_at=None, due_on=date(2022, 10, 20)).count() == 2
    paper = client.get(reverse("assessment-letter", kwargs={"opd_id": office.cast.works.pk}))
    assert paper.content.startswith(b"%PDF") and len(paper.content) > 5_000


def test_an_unknown_unit_is_told_to_be_an_opd(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert "UPT Jalan" in client.get(reverse("assessment")).content.decode()
    client.post(reverse("assessment-unit"), {"unit": "UPT Jalan", "opd": office.cast.works.pk})
    with whole_government(office.cast.government):
        assert UnitName.objects.get(unit="UPT Jalan").opd == office.cast.works


def test_lists_download_with_masked_numbers(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    for name in ("assessment", "assessment-people"):
        assert client.get(reverse(name) + "?unduh=xlsx").content.startswith(b"PK")


def test_every_code_has_its_word() -> None:
    assert set(vocabulary.COUNTS) == set(CELLS) and set(vocabulary.ADVICE) == set(TO_DO)
    assert set(vocabulary.SOURCES) == set(Master.SOURCES) and set(vocabulary.STATUSES) == set(status_codes())
    assert set(STANDINGS) <= set(CELLS) and set(vocabulary.SHORT) <= set(CELLS)
    assert set(vocabulary.STATES) == {DONE, LATE, RUNNING, UNASKED}
