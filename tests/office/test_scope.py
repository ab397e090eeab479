"""Who may see whom: kept by the database, whatever the code above it forgets."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.office import bulk
from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.billing.models import Bill, BillLine
from payung.office.enrolment.models import Plan, PlanItem, RosterList, Spell
from payung.office.enrolment.queries import planned_people
from payung.office.files.models import Finding, KeptFile, Reading, Row
from payung.office.places.actions import grant_area
from payung.office.places.models import UserArea
from payung.office.places.queries import NoArea
from payung.office.places.scope import NOBODY, _set, seen_by, whole_government
from payung.office.registry.models import Evidence, Job, Membership, Person
from payung.office.registry.queries import search, visible
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {
    "access_user", "places_government", "django_session", "auth_group", "auth_permission", "auth_group_permissions",
    "django_content_type", "django_migrations", "access_signinfailures",
}  # fmt: skip
"""Tables without a policy, each for a reason: they are asked before anybody is known, or name nobody."""
PEOPLE = (Person, Membership, Job, Evidence, Spell, BillLine)


@pytest.fixture
def cast() -> Cast:
    """Ten people at public works, five at health, all billed; then nobody looks."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(10))
    enrol(called, called.heading(called.health), people(5, first=100))
    billed(called, Month(2022, 10))
    _set(NOBODY, "default")
    return called


@pytest.fixture
def of_health(cast: Cast) -> Iterator[User]:
    """An operator who sees the health office alone."""
    with whole_government(cast.government):
        user = add_user(
            username="kes", full_name="Kes", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=user, government=cast.government, opd=cast.health, by=None, at=AT)
    yield user


def test_every_table_of_the_office_has_a_policy() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relrowsecurity"
            " AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'procrastinate%'"
        )
        assert {name for (name,) in cursor.fetchall()} == OPEN_TO_ALL


WRITTEN_BY_ALL = OPEN_TO_ALL - {"access_user"} | {
    "access_auditevent", "access_auditlink", "access_audithead", "access_rowchange", "ledger_journallink",
    "access_secondfactor", "access_recoverycode", "approvals_mailbox", "jobs_job",
}  # fmt: skip
"""Tables that ask for no deed: kept by the database itself, or by each user for oneself."""


def test_every_table_says_whose_role_may_write_to_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname NOT LIKE 'procrastinate%'"
            " AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'by_deed')"
        )
        assert {name for (name,) in cursor.fetchall()} == WRITTEN_BY_ALL


def test_nobody_sees_nothing(cast: Cast) -> None:
    for model in apps.get_models():
        if model._meta.app_label in {"files", "registry", "enrolment", "billing", "ledger", "agreements", "approvals"}:
            assert model._default_manager.count() == 0, model
    assert bulk.execute("SELECT 1 FROM registry_person") == 0
    with pytest.raises(DatabaseError, match="needs one of"), transaction.atomic():
        Person.objects.create(government=cast.government, name="X", name_key="X", recorded_at=AT)


def test_an_operator_sees_the_people_of_the_own_office_only(cast: Cast, of_health: User) -> None:
    with seen_by(of_health) as area:
        assert area.opd_ids == (cast.health.pk,)
        assert {model: model.objects.count() for model in PEOPLE} == dict.fromkeys(PEOPLE, 5)
        for model in (RosterList, Plan, Reading, KeptFile, Bill):
            assert model.objects.count() == 1, model
        assert (Row.objects.count(), PlanItem.objects.count(), Finding.objects.count()) == (5, 5, 0)
        assert search(area, people(1)[0]["nik"]) == []
        assert len(search(area, people(1, first=100)[0]["nik"])) == 1
    assert Person.objects.count() == 0


def test_a_list_is_compared_with_people_its_sender_may_not_see(cast: Cast, of_health: User) -> None:
    with whole_government(cast.government):
        made = enrol(cast, cast.heading(cast.health, kind="additions"), people(2, first=10))
    assert made.counts == {"human": 1, "join": 1}
    with seen_by(of_health):
        assert planned_people(Plan.objects.get(pk=made.pk), "human")[0].reason == "other_payer"


def test_another_government_is_another_world(cast: Cast) -> None:
    other = call_cast(code="32.74", prefix="lain-")
    assert Person.objects.count() == 0
    enrol(other, other.heading(other.works), people(3))
    assert Person.objects.count() == 3
    with seen_by(cast.admin):
        assert Person.objects.count() == 15
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Person.objects.create(government=other.government, name="X", name_key="X", recorded_at=AT)
    with seen_by(other.auditor):
        assert Person.objects.count() == 3


def test_no_area_no_entry(cast: Cast) -> None:
    stranger = add_user(
        username="asing", full_name="Asing", role=Role.AUDITOR, password="rahasia-panjang", by=None, at=AT
    )
    with pytest.raises(NoArea), seen_by(stranger):
        pass
    assert Person.objects.count() == 0


VILLAGE, NEIGHBOUR = "32.73.06.1001", "32.73.06.1002"


@pytest.fixture
def villagers(cast: Cast) -> Cast:
    """Of the people at public works two live in one desa and three in its neighbour."""
    with whole_government(cast.government):
        ids = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:5])
        Person.objects.filter(pk__in=ids[:2]).update(kecamatan_code=VILLAGE[:8], desa_code=VILLAGE)
        Person.objects.filter(pk__in=ids[2:]).update(kecamatan_code=VILLAGE[:8], desa_code=NEIGHBOUR)
    return cast


def officer(cast: Cast, name: str, **area: Any) -> User:
    """A village officer of that area, who looks from now on."""
    with whole_government(cast.government):
        user = add_user(
            username=name, full_name=name, role=Role.VILLAGE_OFFICER, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=user, government=cast.government, opd=None, by=None, at=AT, **area)
    return user


@pytest.mark.parametrize(("code", "seen"), [(VILLAGE, 2), (NEIGHBOUR, 3), ("32.73.06", 5), ("32.73.07", 0)])
def test_a_village_officer_sees_those_who_live_there(villagers: Cast, code: str, seen: int) -> None:
    with seen_by(officer(villagers, code, village_code=code)) as area:
        assert (area.opd_ids, area.villages) == ((), (code,))
        for model in (Person, Membership, Job, Evidence, Spell, BillLine):
            assert model.objects.count() == seen, model
        for unseen in (RosterList, Plan, Reading, Row, KeptFile, Bill):
            assert unseen.objects.count() == 0, unseen
        assert visible(area).count() == seen
        assert len(search(area, "SINTETIS")) == seen


def test_desa_and_opd_add_up(villagers: Cast) -> None:
    both = officer(villagers, "dua", village_code=VILLAGE)
    with whole_government(villagers.government):
        grant_area(user=both, government=villagers.government, opd=villagers.health, by=None, at=AT)
    with seen_by(both) as area:
        assert Person.objects.count() == visible(area).count() == len(search(area, "SINTETIS")) == 7
        assert RosterList.objects.count() == 1


def test_the_own_pledges_are_no_whole_government(cast: Cast) -> None:
    with seen_by(officer(cast, "penyandang", own_pledges=True)) as area:
        assert (area.opd_ids, area.villages) == ((), ())
        assert {model: model.objects.count() for model in PEOPLE} == dict.fromkeys(PEOPLE, 0)


@pytest.mark.parametrize("code", ["32.74.06.1001", "32.73", "abc", "32.7", ""])
def test_a_village_elsewhere_is_not_granted(cast: Cast, code: str) -> None:
    with pytest.raises((ValueError, LookupError)):
        officer(cast, "salah", village_code=code)


def test_an_area_is_of_one_kind(cast: Cast) -> None:
    with whole_government(cast.government), pytest.raises(IntegrityError), transaction.atomic():
        UserArea.objects.create(user=cast.auditor, government=cast.government, opd=cast.health, village_code=VILLAGE)


def test_an_operator_finds_names_typed_with_mistakes_among_the_own_only(cast: Cast, of_health: User) -> None:
    name = people(1, first=100)[0]["name"]
    with seen_by(of_health) as area:
        assert [person.name for person in search(area, name[:-2] + name[-1])][:1] == [name]
        assert len(search(area, "SINTETIS")) == 5


@given(
    government=st.sampled_from(["", "own", "other"]),
    opds=st.sampled_from(["", "{}", "own", "*"]),
    villages=st.sampled_from(["", "{}", "own"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=36)
def test_only_what_was_told_is_seen(villagers: Cast, government: str, opds: str, villages: str) -> None:
    """Every combination of settings: nothing without the government, never more than the parts named."""
    told = {"own": str(villagers.government.pk), "other": "999999"}.get(government, "")
    said = "{" + str(villagers.health.pk) + "}" if opds == "own" else opds
    _set(("1", told, said, "{" + VILLAGE + "}" if villages == "own" else villages, ""), "default")
    try:
        seen = Person.objects.count()
    finally:
        _set(NOBODY, "default")
    parts = 15 if opds == "*" else 5 * (opds == "own") + 2 * (villages == "own")
    assert seen == (parts if government == "own" else 0)
