"""The way from an article to its table row and the functions that read it (docs/law/index.md).

`payung law index` prints it; a test holds the document to it, so a new row cannot be forgotten.
"""

from collections.abc import Iterator

from payung.rules.law.readings import all_readings
from payung.rules.law.tables import table, table_names

HEAD = """# Regulation -> article -> table -> function

Made by `payung law index`; a test compares. Each number of the law stands once, in `payung/rules/law/tables/`,
and the functions named read it; a *reading* is what is used where the text is doubtful, in
`payung/rules/law/readings.toml`. The certainties and the sources behind the keys: [sources.md](sources.md).
"""


def index() -> str:
    """The whole index as Markdown: a chapter per regulation, a line per row of a table and per reading."""
    chapters: dict[str, list[str]] = {}
    for regulation, line in [*_figures(), *_readings()]:
        chapters.setdefault(regulation, []).append(line)
    in_order = sorted(chapters, key=lambda regulation: (not regulation.startswith("PP "), regulation))
    return HEAD + "".join(_chapter(regulation, chapters[regulation]) for regulation in in_order)


def _chapter(regulation: str, lines: list[str]) -> str:
    head = "| article | row | value | certainty and sources | read by |\n|---|---|---|---|---|"
    return "\n".join(["", f"## {regulation}", "", head, *lines, ""])


def _figures() -> Iterator[tuple[str, str]]:
    for found in map(table, table_names()):
        readers = ", ".join(f"`{name.removeprefix('payung.rules.law.')}`" for name in found.read_by)
        for row in found.rows:
            figure = row.figure
            certainty = " ".join((figure.certainty, *figure.sources))
            cells = (figure.article or "-", f"`{figure.id}`", f"{figure.value} ({found.unit})", certainty, readers)
            yield figure.regulation, f"| {' | '.join(cells)} |"


def _readings() -> Iterator[tuple[str, str]]:
    for reading in all_readings().values():
        options = " or ".join(reading.options) or "no option"
        cells = (reading.article, f"reading `{reading.id}`", options, reading.certainty, "`readings.Readings`")
        yield reading.regulation, f"| {' | '.join(cells)} |"
