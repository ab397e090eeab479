"""The first page of each role tells what is its own, and every figure on it is that of the list it opens."""

import re
from datetime import date

import polars as pl
import pytest
from django.test import Client
from django.urls import resolve, reverse
from stage import Office

from payung.doors.web.rights import RIGHTS, allowed
from payung.doors.web.today import FOR_ROLE, Reader, entries
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Role
from payung.office.claims.models import Benefit
from payung.office.enrolment import spells
from payung.office.enrolment.models import RosterList
from payung.office.places.queries import Area
from payung.office.registry.models import Membership
from payung.office.reports.behind import JOINED, LEFT, changed_since_last, people_behind
from payung.office.reports.sampling import kept_draws
from payung.office.verification.models import Outcome
from payung.rules.months import Month
from tests.office.cast import AT, Cast, enrol, people
from tests.office.family import approved, submitted

OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_every_role_has_a_first_page_of_its_own() -> None:
    assert set(FOR_ROLE) == {role.value for role in Role}
    assert all(one.needs in RIGHTS for row in FOR_ROLE.values() for one in row)


@pytest.mark.parametrize("role", list(Role))
def test_nothing_is_told_that_the_reader_may_not_open(office: Office, role: Role) -> None:
    user = User.objects.get(username=role.value)
    told = entries(Reader(user, Area(office.cast.government, None), OCTOBER, date(2022, 10, 20), ["KES"]))
    for one in (one for section in told.values() for one in section):
        if not one.href.startswith("#"):
            assert allowed(user, resolve(one.href.split("?")[0]).view_name or ""), (role, one.href)


def test_who_joined_and_who_left_are_counted_as_their_lists(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(7))
    enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day, kind=RosterList.ADDITIONS), people(2, first=20))
    leaving = list(Membership.objects.order_by("pk").values_list("pk", flat=True)[:3])
    gone = pl.DataFrame({"membership_id": leaving, "from_month": [NOVEMBER.first_day] * 3})
    spells.end(gone, agreement_id=cast.agreement.pk, payer_opd_id=cast.works.pk, at=AT)
    for month, expected in ((OCTOBER, (7, 0)), (NOVEMBER, (2, 3)), (Month(2022, 12), (0, 0))):
        assert changed_since_last(cast.area, month) == expected, month
        lists = tuple(len(people_behind(cast.area, month, column, limit=None)) for column in (JOINED, LEFT))
        assert lists == expected, month


def test_the_first_page_says_what_changed_and_opens_it(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    page = page_of(client, reverse("home") + "?bulan=2022-10")
    found = re.search(r'href="([^"]*hitung=joined)">(\d+) orang baru terlindungi', page)
    assert found, "what changed stands on the first page"
    listed = page_of(client, found.group(1).replace("&amp;", "&"))
    assert listed.count('<th scope="row">') == int(found.group(2))


def test_the_sheet_of_a_month_shows_five_numbers_and_what_to_decide(client: Client, office: Office) -> None:
    head = User.objects.get(username=Role.HEAD_OF_REGION.value)
    client.force_login(head)
    page = page_of(client, reverse("month-sheet") + "?bulan=2022-10")
    for text in ("Dianggarkan", "Ditetapkan", "Terdaftar di BPJS", "Aktif", "Terposting", "Yang perlu diputuskan"):
        assert text in page
    assert "SINTETIS" not in page, "the head of the region reads figures, not people"
    paper = client.get(reverse("month-sheet-pdf") + "?bulan=2022-10")
    assert len(re.findall(rb"/Type\s*/Page\b", paper.content)) == 1, "one side of a sheet"
    empty = page_of(client, reverse("month-sheet") + "?bulan=2019-01")
    assert "Bulan ini belum dihitung." in empty


def test_an_auditor_draws_a_sample_and_finds_it_again(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    government = office.cast.government.pk
    asked = {"bulan": "2022-10", "benih": "A1", "jumlah": "3"}
    page = client.post(reverse("inspection-draw"), asked, follow=True).content.decode()
    assert page.count('<th scope="row">') == 3
    assert "memberi orang yang sama" in page
    (kept,) = kept_draws(government)
    assert reverse("inspection-sample") + f"?nomor={kept.id}" in page_of(client, reverse("inspections"))
    for wrong in ({"jumlah": "x"}, {"benih": " "}, {"bulan": "2019-01"}):
        refused = client.post(reverse("inspection-draw"), asked | wrong)
        assert "tolak=" in refused["Location"], wrong
    assert len(kept_draws(government)) == 1
    assert client.get(reverse("inspection-sample") + "?nomor=999999").status_code == 404
    assert AuditEvent.objects.filter(deed="draw_sample", by=office.cast.auditor).count() == 1
    sheet = client.get(reverse("inspection-sample") + f"?nomor={kept.id}&unduh=xlsx")
    assert sheet.content.startswith(b"PK")


@pytest.mark.parametrize("role", [Role.BRANCH_OFFICER, Role.TREASURER])
def test_who_is_not_proved_posted_is_told_to_branch_and_treasurer(client: Client, office: Office, role: Role) -> None:
    client.force_login(User.objects.get(username=role.value))
    page = page_of(client, reverse("home") + "?bulan=2022-10")
    found = re.search(r'href="([^"]*hitung=unproved)">(\d+) orang belum terbukti', page)
    assert found, "nobody but one was posted"
    assert page_of(client, found.group(1).replace("&amp;", "&")).count('<th scope="row">') == int(found.group(2))


def test_a_village_officer_is_told_whose_papers_are_missing_and_where_the_news_is(
    client: Client, office: Office
) -> None:
    Outcome.objects.filter(candidate_id=office.parts["candidate_id"]).update(outcome="ask", reason="nik_missing")
    client.force_login(User.objects.get(username=Role.VILLAGE_OFFICER.value))
    page = page_of(client, reverse("home") + "?bulan=2022-10")
    found = re.search(r'href="([^"]*hasil=ask)">(\d+) calon perlu dilengkapi', page)
    assert found and found.group(2) == "1"
    assert page_of(client, found.group(1)).count('<th scope="row">') == 1
    assert reverse("village-status", kwargs={"decree_id": office.parts["decree_id"]}) in page


def test_the_branch_is_told_which_claims_wait_for_its_answer(client: Client, office: Office) -> None:
    day, benefit = date(2022, 10, 8), Benefit.objects.get(pk=office.parts["benefit_id"])
    approved(office.cast, benefit, on=day)
    submitted(office.cast, benefit, on=day)
    client.force_login(User.objects.get(username=Role.BRANCH_OFFICER.value))
    page = page_of(client, reverse("home") + "?bulan=2022-10")
    assert f'{reverse("claims")}?langkah=submitted">1 klaim menunggu jawaban cabang.' in page
    assert page_of(client, reverse("claims") + "?langkah=submitted").count('<th scope="row">') >= 1
