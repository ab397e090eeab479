"""What a family tells by itself, without an account: sealed at once, read by an officer, who finds the person or not.

Nothing is looked up when it comes in, so the answer cannot tell whether a person is known.
"""

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from payung.office.access.actions import record
from payung.office.access.marks import seal, unseal
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.claims.models import Case, FamilyReport
from payung.office.claims.opening import Event, create_case, new_reference
from payung.office.claims.told import Told
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.registry.models import Person

MOST_AN_HOUR = {"address": 10, "government": 300}
"""A village office shares one address and helps several families; the second number stops a flood from many."""
_HOUR = timedelta(hours=1)


class TooManyReports(Exception):
    """This address, or everybody together, told as much as an hour allows."""


class ReportSettled(Exception):
    """Somebody else matched it or set it aside."""


@dataclass(frozen=True)
class Message:
    """In clear: whom it is about as the family calls them, and who told it."""

    name: str = ""
    nik: str = ""
    place: str = ""
    reporter: str = ""
    bond: str = ""
    phone: str = ""
    chronology: str = ""


def receive_report(
    *, government: Government, event: str, event_on: date, message: Message, address: str, at: datetime
) -> str:
    """Keep it and answer with a reference, whoever it is about. Raises TooManyReports."""
    key = salted_hmac("payung family report", address, algorithm="sha256").hexdigest()
    with whole_government(government):
        _within_the_hour(government, key, at)
        made = FamilyReport.objects.create(
            government=government, reference=new_reference(), event=event, event_on=event_on,
            told_sealed=seal(json.dumps(asdict(message)), kind="claim"), address_key=key, received_at=at,
        )  # fmt: skip
        record("family_report", subject=f"family_report:{made.pk}", by=None, at=at)
        return made.reference


def _within_the_hour(government: Government, key: str, at: datetime) -> None:
    """One after the other, so that many at once are counted too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('claims_familyreport'), %s::int)", [government.pk])
    told = FamilyReport.objects.filter(government=government, received_at__gt=at - _HOUR)
    if told.count() >= MOST_AN_HOUR["government"] or told.filter(address_key=key).count() >= MOST_AN_HOUR["address"]:
        raise TooManyReports


def waiting_reports(area: Area) -> QuerySet[FamilyReport]:
    """Those that nobody matched yet, the oldest first. They are about somebody still unknown: only those who see the
    whole government see them.
    """
    return FamilyReport.objects.filter(government=area.government, settled_at__isnull=True).order_by("pk")


@dataclass(frozen=True)
class Waits:
    """Reports that nobody matched yet: how many, the days that the oldest has waited, and how many wait too long."""

    count: int
    oldest_days: int
    late: int


@cache
def remind_after_days() -> int:
    """After how many days a report waits too long (family.toml, assumed)."""
    told = tomllib.loads(Path(__file__).with_name("family.toml").read_text("utf-8"))
    return int(told["remind"]["after_days"])


def days_waiting(report: FamilyReport, at: datetime) -> int:
    """Whole days since it came in."""
    return (at - report.received_at).days


def waits(area: Area, *, at: datetime) -> Waits:
    """How the reports of an area wait at an instant."""
    days = [days_waiting(one, at) for one in waiting_reports(area).only("received_at")]
    return Waits(len(days), max(days, default=0), sum(one >= remind_after_days() for one in days))


def message_of(report: FamilyReport) -> Message:
    """What was told; nothing once it is settled."""
    text = unseal(report.told_sealed, kind="claim")
    return Message(**json.loads(text)) if text else Message()


@transaction.atomic
def match_report(*, report_id: int, person: Person, by: User, at: datetime) -> Case:
    """It is about this person, whom the user sees: a proposed case.

    Raises NotAllowed, ReportSettled, and CaseRefused `known` where the event of this person is a case already.
    """
    report = _waiting(report_id, by=by)
    said = message_of(report)
    case = create_case(
        government=report.government, person_id=person.pk, event=Event(report.event, report.event_on, None, said.place),
        source="family", state=Case.PROPOSED, told=Told(said.reporter, said.bond, said.phone, said.chronology),
        by=by, at=at,
    )  # fmt: skip
    _settle(report, case, by=by, at=at)
    record("match_report", subject=f"case:{case.pk}", by=by, at=at, detail={"report": report.reference})
    return case


@transaction.atomic
def set_report_aside(*, report_id: int, reason: str, by: User, at: datetime) -> None:
    """No case comes of it. Raises NotAllowed and ReportSettled."""
    report = _waiting(report_id, by=by)
    _settle(report, None, by=by, at=at)
    record("set_report_aside", subject=f"family_report:{report.pk}", by=by, at=at, detail={"reason": reason})


def _waiting(report_id: int, *, by: User) -> FamilyReport:
    require(by, Deed.OPEN_CLAIM)
    report = FamilyReport.objects.select_for_update(of=("self",)).select_related("government").get(pk=report_id)
    if report.settled_at is not None:
        raise ReportSettled
    return report


def _settle(report: FamilyReport, case: Case | None, *, by: User, at: datetime) -> None:
    report.told_sealed, report.address_key = None, ""
    report.case, report.settled_by, report.settled_at = case, by, at
    report.save(update_fields=["told_sealed", "address_key", "case", "settled_by", "settled_at"])
