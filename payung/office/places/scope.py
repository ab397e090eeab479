"""Who is looking: told to the database, which shows nothing to nobody.

Row-level security reads four settings that live as long as the transaction: the user, the government, the OPD
("*" for all of them), and the kecamatan and desa whose people are seen. Unset means no rows, for reading,
counting, exporting and writing alike. A fifth tells the deeds of the user's role ("*" for the installation's own
work, when a government is told and no user): triggers refuse a write that none of them allows (see `policies`).
One more setting says from where the work comes; the audit and the row history note it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections, transaction

from payung.office.access.models import User
from payung.office.access.roles import deeds_of
from payung.office.places.models import Government
from payung.office.places.queries import Area, area_of

SETTINGS = ("payung.user", "payung.government", "payung.opds", "payung.villages", "payung.deeds")
NOBODY = ("", "", "", "", "")
ANY_DEED = "*"
"""What the installation itself may do: founding, loading, commands."""
Settings = tuple[str, str, str, str, str]
_origin: ContextVar[str] = ContextVar("origin", default="")


@contextmanager
def coming_from(origin: str) -> Iterator[None]:
    """Everything told within comes from there: an address ("web 10.0.0.7"), a job, a command."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


@contextmanager
def seen_by(user: User, *, government_id: int | None = None) -> Iterator[Area]:
    """One transaction in which the database shows what this user may see, in one government at a time.

    Without a choice, or with one that is not his, it is the first. Raises NoArea when nothing was granted.
    """
    with _settings((str(user.pk), "", "", "", ""), "default"):
        area = area_of(user, government_id=government_id)
        _set(_of(user, area), "default")
        yield area


@contextmanager
def seen_in(area: Area, *, user: User, using: str) -> Iterator[None]:
    """The same for an area already known, on another connection."""
    with _settings(_of(user, area), using):
        yield


@contextmanager
def whole_government(government: Government, *, by: User | None = None, using: str = "default") -> Iterator[None]:
    """One transaction that sees all of a government, whoever asked: for work that must compare with everybody.

    The answer to a user who sees less is cut to that user's area again, outside.
    """
    user_id, deeds = (str(by.pk), _deeds(by)) if by else ("", ANY_DEED)
    with _settings((user_id, str(government.pk), "*", "", deeds), using):
        yield


@contextmanager
def counting_everybody() -> Iterator[None]:
    """The same reader in the same government, every OPD: for counts by OPD, cut to the reader's own again outside."""
    user, government, _, _, deeds = _current("default")
    with _settings((user, government, "*", "", deeds), "default"):
        yield


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """Only what belongs to this user alone is shown besides what was told before: the own second factor."""
    _, government, opds, villages, deeds = _current("default")
    with _settings((str(user.pk), government, opds, villages, deeds), "default"):
        yield


def tell(*, user_id: int, area: Area) -> None:
    """Set the area for the rest of the transaction; user 0 is the installation itself."""
    if user_id:
        _set(_of(User.objects.get(pk=user_id), area), "default")
    else:
        _set((str(user_id), *_part(area), ANY_DEED), "default")


def _of(user: User, area: Area) -> Settings:
    return (str(user.pk), *_part(area), _deeds(user))


def _part(area: Area) -> tuple[str, str, str]:
    """The government, its OPD, its villages."""
    opds = "*" if area.opd_ids is None else "{" + ",".join(map(str, area.opd_ids)) + "}"
    return str(area.government.pk), opds, "{" + ",".join(area.villages) + "}" if area.villages else ""


def _deeds(user: User) -> str:
    return "{" + ",".join(sorted(deed.value for deed in deeds_of(user))) + "}"


@contextmanager
def seen_by_nobody(*, using: str = "default") -> Iterator[None]:
    """One transaction in which the database shows nothing: before sign-in, and for users without an area."""
    with _settings(NOBODY, using):
        yield


@contextmanager
def _settings(values: Settings, using: str) -> Iterator[None]:
    """A transaction with these settings; the ones before come back at its end."""
    with transaction.atomic(using=using):
        before = _current(using)
        _set(values, using)
        yield
        if not transaction.get_rollback(using):  # what is rolled back takes its settings with it
            _set(before, using)


def _current(using: str) -> Settings:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS), SETTINGS)
        user, government, opds, villages, deeds = cursor.fetchone()
    return user, government, opds, villages, deeds


def _set(values: Settings, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('payung.origin', %s, true), " + ", ".join("set_config(%s, %s, true)" for _ in SETTINGS),
            [_origin.get(), *(part for pair in zip(SETTINGS, values, strict=True) for part in pair)],
        )
