"""Take a synthetic world through the office's real actions: from its workbooks to bills and postings.

Every step can be repeated: what is done is found done. A run that was killed is finished by the next.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path

import polars as pl

from payung.doors.calendar import public_holidays
from payung.doors.world import founding, workbooks, worlds
from payung.doors.world.founding import Founded
from payung.doors.world.truth import ROWS_FILE
from payung.doors.world.worlds import World
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing import queries as billing
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.models import BillRun
from payung.office.billing.payments import receive_payment
from payung.office.billing.postings import confirm_posted
from payung.office.billing.runs import decide_run
from payung.office.enrolment.actions import apply, plan
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.receiving import Heading, receive
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.reports.counting import count_month
from payung.rules.months import Month

Show = Callable[[str, int, int], None]
"""Told what is being done, how far, and how much there is."""


class WorldRefused(Exception):
    """There is no such world; the message is for the person who asked."""


@dataclass
class Report:
    """What a load did: counts as they stand in the office, seconds by step."""

    place: str
    folder: Path
    month: str
    files: int = 0
    files_new: int = 0
    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    plan: Counter[str] = field(default_factory=Counter)
    persons: int = 0
    spells: int = 0
    bills: int = 0
    heads_billed: int = 0
    total_rupiah: int = 0
    paid_rupiah: int = 0
    posted: int = 0
    posted_unknown: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Adds the time of a step."""
        started = time.perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started


def load_place(
    place: str, *, seed: int, people: int | None, folder: Path, show: Show, month: Month | None = None
) -> Report:
    """Make the world where it is not yet written, and take it through the office.

    Raises WorldRefused for an unknown place or an impossible number of people.
    """
    try:
        world = worlds.make(place, seed=seed, people=people, month=month)
    except (LookupError, ValueError) as problem:
        raise WorldRefused(str(problem)) from problem
    written = folder / f"{place}-{world.month}-{seed}-{len(world.people)}"
    report = Report(place=world.place.name, folder=written, month=str(world.month))
    with report.timed("dunia contoh ditulis"):
        _write_once(world, written, show)
    at = _morning(world.month.first_day)
    with report.timed("pemda, OPD, perjanjian, anggaran"):
        founded = founding.found(world, at=at)
    _enrol(world, founded, report, at, show)
    _bill_pay_and_post(world, founded, report, show)
    with whole_government(founded.government):
        _count(founded, report)
    return report


def _write_once(world: World, written: Path, show: Show) -> None:
    """The world's workbooks, whole or not at all: a half-written folder is made again."""
    if written.exists():
        return
    unfinished = written.with_name(written.name + ".sebagian")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    workbooks.write(
        world, unfinished, progress=lambda done, whole, what: show(f"menulis buku kerja: {what}", done, whole)
    )
    unfinished.rename(written)


def _enrol(world: World, founded: Founded, report: Report, at: datetime, show: Show) -> None:
    """Receive, plan, approve and apply each office's list."""
    truth = pl.read_parquet(report.folder / ROWS_FILE, columns=["file", "npp", "group"])
    files = truth.group_by("file", maintain_order=True).agg(pl.col("npp").first(), pl.col("group").first())
    done = 0
    for file, npp, group in files.iter_rows():
        if npp not in founded.opds:
            continue
        heading = Heading(
            agreement=founded.agreements[group],
            opd=founded.opds[npp],
            budget_line=founded.lines[group, npp],
            month=world.month.first_day,
            kind=RosterList.COMPLETE,
        )
        with whole_government(founded.government):
            done += _hand_in(report.folder / file, heading, founded, report, at)
        show(f"daftar masuk: {founded.opds[npp].short_name}", done, len(truth))
    show("daftar masuk", len(truth), len(truth))


def _hand_in(path: Path, heading: Heading, founded: Founded, report: Report, at: datetime) -> int:
    """One office's list, from file to applied plan; returns how many people it names."""
    with report.timed("berkas dibaca, diperiksa, disimpan"):
        received = receive(content=path.read_bytes(), name=path.name, heading=heading, by=founded.operator, at=at)
    report.files += 1
    report.files_new += not received.known
    _plan_and_apply(received.roster_list, founded, report, at)
    return sum(received.roster_list.reading.counts["verdicts"].values())


def _plan_and_apply(roster_list: RosterList, founded: Founded, report: Report, at: datetime) -> None:
    counts = roster_list.reading.counts
    report.rows += counts["rows"]
    report.verdicts.update(counts["verdicts"])
    report.findings.update(counts["codes"])
    standing = Plan.objects.filter(roster_list=roster_list).exclude(proposal__state=Proposal.REFUSED).last()
    with report.timed("rencana dihitung"):
        made = standing or plan(roster_list=roster_list, by=founded.operator, at=at)
    report.plan.update(made.counts)
    if made.proposal.state == Proposal.OPEN:
        with whole_government(founded.government, by=founded.admin):
            decide(
                proposal_id=made.proposal_id,
                version=made.version,
                verdict=Verdict.APPROVE,
                comment="Sesuai daftar.",
                by=founded.admin,
                at=at,
            )
    with report.timed("rencana diterapkan"):
        apply(plan_id=made.pk, by=founded.admin, at=at)


def _morning(day: date) -> datetime:
    """Nine o'clock in Bandung."""
    return datetime.combine(day, time_of_day(2, 0), tzinfo=UTC)


def _bill_pay_and_post(world: World, founded: Founded, report: Report, show: Show) -> None:
    """Bill the month on its last day, pay each bill in whole on the 10th, take in the confirmation on the 12th."""
    month, following = world.month, world.month.shift(1).first_day
    with report.timed("tagihan dibuat"), suppress(NothingToBill):  # a repeated load finds the month billed
        run = bill_month(
            government=founded.government,
            month=month,
            holidays=public_holidays(month.year, month.year + 1),
            by=founded.treasurer,
            at=_morning(month.last_day),
        )
        if run.state == BillRun.DRAFT:
            with whole_government(founded.government, by=founded.admin):
                decide_run(
                    run_id=run.pk, verdict=Verdict.APPROVE, comment="Sesuai daftar.", by=founded.admin,
                    at=_morning(following),
                )  # fmt: skip
    with whole_government(founded.government):
        _pay(founded, month, following.replace(day=10), report, show)
    posting = report.folder / f"posting-{month}.csv"
    with report.timed("posting BPJS dicocokkan"):
        told = confirm_posted(
            government=founded.government,
            content=posting.read_bytes(),
            name=posting.name,
            by=founded.treasurer,
            at=_morning(following.replace(day=12)),
        )
    report.posted_unknown = len(told.unknown)
    with report.timed("lima angka dihitung"):
        count_month(
            government=founded.government, month=month, by=founded.treasurer, at=_morning(following.replace(day=12))
        )


def _pay(founded: Founded, month: Month, paid_on: date, report: Report, show: Show) -> None:
    bills = billing.bills(Area(founded.government, None), month)
    with report.timed("pembayaran dicatat"):
        for number, bill in enumerate(bills, start=1):
            if not bill.is_due:
                continue
            receive_payment(
                bill_id=bill.id,
                amount_rupiah=bill.total_rupiah,
                paid_on=paid_on,
                reference=f"SINTETIS-SP2D-{bill.number}",
                by=founded.treasurer,
                at=_morning(paid_on),
            )
            show("pembayaran", number, len(bills))


def _count(founded: Founded, report: Report) -> None:
    """What stands in the office now, read back from it."""
    counted = founding.standing(founded.government)
    report.persons, report.spells, report.posted = counted.persons, counted.spells, counted.posted
    bills = billing.bills(Area(founded.government, None))
    report.bills = len(bills)
    report.heads_billed = sum(bill.heads for bill in bills)
    report.total_rupiah = sum(bill.total_rupiah for bill in bills)
    report.paid_rupiah = sum(bill.paid_rupiah for bill in bills)
