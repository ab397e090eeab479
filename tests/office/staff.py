"""A personnel master as a file, for the tests of the assessment."""

import csv
import io
from datetime import date, datetime

from payung.office.access.models import User
from payung.office.places.models import OfficialFigure
from payung.office.places.scope import whole_government
from payung.office.reports import boundaries
from payung.office.reports.comparing import compare
from payung.office.reports.masters import Heading, Letter, set_deadline, take_in
from payung.office.reports.models import Comparison, Master
from payung.office.reports.official import NewFigure, take_down, withdraw
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


def figures_told(cast: Cast) -> int:
    """What letters say of the cast's place; returns one of the figures."""
    end = date(2022, 9, 30)
    told = [
        ("workers", "formal", 683_000, None), ("covered", "formal", 355_000, None), ("published", "formal", None, 5157),
        ("workers", "informal", 500_000, None), ("covered", "informal", 36_000, None),
        ("published", "all", None, 1020), ("health", "all", None, 9800), ("target_ucj", "all", None, 5215),
    ]  # fmt: skip
    for kind, scope, heads, percent in told:
        day = date(2022, 12, 31) if kind.startswith("target") else end
        new = NewFigure(kind, scope, cast.government.code, day, heads, percent, "S-1/2022", end, "tanpa ASN")
        made = take_down(government=cast.government, told=new, by=cast.admin, at=AT)
    return made.pk


def tried_comparison(cast: Cast, *, by: User, at: datetime) -> Comparison:
    """A master that the admin handed in, compared by whoever tries."""
    with whole_government(cast.government, by=cast.admin):
        master = taken_in(cast, staff(2))
    return compare(master=master, month=Month(2022, 10), by=by, at=at)


def tried_master(cast: Cast, *, by: User, at: datetime) -> object:
    """A master that somebody tries to hand in."""
    heading = Heading(cast.works, Master.PAYROLL, TOLD_ON)
    return take_in(content=master_file(staff(2)), name="m.csv", heading=heading, by=by, at=at)


def tried_deadline(cast: Cast, *, by: User, at: datetime) -> object:
    """A deadline that somebody tries to set."""
    return set_deadline(opds=[cast.works], letter=Letter("1", TOLD_ON, TOLD_ON), by=by, at=at)


def tried_figure(cast: Cast, *, by: User, at: datetime) -> OfficialFigure:
    """A figure that somebody tries to take down."""
    told = NewFigure("workers", "all", cast.government.code, TOLD_ON, 5, None, "x", TOLD_ON, "")
    return take_down(government=cast.government, told=told, by=by, at=at)


def tried_withdrawal(cast: Cast, *, by: User, at: datetime) -> None:
    """A figure of the admin's that somebody tries to drop."""
    with whole_government(cast.government, by=cast.admin):
        figure = tried_figure(cast, by=cast.admin, at=at)
    withdraw(figure=figure, by=by, at=at)


def tried_outlines(cast: Cast, *, by: User, at: datetime) -> object:
    """Outlines that somebody tries to hand in."""
    ring = "[[107,-7],[107.5,-7],[107.5,-6.5],[107,-7]]"
    shape = f'{{"type":"Polygon","coordinates":[{ring}]}}'
    content = f'{{"features":[{{"properties":{{"kode":"{cast.government.code}.01"}},"geometry":{shape}}}]}}'
    return boundaries.take_in(
        government=cast.government, level="kecamatan", source="x", content=content.encode(), name="b.json", by=by, at=at
    )
