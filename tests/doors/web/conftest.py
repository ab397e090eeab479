"""A small standing cast, and Debian's Chromium for the tests that need a browser."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from stage import CHROMIUM, DESKTOP, FLAGS, NOW, PASSWORD, Cast, OpenWindow, Window

from payung.office.access.actions import add_user
from payung.office.access.roles import Role
from payung.office.places.actions import NewOpd, add_opds, found_government, grant_area


@pytest.fixture
def cast(db: None) -> Cast:
    """Made anew for each test, through the office's own verbs."""
    government = found_government(code="32.73", name="Pemerintah Kota Bandung", by=None, at=NOW)
    named = [
        NewOpd(code="1.01", name="Dinas Pendidikan", short_name="Disdik", unit_number="NPP-01"),
        NewOpd(code="1.03", name="Dinas Pekerjaan Umum", short_name="Dinas PU", unit_number="NPP-03"),
    ]
    opds = add_opds(
        government=government, opds=named, unit_kind="npp", from_month=NOW.date().replace(day=1), by=None, at=NOW
    )
    first, second = opds["1.01"], opds["1.03"]
    users = {}
    for role in Role:
        users[role.value] = add_user(
            username=role.value, full_name=f"Uji {role.value}", role=role, password=PASSWORD, by=None, at=NOW
        )
        own = first if role is Role.OPD_OPERATOR else None
        grant_area(user=users[role.value], government=government, opd=own, by=None, at=NOW)
    stranger = add_user(
        username="tanpa-wilayah", full_name="Uji Tanpa", role=Role.AUDITOR, password=PASSWORD, by=None, at=NOW
    )
    return Cast(government=government, opds=(first, second), users=users, stranger=stranger)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; tests that ask for it are skipped, and say so, where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install -y --no-install-recommends chromium fonts-noto-core")
    # Playwright keeps an event loop in this thread; the tests' own queries are still plain and synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def window(browser: Browser, live_server: Any) -> Iterator[OpenWindow]:
    """Opens windows on the live site: `window(size=TELEPHONE, dark=True)`. Any console message fails the test."""
    opened: list[Window] = []

    def make(*, size: tuple[int, int] = DESKTOP, dark: bool = False, scripts: bool = True) -> Window:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        made = Window(page=context.new_page(), address=live_server.url)
        made.page.on("console", lambda message: made.console.append(message.text))
        made.page.on("pageerror", lambda error: made.console.append(str(error)))
        made.page.on("request", lambda request: made.requests.append(request.url))
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.page.context.close()
        left = [text for text in one.console if not any(part in text for part in one.expected)]
        assert not left, f"the console of {one.address} said: {left}"
