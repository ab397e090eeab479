"""A window of Debian's Chromium on the live site, for the tests of the pages and for the journeys."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # tests without a window need not load Playwright
    from playwright.sync_api import Browser, Page

    from payung.office.access.models import User

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, TELEPHONE = (1366, 768), (390, 844)
PASSWORD = "rahasia-panjang"
"""That of everybody in the office's cast."""


@dataclass
class Window:
    """One window of the browser on the live site. `expected` are console messages a test asks for."""

    page: "Page"
    address: str
    expected: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Page":
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, user: "User", password: str = PASSWORD) -> None:
        """Signs in through the form, as a person does."""
        self.open("/masuk")
        self.page.get_by_label(re.compile("Nama pengguna|User name")).fill(user.username)
        self.page.get_by_label(re.compile("Kata sandi|Password")).fill(password)
        self.page.locator("button.main").click()

    def check_access(self) -> None:
        """No violation of WCAG 2.2 AA, and nothing wider than the screen."""
        from axe_playwright_python.sync_playwright import Axe

        result = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        found = [
            f"{violation['id']}: {node['html'][:200]}"
            for violation in result.response["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{self.page.url}: " + "; ".join(found)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"

    def take_picture(self, name: str) -> None:
        """Kept where PAYUNG_SCREENSHOTS names a folder, for a person to look at."""
        folder = os.environ.get("PAYUNG_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium; tests that ask for it are skipped, and say so, where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install -y --no-install-recommends chromium fonts-noto-core")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the tests' own queries are still plain and synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def window(browser: "Browser", live_server: Any) -> Iterator[OpenWindow]:
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
