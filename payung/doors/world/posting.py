"""The confirmation BPJS sends after a payment: who was posted, under which number, for how much.

The layout is assumed (no official one is published): NPP, KPJ, NIK, NAMA, BULAN, JKK, JKM, TOTAL. It names
the people whose rows can be read without asking anybody, in offices that are paid for; each person once, under
the payment unit of the first list. Amounts are those of `rules.law`, never reckoned here.
"""

from datetime import datetime, time
from pathlib import Path

import polars as pl
import xlsxwriter

from payung.doors.world.facts import Group, Place
from payung.doors.world.truth import Truth
from payung.doors.world.worlds import World
from payung.rules.law.contributions import owed
from payung.rules.law.wages import wage_base
from payung.rules.months import Month

COLUMNS = {
    "npp": "NPP", "kpj": "KPJ", "nik": "NIK", "name": "NAMA", "month": "BULAN",
    "jkk": "JKK", "jkm": "JKM", "total": "TOTAL",
}  # fmt: skip
PERSON = ("npp", "kpj", "nik", "name")
AMOUNTS = ("jkk", "jkm", "total")


def posted(people: pl.DataFrame, place: Place, month: Month) -> pl.DataFrame:
    """The confirmation for `people` (npp, kpj, nik, name, sector, group): those whose office is paid for.

    Raises LawError where the law has no wage base or no contribution for that month.
    """
    paid_for = [office.npp for group in place.groups for office in group.offices if office.joined]
    people = people.filter(pl.col("npp").is_in(paid_for)).with_columns(pl.col("name").str.to_uppercase())
    parts = [
        owed(_asked(people.filter(pl.col("group") == group.key), group, month), columns=[*PERSON, *AMOUNTS])
        for group in place.groups
    ]
    rows = pl.concat(parts).with_columns(pl.lit(str(month)).alias("month"))
    return rows.select(*COLUMNS).sort("npp", "kpj").rename(COLUMNS)


def write_posting(world: World, truth: Truth) -> list[Path]:
    """Writes `posting-YYYY-MM.csv` and the same as .xlsx for the readable rows; answers their paths."""
    readable = truth.rows.filter(pl.col("verdict").is_in(["clean", "repaired"]))
    once = readable.unique("person", keep="first", maintain_order=True)
    rows = posted(once, world.place, world.month)
    path = truth.folder / f"posting-{world.month}.csv"
    rows.write_csv(path, include_bom=True)
    book_path = path.with_suffix(".xlsx")
    _write_book(rows, book_path, world.month)
    return [path, book_path]


def _asked(people: pl.DataFrame, group: Group, month: Month) -> pl.DataFrame:
    """The columns the law asks for, under the wage policy of the group."""
    policy = "nominal" if group.wage.base == "declared" else group.wage.base
    base = wage_base(policy, group.wage.region, month, group.wage.amount_rupiah)
    return people.with_columns(
        pl.lit(group.membership_class).alias("class"),
        pl.lit(month.index).alias("month"),
        pl.lit(base.rupiah).alias("wage_rupiah"),
        pl.lit(group.risk_group, dtype=pl.Int64).alias("group"),
        pl.lit(group.payer).alias("payer"),
        *[pl.lit(name.upper() in group.programmes).alias(f"in_{name}") for name in ("jkk", "jkm", "jht", "jp")],
    )


def _write_book(rows: pl.DataFrame, path: Path, month: Month) -> None:
    plain = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path, {"constant_memory": True, **plain})
    book.set_properties({"title": "Data sintetis", "created": datetime.combine(month.first_day, time())})
    page = book.add_worksheet("POSTING")
    page.write_row(0, 0, rows.columns)
    for number, row in enumerate(rows.iter_rows(), start=1):
        page.write_row(number, 0, row)
    book.close()
