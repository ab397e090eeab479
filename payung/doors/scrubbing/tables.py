"""One table from the installation to its copy: read in clear, every personal value replaced, sealed anew, written.

Values travel as PostgreSQL's own text, so that every type arrives as it left. Originals never touch the copy's disk.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

from payung.doors.scrubbing.rules import BY_FIELD, Cell, Ruled, rules_of
from payung.doors.scrubbing.twins import Twins
from payung.office.access.marks import KeyRing, sealer, unseal_column
from payung.office.files.models import Row

FETCHED_ROWS = 5_000
NOT_OPENED = ("file", "second_factor")
"""Kinds that are not even opened: the copy gets nothing, or an empty file where there must be one."""
KNOWN_NAMES = """SELECT DISTINCT ON (e.row_id) e.row_id, p.name AS known_name FROM registry_evidence e
    JOIN registry_person p ON p.id = e.person_id ORDER BY e.row_id, e.id"""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d{6,}")
_NAMES = (BY_FIELD["name"], BY_FIELD["name_key"])
Progress = Callable[[int], None]


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns that are stored, the key included."""
    return [str(one.column) for one in model._meta.concrete_fields if not getattr(one, "generated", False)]


@dataclass
class Originals:
    """What must not appear in the copy: numbers, and the words of names."""

    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def gather(self, source: psycopg.Connection[Any], model: type[models.Model]) -> None:
        """Take in what one table holds."""
        table = sql.Identifier(model._meta.db_table)
        for column, ruled in rules_of(model).items():
            if ruled.kind in NOT_OPENED or not (ruled.kind or ruled.rule in _NAMES):
                continue
            asked = sql.SQL("SELECT DISTINCT {}::text FROM {} WHERE {} IS NOT NULL").format(
                sql.Identifier(column), table, sql.Identifier(column)
            )
            for block in _blocks(source, asked):
                told = [row[0] for row in block]
                for text in unseal_column(told, kind=ruled.kind) if ruled.kind else told:
                    self.numbers.update(_NUMBER.findall(text or ""))
                    if ruled.rule in _NAMES or ruled.kind == "mother_name":
                        self.words.update(word.upper() for word in _WORD.findall(text or ""))


def _blocks(source: psycopg.Connection[Any], asked: sql.Composed) -> Iterator[list[tuple[str | None, ...]]]:
    with source.cursor(name="scrub") as cursor:
        cursor.execute(asked)
        while block := cursor.fetchmany(FETCHED_ROWS):
            yield block


@dataclass
class Copy:
    """The two ends of the copying and what it needs on the way."""

    source: psycopg.Connection[Any]
    target: psycopg.Connection[Any]
    twins: Twins
    ring: KeyRing
    password: str
    sheets: dict[str, str] = field(default_factory=dict)

    def table(self, model: type[models.Model], progress: Progress) -> int:
        """Every row of one table; returns how many."""
        columns, ruled = columns_of(model), rules_of(model)
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        done = 0
        with self.target.cursor() as cursor, cursor.copy(into) as stream:
            for block in _blocks(self.source, _asked(model, columns)):
                for row in self._replaced(model, columns, ruled, block):
                    stream.write_row(row)
                done += len(block)
                progress(done)
        return done

    def _replaced(
        self,
        model: type[models.Model],
        columns: list[str],
        ruled: Mapping[str, Ruled],
        block: list[tuple[str | None, ...]],
    ) -> Iterator[tuple[str | None, ...]]:
        """The rows of a block with their twins in place."""
        if not ruled:
            yield from block
            return
        names = [*columns, "known_name"] if model is Row else columns
        told: dict[str, list[str | None]] = {
            name: list(values) for name, values in zip(names, zip(*block, strict=True), strict=True)
        }
        clear = {
            name: unseal_column(values, kind=ruled[name].kind)
            if name in ruled and ruled[name].kind and ruled[name].kind not in NOT_OPENED
            else values
            for name, values in told.items()
        }
        rows = [dict(zip(clear, values, strict=True)) for values in zip(*clear.values(), strict=True)]
        for column, how in ruled.items():
            told[column] = self._twins_of(model, column, how, clear[column], rows)
        yield from zip(*(told[column] for column in columns), strict=True)

    def _twins_of(
        self,
        model: type[models.Model],
        column: str,
        how: Ruled,
        values: list[str | None],
        rows: list[dict[str, str | None]],
    ) -> list[str | None]:
        if how.kind in NOT_OPENED and _may_be_empty(model, column):
            return [None] * len(values)
        seal = sealer(self.ring, kind=how.kind) if how.kind else str
        return [
            None if value is None else seal(how.rule(Cell(self.twins, row, self.password, self.sheets), value))
            for value, row in zip(values, rows, strict=True)
        ]


def _asked(model: type[models.Model], columns: list[str]) -> sql.Composed:
    """All rows; a line of a list with the name of the person it speaks of, so that she has one twin everywhere."""
    parts: list[sql.Composable] = [sql.SQL("t.{}::text").format(sql.Identifier(column)) for column in columns]
    joined: sql.Composable = sql.SQL("")
    if model is Row:
        parts.append(sql.SQL("k.known_name"))
        joined = sql.SQL(" LEFT JOIN ({}) k ON k.row_id = t.id").format(sql.SQL(KNOWN_NAMES))
    listed, table = sql.SQL(", ").join(parts), sql.Identifier(model._meta.db_table)
    return sql.SQL("SELECT {} FROM {} t{}").format(listed, table, joined)


def _may_be_empty(model: type[models.Model], column: str) -> bool:
    return next(bool(one.null) for one in model._meta.concrete_fields if one.column == column)
