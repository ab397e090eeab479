"""The user guide: for each role its steps between the 1st and the 15th, read from `words/guide.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from payung.doors.web.translation import Language
from payung.office.access.roles import Role

BOOK = Path(__file__).parent / "words" / "guide.toml"
PICTURES = "payung/guide"
"""Folder of the pictures among the static files."""


@dataclass(frozen=True)
class Step:
    """One thing to do: on which days ("" at any time), on which page, in two languages; `picture` among the static
    files, empty where there is none.
    """

    days: str
    page: str
    do: Mapping[Language, str]
    picture: str


@dataclass(frozen=True)
class Guide:
    """What a role is there for, and its steps in their order."""

    intro: Mapping[Language, str]
    steps: Sequence[Step]


def picture_of(page: str) -> str:
    """Where the picture of a page lies among the static files."""
    return f"{PICTURES}/{page}.webp"


@lru_cache(maxsize=1)
def guides() -> Mapping[Role, Guide]:
    """The guide of every role. Raises KeyError for a role without one."""
    book = tomllib.loads(BOOK.read_text(encoding="utf-8"))
    return {
        role: Guide(
            book[role.value]["intro"],
            [
                Step(one["days"], one["page"], one["do"], picture_of(one["page"]) if one.get("picture") else "")
                for one in book[role.value]["step"]
            ],
        )
        for role in Role
    }


def pictured() -> Mapping[str, Role]:
    """Every page that has a picture, with the first role whose guide shows it."""
    found: dict[str, Role] = {}
    for role, guide in guides().items():
        for step in guide.steps:
            if step.picture:
                found.setdefault(step.page, role)
    return found


def stands(picture: str) -> bool:
    """Whether the picture is there."""
    return bool(picture) and finders.find(picture) is not None
