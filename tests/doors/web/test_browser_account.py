"""The sign-in pages, the account and the past, looked at in Chromium on a desktop and on a telephone."""

import re

import pytest
from stage import Office

from tests.browser import DESKTOP, TELEPHONE, OpenWindow
from tests.doors.web.test_second_factor import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "progress"])]


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_account_pages_are_whole(office: Office, window: OpenWindow, size: tuple[int, int]) -> None:
    seen = window(size=size)
    name = "desktop" if size == DESKTOP else "telephone"
    seen.expected.append("429")
    for _ in range(6):
        seen.open("/masuk")
        seen.page.get_by_label("Nama pengguna").fill("tidak-ada")
        seen.page.get_by_label("Kata sandi").fill("salah")
        seen.page.locator("button.main").click()
    assert "Terlalu banyak percobaan" in seen.page.inner_text("main")
    seen.check_access()
    seen.take_picture(f"locked-{name}")
    seen.sign_in(office.cast.admin)
    for path in ("/akun", "/akun/kata-sandi", "/riwayat", "/?bulan=2022-10&diketahui=2022-10-02"):
        seen.open(path)
        seen.check_access()
        seen.take_picture(f"account-{re.sub(r'[^a-z]+', '-', path)}-{name}")
    seen.open(f"/peserta/{office.parts['person_id']}?hari=2022-10-20&diketahui=2022-10-03")
    seen.check_access()
    seen.take_picture(f"person-then-{name}")
    page = seen.open("/akun/langkah-kedua")
    seen.check_access()
    seen.take_picture(f"factor-{name}")
    secret = page.inner_text("#secret")
    page.get_by_label("Kode enam angka").fill(code_of(secret))
    page.get_by_role("button", name="Aktifkan langkah kedua").click()
    codes = page.locator("#recovery code").all_inner_texts()
    seen.check_access()
    seen.take_picture(f"recovery-{name}")
    page.get_by_role("button", name="Keluar").click()
    seen.sign_in(office.cast.admin)
    seen.check_access()
    seen.take_picture(f"code-{name}")
    page.get_by_label("Kode dari aplikasi autentikator").fill(codes[0])
    page.get_by_role("button", name="Masuk").click()
    assert "Program Jamsostek" in page.inner_text("h1")
