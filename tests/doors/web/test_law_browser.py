"""The law in a browser, without an account: read by axe, walked by keyboard, light, whole without scripts."""

import re

import pytest

from tests.browser import DESKTOP, TELEPHONE, OpenWindow, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "progress"])]

LARGEST_WEIGHT_BYTES = 200 * 1024
MOST_REQUESTS = 20
ASKED = "kelas=BPU&dasar=bulan&upah=1.000.000&bulan=2026-06&dana=CSR&program=JKK&program=JKM"
PAGES = {
    "law": "/peraturan",
    "law-search": "/peraturan?cari=PP+50",
    "law-doubts": "/peraturan/ragu",
    "law-changes": "/peraturan/perubahan?dari=2024-01-01&sampai=2026-12-31",
    "law-table": "/peraturan/tabel/jp_ceiling?hari=2026-06-01",
    "law-table-long": "/peraturan/tabel/minimum_wage?hari=2026-06-01",
    "law-table-none": "/peraturan/tabel/reliefs?hari=2018-01-01",
    "contribution": "/hitung/iuran",
    "contribution-answer": f"/hitung/iuran?{ASKED}",
    "contribution-paper": f"/hitung/iuran?{ASKED}&cetak=1",
    "contribution-wrong": "/hitung/iuran?kelas=PU&dasar=bulan&upah=abc&bulan=2010-03&dana=self",
    "family": "/hitung/keluarga",
}


@pytest.mark.parametrize(
    ("size", "dark", "sort"),
    [(DESKTOP, False, "desktop"), (TELEPHONE, False, "telephone"), (DESKTOP, True, "desktop-dark")],
    ids=["desktop", "telephone", "dark"],
)
def test_every_page_of_the_law_is_accessible(window: OpenWindow, size: tuple[int, int], dark: bool, sort: str) -> None:
    seen = window(size=size, dark=dark)
    for name, path in PAGES.items():
        page = seen.open(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        seen.check_access()
        seen.take_picture(f"{name}-{sort}")
    ask_as_a_widow(seen)
    seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    seen.check_access()
    seen.take_picture(f"family-answer-{sort}")


def test_every_page_of_the_law_is_light(window: OpenWindow) -> None:
    seen = window()
    weights: list[int] = []
    seen.page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    for name, path in PAGES.items():
        weights.clear()
        seen.requests.clear()
        seen.open(path)
        seen.page.wait_for_load_state("networkidle")
        assert sum(weights) < LARGEST_WEIGHT_BYTES, name
        assert len(seen.requests) <= MOST_REQUESTS, name
        assert all(address.startswith(seen.address) for address in seen.requests), name


def ask_as_a_widow(seen: Window) -> None:
    page = seen.open("/hitung/keluarga")
    page.get_by_label("Tanggal kejadian").fill("2026-06-10")
    page.get_by_label("Berapa bulan iurannya sudah dibayar").fill("40")
    page.get_by_label("Anak ke-1: tanggal lahir").fill("2015-05-05")
    page.get_by_label("Anak ke-1: sekolahnya sekarang").select_option("SD:4")
    page.get_by_role("button", name="Hitung").click()
    page.get_by_text("Dibayar sekaligus kepada ahli waris").wait_for()


def test_a_widow_asks_on_a_telephone_without_scripts(window: OpenWindow) -> None:
    seen = window(size=TELEPHONE, scripts=False)
    page = seen.open("/masuk")
    page.get_by_role("link", name="Tanpa masuk: hitung iuran dan baca peraturan Jamsostek").click()
    page.get_by_role("main").get_by_role("link", name="Apa yang diterima keluarga saya?").click()
    ask_as_a_widow(seen)
    assert page.locator("#answer .big").all_inner_texts() == ["Rp42.000.000", "Rp55.500.000"]
    assert "2015" not in page.url
    with page.expect_download() as kept:
        page.get_by_role("button", name="Unduh PDF").click()
    assert kept.value.suggested_filename == "manfaat-keluarga.pdf"


def test_only_the_fields_that_matter_are_asked(window: OpenWindow) -> None:
    page = window().open("/hitung/iuran")
    assert page.get_by_label("Upah atau penghasilan (rupiah)").is_visible()
    assert not page.get_by_label("Wilayah upah minimum").is_visible()
    assert not page.get_by_label("Kelompok risiko JKK").is_visible()
    page.get_by_label("upah minimum sebuah wilayah").check()
    page.get_by_label("menerima upah (PU)", exact=True).check()
    assert not page.get_by_label("Upah atau penghasilan (rupiah)").is_visible()
    assert page.get_by_label("Wilayah upah minimum").is_visible()
    assert page.get_by_label("Kelompok risiko JKK").is_visible()


def test_from_an_amount_to_its_article_by_keyboard(window: OpenWindow) -> None:
    seen = window()
    page = seen.open(f"/hitung/iuran?{ASKED}")
    summary = page.locator("summary", has_text="JKK ·")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=re.compile("Lampiran II golongan 1$"))
    assert link.is_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/peraturan/tabel/bpu_brackets**")
    assert page.locator("tr:target").inner_text().startswith("golongan 1")


def test_the_answer_prints_without_its_form(window: OpenWindow) -> None:
    seen = window()
    ask_as_a_widow(seen)
    seen.page.emulate_media(media="print")
    assert not seen.page.locator("form.event").is_visible()
    assert seen.page.locator("#answer .big").first.is_visible()
