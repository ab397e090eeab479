"""Kota Bandung, October 2022: 12,400 employees without ASN status, JKK + JKM, paid by APBD.

67 offices send their lists as they always did. By the evening everybody whose row can be read is protected, the
month is billed at Rp9.944 a head, paid, posted, and the city can say who is covered, by whom and why.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from payung.doors.calendar import public_holidays
from payung.doors.world.load import load_place
from payung.doors.world.report import Report
from payung.doors.world.truth import ROWS_FILE
from payung.office.access.models import User
from payung.office.approvals.models import Verdict
from payung.office.billing import explaining
from payung.office.billing import queries as billing
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.models import BillLine
from payung.office.billing.runs import decide_run
from payung.office.coverage.queries import State, cover_on
from payung.office.ledger.queries import balances
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.registry.queries import search
from payung.office.reports.queries import programme
from payung.rules.months import Month

OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
PER_HEAD = 9_944
EVENING = datetime(2022, 11, 1, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("people", [400, pytest.param(12_400, marks=pytest.mark.full)])
def test_a_city_protects_its_employees(people: int, tmp_path: Path) -> None:
    report = load_place("bandung", seed=1, people=people, folder=tmp_path, show=lambda *told: None)
    truth = pl.read_parquet(report.folder / ROWS_FILE)
    with seen_by(User.objects.get(username="auditor")) as area:
        everybody_readable_is_protected_once(report, truth)
        the_bill_is_what_the_city_was_reported_to_pay(report, area)
        whoever_was_posted_is_covered_and_the_page_says_why(truth, area)
        a_line_explains_itself_down_to_the_article(area)
    the_same_evening_again_changes_nothing(report, people, tmp_path)
    november_bills_everybody_once_more(report)


def everybody_readable_is_protected_once(report: Report, truth: pl.DataFrame) -> None:
    """Every person row of every list is accounted for: protected, waiting for a person, or refused with a reason."""
    assert report.verdicts.total() == truth.height == report.plan.total()
    readable = truth.filter(pl.col("verdict").is_in(["clean", "repaired"]))
    assert report.persons == report.spells == readable["person"].n_unique() == report.plan["join"]
    assert report.plan["reject"] == truth.filter(pl.col("verdict") == "reject").height
    # Who stands on two offices' lists is protected by the first; the second row waits for a person.
    twice = readable.height - readable["person"].n_unique()
    assert report.plan["human"] == truth.filter(pl.col("verdict") == "human").height + twice


def the_bill_is_what_the_city_was_reported_to_pay(report: Report, area: Area) -> None:
    """0.24 % and 0.30 % of UMP Jawa Barat 2022, for each head and to the rupiah, in bill, ledger and report alike."""
    assert report.total_rupiah == report.spells * PER_HEAD == report.paid_rupiah
    month = programme(area, OCTOBER)
    assert (month.total("protected"), month.total("billed_rupiah")) == (report.spells, report.total_rupiah)
    balance = balances(government_id=area.government.pk)
    assert balance.pop("kas:daerah") == -report.total_rupiah
    assert balance.pop("beban:iuran:APBD") == report.total_rupiah
    assert set(balance.values()) == {0}
    assert {bill.due_on for bill in billing.bills(area)} == {date(2022, 11, 15)}


def whoever_was_posted_is_covered_and_the_page_says_why(truth: pl.DataFrame, area: Area) -> None:
    """A widow asks at the counter; the clerk types her husband's NIK."""
    someone = truth.filter((pl.col("verdict") == "clean") & (pl.col("kind") == "")).row(0, named=True)
    (found,) = search(area, someone["nik"])
    (cover,) = cover_on(found.id, date(2022, 10, 20))
    assert cover.state is State.CONFIRMED and cover.programmes == ("JKK", "JKM")
    assert cover.agreement == "SINTETIS/119/PKS-JAMSOSTEK/2022" and cover.payer
    assert [reason.code for reason in cover.reasons] == ["spell", "first_posted", "month_posted"]
    (before,) = cover_on(found.id, date(2022, 9, 30))
    assert before.state is State.PLANNED


def a_line_explains_itself_down_to_the_article(area: Area) -> None:
    """Any line of any bill: what was multiplied, and by which article."""
    line = BillLine.objects.order_by("pk").first()
    assert line is not None
    told = explaining.explained(area, line.pk)
    assert {name: owed.employer for name, owed in told.explanation.programmes.items()} == {"JKK": 4_420, "JKM": 5_524}
    cited = {step.citation for owed in told.explanation.programmes.values() for step in owed.steps}
    assert any("PP 44/2015" in citation for citation in cited)


def the_same_evening_again_changes_nothing(report: Report, people: int, folder: Path) -> None:
    """The same files, the same month: known, nothing billed twice."""
    again = load_place("bandung", seed=1, people=people, folder=folder, show=lambda *told: None)
    assert (again.files, again.files_new) == (report.files, 0)
    assert (again.persons, again.bills, again.total_rupiah, again.posted) == (
        report.persons, report.bills, report.total_rupiah, report.posted,
    )  # fmt: skip


def november_bills_everybody_once_more(report: Report) -> None:
    """The next month has the same heads and no adjustments; asking twice makes one set of bills."""
    treasurer = User.objects.get(username="bendahara")
    with seen_by(treasurer) as area:
        holidays = public_holidays(2022, 2023)
        run = bill_month(government=area.government, month=NOVEMBER, holidays=holidays, by=treasurer, at=EVENING)
        assert sum(bill.total_rupiah for bill in run.bill_set.all()) == report.total_rupiah
        assert not BillLine.objects.filter(bill__run=run).exclude(reason="regular").exists()
        again = bill_month(government=area.government, month=NOVEMBER, holidays=holidays, by=treasurer, at=EVENING)
        assert again == run, "a draft is returned as it stands"
    admin = User.objects.get(username="admin")
    with seen_by(admin):
        decide_run(run_id=run.pk, verdict=Verdict.APPROVE, comment="", by=admin, at=EVENING)
    with seen_by(treasurer) as area, pytest.raises(NothingToBill):
        bill_month(government=area.government, month=NOVEMBER, holidays=holidays, by=treasurer, at=EVENING)
