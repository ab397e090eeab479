"""Layouts of lists whose columns are known beforehand: official templates, and lists that usually look alike.

Each is a file of `layouts/`. `certainty` says how well it is known: *verified* (read from a real file, `verified_on`
its date), *reported* (columns named by others), *assumed* (nobody publishes it; confirmed on the mapping page before
it is used), *own* (ours).
"""

import dataclasses
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from payung.rules.roster.vocabulary import LAYOUTS, SHEET_FIELDS, plain

Certainty = Literal["verified", "reported", "assumed", "own"]

KINDS = (
    "text", "nik", "kk", "kpj", "nip", "phone", "date", "month", "rupiah", "count", "code",
)  # fmt: skip
"""What the cells of a column are."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout. `field` is a field of a person (`vocabulary.SHEET_FIELDS`) or a word of the layout's own.

    `codes` are the only values a column of kind "code" takes, each with its meaning. A `locked` column comes back as
    it was sent. A `telling` one sets the layout apart from its neighbours: without any of them it is not recognised.
    `headings` are all the ways its heading is written, plain: asked for every row that may be a heading.
    """

    heading: str
    field: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    required: bool = False
    telling: bool = False
    locked: bool = False
    codes: dict[str, str] = dataclasses.field(default_factory=dict)
    headings: frozenset[str] = dataclasses.field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headings", frozenset((plain(self.heading), *self.words)))


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in the columns of a kind of list."""

    code: str
    name: str
    what: dict[str, str]
    """What kind of list it is, in "id" and "en"."""
    certainty: Certainty
    source: str
    columns: tuple[Column, ...]
    verified_on: date | None = None
    sheet_names: tuple[str, ...] = ()
    most_rows: int | None = None

    @property
    def is_of_persons(self) -> bool:
        """Whether its rows can be checked as people to enrol: it holds names, and NIKs or birth dates."""
        fields = {column.field for column in self.columns}
        return "name" in fields and bool(fields & {"nik", "birth_date"})

    def column(self, name: str) -> Column:
        """The column of a field. Raises KeyError when it has none."""
        for column in self.columns:
            if column.field == name:
                return column
        raise KeyError(name)


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every known layout, by code."""
    files = sorted(path for path in LAYOUTS.glob("*.toml") if path.stem != "vocabulary")
    return tuple(_layout(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)


def layout(code: str) -> Layout:
    """The layout of a code. Raises LookupError when there is none."""
    for known in all_layouts():
        if known.code == code:
            return known
    raise LookupError(code)


def template_of(headings: Sequence[str]) -> str | None:
    """The name of the layout whose headings these are, all of them and in their order; None when it is none."""
    told = tuple(text for heading in headings if (text := plain(heading)))
    return _names_by_headings().get(told)


def person_field(column: Column) -> str | None:
    """The field of a person that a column holds; None when it is about something else."""
    return column.field if column.field in SHEET_FIELDS else None


@cache
def _names_by_headings() -> dict[tuple[str, ...], str]:
    """All headings of a layout in their order, plain -> its name; of two alike the first."""
    found: dict[tuple[str, ...], str] = {}
    for known in all_layouts():
        found.setdefault(tuple(plain(column.heading) for column in known.columns), known.name)
    return found


def _layout(code: str, content: dict[str, Any]) -> Layout:
    columns = tuple(_column(entry) for entry in content["columns"])
    certainty: Certainty = content["certainty"]
    return Layout(
        code=code,
        name=content["name"],
        what=content["what"],
        certainty=certainty,
        source=content["source"],
        columns=columns,
        verified_on=content.get("verified_on"),
        sheet_names=tuple(content.get("sheet_names", ())),
        most_rows=content.get("most_rows"),
    )


def _column(entry: dict[str, Any]) -> Column:
    return Column(
        heading=entry["heading"],
        field=entry["field"],
        kind=entry.get("kind", "text"),
        words=tuple(entry.get("words", ())),
        required=entry.get("required", False),
        telling=entry.get("telling", False),
        locked=entry.get("locked", False),
        codes=entry.get("codes", {}),
    )
