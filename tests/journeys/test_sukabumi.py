"""Kota Sukabumi, from March 2024: civil servants carry workers from their TPP, Rp16.800 a worker and month.

Each office has its list of deductions; what is taken is paid and proved by BPJS, worker by worker; the offices are
ranked.
"""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from payung.doors.world.load_sponsored import Report, load
from payung.doors.world.sponsored import FIRST, LAST, make
from payung.office.access.models import User
from payung.office.places.models import Government
from payung.office.places.scope import seen_by
from payung.office.sponsorship.models import Circular, DeductionList, Sponsor
from payung.office.sponsorship.opd_months import lines_of, overview
from payung.office.sponsorship.queries import own_pledges
from payung.rules.money import grouped
from payung.rules.months import Month
from tests.journeys.screen import Screen, SitDown
from tests.reconciled import programme_reconciles
from tests.seen import words_of

pytestmark = pytest.mark.django_db(transaction=True)
PER_WORKER = 16_800


@pytest.mark.parametrize(
    ("servants", "last"), [(120, Month(2024, 4)), pytest.param(4_000, LAST, marks=pytest.mark.full)]
)
def test_each_office_deducts_pays_and_proves(servants: int, last: Month, sit_down: SitDown) -> None:
    report = load(make(seed=1, servants=servants, last=last), show=lambda *told: None)
    assert report.months[0].month == FIRST and report.months[-1].month == last
    if servants == 4_000:
        assert report.months[0].pledged == 72
    what_is_due_follows_from_the_heads(report)
    with seen_by(User.objects.get(username="auditor")):
        no_office_paid_less_than_it_deducted(report)
        government = Government.objects.get(code="32.72")
        carrying = Sponsor.objects.select_related("user").get(user__username="asn")
        (carried,) = own_pledges(carrying, on=last.last_day, by=carrying.user)
        programme_reconciles(government, Circular.objects.get(), [one.month for one in report.months])
    if last == LAST:
        relief_came_by_itself(report)
    assert "Potongan" in words_of("admin", "/potongan")
    assert carried.worker in words_of("asn", "/tanggungan")
    a_pledge_is_on_the_deduction_list_of_the_month(sit_down("admin"))


def a_pledge_is_on_the_deduction_list_of_the_month(screen: Screen) -> None:
    """An office's list of the month: who deducts for which worker, as many and as much as the screen says."""
    with seen_by(User.objects.get(username="admin")):
        deduction_list = DeductionList.objects.select_related("opd").filter(month=FIRST.first_day, heads__gt=0)[0]
        asked = lines_of(deduction_list)
    screen.open(f"/potongan?bulan={FIRST}")
    office = deduction_list.opd.short_name
    assert screen.cell(office, "Orang").inner_text() == grouped(len(asked))
    assert screen.cell(office, "Iuran").inner_text() == f"Rp{grouped(len(asked) * PER_WORKER)}"
    with screen.page.expect_download() as download:
        screen.cell(office, "Langkah berikutnya").get_by_role("button", name="Unduh Excel").click()
    sheet = CalamineWorkbook.from_filelike(BytesIO(download.value.path().read_bytes())).get_sheet_by_index(0)
    listed = {tuple(row[1:4]) for row in sheet.to_python()}
    assert asked and {(line.sponsor, line.worker, PER_WORKER) for line in asked} <= listed


def what_is_due_follows_from_the_heads(report: Report) -> None:
    """Rp16.800 for each worker until 2025; from 2026 a relief may make it less, never more."""
    for one in report.months:
        assert one.heads > 0 and one.posted <= one.heads
        if one.month.year < 2026:
            assert one.due_rupiah == one.heads * PER_WORKER
        assert 0 < one.due_rupiah <= one.heads * PER_WORKER


def relief_came_by_itself(report: Report) -> None:
    """Drivers cost half from January 2026, everybody from April; nobody touched a tariff."""
    cost = {str(one.month): (one.due_rupiah, one.heads) for one in report.months}
    due, heads = cost["2025-12"]
    assert due == heads * PER_WORKER
    due, heads = cost["2026-01"]
    assert heads * PER_WORKER // 2 < due < heads * PER_WORKER
    due, heads = cost["2026-04"]
    assert due == heads * PER_WORKER // 2


def no_office_paid_less_than_it_deducted(report: Report) -> None:
    """Of the first month: what each office owes is paid or told as missing."""
    circular = Circular.objects.get()
    for line in overview(circular, report.months[0].month):
        assert line.paid_rupiah == line.taken_rupiah
        assert 0 <= line.missing_rupiah <= line.due_rupiah
    assert DeductionList.objects.filter(circular=circular, month=FIRST.first_day).exists()
