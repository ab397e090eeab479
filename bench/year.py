"""A year of a large government: 1,000,000 people, three programmes, twelve months, from the lists to the reports.

    python bench/year.py [--people 1000000] [--list 100000] [--months 12] [--posted 12] [--users 50]

Ten OPD hand in lists of --list synthetic people for January 2023; the last list is a real workbook through the whole
reader. Then every month is drafted, decided, paid and confirmed by BPJS, file by file, and the year is counted,
reported, searched, and opened by --users people at once (see `crowd.py`). Every step is the action a page calls.
The stated alternatives run on the same data: the same work row by row through the ORM, on a sample and scaled.
"""

import argparse
import gc
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import polars as pl

from bench import crowd, year_asked
from bench.measuring import open_scratch_office
from bench.office import world_rows
from bench.reading import workbook
from bench.steps import Chain

SAMPLE = 1_000
JANUARY = date(2023, 1, 1)
AT = datetime(2023, 1, 3, 2, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--list", type=int, default=100_000, dest="listed")
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--posted", type=int, default=12, help="months confirmed by BPJS")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60, help="how long the users work")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the data there, to look at")
    asked = parser.parse_args()
    print("| step | rows | seconds | rows a second | Python MB | PostgreSQL MB | SQL |\n|---|--:|--:|--:|--:|--:|--:|")
    os.environ["PAYUNG_SECOND_FACTOR_ROLES"] = ""  # nobody here has a telephone
    with open_scratch_office(asked.keep):
        Year(asked).run()


class Year:
    """The cast of one government and what was done so far."""

    def __init__(self, asked: argparse.Namespace) -> None:
        from django.db import transaction

        from tests.office.cast import call_cast

        self.asked, self.chain, self.joined = asked, Chain(), 0
        with transaction.atomic():
            self.cast = call_cast(programmes=("JKK", "JKM", "JHT"))
        self.opds, self.lines = many_opds(self.cast, max(asked.people // asked.listed, 1))

    def run(self) -> None:
        from payung.rules.months import Month

        self.enrol()
        months = [Month(2023, 1).shift(number) for number in range(self.asked.months)]
        for number, month in enumerate(months):
            self.bill(month)
            self.pay(month)
            if number < self.asked.posted:
                self.post(month)
        self.alternatives(months[-1])
        year_asked.ask_all(self.chain, self.cast, self.opds, months, people=self.asked.people)
        crowd.measure(self.cast, self.opds, users=self.asked.users, seconds=self.asked.seconds)
        for name, prefix in (("all plans", "plan "), ("all applied", "apply "), ("all drafted", "draft "),
                             ("all final", "final "), ("all paid", "pay "), ("all posted", "post ")):  # fmt: skip
            print(self.chain.summed(name, prefix).line)

    def heading(self, number: int) -> Any:
        from payung.office.enrolment.models import RosterList
        from payung.office.enrolment.receiving import Heading

        opd = self.opds[number]
        return Heading(
            agreement=self.cast.agreement, opd=opd, budget_line=self.lines[opd.pk], month=JANUARY,
            kind=RosterList.COMPLETE,
        )  # fmt: skip

    def enrol(self) -> None:
        """List after list into a growing registry; the last one as a workbook."""
        from payung.office.enrolment.actions import apply, plan
        from payung.office.enrolment.receiving import receive
        from payung.office.places.scope import whole_government
        from tests.office.cast import approve, hand_in

        own, size = self.cast.government, self.asked.listed
        everyone = world_rows((len(self.opds) - 1) * size)
        for number in range(len(self.opds)):
            if number < len(self.opds) - 1:
                part = everyone.slice(number * size, size)
                with self.chain.step(f"store list {number + 1}, marks sealed", part.height), whole_government(own):
                    roster_list = hand_in(self.cast, self.heading(number), part, f"{number}.xlsx")
            else:
                del everyone, part
                gc.collect()
                content = workbook(size).read_bytes()
                with self.chain.step("read, check, seal and store a workbook", size), whole_government(own):
                    roster_list = receive(
                        content=content, name="daftar.xlsx", heading=self.heading(number), by=self.cast.operator, at=AT
                    ).roster_list
            with self.chain.step(f"plan list {number + 1} against {number * size:,}", size):
                made = plan(roster_list=roster_list, by=self.cast.operator, at=AT)
            print(f"    {made.counts}")
            approve(self.cast, made.proposal, by=self.cast.admin, at=AT)
            with self.chain.step(f"apply list {number + 1}", made.counts.get("join", 0)), whole_government(own):
                apply(plan_id=made.pk, by=self.cast.admin, at=AT)
            self.joined += made.counts.get("join", 0)

    def bill(self, month: Any) -> None:
        from payung.office.billing.models import BillLine
        from payung.office.billing.runs import finalise
        from payung.office.places.scope import whole_government
        from tests.office.cast import approve, drafted

        at = datetime(month.year, month.month, 3, 2, 0, tzinfo=UTC)
        with self.chain.step(f"draft {month}", self.joined):
            run = drafted(self.cast, month, at=at)
        with whole_government(self.cast.government, by=self.cast.admin):
            lines = BillLine.objects.filter(bill__run=run).count()
            if lines != self.joined:
                raise RuntimeError(f"{lines} lines for {self.joined} people")
            approve(self.cast, run.proposal, by=self.cast.admin, at=at)
            with self.chain.step(f"final {month}", lines):
                finalise(run_id=run.pk, by=self.cast.admin, at=at)

    def pay(self, month: Any) -> None:
        from payung.office.billing.models import Bill
        from payung.office.billing.payments import receive_payment
        from payung.office.places.scope import whole_government

        with whole_government(self.cast.government):
            due = list(Bill.objects.filter(month=month.first_day).values_list("pk", "total_rupiah"))
        at = datetime(month.year, month.month, 10, 2, 0, tzinfo=UTC)
        with self.chain.step(f"pay {month}, bills", len(due)), whole_government(self.cast.government):
            for bill, rupiah in due:
                receive_payment(
                    bill_id=bill, amount_rupiah=rupiah, paid_on=at.date(), reference=f"{month}/{bill}",
                    by=self.cast.treasurer, at=at,
                )  # fmt: skip

    def post(self, month: Any) -> None:
        """BPJS's files as they would come, one for each OPD."""
        from payung.office.billing.postings import confirm_posted

        at = datetime(month.year, month.month, 20, 2, 0, tzinfo=UTC)
        files = confirmations(self.cast.government, month)
        rows = sum(heads for _, heads in files)
        with self.chain.step(f"post {month}", rows):
            for number, (content, heads) in enumerate(files):
                told = confirm_posted(
                    government=self.cast.government, content=content, name=f"posting-{month}-{number}.csv",
                    by=self.cast.treasurer, at=at,
                )  # fmt: skip
                if told.posted != heads:
                    raise RuntimeError(f"{told.posted} of {heads} posted")

    def alternatives(self, month: Any) -> None:
        """The same rows once more through the ORM, one after the other; everything is taken back."""
        from django.db import transaction

        from payung.office.billing.models import BillLine, Posting
        from payung.office.places.scope import whole_government

        with whole_government(self.cast.government), transaction.atomic():
            last = list(BillLine.objects.filter(for_month=month.first_day)[:SAMPLE])
            file = Posting.objects.filter(month=JANUARY).values_list("file_id", flat=True)[0]
            later = month.shift(1).first_day
            bill = last[0].bill
            bill.pk, bill.number, bill.state, bill.month = None, "SATU-SATU", "draft", later
            bill.heads = bill.line_count = SAMPLE
            bill.total_rupiah = sum(line.total_rupiah for line in last)
            bill._state.adding = True
            bill.save()
            started = time.perf_counter()
            for line in last:
                line.pk, line.bill, line.for_month = None, bill, later
                line._state.adding = True
                line.save()
            self.compare("a bill's line through the ORM", time.perf_counter() - started, "draft ")
            started = time.perf_counter()
            for line in last:
                Posting.objects.create(
                    government=self.cast.government, membership_id=line.membership_id, month=later,
                    amount_rupiah=line.total_rupiah, file_id=file, recorded_at=AT,
                )  # fmt: skip
            self.compare("a posting through the ORM, nobody looked for", time.perf_counter() - started, "post ")
            transaction.set_rollback(True)

    def compare(self, what: str, seconds: float, prefix: str) -> None:
        ours = self.chain.summed("", prefix)
        per_row, own = seconds / SAMPLE, ours.seconds / ours.rows
        print(f"    alternative: {what}: {per_row * 1e3:.3f} ms, ours {own * 1e3:.3f} ms: {per_row / own:.1f} x")


def many_opds(cast: Any, count: int) -> tuple[list[Any], dict[int, Any]]:
    """So many OPD of the cast's government with a budget line of 2023 each."""
    from django.db import transaction

    from payung.office.agreements.actions import NewLine, open_fund
    from payung.office.agreements.models import BudgetLine
    from payung.office.places.actions import NewOpd, add_opds
    from payung.office.places.scope import whole_government

    with whole_government(cast.government, by=cast.admin), transaction.atomic():
        names = [NewOpd(f"D{n}", f"Dinas {n}", f"Dinas {n}", f"KK{n:06d}") for n in range(count)]
        opds = add_opds(
            government=cast.government, opds=names, unit_kind="npp", from_month=JANUARY, by=cast.admin, at=AT
        )
        fund = open_fund(
            government=cast.government, kind="APBD", name="APBD 2023", year=2023,
            lines=[NewLine(opd, "5.1", "Iuran", 500_000_000_000, 100_000) for opd in opds.values()],
            by=cast.admin, at=AT,
        )  # fmt: skip
        lines = {line.opd_id: line for line in BudgetLine.objects.filter(fund=fund)}
    return list(opds.values()), lines


def confirmations(government: Any, month: Any) -> list[tuple[bytes, int]]:
    """BPJS's answer to the bills of a month, a file for each: its content and how many people it names."""
    from payung.office import bulk
    from payung.office.access.marks import unseal_column
    from payung.office.places.scope import whole_government

    with whole_government(government):
        billed = bulk.read(
            "SELECT l.bill_id, p.nik_sealed, l.total_rupiah FROM billing_billline l"
            " JOIN billing_bill b ON b.id = l.bill_id JOIN registry_membership m ON m.id = l.membership_id"
            " JOIN registry_person p ON p.id = m.person_id WHERE b.month = %s AND p.nik_sealed IS NOT NULL",
            [month.first_day],
            schema={"bill": pl.Int64, "nik": pl.String, "total": pl.Int64},
        )
    niks = pl.Series("NIK", unseal_column(billed["nik"], kind="nik"), pl.String)
    told = billed.select("bill", niks, pl.lit(str(month)).alias("BULAN"), pl.col("total").alias("TOTAL"))
    parts = told.partition_by("bill", include_key=False)
    return [(part.write_csv().encode(), part.height) for part in parts]


if __name__ == "__main__":
    main()
