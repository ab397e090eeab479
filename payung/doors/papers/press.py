"""The press: a filled form and a template become a PDF, in a process of its own.

Typesetting 12,000 lines takes about a gigabyte, and typst keeps what it has laid out; the child gives it all back.
Run as `python -m payung.doors.papers.press`, it reads the order on standard input and writes the PDF.
"""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

_TEMPLATES = Path(__file__).parent / "templates"
LARGEST_TAGGED_LINES = 500
"""Tags (for screen readers) take 1.5 KB a line; a longer paper goes without, its workbook is the accessible form."""

_LONGEST_SECONDS = 120


class PaperNotPrinted(Exception):
    """The press gave no paper; the message is typst's own, for whoever mends the template."""


def printed(template: str, form: dict[str, Any], *, printed_on: date, lines: int) -> bytes:
    """The form through templates/`template`, as PDF. The same arguments give the same bytes.

    Raises PaperNotPrinted when form and template do not fit or the press takes longer than two minutes.
    """
    order = {"template": template, "form": form, "printed_on": printed_on.isoformat(), "lines": lines}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "payung.doors.papers.press"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as failed:
        raise PaperNotPrinted(failed.stderr.decode(errors="replace").strip()) from failed
    except subprocess.TimeoutExpired as late:
        raise PaperNotPrinted(f"{template}: no paper after {_LONGEST_SECONDS} seconds") from late
    return done.stdout


def press(order: dict[str, Any], *, output: Literal["pdf", "png"] = "pdf", dots_per_inch: int = 144) -> Any:
    """One order, typeset here: the PDF's bytes, or with `output` "png" the pages as pictures.

    Only the fonts inside typst are used, so that a paper looks the same on every machine.
    """
    day = date.fromisoformat(order["printed_on"])
    return typst.compile(
        _TEMPLATES / str(order["template"]),
        root=_TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        format=output,
        ppi=dots_per_inch,
        sys_inputs={"paper": json.dumps(order["form"])},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        pdf_tags=order["lines"] <= LARGEST_TAGGED_LINES,
    )


def main() -> int:
    """The child: an order in, a PDF out; exit status 1 with typst's message when it cannot be done."""
    try:
        paper = press(json.load(sys.stdin.buffer))
    except typst.TypstError as wrong:
        sys.stderr.write(f"{wrong.message}\n{wrong.diagnostic}\n")
        return 1
    sys.stdout.buffer.write(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main())
