"""JHT on the pages: a year's rate by two people, the accounts brought up to date, a person's statement."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.office.approvals.models import Proposal
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership
from payung.office.savings.models import Crediting, Movement, Rate
from tests.office.cast import AT

pytestmark = pytest.mark.django_db
RATE = {"year": "2023", "percent": "5,52", "announced_in": "Pengumuman BPJS 7/2024"}


def page(client: Client, name: str, **parts: object) -> str:
    answer = client.get(reverse(name, kwargs=parts))
    assert answer.status_code == 200
    return answer.content.decode()


def saved(office: Office, rupiah: int) -> int:
    """The person of the office has that much, of which nothing is posted as JHT; her id."""
    person_id = office.parts["person_id"]
    with whole_government(office.cast.government):
        made = Crediting.objects.create(
            government=office.cast.government, year=2022, on_day=date(2022, 11, 1), movement_count=1,
            employer_rupiah=rupiah, worker_rupiah=0, return_rupiah=0, made_by=office.cast.treasurer, made_at=AT,
        )  # fmt: skip
        Movement.objects.create(
            government=office.cast.government, crediting=made, employer_rupiah=rupiah, month=date(2022, 10, 1),
            membership=Membership.objects.filter(person_id=person_id)[0], apportioned=True,
        )  # fmt: skip
    return person_id


def test_a_rate_is_proposed_by_one_and_approved_by_another(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    assert client.post(reverse("savings-rate"), RATE).status_code == 302
    with whole_government(office.cast.government):
        made = Rate.objects.get(year=2023)
    assert made.rate_per_ten_million == 552_000
    client.force_login(office.cast.admin)
    assert "5,52%" in page(client, "savings")
    assert "Tingkat JHT 2023" in page(client, "waiting")
    decision = {"putusan": "approve", "comment": ""}
    assert client.post(reverse("savings-rate-decide", kwargs={"rate_id": made.pk}), decision).status_code == 302
    with whole_government(office.cast.government):
        assert Proposal.objects.get(pk=made.proposal_id).state == Proposal.APPROVED


def test_a_no_needs_its_reason(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    address = reverse("savings-rate-decide", kwargs={"rate_id": office.parts["rate_id"]})
    answer = client.post(address, {"putusan": "refuse", "comment": ""})
    assert answer.status_code == 200 and "Tulis alasan" in answer.content.decode()


@pytest.mark.parametrize("told", [{"percent": "lima"}, {"percent": "80"}, {"announced_in": ""}, {"year": "2099"}])
def test_what_is_no_rate_is_said_beside_the_field(client: Client, office: Office, told: dict[str, str]) -> None:
    client.force_login(office.cast.treasurer)
    answer = client.post(reverse("savings-rate"), RATE | told)
    assert answer.status_code == 200 and 'class="error"' in answer.content.decode()
    with whole_government(office.cast.government):
        assert Rate.objects.count() == 1


def test_the_button_takes_back_what_nobody_posted(client: Client, office: Office) -> None:
    person_id = saved(office, 250_000)
    client.force_login(office.cast.treasurer)
    shown = page(client, "person-savings", person_id=person_id)
    assert "Rp250.000" in shown and "sebanding" in shown and "belum ada" in shown
    listed = client.get(reverse("savings-people"), {"tahun": "2022"}).content.decode()
    assert listed.count('<td class="n">Rp250.000</td>') == 2 and f"/peserta/{person_id}/jht" in listed
    assert client.get(reverse("savings-people"), {"tahun": "2022", "unduh": "xlsx"}).content[:2] == b"PK"
    paper = client.get(reverse("person-savings-pdf", kwargs={"person_id": person_id}))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert client.post(reverse("savings-credit")).status_code == 302
    job = work_off(office, kind="credit_savings")
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"movements": 1, "rupiah": -250_000})
    assert "-Rp250.000" in page(client, "job", job_id=job.pk)
    assert "Rp250.000" not in page(client, "person-savings", person_id=person_id)


def test_who_sees_one_office_sees_no_totals(client: Client, office: Office) -> None:
    saved(office, 250_000)
    client.force_login(office.narrow)
    shown = page(client, "savings")
    assert "Rp250.000" not in shown and "semua OPD" in shown
