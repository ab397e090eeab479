"""The page of all findings, as docs/roster/findings.md holds it: kinds of dirt, then every code with its sentences."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from payung.rules.roster.catalogue import catalogue

_HEAD = """# What is found in lists

`findings.toml` is the authority; this page is made from it by `payung roster findings`. A row's verdict is that of its
worst finding: *reject* (cannot be enrolled), *human* (a person decides), *repaired* (mended without doubt, shown); a
*warning* leaves the row clean. Identity is never guessed: a damaged NIK gets candidates for a person to choose from.
"""


@cache
def kinds_of_dirt() -> tuple[dict[str, Any], ...]:
    """The kinds of dirt that lists are known to hold, each with the codes found of it (`dirt.toml`)."""
    kinds: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("dirt.toml").read_text(encoding="utf-8"))[
        "kinds"
    ]
    return tuple(kinds)


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_HEAD, *_dirt(), "", *_codes()]) + "\n"


def _dirt() -> Iterator[str]:
    yield "## Kinds of dirt\n"
    yield "| what lists hold | found |"
    yield "|---|---|"
    for kind in kinds_of_dirt():
        codes = ", ".join(f"`{code}`" for code in kind["codes"]) or "read as it is meant"
        yield f"| {kind['what']} | {codes} |"


def _codes() -> Iterator[str]:
    yield "## Every code\n"
    yield "| code | severity | what the clerk reads | what to do |"
    yield "|---|---|---|---|"
    for code, entry in catalogue().items():
        severities = ", ".join(entry["severities"])
        yield f"| `{code}` | {severities} | **{entry['title']['id']}.** {entry['read']['id']} | {_mends(entry)} |"


def _mends(entry: dict[str, Any]) -> str:
    """What to do, and what to do where there is a proposal or a repair."""
    texts = [entry[name]["id"] for name in ("do", "do_suggested", "do_repaired") if name in entry]
    return "<br>".join(texts)
