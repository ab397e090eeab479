"""Verbs of a government's administrator: who works here, in which role, over which area.

Nobody does any of it to oneself. So the administrator who acts is still one afterwards, and the last one is never
locked out; acting at the same time, two administrators wait for each other (the government's row is locked).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import QuerySet

from payung.office.access import second_factor
from payung.office.access.actions import add_user, record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, Role, require
from payung.office.places.actions import grant_area, revoke_area
from payung.office.places.models import Government, Opd, UserArea
from payung.office.places.scope import as_user

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other when read aloud or copied from paper."""
GROUPS, GROUP_LETTERS = 4, 4


class UserRefused(Exception):
    """This cannot be done to that user; `reason` is `oneself`, `elsewhere`, `last_area`, `name_taken`,
    `unknown_place` or `not_here`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewArea:
    """What is granted: the whole government when nothing is named."""

    opd: Opd | None = None
    village_code: str | None = None
    own_pledges: bool = False


@transaction.atomic
def admit(
    *, government: Government, username: str, full_name: str, role: Role, area: NewArea, by: User, at: datetime
) -> tuple[User, str]:
    """A new user of this government and the password to hand over, which must be changed at the first sign-in.

    Raises NotAllowed, and UserRefused: `name_taken`, `unknown_place`.
    """
    _require_manager(government, by)
    if User.objects.filter(username__iexact=username).exists():
        raise UserRefused("name_taken")
    password = _new_password()
    user = add_user(
        username=username,
        full_name=full_name,
        role=role,
        password=password,
        by=by,
        at=at,
        must_change_password=True,
    )
    _grant(user, government, area, by, at)
    return user, password


@transaction.atomic
def admit_first(*, government: Government, username: str, full_name: str, at: datetime) -> str | None:
    """An administrator for a government that has none, by the installation itself; the password to hand over.

    None when somebody active administers it already. Raises UserRefused: `name_taken`.
    """
    if User.objects.filter(
        role=Role.GOVERNMENT_ADMIN.value, is_active=True, pk__in=_whole(government).values("user_id")
    ).exists():
        return None
    if User.objects.filter(username__iexact=username).exists():
        raise UserRefused("name_taken")
    password = _new_password()
    user = add_user(
        username=username, full_name=full_name, role=Role.GOVERNMENT_ADMIN, password=password, by=None, at=at,
        must_change_password=True,
    )  # fmt: skip
    grant_area(user=user, government=government, opd=None, by=None, at=at)
    return password


def _whole(government: Government) -> QuerySet[UserArea]:
    return UserArea.objects.filter(government=government, opd=None, village_code=None, own_pledges=False)


@transaction.atomic
def change_role(*, government: Government, user_id: int, role: Role, by: User, at: datetime) -> None:
    """Another role, from the user's next page on. Raises NotAllowed and UserRefused."""
    user = _account(government, user_id, by)
    before, user.role = user.role, role.value
    user.save(update_fields=["role"])
    record("change_role", subject=f"user:{user.pk}", by=by, at=at, detail={"before": before, "role": role.value})


@transaction.atomic
def set_active(*, government: Government, user_id: int, active: bool, by: User, at: datetime) -> None:
    """Let a user in again, or no more; a session that is open ends. Raises NotAllowed and UserRefused."""
    user = _account(government, user_id, by)
    user.is_active = active
    user.save(update_fields=["is_active"])
    record("reactivate_user" if active else "deactivate_user", subject=f"user:{user.pk}", by=by, at=at)


@transaction.atomic
def renew_password(*, government: Government, user_id: int, by: User, at: datetime) -> str:
    """A new password to hand over, to be changed at the next sign-in; every open session ends.

    Raises NotAllowed and UserRefused.
    """
    user, password = _account(government, user_id, by), _new_password()
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    record("renew_password", subject=f"user:{user.pk}", by=by, at=at)
    return password


@transaction.atomic
def reset_second_factor(*, government: Government, user_id: int, by: User, at: datetime) -> bool:
    """For whoever lost the telephone; False when there was none. Raises NotAllowed and UserRefused."""
    user = _account(government, user_id, by)
    with as_user(user):
        return second_factor.remove(user=user, by=by, at=at)


@transaction.atomic
def add_area(*, government: Government, user_id: int, area: NewArea, by: User, at: datetime) -> None:
    """One more area here. Raises NotAllowed and UserRefused."""
    _grant(_colleague(government, user_id, by), government, area, by, at)


@transaction.atomic
def take_area(*, government: Government, user_id: int, area_id: int, by: User, at: datetime) -> None:
    """One area less. The last one stays: whoever should see nothing any more is deactivated.

    Raises NotAllowed and UserRefused.
    """
    user = _colleague(government, user_id, by)
    own = list(UserArea.objects.filter(user=user, government=government))
    found = next((area for area in own if area.pk == area_id), None)
    if found is None:
        raise UserRefused("not_here")
    if len(own) == 1:
        raise UserRefused("last_area")
    revoke_area(area=found, by=by, at=at)


def works_elsewhere(user: User) -> bool:
    """Whether this user works in another government too: the account is then not this government's to change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT places_works_elsewhere(%s)", [user.pk])
        (elsewhere,) = cursor.fetchone()
    return bool(elsewhere)


def _grant(user: User, government: Government, area: NewArea, by: User, at: datetime) -> None:
    try:
        grant_area(
            user=user,
            government=government,
            opd=area.opd,
            village_code=area.village_code,
            own_pledges=area.own_pledges,
            by=by,
            at=at,
        )
    except (ValueError, LookupError) as unknown:
        raise UserRefused("unknown_place") from unknown


def _require_manager(government: Government, by: User) -> None:
    """Alone with the government: an active administrator of all of it, also after whoever was before."""
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    by.refresh_from_db(fields=["role", "is_active"])
    require(by, Deed.MANAGE_USERS)
    whole = UserArea.objects.filter(
        user=by, government=government, opd__isnull=True, village_code__isnull=True, own_pledges=False
    )
    if not whole.exists():
        raise NotAllowed("not over the whole government")


def _colleague(government: Government, user_id: int, by: User) -> User:
    """Somebody else who works here."""
    _require_manager(government, by)
    if user_id == by.pk:
        raise UserRefused("oneself")
    user = User.objects.filter(pk=user_id, userarea__government=government).distinct().first()
    if user is None:
        raise UserRefused("not_here")
    return user


def _account(government: Government, user_id: int, by: User) -> User:
    """Somebody else who works here and nowhere else."""
    user = _colleague(government, user_id, by)
    if works_elsewhere(user):
        raise UserRefused("elsewhere")
    return user


def _new_password() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)
