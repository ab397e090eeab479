"""What is asked of a year that is done (see `year.py`): five numbers, every report and paper, and searches."""

from datetime import UTC, datetime
from typing import Any

from bench.steps import Chain


def ask_all(chain: Chain, cast: Any, opds: list[Any], months: list[Any], *, people: int) -> None:
    """All of it, each with its time."""
    count(chain, cast, people, months[0], months[-1])
    report(chain, cast, months[-1])
    search(cast, opds)


def count(chain: Chain, cast: Any, people: int, first: Any, last: Any) -> None:
    """The five numbers of the first and the last month, then the questions of their page."""
    from django.db import connection

    from bench.five_numbers import OVER_HEADS, show
    from payung.office.places.scope import seen_by
    from payung.office.reports import budgets, numbers
    from payung.office.reports.counting import count_month

    at = datetime(last.year, last.month, 25, 2, 0, tzinfo=UTC)
    for month in dict.fromkeys((first, last)):
        with chain.step(f"five numbers of {month}", people):
            count_month(government=cast.government, month=month, by=cast.treasurer, at=at)
    wanted, own = numbers.Wanted(last, last), cast.government.pk
    with seen_by(cast.treasurer), connection.cursor() as cursor:
        show("ladder", 20, lambda: numbers.ladder(numbers.tallies(own, wanted)))
        show("split by opd", 20, lambda: numbers.parts(own, wanted, "opd"))
        show("budget lines", 20, lambda: budgets.lines(own, wanted))
        show("alternative: the ladder summed over heads", 3, lambda: cursor.execute(OVER_HEADS))


def report(chain: Chain, cast: Any, month: Any) -> None:
    """Every report and paper once, through the whole site, as the person who opens it."""
    from django.test import Client

    from payung.office.billing.models import Bill
    from payung.office.enrolment.models import Plan, RosterList
    from payung.office.places.scope import whole_government
    from tests.browser import PASSWORD

    with whole_government(cast.government):
        bill = Bill.objects.filter(month=month.first_day).order_by("-heads")[0].pk
        made = Plan.objects.order_by("-pk")[0].pk
        roster_list = RosterList.objects.order_by("-pk")[0].pk
    asked = f"?bulan={month}"
    pages = {
        cast.admin: [f"/{asked}", f"/daftar/{roster_list}", f"/daftar/{roster_list}/orang", f"/rencana/{made}",
                          "/peserta", f"/peringatan{asked}", f"/cakupan{asked}", "/siapa", "/riwayat"],
        cast.treasurer: [f"/tagihan{asked}", f"/tagihan/{bill}", f"/tagihan/{bill}/pdf",
                              f"/tagihan/{bill}/excel", f"/lima-angka{asked}", f"/lima-angka/orang{asked}",
                              f"/lembar-bulanan{asked}", f"/lembar-bulanan/pdf{asked}", f"/cocok-tiga{asked}",
                              "/buku-besar", "/anggaran", "/uang", "/jht"],
    }  # fmt: skip
    for user, paths in pages.items():
        client = Client()
        client.post("/masuk", {"username": user.username, "password": PASSWORD})
        for path in paths:
            with chain.step(f"page {path} as {user.role}", 0):
                answer = client.get(path)
                size = len(answer.getvalue())
            print(f"    {answer.status_code}, {size:,} bytes")


def search(cast: Any, opds: list[Any]) -> None:
    """A NIK and a mistyped name, as the auditor of everything and as the operator of one OPD."""
    import random

    from bench.search import mistyped, report, timed
    from payung.office.access.marks import unseal
    from payung.office.places.queries import Area
    from payung.office.places.scope import whole_government
    from payung.office.registry.models import Job

    for who, own in (("auditor", None), ("operator of one OPD", (opds[0].pk,))):
        with whole_government(cast.government):
            jobs = Job.objects.filter(opd__in=own) if own else Job.objects.all()
            found = [
                {"name": name, "nik": unseal(bytes(nik), kind="nik")}
                for name, nik in jobs.filter(pk__endswith="77").values_list(
                    "membership__person__name", "membership__person__nik_sealed"
                )[:20_000]
                if nik
            ]
        chosen, slips = random.Random(7).choices(found, k=200), random.Random(8)
        area = Area(cast.government, own)
        for kind, texts in (("NIK", [one["nik"] for one in chosen]),
                            ("name with a slip", [mistyped(one["name"], slips) for one in chosen])):  # fmt: skip
            report(f"{who}: {kind}", jobs_seen(cast, own), *timed(cast, area, chosen, texts))


def jobs_seen(cast: Any, opds: tuple[int, ...] | None) -> int:
    """How many people this reader sees."""
    from payung.office.places.scope import whole_government
    from payung.office.registry.models import Job

    with whole_government(cast.government):
        return (Job.objects.filter(opd__in=opds) if opds else Job.objects.all()).count()
