"""Who may see which area. No grant means nothing is seen."""

from dataclasses import dataclass

from django.db.models import QuerySet

from payung.office.access.models import User
from payung.office.places.models import Government, Opd, UserArea


class NoArea(Exception):
    """This user was granted no area, or not this one."""


@dataclass(frozen=True)
class Area:
    """What one user sees in one government; `opd_ids` None means every OPD."""

    government: Government
    opd_ids: tuple[int, ...] | None

    def allows(self, opd_id: int | None) -> bool:
        """Whether a record of that OPD (None: of the government as a whole) may be seen."""
        return self.opd_ids is None or opd_id in self.opd_ids


def area_of(user: User) -> Area:
    """The user's area. Raises NoArea when nothing was granted."""
    grants = list(UserArea.objects.filter(user=user).select_related("government").order_by("government_id", "pk"))
    if not grants:
        raise NoArea(f"user {user.pk} has no area")
    government = grants[0].government
    own = [grant for grant in grants if grant.government_id == government.pk]
    whole = any(grant.opd_id is None for grant in own)
    return Area(
        government=government,
        opd_ids=None if whole else tuple(grant.opd_id for grant in own if grant.opd_id is not None),
    )


def opds_in(area: Area) -> QuerySet[Opd]:
    """The OPD this area shows, by name."""
    opds = Opd.objects.filter(government=area.government).order_by("name")
    return opds if area.opd_ids is None else opds.filter(pk__in=area.opd_ids)
