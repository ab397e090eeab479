"""Every page of the table of addresses, for every reader: who may, who may not, full, empty, in both languages.

A new page is walked as soon as it stands in `urls.py`; a part of an address that is not known here fails.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import timezone
from stage import Office

from payung.doors.jobs import queue
from payung.doors.web.rights import RIGHTS, Open, allowed
from payung.doors.web.translation import catalogue
from payung.office.access.actions import add_user
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Role
from payung.office.places.actions import grant_area
from payung.office.places.scope import whole_government
from payung.office.registry.models import Person
from tests.browser import PASSWORD
from tests.office.cast import AT

LARGEST_PAGE_BYTES = 120 * 1024
"""With stylesheet, script, htmx and mark a page stays below 200 KB."""

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=\"", re.IGNORECASE)
WHOLE_MARK = re.compile(r"\b\d{16}\b")
OWN = ("gallery", "guide", "people", "government", "account", "password", "second-factor")
"""Pages that need no area: they show nothing of anybody's work."""
NOT_OF_ONE_OPD = ("identity-twins", "merge", "bill-run", "outside", "coverage-people")
"""Their subject in the stage lies partly outside the OPD that the narrow operator sees."""
FOR_EVERYBODY = (
    *("law", "law-doubts", "law-changes", "law-table", "contribution", "family", "family-report", "robots"),
    "ranking-public",
)
"""The law itself and the ranking of OPD that an office shows: nobody's data, open without an account."""
LEAVING = ("sign-in", "sign-in-code", "sign-out", "language", "family-paper", "health")
"""Pages with tests of their own: they change who is reading, are posted to by everybody, or are for a machine."""


def addresses(office: Office, reader: User) -> Iterator[tuple[str, str]]:
    """Name and address of every page, its parts filled in from the office."""
    parts: dict[str, Any] = {**office.parts, "table": "jp_ceiling", "reading": "pp50-tpp", "kind": "cover_ends"}
    parts["job_id"] = queue.ask(
        "findings_workbook",
        government=office.cast.government,
        by=reader,
        at=timezone.now(),
        arguments={"list_id": parts["list_id"]},
    ).pk
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern)
        name = str(pattern.name)
        if name not in LEAVING:
            wanted = {part: parts[part] for part in pattern.pattern.converters}
            yield name, reverse(name, kwargs=wanted)


def readers(office: Office) -> dict[str, User]:
    """Every role there is, over the whole government; `narrow` is an operator who sees one OPD."""
    every = {role.value: User.objects.get(username=role.value) for role in Role}
    return {**every, "narrow": office.narrow}


READERS = (*(role.value for role in Role), "narrow")


def shown(response: HttpResponse) -> str:
    return response.content.decode() if response["Content-Type"].startswith("text/html") else ""


@pytest.mark.parametrize("role", READERS)
def test_every_page_opens_for_whom_the_table_allows_and_for_nobody_else(
    client: Client, office: Office, role: str
) -> None:
    reader = readers(office)[role]
    client.force_login(reader)
    for name, address in addresses(office, reader):
        response = client.get(address)
        if not allowed(reader, name):
            assert response.status_code == 403, (name, role)
            assert client.post(address).status_code == 403, (name, role)
        else:
            # 302: a page that is posted to leads back; 405: it is a button only; 404: the job has no output yet.
            outside = role == "narrow" and name.startswith(NOT_OF_ONE_OPD)
            expected = {200, 302, 405} | ({404} if name == "job-output" or outside else set())
            assert response.status_code in expected, (name, role, response.status_code)
            check_page(name, shown(response))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_another_government_finds_and_changes_nothing_of_it(
    client: Client, office: Office, role: Role
) -> None:
    """The other half of the matrix: the same role, over an empty government, on this government's addresses."""
    stranger = office.strangers[role]
    client.force_login(stranger)
    before = everything(office)
    for name, address in addresses(office, office.cast.admin):
        for ask in (client.get, client.post):
            response = ask(address)
            assert "SINTETIS" not in shown(response), (name, role)
            if not allowed(stranger, name):
                assert response.status_code == 403, (name, role)
            elif ask is client.get and names_a_record(address):
                assert response.status_code in (302, 404, 405), (name, role, response.status_code)
    assert everything(office) == before


def names_a_record(address: str) -> bool:
    return bool(re.search(r"/(\d+|[0-9a-f-]{36})", address))


def everything(office: Office) -> dict[str, int]:
    """How many rows each table of the office holds for this government."""
    with whole_government(office.cast.government):
        return {
            str(model._meta): model._default_manager.count()
            for model in apps.get_models()
            if model.__module__.startswith("payung.office") and model is not AuditEvent
        }


def test_a_reader_of_two_governments_works_in_one_at_a_time(client: Client, office: Office) -> None:
    reader = office.strangers[Role.BRANCH_OFFICER]
    with whole_government(office.cast.government):
        grant_area(user=reader, government=office.cast.government, opd=None, by=None, at=AT)
    person = reverse("person", kwargs={"person_id": office.parts["person_id"]})
    client.force_login(reader)
    client.post(reverse("government"), {"pemda": str(office.other.pk)})
    assert client.get(person).status_code == 404
    client.post(reverse("government"), {"pemda": str(office.cast.government.pk)})
    assert client.get(person).status_code == 200
    client.post(reverse("government"), {"pemda": "999999"})
    assert client.get(person).status_code == 200
    only_there = office.strangers[Role.AUDITOR]
    client.force_login(only_there)
    client.post(reverse("government"), {"pemda": str(office.cast.government.pk)})
    assert client.get(person).status_code == 404


def check_page(name: str, page: str) -> None:
    assert not INLINE.search(page), name
    assert len(page.encode()) < LARGEST_PAGE_BYTES, name


def test_a_stranger_is_led_to_the_sign_in_from_every_page(client: Client, office: Office) -> None:
    for name, address in addresses(office, office.cast.admin):
        response = client.get(address)
        if name in FOR_EVERYBODY:
            assert response.status_code == 200, name
            check_page(name, shown(response))
        else:
            assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("sign-in")), name


def test_another_government_finds_none_of_it(client: Client, office: Office) -> None:
    client.force_login(office.elsewhere)
    for name, address in addresses(office, office.cast.admin):
        response = client.get(address)
        if re.search(r"/(\d+|[0-9a-f-]{36})", address) and response.status_code not in (302, 403, 405):
            assert response.status_code == 404, name
        if response.status_code == 200:
            assert "SINTETIS" not in shown(response), name


def test_posting_to_another_governments_records_changes_nothing(client: Client, office: Office) -> None:
    client.force_login(office.elsewhere)
    parts = office.parts
    for name, fields in (
        ("list-plan", {}),
        ("list-findings", {}),
        ("plan-decide", {"putusan": "approve"}),
        ("plan-apply", {}),
        ("person-marks", {}),
    ):
        pattern = next(one for one in get_resolver().url_patterns if one.name == name)
        wanted = {part: parts[part] for part in pattern.pattern.converters}
        assert client.post(reverse(name, kwargs=wanted), fields).status_code == 404, name


def test_an_operator_of_one_opd_does_not_find_the_other(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    assert client.get(reverse("plan", kwargs={"plan_id": office.parts["waiting_plan_id"]})).status_code == 404
    assert "dinkes.xlsx" not in shown(client.get(reverse("lists")))


def test_a_user_without_area_is_told_so_everywhere(client: Client, office: Office) -> None:
    client.force_login(office.nowhere)
    for name, address in addresses(office, office.cast.admin):
        if allowed(office.nowhere, name) and name not in (*OWN, *FOR_EVERYBODY):
            response = client.get(address)
            assert response.status_code in (302, 403, 404, 405), name


def test_no_page_shows_a_whole_mark_to_those_who_may_not_see_it(client: Client, office: Office) -> None:
    for reader in (office.cast.treasurer, office.cast.auditor):
        client.force_login(reader)
        for name, address in addresses(office, reader):
            page = shown(client.get(address))
            # The gallery's example is nobody's.
            assert name == "gallery" or not WHOLE_MARK.search(page), name
        assert not WHOLE_MARK.search(shown(client.post(reverse("people-search"), {"q": "SINTETIS"})))


def test_whole_marks_are_opened_by_a_recorded_deed(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    person, told = {"person_id": office.parts["person_id"]}, {"purpose": "other", "note": "surat 3273061208900001"}
    for missing in ({}, {"purpose": "curiosity"}, {"purpose": "other", "note": " "}):
        assert not WHOLE_MARK.search(shown(client.post(reverse("person-marks", kwargs=person), missing)))
    assert not AuditEvent.objects.filter(deed="see_marks").exists()
    assert not WHOLE_MARK.search(shown(client.get(reverse("person", kwargs=person))))
    assert WHOLE_MARK.search(shown(client.post(reverse("person-marks", kwargs=person), told)))
    deed = AuditEvent.objects.get(deed="see_marks")
    assert (deed.subject, deed.by) == (f"person:{person['person_id']}", office.cast.operator)
    assert deed.detail == {"purpose": "other", "note": "surat ••••••••"}
    assert "membuka nomor lengkap" in shown(client.get(reverse("person", kwargs=person)))


def test_empty_offices_say_what_to_do_first(client: Client, office: Office) -> None:
    client.force_login(office.elsewhere)
    assert "Catat dulu perjanjiannya" in shown(client.get(reverse("home")))
    assert "Belum ada daftar" in shown(client.get(reverse("lists")))
    assert "Belum ada tagihan" in shown(client.get(reverse("bills")))
    assert "Tidak ada yang perlu ditagih" in shown(client.get(reverse("bill-month") + "?bulan=2022-11"))
    assert "Tidak ditemukan" in shown(client.post(reverse("people-search"), {"q": "Siapa pun"}))


def test_english_pages_have_no_indonesian_left(client: Client, office: Office) -> None:
    admin = office.cast.admin
    admin.language = "en"
    admin.save()
    client.force_login(admin)
    ours = {
        text.strip()
        for text, english in catalogue().items()
        if english != text and "{" not in text and len(text) > 8 and " " in text
    }
    assert not [text for text in ours if "\n" in text], "a line of a page is compared with a whole text"
    for name, address in addresses(office, admin):
        page = re.sub(r"<[^>]*>", "\n", shown(client.get(address)))
        left = ours & {line.strip() for line in page.splitlines()}
        assert not left, (name, left)


def test_every_right_is_a_deed_or_open() -> None:
    assert all(
        right is not Open.TO_ALL
        or name in ("sign-in", "sign-in-code", "language", "family-paper", "health", *FOR_EVERYBODY)
        for name, right in RIGHTS.items()
    )


def test_findings_hide_marks_and_their_workbook_is_a_recorded_look(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    listed = {"list_id": office.parts["list_id"]}
    assert not WHOLE_MARK.search(shown(client.get(reverse("list", kwargs=listed))))
    client.post(reverse("list-findings", kwargs=listed))
    look = AuditEvent.objects.get(deed="see_marks")
    assert (look.subject, look.detail["purpose"]) == (f"list:{listed['list_id']}", "return_findings")


def test_a_village_officer_finds_people_of_the_desa_and_their_count(client: Client, office: Office) -> None:
    government, person_id = office.cast.government, office.parts["person_id"]
    with whole_government(government):
        Person.objects.filter(pk=person_id).update(kecamatan_code="32.73.06", desa_code="32.73.06.1001")
        other = Person.objects.exclude(pk=person_id).order_by("pk")[0]
        officer = add_user(
            username="lurah", full_name="Lurah", role=Role.VILLAGE_OFFICER, password=PASSWORD, by=None, at=AT
        )
        grant_area(user=officer, government=government, opd=None, village_code="32.73.06.1001", by=None, at=AT)
    client.force_login(officer)
    assert client.get(reverse("person", kwargs={"person_id": person_id})).status_code == 200
    assert client.get(reverse("person", kwargs={"person_id": other.pk})).status_code == 404
    assert client.get(reverse("home") + "?bulan=2022-10").status_code == 200
    found = client.post(reverse("people-search"), {"q": "SINTETIS"})
    assert found["Location"] == reverse("person", kwargs={"person_id": person_id})


def test_the_first_page_offers_nobody_a_page_that_would_refuse(client: Client, office: Office) -> None:
    for role, user in readers(office).items():
        if not allowed(user, "home"):
            continue
        client.force_login(user)
        page = shown(client.get(reverse("home")))
        offered = {resolve(address.split("?")[0]).view_name for address in re.findall(r'href="(/[^"#]*)"', page)
                   if not address.startswith("/static/")}  # fmt: skip
        assert "home" in offered
        refused = {name for name in offered if not allowed(user, name)}
        assert not refused, (role, refused)
