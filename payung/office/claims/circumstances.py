"""Everything that a claim is judged by, gathered once: cover on the day, what was paid and when, what was stated, the
facts of the case, heirs and papers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from payung.office.agreements.queries import readings_of
from payung.office.billing.models import Bill, BillLine
from payung.office.claims.models import Case, Document, Fact, Heir
from payung.office.coverage.queries import Cover, State, cover_on
from payung.office.enrolment.models import Spell
from payung.office.registry.aliases import group_of, survivor_of
from payung.office.registry.models import Job, Person
from payung.office.savings.queries import balance_rupiah
from payung.office.verification.models import WorkStatement
from payung.rules.law.deadlines import due_on
from payung.rules.law.membership import standing
from payung.rules.law.readings import Readings
from payung.rules.months import Month

LOCAL = ZoneInfo("Asia/Jakarta")
_BEST = (State.CONFIRMED, State.IN_GRACE, State.LAPSED, State.PLANNED, State.ENDED, State.NEVER)


@dataclass(frozen=True)
class Paid:
    """A month that BPJS confirmed, and the day it was settled: that of the payment, or of the confirmation."""

    month: Month
    settled_on: date


@dataclass(frozen=True)
class Circumstances:
    """One case as it stands on a day. `arrears` are the months before the event that were due and not settled by it:
    each with the day on which it was, or None.
    """

    case: Case
    asked_on: date
    birth_date: date | None
    cover: Cover | None
    covers: tuple[Cover, ...]
    membership_class: str
    paid: tuple[Paid, ...]
    arrears: tuple[tuple[Month, date | None], ...]
    member_since: date | None
    resumed_on: date | None
    wage_rupiah: int | None
    job: str
    employer: str
    statement: WorkStatement | None
    balance_rupiah: int
    facts: Mapping[str, str]
    heirs: tuple[Heir, ...]
    documents: tuple[Document, ...]
    readings: Readings

    @property
    def papers(self) -> frozenset[str]:
        """The codes of the documents that are there."""
        return frozenset(document.code for document in self.documents)

    @property
    def event_on(self) -> date:
        return self.case.event_on

    @property
    def event_at(self) -> datetime:
        """The hour of the event; the beginning of the day where it is not known."""
        at = self.case.event_at
        return at.astimezone(LOCAL) if at else datetime.combine(self.event_on, datetime.min.time(), LOCAL)

    def says(self, code: str) -> bool | None:
        """A fact that is yes or no; None while nobody knows."""
        return {"yes": True, "no": False}.get(self.facts.get(code, ""))

    def moment(self, code: str) -> datetime | None:
        """A fact that is a moment, in local time."""
        told = self.facts.get(code)
        return datetime.fromisoformat(told).replace(tzinfo=LOCAL) if told else None

    def day(self, code: str) -> date | None:
        """A fact that is a day."""
        told = self.facts.get(code)
        return date.fromisoformat(told) if told else None

    @property
    def paid_by_event(self) -> tuple[Month, ...]:
        """The months up to that of the event that BPJS confirmed."""
        return tuple(one.month for one in self.paid if one.month <= Month.of(self.event_on))


def circumstances(case: Case, *, on: date) -> Circumstances:
    """The case as known now, asked on a day. The whole government must be in sight: cover is proved by rows of many
    offices.
    """
    group = group_of(case.person_id)
    covers = tuple(cover_on(case.person_id, case.event_on))
    cover = min(covers, key=lambda one: _BEST.index(one.state), default=None)
    paid = _paid(cover.membership_id) if cover else ()
    day, membership_class = case.event_on, cover.membership_class if cover else "PU"
    person = Person.objects.get(pk=survivor_of(case.person_id))
    job = _job(group, day)
    first = paid[0].month if paid else None
    of_case = Q(case_id=case.pk, replaced_at__isnull=True)
    return Circumstances(
        case=case,
        asked_on=on,
        birth_date=person.birth_date,
        cover=cover,
        covers=covers,
        membership_class=membership_class,
        paid=paid,
        arrears=_arrears(cover, paid, day) if cover else (),
        member_since=first.first_day if first else None,
        resumed_on=_resumed(membership_class, paid, day),
        wage_rupiah=_wage(cover, job, day),
        job=job.post or "" if job else "",
        employer=job.opd.name if job and membership_class == "PU" else "",
        statement=_statement(group, first),
        balance_rupiah=balance_rupiah(group),
        facts=dict(Fact.objects.filter(of_case).values_list("code", "value")),
        heirs=tuple(Heir.objects.filter(of_case).order_by("pk")),
        documents=tuple(Document.objects.filter(of_case).order_by("pk")),
        readings=readings_of(case.government_id).on(Month.of(day)),
    )


_PAID = """
    SELECT p.month, least(
        (p.recorded_at AT TIME ZONE 'Asia/Jakarta')::date,
        (SELECT min(y.paid_on) FROM billing_billline l JOIN billing_payment y ON y.bill_id = l.bill_id
         WHERE l.membership_id = p.membership_id AND l.for_month = p.month AND y.amount_rupiah > 0))
    FROM billing_posting p WHERE p.membership_id = %s ORDER BY p.month
"""


def _paid(membership_id: int) -> tuple[Paid, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_PAID, [membership_id])
        return tuple(Paid(Month.of(month), settled) for month, settled in cursor.fetchall())


def _arrears(cover: Cover, paid: tuple[Paid, ...], day: date) -> tuple[tuple[Month, date | None], ...]:
    """The months of the spells before the event's that were due by then and not settled by then."""
    settled = {one.month: one.settled_on for one in paid}
    owed: set[Month] = set()
    before = Month.of(day).shift(-1)
    for first, last in Spell.objects.filter(membership_id=cover.membership_id, replaced_at__isnull=True).values_list(
        "from_month", "until_month"
    ):
        owed.update(Month.of(first).until(min(before, Month.of(last)) if last else before))
    due = [month for month in sorted(owed) if due_on(cover.membership_class, month, frozenset()).day <= day]
    return tuple((month, settled.get(month)) for month in due if settled.get(month, date.max) > day)


def _resumed(membership_class: str, paid: tuple[Paid, ...], day: date) -> date | None:
    """From when the membership runs without a lapse, where it had one."""
    if not paid:
        return None
    since = standing(membership_class, [one.month for one in paid], day).value.running_since
    return since.first_day if since and since > paid[0].month and since.first_day <= day else None


def _wage(cover: Cover | None, job: Job | None, day: date) -> int | None:
    """The wage of the last line billed up to the month of the event; before any bill, that of the job."""
    if cover is not None:
        lines = BillLine.objects.filter(
            membership_id=cover.membership_id, for_month__lte=day, bill__state__in=Bill.DUE, total_rupiah__gt=0
        )
        billed = lines.order_by("-for_month", "-pk").values_list("wage_rupiah", flat=True).first()
        if billed is not None:
            return billed
    return (job.wage_reported_rupiah or job.wage_paid_rupiah) if job else None


def _job(group: list[int], day: date) -> Job | None:
    jobs = Job.objects.filter(membership__person__in=group, replaced_at__isnull=True, from_month__lte=day)
    held = [one for one in jobs.select_related("opd").order_by("-from_month", "-pk") if _lasts(one, day)]
    return held[0] if held else None


def _lasts(job: Job, day: date) -> bool:
    return job.until_month is None or Month.of(job.until_month) >= Month.of(day)


def _statement(group: list[int], first: Month | None) -> WorkStatement | None:
    """What was signed at registration: the newest statement up to the first paid month, else the earliest after."""
    said = list(WorkStatement.objects.filter(candidate__person__in=group).order_by("stated_on", "pk"))
    before = [one for one in said if first is not None and one.stated_on <= first.last_day]
    return before[-1] if before else said[0] if said else None
