"""The one refusal of a file, with a sentence that says what it is and what to do."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


class UnreadableWorkbook(Exception):
    """The file cannot be read. `code` is one of `unreadable.toml`; `message` is Indonesian,
    `message_in("en")` English.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        self.message = self.message_in("id")
        super().__init__(self.message)

    def message_in(self, language: str) -> str:
        """The sentence in "id" or "en"."""
        words: dict[str, str | int] = {"file": "", "sheet": "", "corner": "", **self.params}
        if "kind" in words:
            words["kind"] = _sentences()["kinds"][language][words["kind"]]
        sentence: str = _sentences()[self.code][language]
        return sentence.format_map(words)


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("unreadable.toml").read_text(encoding="utf-8"))
