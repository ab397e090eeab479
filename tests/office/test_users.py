"""Who works in a government: what its administrator may do, to whom, and never to oneself."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import DatabaseError, connection, transaction

from payung.office.access.actions import change_password
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import NotAllowed, Role
from payung.office.places import users as office
from payung.office.places.actions import grant_area
from payung.office.places.models import UserArea
from payung.office.places.queries import NoArea, area_of, colleagues
from payung.office.places.scope import seen_by, whole_government
from payung.office.places.users import NewArea, UserRefused
from tests.office.cast import AT, Cast, call_cast

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "kata-sandi-sendiri-saya"


@pytest.fixture
def cast() -> Cast:
    with transaction.atomic():  # what is told lasts as long as a transaction
        return call_cast()


def admit(cast: Cast, name: str = "baru", role: Role = Role.OPD_OPERATOR, **area: Any) -> tuple[User, str]:
    with seen_by(cast.admin):
        return office.admit(
            government=cast.government, username=name, full_name="Orang Baru", role=role, area=NewArea(**area),
            by=cast.admin, at=AT,
        )  # fmt: skip


def change(cast: Cast, verb: Callable[..., Any], user: User, by: User | None = None, **told: Any) -> Any:
    by = by or cast.admin
    with seen_by(by):
        return verb(government=cast.government, user_id=user.pk, by=by, at=AT, **told)


CHANGES: tuple[tuple[Callable[..., Any], dict[str, Any]], ...] = (
    (office.change_role, {"role": Role.AUDITOR}),
    (office.set_active, {"active": False}),
    (office.renew_password, {}),
    (office.reset_second_factor, {}),
)
ALL_CHANGES = (*CHANGES, (office.add_area, {"area": NewArea()}), (office.take_area, {"area_id": 0}))
NAMED = [verb.__name__ for verb, _ in ALL_CHANGES]


def test_a_new_user_comes_in_with_a_password_that_must_be_changed(cast: Cast) -> None:
    user, password = admit(cast, opd=cast.works)
    assert authenticate(username="baru", password=password) == user
    assert user.must_change_password
    with seen_by(user) as area:
        assert area.opd_ids == (cast.works.pk,)
        change_password(user=user, password=OWN_PASSWORD, at=AT)
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(OWN_PASSWORD)) == (False, True)
    assert {event.deed for event in AuditEvent.objects.filter(subject=f"user:{user.pk}")} == {
        "add_user", "grant_area", "change_password",
    }  # fmt: skip
    assert not AuditEvent.objects.filter(detail__icontains=password).exists()


def test_no_two_users_share_a_name(cast: Cast) -> None:
    with pytest.raises(UserRefused, match="name_taken"):
        admit(cast, name="AUDITOR")


def test_a_place_elsewhere_is_refused_and_nobody_is_added(cast: Cast) -> None:
    for code in ("32.74.01", "32.73", "x"):
        with pytest.raises(UserRefused, match="unknown_place"):
            admit(cast, village_code=code)
    assert not User.objects.filter(username="baru").exists()


def test_role_password_and_access_are_changed_and_recorded(cast: Cast) -> None:
    user, first = admit(cast)
    change(cast, office.change_role, user, role=Role.TREASURER)
    second = change(cast, office.renew_password, user)
    change(cast, office.set_active, user, active=False)
    assert authenticate(username="baru", password=second) is None
    change(cast, office.set_active, user, active=True)
    assert authenticate(username="baru", password=first) is None
    user.refresh_from_db()
    assert (user.role, authenticate(username="baru", password=second)) == (Role.TREASURER.value, user)
    deeds = list(AuditEvent.objects.filter(subject=f"user:{user.pk}").order_by("pk").values_list("deed", "by_id"))
    assert deeds[2:] == [
        (deed, cast.admin.pk) for deed in ("change_role", "renew_password", "deactivate_user", "reactivate_user")
    ]


def test_areas_are_added_and_taken_but_the_last_stays(cast: Cast) -> None:
    user, _ = admit(cast, opd=cast.works)
    change(cast, office.add_area, user, area=NewArea(opd=cast.health))
    change(cast, office.add_area, user, area=NewArea(village_code="32.73.06"))
    first, second, third = UserArea.objects.filter(user=user).order_by("pk")
    change(cast, office.take_area, user, area_id=first.pk)
    change(cast, office.take_area, user, area_id=third.pk)
    assert area_of(user).opd_ids == (cast.health.pk,)
    with pytest.raises(UserRefused, match="last_area"):
        change(cast, office.take_area, user, area_id=second.pk)
    with pytest.raises(UserRefused, match="not_here"):
        change(cast, office.take_area, user, area_id=UserArea.objects.filter(user=cast.auditor).get().pk)
    taken = AuditEvent.objects.filter(deed="revoke_area").order_by("pk")
    assert [event.detail["opd"] for event in taken] == [cast.works.pk, None]


@pytest.mark.parametrize(("verb", "told"), ALL_CHANGES, ids=NAMED)
def test_nobody_does_it_to_oneself(cast: Cast, verb: Callable[..., Any], told: dict[str, Any]) -> None:
    with pytest.raises(UserRefused, match="oneself"):
        change(cast, verb, cast.admin, **told)


@pytest.mark.parametrize(("verb", "told"), ALL_CHANGES, ids=NAMED)
def test_only_an_administrator_of_the_whole_government(cast: Cast, verb: Callable[..., Any], told: Any) -> None:
    narrow, _ = admit(cast, name="sempit", role=Role.GOVERNMENT_ADMIN, opd=cast.works)
    for by in (cast.operator, cast.treasurer, cast.auditor, narrow):
        with pytest.raises(NotAllowed):
            change(cast, verb, cast.auditor, by=by, **told)


@pytest.mark.parametrize(("verb", "told"), ALL_CHANGES, ids=NAMED)
def test_another_governments_users_are_not_there(cast: Cast, verb: Callable[..., Any], told: Any) -> None:
    other = call_cast(code="32.74", prefix="lain-")
    with pytest.raises(UserRefused, match="not_here"):
        change(cast, verb, other.auditor, **told)
    with pytest.raises((NotAllowed, NoArea)):
        change(cast, verb, cast.auditor, by=other.admin, **told)
    with seen_by(cast.admin):
        assert other.auditor not in {one.user for one in colleagues(cast.government)}


@pytest.mark.parametrize(("verb", "told"), CHANGES, ids=NAMED[: len(CHANGES)])
def test_the_account_of_somebody_who_also_works_elsewhere_is_not_ours(
    cast: Cast, verb: Callable[..., Any], told: Any
) -> None:
    other = call_cast(code="32.74", prefix="lain-")
    with whole_government(other.government):
        grant_area(user=cast.auditor, government=other.government, opd=None, by=None, at=AT)
    with pytest.raises(UserRefused, match="elsewhere"):
        change(cast, verb, cast.auditor, **told)
    change(cast, office.add_area, cast.auditor, area=NewArea(opd=cast.works))


def test_the_database_keeps_it_too(cast: Cast) -> None:
    other = call_cast(code="32.74", prefix="lain-")
    with seen_by(cast.operator):
        for change_of in ({"role": Role.GOVERNMENT_ADMIN.value}, {"is_active": True, "username": "x"}):
            for user in (cast.operator, cast.auditor):
                with pytest.raises(DatabaseError, match="manage_users"), transaction.atomic():
                    User.objects.filter(pk=user.pk).update(**change_of)
    with seen_by(cast.admin):
        for user in (cast.admin, other.auditor):
            with pytest.raises(DatabaseError, match="manage_users"), transaction.atomic():
                User.objects.filter(pk=user.pk).update(role=Role.TREASURER.value)
        with pytest.raises(DatabaseError, match="manage_users"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM access_user WHERE id = %s", [cast.auditor.pk])


@pytest.mark.django_db(transaction=True)
def test_two_administrators_letting_each_other_out_leave_one(cast: Cast) -> None:
    second, _ = admit(cast, name="kedua", role=Role.GOVERNMENT_ADMIN)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def let_out(by: User, user: User) -> None:
        start.wait()
        try:
            change(cast, office.set_active, user, by=User.objects.get(pk=by.pk), active=False)
            outcomes.append("done")
        except NotAllowed:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=let_out, args=pair) for pair in ((cast.admin, second), (second, cast.admin))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "too late"]
    assert User.objects.filter(role=Role.GOVERNMENT_ADMIN.value, is_active=True).count() == 1
