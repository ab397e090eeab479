"""House styles: how an office lays out its list. Data in `lists/styles.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from payung.doors.world.chance import Dice, quotas
from payung.doors.world.facts import Listing


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it shows, its header, and the merged header above it ("" where there is none)."""

    field: str
    label: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """One way of laying out a list; what the values mean stands beside the data."""

    key: str
    listing: Listing
    share: int
    names: str
    dates: str
    niks: str
    sex: str
    sheets: str
    csv: bool
    column_numbers: bool
    recap: bool
    header_every: int
    marks: tuple[str, ...]
    columns: tuple[Column, ...]

    def shows(self, field: str) -> bool:
        """Whether the list has a column for `field`."""
        return any(column.field == field for column in self.columns)


@cache
def for_listing(listing: Listing) -> tuple[Style, ...]:
    """The styles in which such lists are sent."""
    data = tomllib.loads(
        resources.files("payung.doors.world").joinpath("lists/styles.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Style(
            key=key,
            listing=item["listing"],
            share=item["share"],
            names=item["names"],
            dates=item["dates"],
            niks=item["niks"],
            sex=item["sex"],
            sheets=item["sheets"],
            csv=item.get("csv", False),
            column_numbers=item["column_numbers"],
            recap=item.get("recap", False),
            header_every=item.get("header_every", 0),
            marks=tuple(item.get("marks", [])),
            columns=tuple(Column(*column) for column in item["columns"]),
        )
        for key, item in data.items()
        if item["listing"] == listing
    )


def shared_out(listing: Listing, offices: int, dice: Dice) -> list[Style]:
    """A style for each of `offices`, by share; with enough offices every style is used."""
    styles = for_listing(listing)
    heads = quotas([style.share for style in styles], offices)
    return dice.shuffled([style for style, count in zip(styles, heads, strict=True) for _ in range(count)])
