"""For each damaged NIK of a list the NIKs it may have been, with what speaks for each. A person chooses.

Nothing here is applied. Every candidate can exist and agrees with the birth date and sex of its row; further evidence
is the region of the family card, and a row of the same name elsewhere in the list or in other lists.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.rules.identity import names
from payung.rules.identity.candidates import candidates
from payung.rules.identity.nik import InvalidNik, parse
from payung.rules.roster.checking import Checked

DAMAGED = (
    "nik_precision_lost", "nik_number_too_large", "nik_column_suspect", "nik_serial_zero", "nik_length", "nik_letters",
    "nik_birth_impossible", "nik_scientific",
)  # fmt: skip
"""Findings of a NIK that is damaged; where it is missing there is nothing to start from."""

EVIDENCE = ("registered", "other_list", "other_row", "family_card", "birth_date", "sex")
"""What may speak for a candidate, strongest first."""

CANDIDATES_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.String,
    "row": pl.UInt32,
    "read": pl.String,
    "candidate": pl.String,
    "evidence": pl.String,
    "source": pl.String,
}
"""Place in the list, NIK as read, a candidate, its evidence (words of EVIDENCE, by comma), and the rows and lists
where it stands (by semicolon)."""

MOST_FOR_A_ROW = 12
_WRITING_HABITS = re.compile(r"[\s'\-]|\.(?!\d+[eE])")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]")
_REGION_DIGITS, _TELLING_DIGITS = 6, 12


@dataclass(frozen=True, slots=True)
class _Known:
    """A whole NIK that stands somewhere, with the name there."""

    digits: str
    name: str | None
    evidence: str
    source: str | None


def nik_candidates(checked: Checked, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """Candidates for the damaged NIKs of a list, best first for each row, at most MOST_FOR_A_ROW of them.

    `known` are people known from elsewhere: columns nik, name, evidence (`registered` or `other_list`) and source (what
    that list is called, null of the registered). Narrow it beforehand to whom may help; each of its rows is looked at
    once.
    """
    damaged = checked.findings.filter(pl.col("code").is_in(DAMAGED)).select("sheet", "row", "value")
    rows = damaged.unique(maintain_order=True).join(
        checked.rows, on=["sheet", "row"], how="left", maintain_order="left"
    )
    return nik_candidates_of(checked.rows, rows, known)


def nik_candidates_of(people: pl.DataFrame, damaged: pl.DataFrame, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """The same for some rows of a list: `damaged` has the columns of `people` (sheet, row, verdict, nik, name,
    birth_date, sex, kk), and `value`, the NIK as it was read.
    """
    shelf = _Shelf(people, known)
    lines = [
        (row["sheet"], row["row"], row["value"], digits, ",".join(evidence), source)
        for row in damaged.iter_rows(named=True)
        for digits, evidence, source in _ranked(row, shelf)
    ]
    return pl.DataFrame(lines, schema=CANDIDATES_SCHEMA, orient="row")


class _Shelf:
    """Whole NIKs of this list and of others, by their digits and by the key of the name."""

    def __init__(self, people: pl.DataFrame, known: pl.DataFrame | None) -> None:
        self.owners: defaultdict[str, list[_Known]] = defaultdict(list)
        self.namesakes: defaultdict[str, list[_Known]] = defaultdict(list)
        whole = people.filter(pl.col("verdict").is_in(["clean", "repaired"]) & pl.col("nik").is_not_null())
        for digits, name, sheet, row in whole.select("nik", "name", "sheet", "row").iter_rows():
            self._put(_Known(digits, name, "other_row", f"{sheet} {row}".strip()))
        if known is not None:
            for told in known.select("nik", "name", "evidence", "source").iter_rows():
                self._put(_Known(*told))

    def _put(self, one: _Known) -> None:
        self.owners[one.digits].append(one)
        if one.name:
            self.namesakes[names.key(one.name)].append(one)


def _ranked(row: dict[str, Any], shelf: _Shelf) -> list[tuple[str, list[str], str | None]]:
    """Candidates of a row with their evidence, the best supported first; not those that are somebody else's."""
    text, name = _WRITING_HABITS.sub("", row["value"] or ""), row["name"]
    elsewhere = shelf.namesakes.get(names.key(name), []) if name else []
    possible = {one.digits for one in elsewhere if _resembles(text, one.digits)}
    if not _SCIENTIFIC.match(text):
        possible |= set(candidates(text)) - {text}
    found = []
    for digits in possible:
        owners = shelf.owners.get(digits, [])
        told = _evidence(digits, row)
        if told is None or any(not _is_hers(name, owner) for owner in owners):
            continue
        evidence = [*dict.fromkeys(owner.evidence for owner in owners), *told]
        sources = dict.fromkeys(owner.source for owner in owners if owner.source)
        found.append((digits, sorted(evidence, key=EVIDENCE.index), "; ".join(sources) or None))
    found.sort(key=lambda one: ([word not in one[1] for word in EVIDENCE], one[0]))
    return found[:MOST_FOR_A_ROW]


def _is_hers(name: str | None, owner: _Known) -> bool:
    return bool(name and owner.name and names.similar(name, owner.name))


def _evidence(digits: str, row: dict[str, Any]) -> list[str] | None:
    """What the row itself says for a NIK, strongest first; None when something contradicts it."""
    try:
        found = parse(digits)
    except InvalidNik:
        return None
    born, sex, card = row["birth_date"], row["sex"], row["kk"]
    if (born and not found.says_birth(born)) or (sex and found.sex != sex):
        return None
    told = {"family_card": card and card[:_REGION_DIGITS] == digits[:_REGION_DIGITS], "birth_date": born, "sex": sex}
    return [word for word, true in told.items() if true]


def _resembles(text: str, digits: str) -> bool:
    """Whether a damaged NIK may have been this one: the digits left of a shortened number, or twelve in common."""
    if shortened := _SCIENTIFIC.match(text):
        return digits.startswith((shortened[1] + (shortened[2] or ""))[:-1])
    return text[:_TELLING_DIGITS] == digits[:_TELLING_DIGITS]
