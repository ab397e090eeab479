"""The pages of the law, as a visitor without any account sees them."""

import html
import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from stage import Office

from payung.doors.web import charts, figures
from payung.doors.web.contributions import with_reading
from payung.doors.web.law_words import CLASSES, GROUPS, PAYERS, SECTORS, UNITS, is_said
from payung.doors.web.lawbook import changed_rows, cited, every_row, rows_of
from payung.office.agreements.actions import confirm_reading
from payung.office.places.scope import whole_government
from payung.rules.law import columns
from payung.rules.law.changes import changes
from payung.rules.law.doubts import open_doubts
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.readings import DEFAULT_READINGS, all_readings
from payung.rules.law.tables import table, table_names
from payung.rules.months import Month
from tests.office.cast import AT

pytestmark = pytest.mark.django_db

CSR = {"kelas": "BPU", "dasar": "bulan", "upah": "1.000.000", "bulan": "2026-06", "dana": "CSR",
       "program": ["JKK", "JKM"]}  # fmt: skip
QUESTIONS = [
    CSR,
    CSR | {"dana": "APBD"},
    CSR | {"upah": "20700000", "dana": "self", "sektor": "transport", "program": ["JKK", "JKM", "JHT"]},
    CSR | {"upah": "1099500", "dana": "self", "bulan": "2015-07"},
    {"kelas": "PU", "dasar": "bulan", "upah": "Rp12.345.678", "bulan": "2026-02", "dana": "APBD", "kelompok": "3",
     "program": ["JKK", "JKM", "JHT", "JP"]},
    {"kelas": "PU", "dasar": "bulan", "upah": "2500000", "bulan": "2025-05", "dana": "employer",
     "sektor": "labour_intensive", "program": ["JKK"]},
]  # fmt: skip
PUBLIC = ("law", "law-doubts", "law-changes", "contribution", "family")
"""Pages for everybody that need no part in their address."""


def text_of(response: HttpResponse) -> str:
    """What is read on a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def reckoned(question: dict[str, object], **changed: object) -> Explanation:
    """The same question put to the law itself."""
    digits = re.sub(r"\D", "", str(question["upah"]))
    asked = {
        "membership_class": question["kelas"], "month": Month.parse(str(question["bulan"])),
        "wage_rupiah": int(digits), "payer": question["dana"], "programmes": question["program"],
        "group": int(str(question.get("kelompok", 1))), "sector": question.get("sektor", "other"),
    }  # fmt: skip
    return explain(**{**asked, **changed})  # type: ignore[arg-type]  # arguments by name, as the page sends them


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_everybody_may_read_and_only_their_own_browser_keeps_it(client: Client, name: str, language: str) -> None:
    client.cookies["payung_language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")
    assert f'lang="{language}"' in response.content.decode()
    assert "sessionid" not in response.cookies


def test_what_the_signed_in_read_is_kept_nowhere(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert client.get(reverse("law"))["Cache-Control"] == "no-store"


def test_the_sign_in_page_leads_to_them(client: Client) -> None:
    assert f'href="{reverse("law")}"' in client.get(reverse("sign-in")).content.decode()
    landing = client.get(reverse("law")).content.decode()
    assert all(f'href="{reverse(name)}"' in landing for name in PUBLIC)


def test_search_engines_find_only_what_is_for_everybody(client: Client) -> None:
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert rules[-1] == "Disallow: /"
    allowed = [line.removeprefix("Allow: ") for line in rules if line.startswith("Allow: ")]
    assert all(reverse(name).startswith(tuple(allowed)) for name in PUBLIC)
    assert not reverse("people").startswith(tuple(allowed))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_calculator_shows_what_the_law_answers(client: Client, question: dict[str, object]) -> None:
    page = text_of(client.get(reverse("contribution"), question))
    told = reckoned(question)
    assert f"{figures.rupiah(told.total)} sebulan" in page
    for name, owed in told.programmes.items():
        assert f"{name} · {figures.rupiah(owed.employer + owed.worker)}" in page
        for step in owed.steps:
            assert step.formula in page
            assert step.citation in page
    assert all(doubt.reason in page for doubt in told.doubts)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_year_adds_up_from_its_months(client: Client, question: dict[str, object]) -> None:
    page = text_of(client.get(reverse("contribution"), question))
    year = Month.parse(str(question["bulan"])).year
    months = [month for month in Month(year, 1).until(Month(year, 12)) if month >= Month(2015, 7)]
    owed = [reckoned(question, month=month).total for month in months]
    assert f"Jumlah {figures.rupiah(sum(owed))}" in page
    for month, total in zip(months, owed, strict=True):
        assert f"{figures.short_month(month)} {figures.rupiah(total)}" in page


def test_where_a_relief_begins_the_year_says_so(client: Client) -> None:
    page = text_of(client.get(reverse("contribution"), CSR))
    assert "Apr 2026 Rp8.400 keringanan mulai" in page
    page = text_of(client.get(reverse("contribution"), CSR | {"bulan": "2027-02"}))
    assert "Jan 2027 Rp16.800 keringanan berakhir" in page


def test_other_readings_show_their_amount_and_can_be_chosen(client: Client) -> None:
    response = client.get(reverse("contribution"), CSR)
    other = reckoned(CSR, readings=with_reading(DEFAULT_READINGS, "pp50-csr", "excluded"))
    assert f"tanpa keringanan: {figures.rupiah(other.total)}" in text_of(response)
    chosen = CSR | {"bacaan": "pp50-csr=excluded"}
    address = re.search(r'href="(\?[^"]*pp50-csr[^"]*)"', response.content.decode())
    assert address is not None
    page = text_of(client.get(reverse("contribution") + html.unescape(address[1])))
    assert page == text_of(client.get(reverse("contribution"), chosen))
    assert f"{figures.rupiah(other.total)} sebulan" in page
    assert "Kembali ke tafsir yang biasa dipakai" in page


def test_a_reading_that_is_none_is_not_chosen(client: Client) -> None:
    page = text_of(client.get(reverse("contribution"), CSR | {"bacaan": ["rounding=sideways"]}))
    assert f"{figures.rupiah(reckoned(CSR).total)} sebulan" in page


def test_a_minimum_wage_and_a_daily_wage_become_the_base(client: Client) -> None:
    asked = {"kelas": "PU", "dasar": "minimum", "wilayah": "32.73", "bulan": "2026-03", "dana": "APBD",
             "program": ["JKK", "JKM"]}  # fmt: skip
    page = text_of(client.get(reverse("contribution"), asked))
    assert "Rp4.737.678 (UMK Kota Bandung" in page
    assert f"{figures.rupiah(reckoned(asked | {'upah': '4737678'}).total)} sebulan" in page
    page = text_of(client.get(reverse("contribution"), asked | {"dasar": "hari", "upah": "71.500"}))
    assert "Rp1.787.500 (25 x Rp71.500)" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"upah": ""}, "Isi jumlahnya dalam rupiah."),
        ({"upah": "banyak"}, "Tulis rupiah bulat, misalnya 1.200.000."),
        ({"upah": "2.000.000.000"}, "Upah di atas Rp1.000.000.000 sebulan ditolak."),
        ({"dasar": "minimum"}, "Pilih wilayahnya."),
        ({"dasar": "minimum", "wilayah": "32.73", "bulan": "2019-01"}, "tidak ada di tabel minimum_wage"),
        ({"bulan": "2015-06"}, "Iuran dihitung mulai Jul 2015."),
        ({"bulan": "besok"}, "Tulis bulan sebagai tahun dan bulan, misalnya 2026-06."),
        ({"program": []}, "Pilih paling sedikit satu program."),
        ({"program": ["JKK", "JP"]}, "Peserta BPU tidak dapat ikut JP."),
        ({"kelas": "PU", "dana": "self"}, "Iuran penerima upah disetor pemberi kerja"),
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, wrong: dict[str, object], said: str) -> None:
    page = text_of(client.get(reverse("contribution"), CSR | wrong))
    assert said in page
    assert "sebulan Dibayar" not in page


def test_the_page_to_print_opens_every_step_and_has_no_form(client: Client) -> None:
    page = client.get(reverse("contribution"), CSR | {"cetak": "1"}).content.decode()
    assert 'name="kelas"' not in page
    assert page.count('<details class="more" open>') == len(CSR["program"])


@pytest.mark.parametrize("name", table_names())
def test_every_table_has_its_page_with_every_row(client: Client, name: str) -> None:
    page = text_of(client.get(reverse("law-table", kwargs={"table": name})))
    assert table(name).title.id in page
    for row in rows_of(name):
        assert row.value in page
        assert " ".join(row.figure.citation.split()) in page
        assert row.doubt in page
        assert figures.short_date(row.figure.checked_on) in page


def test_a_table_on_an_earlier_day_shows_what_held_then(client: Client) -> None:
    page = client.get(reverse("law-table", kwargs={"table": "jp_ceiling"}), {"hari": "2021-06-30"}).content.decode()
    assert 'id="jp_ceiling-2021-03"' in page
    assert 'id="jp_ceiling-2026-03"' not in page
    before = text_of(client.get(reverse("law-table", kwargs={"table": "jp_ceiling"}), {"hari": "2010-01-01"}))
    assert "Pada hari itu tidak ada baris tabel ini yang berlaku." in before


def test_a_number_that_changed_has_a_picture_of_its_history(client: Client) -> None:
    page = client.get(reverse("law-table", kwargs={"table": "jp_ceiling"}), {"hari": "2026-06-01"}).content.decode()
    assert page.count("<circle") == len(rows_of("jp_ceiling"))
    assert "Dari Rp7.000.000 (Jul 2015) menjadi Rp11.086.300 (Mar 2026)." in page
    assert 'role="img"' in page
    steady = client.get(reverse("law-table", kwargs={"table": "jkm_bpu"})).content.decode()
    assert "<circle" not in steady


def test_a_relief_is_drawn_as_a_step_down_and_up_again() -> None:
    whole, part = Decimal(1), Decimal("0.5")
    days = (date(2015, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
    made = charts.steps(
        "", "", [charts.Change(day, value, "") for day, value in zip(days, (whole, part, whole), strict=True)],
        until=date(2026, 12, 31), on=date(2026, 3, 1),
    )  # fmt: skip
    heights = [point.y for point in made.points]
    assert heights[0] == heights[2] < heights[1] < charts.FLOOR
    assert [point.x for point in made.points] == sorted(point.x for point in made.points)
    assert made.points[1].x < (made.today or 0) < made.points[2].x
    assert made.path.startswith("M") and "e" not in made.path


def test_a_table_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/peraturan/tabel/rahasia").status_code == 404


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_step_leads_to_the_row_it_cites(client: Client, question: dict[str, object]) -> None:
    told = reckoned(question)
    day = told.question.month.last_day
    for owed in told.programmes.values():
        for step in owed.steps:
            address = cited(step.citation, day)
            if "upah sebulan: upah pokok" in step.citation:  # a definition, not a number
                assert address == ""
                continue
            path, _, anchor = address.partition("#")
            page = client.get(path).content.decode()
            assert step.citation in html.unescape(page)
            assert not anchor or f'id="{anchor}"' in page


def test_every_row_can_be_reached_where_it_holds(client: Client) -> None:
    for name in ("reliefs", "jp_ceiling", "bpu_brackets"):
        for row in rows_of(name):
            path, _, anchor = row.address.partition("#")
            assert f'id="{anchor}"' in client.get(path).content.decode()


def test_search_finds_by_article_number_and_place(client: Client) -> None:
    for wanted, found in (
        ("PP 44/2015 huruf c", "0,89%"),
        ("11.086.300", "Batas atas upah JP"),
        ("bekasi 2026", "Rp5.938.885"),
        ("ojek", "becak dan delman termasuk"),
    ):
        assert found in text_of(client.get(reverse("law"), {"cari": wanted})), wanted
    relief = text_of(client.get(reverse("law"), {"cari": "PP 50/2025"}))
    assert "50%" in relief
    assert "Lampiran II golongan" not in relief
    nothing = text_of(client.get(reverse("law"), {"cari": "<b>tidak ada</b>"}))
    assert "Ditemukan 0 baris" in nothing
    assert "Tidak ada baris dengan kata itu." in nothing


@pytest.mark.parametrize(
    ("first", "last"), [(date(2024, 1, 1), date(2026, 12, 31)), (date(2019, 12, 2), date(2019, 12, 2))]
)
def test_what_changed_between_two_days_is_what_the_law_says(client: Client, first: date, last: date) -> None:
    told = changes(first, last)
    assert len(changed_rows(first, last)) == len(told)
    page = text_of(client.get(reverse("law-changes"), {"dari": first.isoformat(), "sampai": last.isoformat()}))
    assert f"{len(told)} perubahan." in page
    assert all(one.title.id in page for one in told)
    if first.year == 2024:
        assert "1 Mar 2026 Batas atas upah JP Rp10.547.400 Rp11.086.300" in page
        assert "1 Jan 2027" not in page


def test_days_in_the_wrong_order_or_unreadable_are_no_error(client: Client) -> None:
    address = reverse("law-changes")
    for asked in ({"dari": "2026-01-01", "sampai": "2020-01-01"}, {"dari": "x", "sampai": "9999-99-99"}):
        assert client.get(address, asked).status_code == 200


def test_every_doubt_is_listed_with_what_is_used_and_whom_to_ask(client: Client) -> None:
    page = text_of(client.get(reverse("law-doubts")))
    for doubt in open_doubts():
        assert " ".join(doubt.reason.id.split()) in page, doubt.id
    for reading in all_readings().values():
        assert reading.question.id in page
        assert all(option.id in page for option in reading.options.values())
    assert page.count("kantor cabang") >= len(open_doubts())


def test_columns_codes_and_units_of_every_table_have_their_words() -> None:
    missing = set()
    for row in every_row():
        missing |= {("unit", row.table.unit)} - {("unit", unit) for unit in UNITS}
        for name, code in zip(row.table.keys, row.figure.key, strict=True):
            said_by_the_row = any(isinstance(told, dict) for told in row.row.more.values())
            missing |= set() if said_by_the_row or is_said(name, code) else {(name, code)}
        missing |= {("columns", name) for name in (*row.table.keys, *row.row.more) if not is_said("columns", name)}
    assert not missing


def test_the_calculator_knows_every_word_of_the_law() -> None:
    assert set(CLASSES) == set(columns.CLASSES)
    assert set(PAYERS) == set(columns.PAYERS)
    assert set(SECTORS) == set(columns.SECTORS)
    assert set(GROUPS) == {str(group) for group in columns.GROUPS}


def test_english_readers_read_english(client: Client) -> None:
    client.cookies["payung_language"] = "en"
    with translation.override("en"):
        page = text_of(client.get(f"{reverse('contribution')}?{urlencode(CSR, doseq=True)}"))
    assert "Rp8.400 a month" in page
    assert "Other reading: like APBD, no relief: Rp16.800" in page
    assert "Apr 2026 Rp8.400 a relief begins" in page


def test_an_office_s_own_reading_is_told_to_its_people_and_to_nobody_else(client: Client, office: Office) -> None:
    with whole_government(office.cast.government):
        confirm_reading(
            government=office.cast.government, reading="pp50-csr", option="excluded", from_month=Month(2026, 1),
            confirmed_by="Cabang Bandung, B/1/2026", by=office.cast.admin, at=AT,
        )  # fmt: skip
    doubts, asked = reverse("law-doubts"), (reverse("contribution"), CSR)
    for reader in (None, office.elsewhere, office.nowhere):
        if reader is not None:
            client.force_login(reader)
        assert "Dipakai kantor Anda" not in text_of(client.get(doubts))
        assert "Kantor Anda memakai" not in text_of(client.get(*asked))
    client.force_login(office.cast.admin)
    assert "Dipakai kantor Anda seperti APBD, tanpa keringanan" in text_of(client.get(doubts))
    response = client.get(*asked)
    assert "Kantor Anda memakai tafsir lain: seperti APBD, tanpa keringanan." in text_of(response)
    address = re.search(r'href="(\?[^"]*)">Hitung dengan tafsir kantor Anda', response.content.decode())
    assert address is not None
    assert "Rp16.800 sebulan" in text_of(client.get(reverse("contribution") + html.unescape(address[1])))
