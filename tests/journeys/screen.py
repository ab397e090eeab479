"""What a person at the screen does in a journey, and what she reads there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser import Window

PATIENCE_MILLISECONDS = 20_000
"""A page of the largest world on a busy machine; what is not there by then is not there."""


@dataclass(frozen=True)
class Screen:
    """A user of a loaded world before her window."""

    window: Window

    @property
    def page(self) -> Page:
        """What she sees."""
        return self.window.page

    def open(self, path: str) -> Page:
        """A page by its address."""
        return self.window.open(path)

    def follow(self, link: str) -> None:
        """A click on the link of that name in the page's content."""
        self.page.get_by_role("main").get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        """A click on the button of that name."""
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()

    def says(self, words: str) -> None:
        """The page's content comes to say so."""
        expect(self.page.get_by_role("main")).to_contain_text(words, timeout=PATIENCE_MILLISECONDS)

    def shows(self, spot: Locator, words: str) -> None:
        """That spot of the page comes to read so, no more and no less."""
        expect(spot).to_have_text(words, timeout=PATIENCE_MILLISECONDS)

    def figure(self, label: str) -> Locator:
        """The large figure under a label."""
        return self.page.locator(".figures-row div", has=self.page.get_by_text(label, exact=True)).locator("dd")

    def cell(self, row: str, column: str) -> Locator:
        """The cell of a table where the row and the column of those names meet."""
        table = (
            self.page.get_by_role("main")
            .locator("table", has=self.page.get_by_role("columnheader", name=column, exact=True))
            .first
        )
        heads = table.locator("thead th").all_inner_texts()
        line = table.locator("tbody tr", has=self.page.get_by_role("rowheader", name=row, exact=True)).first
        return line.locator("th, td").nth(heads.index(column))

    def listed(self) -> int:
        """How many people the list says that it holds."""
        return int(self.page.locator("[data-listed]").get_attribute("data-listed") or -1)


SitDown = Callable[[str], Screen]
