"""The cast and the window that the tests of the pages work with."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from payung.office.access.models import User
from payung.office.places.models import Government, Opd

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
PASSWORD = "kata-sandi-uji"
NOW = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """One government with two OPD, and one user for each role; the operator sees the first OPD only."""

    government: Government
    opds: tuple[Opd, Opd]
    users: dict[str, User]
    stranger: User


@dataclass
class Window:
    """One window of the browser on the live site. `expected` are console messages a test asks for."""

    page: Page
    address: str
    expected: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, user: User) -> None:
        """Signs in through the form, as a person does."""
        self.open("/masuk")
        self.page.get_by_label(re.compile("Nama pengguna|User name")).fill(user.username)
        self.page.get_by_label(re.compile("Kata sandi|Password")).fill(PASSWORD)
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
