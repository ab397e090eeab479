"""A personnel master as a file, for the tests of the assessment."""

import csv
import io

HEADINGS = ("NIK", "NAMA", "TANGGAL LAHIR", "UNIT KERJA", "STATUS")


def master_file(rows: list[dict[str, str]]) -> bytes:
    """The rows as a text file with HEADINGS."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
