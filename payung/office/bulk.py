"""Many rows at once: a question becomes a frame, a frame becomes rows, both by COPY.

The one place that speaks COPY. Bytes travel as PostgreSQL's hex text (`\\x...`), dates as dates,
rupiah as Int64. A loop over the ORM is never needed for rows that are many.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connections
from psycopg import sql

Schema = Mapping[str, Any]
Parameters = Sequence[Any] | Mapping[str, Any]
CHUNK_BYTES = 1 << 20
MANY_ROWS = 1_000


def read(query: str, parameters: Parameters = (), *, schema: Schema, of_everybody: bool = False) -> pl.DataFrame:
    """The answer of a SELECT as a frame with exactly the columns and types of `schema`.

    Booleans arrive as PostgreSQL writes them (t/f) and are mapped here. `of_everybody`: the question walks whole
    tables; behind row-level security the planner expects few rows and would look up each of a million by itself.
    """
    if of_everybody:
        execute("SET LOCAL enable_nestloop = off")
        try:
            return read(query, parameters, schema=schema)
        finally:
            if not connections["default"].needs_rollback:
                execute("SET LOCAL enable_nestloop = on")
    booleans = [name for name, kind in schema.items() if kind == pl.Boolean]
    wire = {name: (pl.String if kind == pl.Boolean else kind) for name, kind in schema.items()}
    buffer = io.BytesIO()
    with connections["default"].cursor() as cursor:
        raw = cursor.cursor
        # COPY takes no server-side parameters: psycopg quotes them on our side.
        inner = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(sql.SQL(query))
        with raw.copy(inner, parameters) as stream:
            for block in stream:
                buffer.write(block)
    if buffer.tell() == 0:
        return pl.DataFrame(schema=dict(schema))
    buffer.seek(0)
    frame = pl.read_csv(buffer, has_header=False, schema=wire)
    return frame.with_columns(pl.col(name) == "t" for name in booleans) if booleans else frame


def write(frame: pl.DataFrame, table: str, *, columns: Sequence[str] | None = None) -> int:
    """Append the frame's rows to a table, columns by name; returns how many rows went in.

    Null is NULL and an empty text is an empty text. The rows take one step aside through a temporary table,
    because COPY does not go into tables under row-level security; constraints and policies hold as always.
    """
    names = list(columns or frame.columns)
    if frame.is_empty():
        return 0
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    target = sql.Identifier(table)
    execute("DROP TABLE IF EXISTS incoming")
    execute(
        sql.SQL("CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(listed, target)
    )
    _copy_in(frame, "incoming", names)
    return execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM incoming").format(target, listed, listed))


def _copy_in(frame: pl.DataFrame, table: str, names: Sequence[str]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    text = io.BytesIO()
    frame.select(names).write_csv(text, include_header=False, quote_style="non_numeric")
    view = text.getbuffer()
    with connections["default"].cursor() as cursor, cursor.cursor.copy(statement) as stream:
        for start in range(0, len(view), CHUNK_BYTES):
            stream.write(view[start : start + CHUNK_BYTES])


def stage(frame: pl.DataFrame, name: str, columns: Mapping[str, str]) -> None:
    """The frame as a temporary table of our own naming, for the rest of this transaction.

    `columns` gives each column its PostgreSQL type; others of the frame stay behind.
    """
    declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    execute(f"DROP TABLE IF EXISTS {name}")
    execute(f"CREATE TEMPORARY TABLE {name} ({declared}) ON COMMIT DROP")
    if not frame.is_empty():
        _copy_in(frame, name, list(columns))
    execute(f"ANALYZE {name}")


def refresh_statistics(rows: int, *tables: str) -> None:
    """Tell the planner of many new rows now: its own rounds come too late for the next question.

    Whoever writes many rows does so at once. Under row-level security a fresh table is taken for one row after two
    or three conditions, and the next join goes through it row by row. A few rows need no such help.
    """
    if rows >= MANY_ROWS:
        execute("SELECT payung_refresh_statistics(%s)", [sorted(tables)])


def new_ids(table: str, count: int) -> pl.Series:
    """`count` fresh ids of a table, taken from its own sequence."""
    found = read(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, count],
        schema={"id": pl.Int64},
    )
    return found["id"]


def execute(statement: str | sql.Composed, parameters: Parameters = ()) -> int:
    """Run one statement over many rows; returns how many it touched."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
