"""The one refusal of a statement, with a sentence that says where and what to do."""

import tomllib
from functools import cache
from pathlib import Path


class UnreadableStatement(Exception):
    """Nothing of the file is taken. `reason` is one of `unreadable.toml`; `line` is the line or row of the file, None
    for the whole of it; `found` is what stood there.
    """

    def __init__(self, reason: str, *, line: int | None = None, found: str = "") -> None:
        self.reason = reason
        self.line = line
        self.found = " ".join(found.split())[:60]
        super().__init__(self.message_in("id"))

    def message_in(self, language: str) -> str:
        """The sentence in "id" or "en"."""
        where = "" if self.line is None else _sentences()["where"][language].format(line=self.line)
        return where + _sentences()[self.reason][language].format(found=self.found)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("unreadable.toml").read_text(encoding="utf-8"))
