"""Take the sponsored world through the office's real actions, month by month: paper, list, deduction, payment, posting.
A month that is done is found done.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

import polars as pl

from payung.doors.calendar import public_holidays
from payung.doors.world import founding
from payung.doors.world.carried import Here, drawn, ends, instant, pledge
from payung.doors.world.sponsored import (
    CATCHES_UP_PER_MILLE,
    FAILS_PER_MILLE,
    Sponsored,
)
from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.approvals.models import Verdict
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.models import BillRun
from payung.office.billing.postings import confirm_posted
from payung.office.billing.runs import decide_run
from payung.office.places.scope import whole_government
from payung.office.reports.counting import count_month
from payung.office.sponsorship.circulars import Rules, issue_circular
from payung.office.sponsorship.lists import fix_lists
from payung.office.sponsorship.models import DeductionList, Return, Sponsor
from payung.office.sponsorship.outreach import note_outreach
from payung.office.sponsorship.remittances import remit_each
from payung.office.sponsorship.returns import arrears_of, lines_of_lists, record_returns
from payung.office.sponsorship.sponsors import bind_user, take_in
from payung.rules.months import Month

Show = Callable[[str, int, int], None]


@dataclass
class MonthDone:
    """What stands in the office of one month."""

    month: Month
    pledged: int
    refused: int
    ended: int
    heads: int
    due_rupiah: int
    to_pay_rupiah: int
    posted: int


@dataclass
class Report:
    """What a load did."""

    place: str
    servants: int
    opds: int
    months: list[MonthDone] = field(default_factory=list)


def load(world: Sponsored, *, show: Show) -> Report:
    """Found the city and take every month through it."""
    begin = instant(world.first, 1)
    founded = founding.found(world.world, at=begin)
    lines = [line for line in founded.lines.values() if line.opd_id]
    with whole_government(founded.government, by=founded.admin):
        (agreement,) = founded.agreements.values()
        circular = issue_circular(agreement=agreement, lines=lines, rules=Rules(), by=founded.admin, at=begin)
    take_in(
        government=founded.government, content=_servants_file(world), name="daftar-asn.csv",
        on=date(world.first.year, 1, 1), by=founded.admin, at=begin,
    )  # fmt: skip
    here = Here(founded, circular, world)
    report = Report(world.world.place.name, world.servants.height, len(lines))
    months = list(world.first.until(world.last))
    moved = []
    for number, month in enumerate(months, start=1):
        moved.append(_month(here, month))
        show(f"potongan TPP {month}", number, len(months))
    for number, month in enumerate(months, start=1):
        count_month(government=founded.government, month=month, by=founded.treasurer, at=instant(world.last, 15))
        show("lima angka dihitung", number, len(months))
    _let_in(here)
    # Read at the end: a later return may pay, and a later posting confirm, an earlier month.
    report.months = [_standing(here, month, *counts) for month, counts in zip(months, moved, strict=True)]
    return report


def _let_in(here: Here) -> None:
    """A log-in for the civil servant who has carried a worker longest, and still does."""
    founded, at = here.founded, instant(here.world.last, 15)
    with whole_government(founded.government, by=founded.admin):
        carrying = Sponsor.objects.filter(pledge__order__replaced_at=None, pledge__order__until_month=None)
        longest = carrying.order_by("pledge__order__from_month", "pk").first()
        if longest is not None and longest.user_id is None:
            user = founding.servant_user(founded.government, at=at)
            bind_user(sponsor=longest, user=user, by=founded.admin, at=at)


def _month(here: Here, month: Month) -> tuple[int, int, int]:
    """A month through the office: how many pledges came, were refused, ended."""
    ended = ends(here, month)
    pledged, refused = pledge(here, month)
    fix_lists(circular=here.circular, month=month, by=here.founded.operator, at=instant(month, 3))
    _bill(here, month)
    _deduct(here, month)
    _post(here, month)
    _explain(here, month)
    return pledged, refused, ended


def _standing(here: Here, month: Month, pledged: int, refused: int, ended: int) -> MonthDone:
    """What stands in the office of a month."""
    with whole_government(here.founded.government):
        lists = DeductionList.objects.filter(circular=here.circular, month=month.first_day)
        returned = Return.objects.filter(deduction_list__in=lists)
        posted = bulk.execute("SELECT 1 FROM billing_posting WHERE month = %s", [month.first_day])
        return MonthDone(
            month=month, pledged=pledged, refused=refused, ended=ended,
            heads=sum(lists.values_list("heads", flat=True)),
            due_rupiah=sum(lists.values_list("total_rupiah", flat=True)),
            to_pay_rupiah=sum(one.to_pay_rupiah for one in returned), posted=posted,
        )  # fmt: skip


def _bill(here: Here, month: Month) -> None:
    founded = here.founded
    with suppress(NothingToBill):  # a repeated load finds the month billed
        run = bill_month(
            government=founded.government, month=month, holidays=public_holidays(month.year, month.year + 1),
            by=founded.treasurer, at=instant(month, 4),
        )  # fmt: skip
        if run.state == BillRun.DRAFT:
            with whole_government(founded.government, by=founded.admin):
                decide_run(run_id=run.pk, verdict=Verdict.APPROVE, comment="", by=founded.admin, at=instant(month, 5))


def _deduct(here: Here, month: Month) -> None:
    """What each office really deducted, and its one payment."""
    founded = here.founded
    with whole_government(founded.government):
        lists = list(
            DeductionList.objects.filter(circular=here.circular, month=month.first_day, heads__gt=0)
            .select_related("government", "circular", "opd").order_by("opd_id")
        )  # fmt: skip
        returned = set(Return.objects.filter(deduction_list__in=lists).values_list("deduction_list_id", flat=True))
        waiting = [one for one in lists if one.pk not in returned]
        told = _told(here, waiting) if waiting else None
    if told is not None:
        record_returns(lists=waiting, told=told, by=founded.operator, at=instant(month, 9))
    with whole_government(founded.government):
        back = {one.deduction_list_id: one for one in Return.objects.filter(deduction_list__in=lists)}
    paying = [(one, f"SINTETIS-TPP-{month}-{one.opd.code}") for one in lists if back[one.pk].to_pay_rupiah > 0]
    if paying:
        paid_on = month.first_day.replace(day=12)
        remit_each(lists=paying, paid_on=paid_on, by=founded.treasurer, at=instant(month, 12))


def _told(here: Here, lists: list[DeductionList]) -> pl.DataFrame:
    """What comes back of lists: some deductions fail, most of what failed before is made up for."""
    owed = arrears_of(*lists).group_by("pledge_id").agg(pl.col("owed_rupiah").sum())
    told = lines_of_lists([one.pk for one in lists]).join(owed, on="pledge_id", how="left", maintain_order="left")
    fails = drawn(here, told["deduction_id"], "fails") < FAILS_PER_MILLE
    catches_up = ~fails & (drawn(here, told["deduction_id"], "catches up") < CATCHES_UP_PER_MILLE)
    return told.select(
        "list_id",
        "number",
        pl.when(fails).then(0).otherwise(pl.col("due_rupiah")).alias("amount_rupiah"),
        pl.when(catches_up).then(pl.col("owed_rupiah").fill_null(0)).otherwise(0).alias("arrears_rupiah"),
        pl.when(fails).then(pl.lit("failed")).otherwise(pl.lit("full")).alias("outcome"),
    )


_PAID_UNPOSTED = """
    SELECT r.nik_sealed, d.month, d.due_rupiah FROM sponsorship_deduction d
    JOIN sponsorship_pledge p ON p.id = d.pledge_id JOIN files_row r ON r.id = p.row_id
    WHERE d.month <= %s AND d.due_rupiah <= (
            SELECT coalesce(sum(t.amount_rupiah), 0) FROM sponsorship_taken t WHERE t.deduction_id = d.id)
      AND NOT EXISTS (
            SELECT 1 FROM billing_posting b WHERE b.membership_id = p.membership_id AND b.month = d.month)
    ORDER BY d.month, d.id
"""


def _post(here: Here, month: Month) -> None:
    """The confirmation of BPJS: everybody whose month is paid and not posted yet."""
    founded = here.founded
    with whole_government(founded.government):
        paid = bulk.read(
            _PAID_UNPOSTED, [month.first_day],
            schema={"nik_sealed": pl.String, "month": pl.Date, "TOTAL": pl.Int64},
        )  # fmt: skip
    if paid.is_empty():
        return
    niks = pl.Series("NIK", unseal_column(paid["nik_sealed"], kind="nik"), dtype=pl.String)
    told = paid.select(
        niks,
        niks.map_elements(_number_of, return_dtype=pl.String).alias("KPJ"),
        pl.col("month").dt.strftime("%Y-%m").alias("BULAN"),
        "TOTAL",
    )
    confirm_posted(
        government=founded.government, content=told.write_csv().encode(), name=f"posting-{month}.csv",
        by=founded.treasurer, at=instant(month, 14),
    )  # fmt: skip


def _number_of(nik: str) -> str:
    """The KPJ that BPJS gives, the same each month; synthetic, as the person is."""
    return f"98{crc32(nik.encode()) % 10**9:09d}"


def _explain(here: Here, month: Month) -> None:
    """Twice a year sponsoring is explained again."""
    founded = here.founded
    if month.month in (3, 9):
        held = month.first_day.replace(day=18)
        with whole_government(founded.government):
            known = here.circular.outreach_set.filter(held_on=held).exists()
        if not known:
            note_outreach(
                circular=here.circular, opd=None, held_on=held, place="Balai kota", attendance=120,
                by=founded.admin, at=instant(month, 20),
            )  # fmt: skip


def _servants_file(world: Sponsored) -> bytes:
    told = world.servants.select(pl.col("nip").alias("NIP"), pl.col("name").alias("NAMA"), pl.col("npp").alias("OPD"))
    return told.write_csv(separator=";").encode()
