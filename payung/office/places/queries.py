"""Who may see which area. No grant means nothing is seen."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from payung.office.access.models import User
from payung.office.places.models import Government, Opd, PaymentUnit, UserArea


class NoArea(Exception):
    """This user was granted no area, or not this one."""


@dataclass(frozen=True)
class Area:
    """What one user sees in one government; `opd_ids` None means every OPD.

    `villages` are codes of kecamatan and desa whose people are seen besides.
    """

    government: Government
    opd_ids: tuple[int, ...] | None
    villages: tuple[str, ...] = ()

    def allows(self, opd_id: int | None) -> bool:
        """Whether a record of that OPD (None: of the government as a whole) may be seen."""
        return self.opd_ids is None or opd_id in self.opd_ids


def area_of(user: User, *, government_id: int | None = None) -> Area:
    """The user's area in that government, else in the one where he works now, else in his first.

    Raises NoArea when nothing was granted. A government that is not his is passed over.
    """
    grants = list(UserArea.objects.filter(user=user).select_related("government").order_by("government_id", "pk"))
    if not grants:
        raise NoArea(f"user {user.pk} has no area")
    wanted = government_id if government_id is not None else _told_government()
    government = next((grant.government for grant in grants if grant.government_id == wanted), grants[0].government)
    own = [grant for grant in grants if grant.government_id == government.pk]
    whole = any(grant.opd_id is None and grant.village_code is None and not grant.own_pledges for grant in own)
    return Area(
        government=government,
        opd_ids=None if whole else tuple(grant.opd_id for grant in own if grant.opd_id is not None),
        villages=() if whole else tuple(sorted(grant.village_code for grant in own if grant.village_code)),
    )


def governments_of(user: User) -> list[Government]:
    """The governments in which this user was granted something, by name."""
    return list(Government.objects.filter(userarea__user=user).distinct().order_by("name"))


@dataclass(frozen=True)
class Colleague:
    """A user of a government, with the areas granted there."""

    user: User
    areas: tuple[UserArea, ...]


def colleagues(government: Government) -> list[Colleague]:
    """Everybody to whom something was granted in this government: the active ones first, by name."""
    granted: dict[int, list[UserArea]] = {}
    for area in UserArea.objects.filter(government=government).select_related("opd").order_by("pk"):
        granted.setdefault(area.user_id, []).append(area)
    users = User.objects.filter(pk__in=granted).order_by("-is_active", "full_name", "pk")
    return [Colleague(user, tuple(granted[user.pk])) for user in users]


def _told_government() -> int | None:
    """The government that the running transaction looks at (see `scope`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('payung.government', true), '')::bigint")
        found = cursor.fetchone()
    return found[0] if found else None


def opds_in(area: Area) -> QuerySet[Opd]:
    """The offices this area shows, by name."""
    return payers_in(area).exclude(opdunit__unit__kind=PaymentUnit.SELF)


def payers_in(area: Area) -> QuerySet[Opd]:
    """The offices, and the workers who pay themselves, that this area shows, by name."""
    payers = Opd.objects.filter(government=area.government).order_by("name")
    return payers if area.opd_ids is None else payers.filter(pk__in=area.opd_ids)
