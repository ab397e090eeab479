"""What a family would receive, asked by a visitor: the amounts of the law, in plain words, and nothing kept."""

import html
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.families import COMPONENTS, DOCUMENTS, PROGRAMMES
from payung.doors.web.forms.family import EVENTS, SCHOOLS
from payung.rules.law.benefits.columns import KINDS
from payung.rules.law.benefits.explain import Benefit, explain
from tests.doors.papers.pdf_text import pages, squeezed

pytestmark = pytest.mark.django_db

WIDOW = {"kejadian": "jkm", "tanggal": "2026-06-10", "kelas": "BPU", "lama": "40", "lahir1": "2015-05-05",
         "sekolah1": "SD:4"}  # fmt: skip
ACCIDENT = {"kejadian": "jkk-death", "tanggal": "2021-11-03", "kelas": "PU", "upah": "1.787.500", "lama": "5"}


def asked(client: Client, typed: dict[str, str]) -> str:
    """The page after posting, as it is read."""
    return read(client.post(reverse("family"), typed))


def read(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def told(typed: dict[str, str]) -> list[Benefit]:
    """The same questions put to the law itself, by hand: the event, the children, the savings."""
    on, insured = date.fromisoformat(typed["tanggal"]), {"class": typed["kelas"]}
    wage = {"wage": re.sub(r"\D", "", typed["upah"])} if typed["kejadian"] != "jkm" else {}
    since = {"member_since": typed["since"]} if "since" in typed else {}
    found = [explain(typed["kejadian"], on=on, **insured, **wage, **since)]  # type: ignore[arg-type]  # arguments by name, as the page sends them
    children = [f"{typed[f'lahir{n}']}:{typed[f'sekolah{n}']}" for n in (1, 2) if f"lahir{n}" in typed]
    cause = PROGRAMMES[typed["kejadian"]].lower()
    months = {"paid_months": typed["lama"]} if cause == "jkm" else {}
    if children:
        found.append(explain("scholarship", on=on, cause=cause, child=children, **insured, **months))  # type: ignore[arg-type]  # arguments by name, as the page sends them
    return found


@pytest.mark.parametrize(
    "typed",
    [
        WIDOW | {"since": "2023-02-01"},
        WIDOW | {"kelas": "PU", "lama": "3", "lahir2": "2021-02-03", "sekolah2": "none:0"},
        WIDOW | {"tanggal": "2019-12-01", "kelas": "PU", "lama": "61"},
        ACCIDENT,
        ACCIDENT | {"kejadian": "jkk-total", "lahir1": "2004-01-01", "sekolah1": "PT:1"},
        ACCIDENT | {"kelas": "BPU", "upah": "1.000.000", "tanggal": "2026-06-10"},
    ],
)
def test_the_page_shows_what_the_law_pays(client: Client, typed: dict[str, str]) -> None:
    page = asked(client, typed)
    main, *rest = told(typed)
    assert f"Dibayar sekaligus kepada {'pekerjanya' if main.kind == 'jkk-total' else 'ahli waris'} " in page
    assert f" {figures.rupiah(main.total)} " in page
    for name, amount in main.components.items():
        assert f"{COMPONENTS[name]} {figures.rupiah(amount)}" in page
    for scholarship in rest:
        assert figures.rupiah(scholarship.total) in page or not scholarship.total
        for line in scholarship.schedule:
            year = main.on.year + line["year"]
            school = SCHOOLS[f"{line['level']}:{line['grade']}"]
            assert f"{year} {line['age']} {school} {figures.rupiah(line['amount'])}" in page
    for benefit in (main, *rest):
        assert all(step.formula in page and step.citation in page for step in benefit.steps)
        assert all(doubt.reason in page for doubt in benefit.doubts)


def test_a_widow_asks(client: Client) -> None:
    """She comes to the village office: her husband, a farm worker whose contributions the village paid, has died."""
    landing = client.get(reverse("law"))
    assert f'href="{reverse("family")}"' in landing.content.decode()
    form = read(client.get(reverse("family")))
    assert "Tidak ada yang disimpan" in form
    page = asked(client, WIDOW)
    assert "Rp42.000.000" in page
    assert "Rp55.500.000" in page
    assert "akta kematian dari Dinas Dukcapil" in page
    assert "Ajukan paling lambat 10 Jun 2031." in page
    assert "paling lama 3 hari kerja" in page
    assert "kantor cabang BPJS Ketenagakerjaan" in page
    paper = client.post(reverse("family-paper"), WIDOW)
    assert paper["Content-Type"] == "application/pdf"
    printed = squeezed("".join(pages(paper.content)))
    for part in ("Rp42.000.000", "Rp55.500.000", "SD kelas 4", "akta kematian", "10 Jun 2031", "Anak ke-1"):
        assert squeezed(part) in printed, part
    assert "<" not in printed


def test_a_new_members_family_learns_why_it_is_only_the_funeral(client: Client) -> None:
    page = asked(client, WIDOW | {"lama": "2"})
    assert "Dibayar sekaligus kepada ahli waris Rp10.000.000" in page
    assert "kepesertaan belum 3 bulan penuh: hanya biaya pemakaman" in page
    assert "2 bulan, syaratnya 36 bulan: tidak terpenuhi" in page
    assert "Beasiswa anak, seluruhnya" not in page


def test_savings_come_on_top(client: Client) -> None:
    page = asked(client, ACCIDENT | {"saldo": "5.000.000"})
    assert "Tabungan JHT Rp5.000.000" in page
    assert "Rp112.800.000" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tanggal": "2015-06-30"}, "Pilih hari antara 1 Jul 2015 dan hari ini."),
        ({"tanggal": "2999-01-01"}, "Pilih hari antara 1 Jul 2015 dan hari ini."),
        ({"kejadian": "jkk-death"}, "Isi jumlahnya dalam rupiah."),
        ({"sekolah1": ""}, "Pilih sekolahnya."),
        ({"lahir1": ""}, "Isi tanggal lahirnya."),
        ({"lahir1": "2026-08-01"}, "lebih lambat daripada tanggal kejadian"),
        ({"saldo": "banyak"}, "Tulis rupiah bulat, misalnya 1.200.000."),
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, wrong: dict[str, str], said: str) -> None:
    page = asked(client, WIDOW | wrong)
    assert said in page
    assert "Dibayar sekaligus" not in page
    assert client.post(reverse("family-paper"), WIDOW | wrong).status_code == 400


def test_nothing_is_kept_of_what_was_asked(client: Client) -> None:
    tables = {model._meta.db_table: model for model in apps.get_models()}
    before = {name: count(name) for name in tables}
    for address in (reverse("family"), reverse("family-paper")):
        response = client.post(address, WIDOW)
        assert response["Cache-Control"] == "no-store"
        assert "sessionid" not in response.cookies
        assert response["Content-Type"].startswith("application/pdf") or "2015-05-05" not in (
            re.sub(r"<input[^>]*>", "", response.content.decode())
        )
    assert {name: count(name) for name in tables} == before


def count(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        return int(cursor.fetchone()[0])


def test_answers_are_posted_never_addressed(client: Client) -> None:
    page = read(client.get(reverse("family"), WIDOW))
    assert "Dibayar sekaligus" not in page
    assert client.get(reverse("family-paper"), WIDOW)["Location"] == reverse("family")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("family"), WIDOW).status_code == 403


def test_english_readers_read_english(client: Client) -> None:
    client.cookies["payung_language"] = "en"
    page = asked(client, WIDOW)
    assert "Paid at once to the heirs Rp42.000.000" in page
    assert "Claim by 10 Jun 2031." in page
    assert "primary school, grade 4 (SD)" in page


def test_words_stand_for_the_law_s_own_kinds_and_schools() -> None:
    assert set(EVENTS) == set(PROGRAMMES) == set(DOCUMENTS) <= set(KINDS)
    parts = {part for kind in (*EVENTS, "jht") for part in KINDS[kind].components}
    assert set(COMPONENTS) == parts
    for school in SCHOOLS:  # each is a level and grade the law can read
        birth = "2020-01-01" if school == "none:0" else "2005-01-01"
        paid = explain("scholarship", on=date(2026, 6, 10), cause="jkk", child=[f"{birth}:{school}"])
        assert paid.total > 0, school
