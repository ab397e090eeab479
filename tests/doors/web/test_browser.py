"""The pages in a browser: reached by keyboard, read by axe, light enough for a slow line, whole without scripts.

Pictures of every page are kept where PAYUNG_SCREENSHOTS names a folder.
"""

import re

import pytest
from stage import Office, work_off

from tests.browser import DESKTOP, PASSWORD, TELEPHONE, OpenWindow, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "progress"])]

LARGEST_WEIGHT_BYTES = 200 * 1024
MOST_REQUESTS = 20
PAGES = {
    "home": "/",
    "waiting": "/persetujuan",
    "approval-rules": "/persetujuan/aturan",
    "lists": "/daftar",
    "list-upload": "/daftar/unggah",
    "list": "/daftar/{list_id}",
    "list-rows": "/daftar/{list_id}/orang",
    "plan-waiting": "/rencana/{waiting_plan_id}",
    "plan-applied": "/rencana/{plan_id}",
    "people": "/peserta",
    "person": "/peserta/{person_id}?hari=2022-11-25",
    "bills": "/tagihan",
    "bill-month": "/tagihan/buat?bulan=2022-11",
    "bill": "/tagihan/{bill_id}",
    "bill-line": "/tagihan/baris/{line_id}",
    "posting-upload": "/posting/unggah",
    "gallery": "/galeri",
}
REPORTS = {
    "coverage": "/cakupan",
    "assessment": "/asesmen",
    "scenario": "/rencana-anggaran/{scenario_id}",
    "numbers": "/lima-angka?bulan=2022-10",
    "assessment-opd": "/asesmen/opd/{opd_id}",
    "scenarios-compare": "/rencana-anggaran/banding",
    "month-sheet": "/lembar-bulanan",
    "award": "/penghargaan?tahun=2022",
    "inspections": "/pemeriksaan",
    "claims": "/klaim",
    "claim": "/klaim/{case_id}",
    "claim-new": "/orang/{person_id}/kasus",
}
"""Many figures made of the same components: each is looked at in one of the sorts, in turn."""
SORTS = ("desktop", "telephone", "desktop-dark")


def walk(seen: Window, office: Office, sort: str) -> None:
    """Every page: no violation, nothing wider than the screen, a picture."""
    of_sort = list(REPORTS)[SORTS.index(sort) :: len(SORTS)]
    for name, pattern in {**PAGES, **{name: REPORTS[name] for name in of_sort}}.items():
        page = seen.open(pattern.format(**office.parts))
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        seen.check_access()
        seen.take_picture(f"{name}-{sort}")


@pytest.mark.parametrize(
    ("size", "dark", "sort"),
    [(DESKTOP, False, "desktop"), (TELEPHONE, False, "telephone"), (DESKTOP, True, "desktop-dark")],
    ids=["desktop", "telephone", "dark"],
)
def test_every_page_is_accessible(
    window: OpenWindow, office: Office, size: tuple[int, int], dark: bool, sort: str
) -> None:
    seen = window(size=size, dark=dark)
    seen.open("/masuk")
    seen.check_access()
    seen.take_picture(f"sign-in-{sort}")
    seen.sign_in(office.cast.admin)
    walk(seen, office, sort)


def test_empty_and_wrong_pages_are_accessible(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.expected = ["404", "403"]
    seen.sign_in(office.elsewhere)
    for name, path in {"home": "/", "lists": "/daftar", "bills": "/tagihan", "missing": "/tidak-ada"}.items():
        seen.open(path)
        seen.check_access()
        seen.take_picture(f"{name}-empty")
    seen.open("/daftar/unggah")
    seen.page.locator("main button.main").click()
    seen.check_access()


def test_every_page_is_light(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.sign_in(office.cast.admin)
    weights: list[int] = []
    seen.page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    for name, pattern in PAGES.items():
        weights.clear()
        seen.requests.clear()
        seen.open(pattern.format(**office.parts))
        seen.page.wait_for_load_state("networkidle")
        assert sum(weights) < LARGEST_WEIGHT_BYTES, name
        assert len(seen.requests) <= MOST_REQUESTS, name
        assert all(address.startswith(seen.address) for address in seen.requests), name


def test_the_walk_by_keyboard_alone(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.open("/masuk")
    page = seen.page
    page.get_by_label("Nama pengguna").focus()
    page.keyboard.type(office.cast.admin.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Control+k")
    page.keyboard.type("SINTETIS")
    page.keyboard.press("Enter")
    page.wait_for_url("**/peserta/cari")
    assert page.locator("main tbody tr").count() >= 7
    assert "SINTETIS" not in page.url


def test_a_preview_opens_and_closes_by_keyboard(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.sign_in(office.cast.admin)
    page = seen.open("/galeri")
    page.locator(".confirm summary.main").focus()
    page.keyboard.press("Enter")
    said = page.get_by_text("Belum ada yang berubah sampai tombol ini ditekan.").first
    assert said.is_visible()
    page.keyboard.press("Escape")
    assert not said.is_visible()


def test_the_work_is_whole_without_scripts(window: OpenWindow, office: Office) -> None:
    seen = window(scripts=False)
    seen.sign_in(office.narrow)
    page = seen.open("/daftar/unggah")
    csv = "NAMA;NIK;TANGGAL LAHIR;L/P;JABATAN;UPAH\nSINTETIS BUDI;3273061208900001;12-08-1990;L;Supir;2500000\n"
    page.set_input_files("#id_workbook", files=[{"name": "daftar.csv", "mimeType": "text/csv", "buffer": csv.encode()}])
    page.select_option("#id_opd", str(office.cast.works.pk))
    page.locator("main button.main").click()
    assert page.get_by_text("boleh ditinggalkan").is_visible()
    work_off(office)
    page.get_by_role("link", name="Muat ulang").click()
    page.get_by_role("link", name="Lihat rencana").click()
    assert page.locator("h1").inner_text() == "Rencana untuk DPU"
    page.locator("#search").fill("SINTETIS")
    page.locator("#search").press("Enter")
    assert page.locator("main tbody tr").count() >= 7


def test_progress_is_followed_until_it_is_done(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.sign_in(office.cast.admin)
    page = seen.open("/tagihan/buat?bulan=2022-11")
    page.get_by_role("button", name=re.compile("Buat 1 konsep tagihan")).click()
    page.wait_for_url("**/pekerjaan/*")
    work_off(office, kind="bill_month")
    page.get_by_text("1 konsep tagihan dibuat").wait_for(timeout=5_000)
    page.get_by_role("link", name="Periksa konsep tagihan").click()
    assert page.locator("main tbody tr").count() >= 1


def test_the_language_is_switched_where_one_stands(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.sign_in(office.cast.admin)
    page = seen.open("/tagihan")
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Contribution bills"
    assert page.url.endswith("/tagihan")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_page_prints_without_its_frame(window: OpenWindow, office: Office) -> None:
    seen = window()
    seen.sign_in(office.cast.admin)
    page = seen.open(f"/tagihan/{office.parts['bill_id']}")
    page.emulate_media(media="print")
    assert not page.locator(".side").is_visible()
    assert not page.locator(".search").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("main table").first.is_visible()
