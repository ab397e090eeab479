"""Correcting a person: by two, with old and new value, at a time; the old value stays until an erasure."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from payung.office.access.actions import add_user
from payung.office.access.marks import seal, unseal
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import NotAllowed, Role
from payung.office.approvals.actions import DecisionRefused, remark
from payung.office.approvals.models import Proposal, Statement, Verdict
from payung.office.enrolment.actions import apply_leavers
from payung.office.files.models import KeptFile, Row
from payung.office.places.actions import grant_area
from payung.office.places.scope import seen_by
from payung.office.privacy.actions import RequestRefused, answer, receive
from payung.office.privacy.corrections import (
    CORRECTABLE,
    CorrectionRefused,
    decide_correction,
    propose_correction,
    told,
    value_of,
)
from payung.office.privacy.erasing import ERASED
from payung.office.privacy.models import Correction, Request
from payung.office.registry.models import Job, Person
from payung.office.registry.queries import search
from payung.office.verification.models import Told
from tests.office.cast import AT, Cast, call_cast, enrol, people

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)
OTHER_NIK = "3273064408800777"


@pytest.fixture
def cast() -> Cast:
    called = call_cast()
    enrol(called, called.heading(called.works), people(3))
    return called


@pytest.fixture
def second(cast: Cast) -> User:
    """The other administrator, who decides."""
    user = add_user(
        username="kedua", full_name="Kedua", role=Role.GOVERNMENT_ADMIN, password="rahasia-panjang", by=None, at=AT
    )
    grant_area(user=user, government=cast.government, opd=None, by=None, at=AT)
    return user


def first(cast: Cast) -> Person:
    (found,) = search(cast.area, people(1)[0]["nik"])
    return Person.objects.get(pk=found.id)


def ask(cast: Cast, kind: str = "correction") -> Request:
    return receive(person=first(cast), kind=kind, wording="", handler=cast.admin, by=cast.operator, at=AT)


def proposed(cast: Cast, field: str, value: str, request: Request | None = None) -> Correction:
    with seen_by(cast.admin):
        return propose_correction(
            request_id=(request or ask(cast)).pk, field=field, value=value, holds_from=date(2022, 9, 1),
            by=cast.admin, at=AT,
        )  # fmt: skip


def decided(made: Correction, by: User, verdict: Verdict = Verdict.APPROVE) -> Proposal:
    with seen_by(by):
        return decide_correction(correction_id=made.pk, verdict=verdict, comment="periksa KTP", by=by, at=AT)


def test_it_changes_the_registry_once_a_second_person_agrees(cast: Cast, second: User) -> None:
    person = first(cast)
    made = proposed(cast, "name", "  Siti   Aminah ")
    assert Person.objects.get(pk=person.pk).name == person.name, "not before"
    assert (told(made).old, told(made).new) == (person.name, "Siti Aminah")
    with pytest.raises(DecisionRefused, match="own_proposal"), transaction.atomic():
        decided(made, cast.admin)
    assert decided(made, second).state == Proposal.APPROVED
    corrected = Person.objects.get(pk=person.pk)
    assert (corrected.name, corrected.name_key) == ("Siti Aminah", "SITI AMINAH")
    made.refresh_from_db()
    assert (made.holds_from, made.recorded_at, made.applied_at) == (date(2022, 9, 1), AT, AT)
    assert Row.objects.filter(name=person.name).exists(), "the list stays as it was received"
    events = AuditEvent.objects.filter(subject=f"person:{person.pk}", deed="correct_person")
    assert [(event.by, event.detail["field"]) for event in events] == [(second, "name")]
    assert "Siti" not in str(events[0].detail)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("nik", "3273 0644 0880 0777", OTHER_NIK), ("kk", "3273061208220001", "3273061208220001"),
        ("birth_date", "1980-08-04", "1980-08-04"), ("birth_place", "Garut", "Garut"), ("sex", "L", "L"),
        ("phone", "0800-0123-4567", "080001234567"), ("mother_name", "Bu Ani", "Bu Ani"),
        ("kecamatan_code", "32.73.06", "32.73.06"),
    ],
)  # fmt: skip
def test_each_field_is_read_checked_and_stored(cast: Cast, second: User, field: str, typed: str, stored: str) -> None:
    made = proposed(cast, field, typed)
    decided(made, second)
    assert value_of(Person.objects.get(pk=made.person_id), field) == stored


@pytest.mark.parametrize("field", sorted(CORRECTABLE))
def test_what_cannot_be_is_refused(cast: Cast, field: str) -> None:
    with pytest.raises(CorrectionRefused, match="bad_value"):
        proposed(cast, field, "!")


def test_what_hinders_is_said(cast: Cast, second: User) -> None:
    request = ask(cast)
    with pytest.raises(CorrectionRefused, match="same"):
        proposed(cast, "name", first(cast).name, request)
    with pytest.raises(CorrectionRefused, match="nik_taken"):
        proposed(cast, "nik", people(2)[1]["nik"], request)
    with pytest.raises(CorrectionRefused, match="closed"):
        proposed(cast, "name", "Siti", ask(cast, "access"))
    with pytest.raises(NotAllowed):
        propose_correction(request_id=request.pk, field="name", value="X Y", holds_from=None, by=cast.operator, at=AT)
    made = proposed(cast, "name", "Siti Aminah", request)
    with pytest.raises(CorrectionRefused, match="waiting"):
        proposed(cast, "name", "Siti Aisyah", request)
    Person.objects.filter(pk=made.person_id).update(name="Lain")
    with pytest.raises(CorrectionRefused, match="changed_since"), transaction.atomic():
        decided(made, second)
    assert Proposal.objects.get(pk=made.proposal_id).state == Proposal.OPEN, "and nothing was decided"


def test_the_request_is_granted_by_correcting(cast: Cast, second: User) -> None:
    request = ask(cast)
    with pytest.raises(RequestRefused, match="nothing_corrected"):
        answer(request_id=request.pk, grant=True, answer="", by=cast.admin, at=AT)
    made = proposed(cast, "name", "Siti Aminah", request)
    with pytest.raises(RequestRefused, match="waiting"):
        answer(request_id=request.pk, grant=False, answer="tidak", by=cast.admin, at=AT)
    decided(made, second)
    assert answer(request_id=request.pk, grant=True, answer="", by=cast.admin, at=AT).state == Request.GRANTED


def test_a_refused_correction_changes_nothing(cast: Cast, second: User) -> None:
    made = proposed(cast, "name", "Siti Aminah")
    decided(made, second, Verdict.REFUSE)
    assert first(cast).name == people(1)[0]["name"]
    made.refresh_from_db()
    assert made.applied_at is None


@pytest.mark.parametrize(
    "change", [{"field": "nik"}, {"new_sealed": b"\x01x"}, {"old_sealed": None}, {"applied_at": AT}]
)
def test_the_database_keeps_it_as_proposed(cast: Cast, change: dict[str, object]) -> None:
    made = proposed(cast, "name", "Siti Aminah")
    with pytest.raises(IntegrityError, match="is what was proposed"), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        made.delete()


def test_an_erasure_takes_old_values_comments_and_posts_and_keeps_their_fingerprints(cast: Cast, second: User) -> None:
    person = first(cast)
    made = proposed(cast, "name", "Siti Aminah")
    decided(made, second)
    plan = Proposal.objects.filter(kind="plan").latest("pk")
    with seen_by(cast.admin):
        remark(proposal_id=plan.pk, comment="Bu siti aminah pindah ke Garut", by=cast.admin, at=AT)
        remark(proposal_id=plan.pk, comment="jumlahnya benar", by=cast.admin, at=AT)
    leaving = enrol(cast, cast.heading(cast.works, month=date(2022, 12, 1)), people(2, first=2))
    apply_leavers(plan_id=leaving.pk, by=cast.admin, at=AT)
    request = receive(person=person, kind="erasure", wording="", handler=cast.admin, by=cast.admin, at=AT)
    with seen_by(cast.admin):
        answer(request_id=request.pk, grant=True, answer="", by=cast.admin, at=LONG_AFTER)
    made.refresh_from_db()
    assert (made.old_sealed, made.new_sealed, made.field) == (None, None, "name")
    comments = set(Statement.objects.values_list("comment", flat=True))
    assert {ERASED, "jumlahnya benar"} <= comments and not any("siti" in text.lower() for text in comments)
    assert Proposal.objects.get(pk=made.proposal_id).comment == ERASED
    assert set(Job.objects.filter(membership__person=person).values_list("post", flat=True)) == {None}
    kept = AuditEvent.objects.filter(deed="redact", subject__startswith="statement:")
    assert kept and all(len(event.detail["fingerprint"]) == 64 for event in kept)
    assert {job.post for job in Job.objects.exclude(membership__person=person)} == {"Petugas"}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_comments_are_redacted_in_the_sanctioned_way_alone(cast: Cast) -> None:
    one = Statement.objects.exclude(comment="").first() or Statement.objects.latest("pk")
    for change in ({"comment": ERASED}, {"comment": "lain"}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Statement.objects.filter(pk=one.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('payung.redacting', 'on', true)")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Statement.objects.filter(pk=one.pk).update(comment=ERASED)
    for function, argument in (("facts", first(cast).pk), ("comments", [one.pk])):
        with (
            pytest.raises(Exception, match="needs: answer_requests"),
            seen_by(cast.operator),
            connection.cursor() as at,
        ):
            at.execute(f"SELECT privacy_redact_{function}(%s)", [argument])


def test_an_erasure_takes_the_nik_from_what_outside_lists_tell(cast: Cast) -> None:
    person, mine, others = first(cast), people(1)[0]["nik"], people(2)[1]["nik"]
    leaving = enrol(cast, cast.heading(cast.works, month=date(2022, 12, 1)), people(2, first=2))
    apply_leavers(plan_id=leaving.pk, by=cast.admin, at=AT)
    file = KeptFile.objects.latest("pk")
    for number in (mine, others):
        Told.objects.create(
            government=cast.government, file=file, kind=Told.MOVED, nik_sealed=seal(number, kind="nik"),
            told_on=date(2022, 9, 1), recorded_at=AT,
        )  # fmt: skip
    request = receive(person=person, kind="erasure", wording="", handler=cast.admin, by=cast.admin, at=AT)
    with seen_by(cast.admin):
        answer(request_id=request.pk, grant=True, answer="", by=cast.admin, at=LONG_AFTER)
    assert {unseal(one.nik_sealed, kind="nik") for one in Told.objects.all()} == {ERASED, others}
