"""What happens to a sponsor or a worker: a dated event that keeps the cover, or says who must act.

A month in which something happens is still deducted; what changes counts from the month after (the law counts whole
months). Nothing here ends a cover silently: an ended order always comes with an event.
"""

from datetime import date, datetime

from django.db.models import QuerySet

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, Role, require
from payung.office.places.models import Government, Opd
from payung.office.places.scope import whole_government
from payung.office.sponsorship import orders
from payung.office.sponsorship.models import Event, Order, Pledge, Scope, Service, Sponsor
from payung.rules.months import Month

KEPT, MOVED, ENDED = "kept", "moved", "ended"
OF_SPONSOR = ("moved", "retired", "died", "left")
OF_WORKER = ("worker_died", "worker_moved", "worker_stopped", "worker_over_age")
WISHES = ("asks_stop", "asks_pause", "asks_swap")
"""What a sponsor may ask his OPD for by himself: the order is the OPD's to change."""
_AFTER = {
    "worker_died": (ENDED, "family"),
    "worker_stopped": (ENDED, "sponsor"),
    "worker_moved": (KEPT, ""),
    # A member who reaches the age stays until the spell ends; there is no new one afterwards.
    "worker_over_age": (KEPT, ""),
}


def sponsor_moves(*, sponsor: Sponsor, to: Opd, on: date, by: User, at: datetime) -> list[Event]:
    """He serves in another OPD from a day on: his workers' cover goes on, deducted there from the month after.

    Where that OPD is not asked by the circular the order ends with the month, and the sponsor must act.
    """
    with whole_government(sponsor.government, by=by):
        _in_turn(sponsor, by)
        _serve(sponsor, to, Service.SERVING, on, at)
        made = [_move_order(one, to, on, by, at) for one in _carried(sponsor, on)]
        sponsor.opd = to
        sponsor.save(update_fields=["opd"])
        return made or [_note(sponsor, None, to, "moved", on, KEPT, "", by, at)]


def sponsor_ends(*, sponsor: Sponsor, kind: str, on: date, by: User, at: datetime) -> list[Event]:
    """He retired, died or left: TPP ends with the month, and the OPD must find who carries his workers on.

    Raises ValueError for another kind.
    """
    if kind not in OF_SPONSOR[1:]:
        raise ValueError(f"no such end of a service: {kind}")
    with whole_government(sponsor.government, by=by):
        _in_turn(sponsor, by)
        _serve(sponsor, sponsor.opd, kind, on, at)
        made = []
        for one in _carried(sponsor, on):
            orders.close_orders(one.circular, [one.pk], last=Month.of(on), reason=f"sponsor_{kind}", at=at)
            made.append(_note(sponsor, one, sponsor.opd, kind, on, ENDED, "opd", by, at))
        return made or [_note(sponsor, None, sponsor.opd, kind, on, KEPT, "", by, at)]


def worker_event(*, pledge: Pledge, kind: str, on: date, by: User, at: datetime) -> Event:
    """The worker died, moved away, stopped working or grew too old. Raises ValueError for another kind."""
    effect, acts = _AFTER.get(kind, ("", ""))
    if not effect:
        raise ValueError(f"no such event of a worker: {kind}")
    with whole_government(pledge.government, by=by):
        _in_turn(pledge.sponsor, by)
        if effect == ENDED:
            orders.close_orders(pledge.circular, [pledge.pk], last=Month.of(on), reason=kind, at=at)
        return _note(pledge.sponsor, pledge, pledge.sponsor.opd, kind, on, effect, acts, by, at)


def ask(*, pledge: Pledge, wish: str, on: date, by: User, at: datetime) -> Event:
    """The sponsor asks his OPD to stop, pause or swap; nothing changes until the OPD does it. Raises ValueError."""
    require(by, Deed.PLEDGE)
    if wish not in WISHES:
        raise ValueError(f"no such wish: {wish}")
    if by.role == Role.SPONSOR.value and pledge.sponsor.user_id != by.pk:
        raise Pledge.DoesNotExist
    return _note(pledge.sponsor, pledge, pledge.sponsor.opd, wish, on, KEPT, "opd", by, at)


def _move_order(one: Pledge, to: Opd, on: date, by: User, at: datetime) -> Event:
    last = Month.of(on)
    asked = Scope.objects.filter(circular=one.circular, opd=to).exists()
    reason = "sponsor_moved"
    closed = orders.close_orders(one.circular, [one.pk], last=last, reason=reason, at=at)
    if not asked:
        return _note(one.sponsor, one, to, "moved", on, ENDED, "sponsor", by, at)
    orders.open_orders(one.circular, closed.with_columns(opd_id=to.pk), at=at)
    return _note(one.sponsor, one, to, "moved", on, MOVED, "", by, at)


def _carried(sponsor: Sponsor, on: date) -> QuerySet[Pledge]:
    """His pledges whose orders stand after the month of a day."""
    standing = Order.objects.filter(replaced_at__isnull=True).exclude(until_month__lte=Month.of(on).first_day)
    found = Pledge.objects.filter(sponsor=sponsor, pk__in=standing.values("pledge_id"))
    return found.select_related("circular__agreement", "sponsor").order_by("pk")


def _serve(sponsor: Sponsor, opd: Opd, state: str, on: date, at: datetime) -> None:
    Service.objects.filter(sponsor=sponsor, replaced_at__isnull=True, from_day__gte=on).update(replaced_at=at)
    Service.objects.create(
        government_id=sponsor.government_id, sponsor=sponsor, opd=opd, state=state, from_day=on, recorded_at=at
    )


def _in_turn(sponsor: Sponsor, by: User) -> None:
    if by.role != Role.BKPSDM.value:
        require(by, Deed.DEDUCT)
    Government.objects.select_for_update(no_key=True).get(pk=sponsor.government_id)


def _note(
    sponsor: Sponsor, pledge: Pledge | None, opd: Opd, kind: str, on: date, effect: str, acts: str, by: User,
    at: datetime,
) -> Event:  # fmt: skip
    event = Event.objects.create(
        government_id=sponsor.government_id, sponsor=sponsor, pledge=pledge, opd=opd, kind=kind, on_day=on,
        effect=effect, acts=acts, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    subject = f"pledge:{pledge.pk}" if pledge else f"sponsor:{sponsor.pk}"
    record("sponsorship_event", subject=subject, by=by, at=at, detail={"kind": kind, "effect": effect})
    return event
