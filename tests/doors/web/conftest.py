"""A small standing cast, and Debian's Chromium for the tests that need a browser."""

import copy
import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker
from stage import CHROMIUM, DESKTOP, FLAGS, Office, OpenWindow, Window, open_office

from payung.office.places.scope import tell
from tests.databases import LIVE, OFFICE, Databases, serve, writes_for_good
from tests.office.cast import Cast, call_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The office's standing cast, alone."""
    return call_cast()


@pytest.fixture(scope="session")
def standing_office(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Office:
    """Made once, in a database of its own."""
    chosen = databases.wanted
    databases.choose(OFFICE)
    with django_db_blocker.unblock():
        made = open_office()
        databases.choose(chosen)
    return made


@pytest.fixture
def office(standing_office: Office, databases: Databases, request: pytest.FixtureRequest, db: None) -> Office:
    """As it stood for every test: taken back afterwards, or a copy of the whole where a test writes for good."""
    if writes_for_good(request.node):
        serve(databases.copy(OFFICE, LIVE))
    else:
        tell(user_id=standing_office.cast.admin.pk, area=standing_office.cast.area)
    return copy.deepcopy(standing_office)


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
