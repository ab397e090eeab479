"""`payung law export --out FOLDER`: every table of the law as JSON and CSV with citations."""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from payung.rules.law.figures import LawError
from payung.rules.law.records import FIELDS, all_tables, readings_document, record, schema, table_document
from payung.rules.law.tables import Table

README = """# The law of Jamsostek as data

Made by `payung law export`. One file per table, the same rows in `json/` and `csv/`; `readings.json` holds the
questions on which the law is doubtful, with what is used meanwhile; `schema.json` is a JSON Schema of `json/*.json`.

Every row stands with its regulation and article, how sure it is and why, and the days it could be known and was last
checked. Numbers are decimals as text, so that no program makes a float of them. CSV is UTF-8 with commas; lists in a
cell are joined by a space.

| field | meaning |
|---|---|
{fields}

Beside these each row has the keys of its table and what its table says besides (bounds of a bracket or slice,
payers of a relief).

| table | title | unit | keys | rows |
|---|---|---|---|--:|
{tables}
"""


def add_arguments(question: argparse.ArgumentParser) -> None:
    """The words of `payung law export`."""
    question.add_argument("--out", metavar="FOLDER", required=True, help="folder tujuan; dibuat bila belum ada")


def run(arguments: argparse.Namespace) -> int:
    """Writes the folder. Raises LawError when it cannot be written."""
    folder = Path(arguments.out)
    try:
        _write(folder)
    except OSError as unwritable:
        raise LawError(f"Folder {folder} tidak dapat ditulis: {unwritable.strerror or 'ditolak'}.") from unwritable
    print(f"{folder}: {len(all_tables())} tabel.")
    return 0


def _write(folder: Path) -> None:
    (folder / "json").mkdir(parents=True, exist_ok=True)
    (folder / "csv").mkdir(exist_ok=True)
    for found in all_tables():
        _json(folder / "json" / f"{found.name}.json", table_document(found))
        _csv(folder / "csv" / f"{found.name}.csv", found)
    _json(folder / "readings.json", readings_document())
    _json(folder / "schema.json", schema())
    (folder / "README.md").write_text(_readme(), "utf-8")


def _json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _csv(path: Path, found: Table) -> None:
    rows = [record(found, row) for row in found.rows]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _readme() -> str:
    fields = "\n".join(f"| `{name}` | {told} |" for name, told in FIELDS.items())
    tables = "\n".join(
        f"| `{found.name}` | {found.title.en} | {found.unit} | {', '.join(found.keys) or '-'} | {len(found.rows)} |"
        for found in all_tables()
    )
    return README.format(fields=fields, tables=tables)
