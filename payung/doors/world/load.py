"""Take a synthetic world through the office's real actions: its first month, from its workbooks to bills and postings.

Every step can be repeated: what is done is found done. A run that was killed is finished by the next.
"""

import shutil
from pathlib import Path

from payung.doors.world import founding, listed, monthly, workbooks, worlds
from payung.doors.world.founding import Founded
from payung.doors.world.report import Report, Show
from payung.doors.world.worlds import World
from payung.office.billing import queries as billing
from payung.office.billing.postings import confirm_posted
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.rules.months import Month


class WorldRefused(Exception):
    """There is no such world; the message is for the person who asked."""


def load_place(
    place: str, *, seed: int, people: int | None, folder: Path, show: Show, month: Month | None = None
) -> Report:
    """Make the world where it is not yet written, and take its lists and one month through the office.

    Raises WorldRefused for an unknown place or an impossible number of people.
    """
    world = made(place, seed=seed, people=people, month=month)
    report = written(world, folder / f"{place}-{world.month}-{seed}-{len(world.people)}", show)
    with report.timed("pemda, OPD, perjanjian, anggaran"):
        founded = founding.found(world, at=monthly.morning(world.month.first_day))
    listed.hand_in_lists(world, founded, report, world.month, show)
    _bill_pay_and_post(world, founded, report, show)
    count(founded, report)
    return report


def made(place: str, *, seed: int, people: int | None, month: Month | None = None) -> World:
    """The world in memory. Raises as `load_place`."""
    try:
        return worlds.make(place, seed=seed, people=people, month=month)
    except (LookupError, ValueError) as problem:
        raise WorldRefused(str(problem)) from problem


def written(world: World, folder: Path, show: Show) -> Report:
    """The report of a world whose workbooks are on disk from now on."""
    report = Report(place=world.place.name, folder=folder, month=str(world.month))
    with report.timed("dunia contoh ditulis"):
        _write_once(world, folder, show)
    return report


def _write_once(world: World, written_to: Path, show: Show) -> None:
    """The world's workbooks, whole or not at all: a half-written folder is made again."""
    if written_to.exists() or world.people.is_empty():
        return
    unfinished = written_to.with_name(written_to.name + ".sebagian")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    workbooks.write(
        world, unfinished, progress=lambda done, whole, what: show(f"menulis buku kerja: {what}", done, whole)
    )
    unfinished.rename(written_to)


def _bill_pay_and_post(world: World, founded: Founded, report: Report, show: Show) -> None:
    """Bill the month on its last day, pay each bill in whole on the 10th, take in the confirmation on the 12th."""
    month, days = world.month, monthly.days_of(world.month, in_advance=False)
    with report.timed("tagihan dibuat"):
        monthly.bill(founded, month, days)
    with report.timed("pembayaran dicatat"):
        monthly.pay(founded, month, days.paid, show)
    posting = report.folder / f"posting-{month}.csv"
    with report.timed("posting BPJS dicocokkan"):
        told = confirm_posted(
            government=founded.government, content=posting.read_bytes(), name=posting.name, by=founded.treasurer,
            at=monthly.morning(days.posted),
        )  # fmt: skip
    report.posted_unknown = len(told.unknown)
    with report.timed("lima angka dihitung"):
        monthly.count(founded, month, days)


def count(founded: Founded, report: Report) -> None:
    """What stands in the office now, read back from it."""
    with whole_government(founded.government):
        counted = founding.standing(founded.government)
        bills = billing.bills(Area(founded.government, None))
    report.persons, report.spells, report.posted = counted.persons, counted.spells, counted.posted
    report.bills = len(bills)
    report.heads_billed = sum(bill.heads for bill in bills)
    report.total_rupiah = sum(bill.total_rupiah for bill in bills)
    report.paid_rupiah = sum(bill.paid_rupiah for bill in bills)
