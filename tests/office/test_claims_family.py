"""A family tells of an event without an account: sealed, limited by the hour, matched by an officer or set aside."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.roles import NotAllowed
from payung.office.claims import family
from payung.office.claims.family import (
    Message,
    ReportSettled,
    TooManyReports,
    Waits,
    match_report,
    message_of,
    receive_report,
    remind_after_days,
    set_report_aside,
    waiting_reports,
    waits,
)
from payung.office.claims.models import FamilyReport
from payung.office.claims.opening import CaseRefused
from payung.office.claims.told import told_of
from payung.office.places.scope import seen_by
from payung.rules.months import Month
from tests.office.cast import AT, OCTOBER, Cast, call_cast
from tests.office.family import ground, member

pytestmark = pytest.mark.django_db
DIED = date(2022, 10, 3)
SAID = Message("SINTETIS ALMARHUM", "", "Desa Contoh", "SINTETIS JANDA", "istri", "081200000000", "Sakit")


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def told(cast: Cast, *, address: str = "10.0.0.7", after: timedelta = timedelta()) -> FamilyReport:
    reference = receive_report(
        government=cast.government, event="death", event_on=DIED, message=SAID, address=address, at=AT + after
    )
    return FamilyReport.objects.get(reference=reference)


def test_it_is_sealed_and_becomes_a_proposed_case_of_the_person_an_officer_finds(cast: Cast) -> None:
    report = told(cast)
    assert b"SINTETIS" not in bytes(report.told_sealed or b"") and "10.0.0.7" not in report.address_key
    assert message_of(report) == SAID
    person = member(cast, ground(cast, "PU", OCTOBER), since=Month(2022, 10))
    case = match_report(report_id=report.pk, person=person, by=cast.operator, at=AT)
    assert (case.state, case.source, case.event, case.event_on, case.place) == (
        "proposed", "family", "death", DIED, "Desa Contoh",
    )  # fmt: skip
    assert told_of(case).phone == "081200000000"
    report.refresh_from_db()
    assert (report.case, report.told_sealed, report.address_key) == (case, None, "")
    with pytest.raises(ReportSettled):
        set_report_aside(report_id=report.pk, reason="known", by=cast.operator, at=AT)


def test_the_same_event_told_twice_is_one_case(cast: Cast) -> None:
    person = member(cast, ground(cast, "PU", OCTOBER), since=Month(2022, 10))
    first, second = told(cast), told(cast)
    match_report(report_id=first.pk, person=person, by=cast.operator, at=AT)
    with pytest.raises(CaseRefused, match="known"):
        match_report(report_id=second.pk, person=person, by=cast.operator, at=AT)
    assert list(waiting_reports(cast.area)) == [second]
    set_report_aside(report_id=second.pk, reason="known", by=cast.operator, at=AT)
    assert not waiting_reports(cast.area).exists()


def test_an_address_tells_so_much_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(family.MOST_AN_HOUR, "address", 2)
    monkeypatch.setitem(family.MOST_AN_HOUR, "government", 3)
    told(cast), told(cast)
    with pytest.raises(TooManyReports):
        told(cast)
    told(cast, address="10.0.0.8")
    with pytest.raises(TooManyReports):
        told(cast, address="10.0.0.9")
    told(cast, after=timedelta(hours=1))


def test_only_who_opens_claims_settles_and_only_who_sees_everybody_reads(cast: Cast) -> None:
    report = told(cast)
    told(cast, after=timedelta(days=2))
    limit = remind_after_days()
    for days, late in ((limit - 1, 0), (limit, 1), (limit + 2, 2)):
        assert waits(cast.area, at=AT + timedelta(days=days)) == Waits(2, days, late), days
    with pytest.raises(NotAllowed):
        set_report_aside(report_id=report.pk, reason="other", by=cast.auditor, at=AT)
    with seen_by(cast.operator) as area:
        assert waiting_reports(area).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        FamilyReport.objects.filter(pk=report.pk).update(event="accident")
