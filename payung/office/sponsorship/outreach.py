"""Events at which sponsoring was explained, the pledges that followed each, and the OPD that still have nobody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Circular, Order, Outreach, Pledge, Scope
from payung.rules.months import Month

FOLLOWS_WITHIN = timedelta(days=30)


class OutreachRefused(Exception):
    """The event is not recorded; `reason` is `in_the_future` or `out_of_scope`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Held:
    """An event and how many pledges were made within thirty days of it (and before the next one) in its OPD."""

    outreach: Outreach
    followed: int


def note_outreach(
    *,
    circular: Circular,
    opd: Opd | None,
    held_on: date,
    place: str,
    attendance: int,
    by: User,
    at: datetime,
    material: str = "",
) -> Outreach:
    """An event that took place, for one OPD or (None) for all of them. Raises NotAllowed and OutreachRefused."""
    require(by, Deed.KEEP_SPONSORS)
    if held_on > at.date():
        raise OutreachRefused("in_the_future")
    with whole_government(circular.government, by=by):
        if opd is not None and not Scope.objects.filter(circular=circular, opd=opd).exists():
            raise OutreachRefused("out_of_scope")
        made = Outreach.objects.create(
            government=circular.government, circular=circular, opd=opd, held_on=held_on, place=place,
            material=material, attendance=attendance, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        record("note_outreach", subject=f"circular:{circular.pk}", by=by, at=at, detail={"attendance": attendance})
        return made


def outreach_of(circular: Circular) -> list[Held]:
    """Every event, the newest first; in a scope that sees the whole government."""
    events = list(Outreach.objects.filter(circular=circular).select_related("opd").order_by("-held_on", "-pk"))
    return [Held(one, _followed(one, events)) for one in events]


def _followed(one: Outreach, events: list[Outreach]) -> int:
    later = [other.held_on for other in events if other.held_on > one.held_on and other.opd_id in (one.opd_id, None)]
    until = min([one.held_on + FOLLOWS_WITHIN, *later])
    made = Pledge.objects.filter(
        circular=one.circular_id, made_at__date__gte=one.held_on, made_at__date__lt=until, withdrawn_at__isnull=True
    )
    return (made.filter(sponsor__opd=one.opd_id) if one.opd_id else made).count()


def without_anybody(circular: Circular, month: Month) -> list[Opd]:
    """The OPD that are asked and in which no order stands in a month, by name: they are to be reminded."""
    standing = Order.objects.filter(
        Q(until_month__isnull=True) | Q(until_month__gte=month.first_day), pledge__circular=circular,
        replaced_at__isnull=True, from_month__lte=month.first_day,
    )  # fmt: skip
    asked = Scope.objects.filter(circular=circular).exclude(opd__in=standing.values("opd_id"))
    return list(Opd.objects.filter(pk__in=asked.values("opd_id")).order_by("name"))
