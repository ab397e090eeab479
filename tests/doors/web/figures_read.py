"""A page as whoever checks its figures reads it: every figure with what it opens, and what a list says it holds."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADS = re.compile(r"^[+−-]?\d{1,3}(\.\d{3})*$")
"""A count as it stands on a page; an amount begins with Rp, a share ends with %."""


@dataclass
class Figure:
    """A count: what it says, under which heading, the address that it opens (empty: none), and whether it is a sum at
    the foot of a table."""

    count: int
    under: str
    href: str
    at_foot: bool = False


@dataclass
class Read:
    """All figures of a page; what it says that its list holds (None: it is no list), its rows, and the next page."""

    figures: list[Figure] = field(default_factory=list)
    listed: int | None = None
    rows: int = 0
    following: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read, self._text, self._href, self._under = Read(), [""], "", ""
        self._labels: list[str] = []
        self._cell = -1
        self._inside = ""
        self._at_foot = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "data-listed" in told:
            assert self.read.listed is None, "a page holds one list"
            self.read.listed = int(told["data-listed"])
        if told.get("rel") == "next":
            self.read.following = told["href"]
        if tag == "thead":
            self._labels = []
        if tag in ("tbody", "tfoot"):
            self._at_foot = tag == "tfoot"
        if tag == "tr":
            self._cell = -1
        if tag in ("th", "td"):
            self._cell += 1
        if tag in ("th", "td", "dt", "dd"):
            self._begin(tag, told)
        if tag == "a" and self._inside:
            self._href = told.get("href", "")

    def _begin(self, tag: str, told: dict[str, str]) -> None:
        label = self._labels[self._cell] if tag == "td" and 0 <= self._cell < len(self._labels) else ""
        self._under = label if tag == "td" else self._under
        self._inside, self._text, self._href = tag + "." + told.get("class", "") + "." + told.get("scope", ""), [""], ""

    def handle_data(self, data: str) -> None:
        self._text[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._cell >= 0 and self.read.listed is not None and not self._inside.endswith(".col"):
            self.read.rows += 1
        if tag not in ("th", "td", "dt", "dd") or not self._inside:
            return
        said = " ".join("".join(self._text).split())
        if self._inside.endswith(".col"):
            self._labels.append(said)
        elif tag == "dt":
            self._under = said
        elif HEADS.match(said) and (tag == "dd" or "n" in self._inside.split(".")[1].split()):
            count = abs(int(said.replace(".", "").replace("−", "-")))
            if count:
                self.read.figures.append(Figure(count, self._under, self._href, self._at_foot))


def read(page: str) -> Read:
    """What stands on it."""
    reader = _Reader()
    reader.feed(page)
    return reader.read
