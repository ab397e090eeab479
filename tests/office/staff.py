"""A personnel master as a file, for the tests of the assessment."""

import csv
import io
from datetime import date

from payung.office.reports.comparing import compare
from payung.office.reports.masters import Heading, Letter, set_deadline, take_in
from payung.office.reports.models import Comparison, Master
from payung.rules.months import Month
from tests.office.cast import AT, Cast, people

HEADINGS = ("NIK", "NAMA", "TANGGAL LAHIR", "UNIT KERJA", "STATUS")
TOLD_ON = date(2022, 10, 3)


def master_file(rows: list[dict[str, str]]) -> bytes:
    """The rows as a text file with HEADINGS."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def staff(
    count: int, *, first: int = 1, unit: str = "Dinas Pekerjaan Umum", status: str = "THL"
) -> list[dict[str, str]]:
    """Rows for the people of that number in the cast's lists."""
    return [
        {
            "NIK": str(one["nik"]), "NAMA": str(one["name"]), "TANGGAL LAHIR": f"{one['birth_date']:%d-%m-%Y}",
            "UNIT KERJA": unit, "STATUS": status,
        }
        for one in people(count, first=first)
    ]  # fmt: skip


def taken_in(cast: Cast, rows: list[dict[str, str]], *, name: str = "master.csv") -> Master:
    """The rows handed in by the first OPD."""
    heading = Heading(cast.works, Master.BKPSDM, TOLD_ON)
    return take_in(content=master_file(rows), name=name, heading=heading, by=cast.admin, at=AT).master


def compared_staff(cast: Cast) -> Comparison:
    """Something of everything: protected, in a list, in no list, gone, part-time, with Taspen, in an unknown unit."""
    rows = [*staff(4), *staff(1, first=5, status="Berhenti"), *staff(3, first=60), *staff(2, first=30, unit="Dinkes")]
    rows += [*staff(1, first=70, status="PPPK Paruh Waktu"), *staff(1, first=71, status="PNS")]
    made = compare(
        master=taken_in(cast, [*rows, *staff(2, first=80, unit="UPT Jalan")]), month=Month(2022, 10), by=cast.admin,
        at=AT,
    )  # fmt: skip
    letter = Letter("800/12", TOLD_ON, date(2022, 10, 31))
    set_deadline(opds=[cast.works], letter=letter, by=cast.admin, at=AT)
    return made
