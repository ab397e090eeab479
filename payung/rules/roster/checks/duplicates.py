"""One NIK on several rows: the same person again, or somebody else's NIK.

The first row of a person stays and later ones are rejected. When the rows speak of different people, the
NIK itself tells for whom it was made, by birth date and sex; those it does not fit go to a human. If it
fits none or several, all of them do.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from payung.rules.identity import names
from payung.rules.roster.collecting import Each, Findings

_COMPARED_PEOPLE = 20
"""A NIK on more people than that is a filler; beyond it only equal names count as the same person."""


@dataclass(slots=True)
class _Listing:
    """One row with a NIK that stands on others as well."""

    person: int
    nik: str
    place: dict[str, Any]
    name: str | None
    birth: date | None
    sex: str | None
    fits: bool

    def same_as(self, other: "_Listing") -> bool:
        """Whether two rows with one NIK speak of one person: names alike and births not apart."""
        if self.birth and other.birth and self.birth != other.birth:
            return names.key(self.name or "") == names.key(other.name or "") and self.name is not None
        return not (self.name and other.name) or names.similar(self.name, other.name)


def check_duplicates(people: pl.DataFrame, findings: Findings) -> None:
    """Needs final names, birth dates and sexes. Visible sheets count as earlier than hidden ones."""
    usable = people.filter(pl.col("nik_usable"))
    several = usable.filter(pl.col("nik").is_duplicated()).sort("hidden", "person")
    groups: dict[str, list[_Listing]] = {}
    for row in several.iter_rows(named=True):
        groups.setdefault(row["nik"], []).append(_listing(row))
    found: list[Each] = []
    for listings in groups.values():
        found.extend(_judge(listings))
    findings.add_each("nik", found)


def _listing(row: dict[str, Any]) -> _Listing:
    born, sex = row["birth_date"], row["sex"]
    said = (row["nik_day"], row["nik_month"], row["nik_year"])
    fits_birth = born is not None and (born.day, born.month, born.year % 100) == said
    fits = fits_birth and (sex is None or sex == row["nik_sex"])
    place = {"other_sheet": row["sheet_name"], "other_row": row["row"]}
    return _Listing(row["person"], row["nik"], place, row["name"], born, sex, fits)


def _judge(listings: list[_Listing]) -> list[Each]:
    found: list[Each] = []
    people: list[list[_Listing]] = []
    by_key: dict[str, list[_Listing]] = {}
    for listing in listings:
        same_name = by_key.get(names.key(listing.name or ""))
        compared = [same_name] if same_name else people if len(people) <= _COMPARED_PEOPLE else []
        known = next((person for person in compared if person[0].same_as(listing)), None)
        if known is None:
            people.append([listing])
            by_key[names.key(listing.name or "")] = people[-1]
            continue
        known.append(listing)
        found.append((listing.person, "duplicate_row", listing.nik, None, known[0].place))
    if len(people) < 2:
        return found
    owners = [person for person in people if person[0].fits]
    owner = owners[0] if len(owners) == 1 else None
    for person in people:
        if person is not owner:
            beside = owner or next(other for other in people if other is not person)
            found.append((person[0].person, "nik_shared", person[0].nik, None, beside[0].place))
    return found
