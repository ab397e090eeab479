"""What happens to a sponsor or a worker: a dated event that keeps the cover, or says who must act.

A month in which something happens is still deducted; what changes counts from the month after (the law counts whole
months). Nothing here ends a cover silently: an ended order always comes with an event.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import polars as pl

from payung.office.access.actions import record_each
from payung.office.access.models import User
from payung.office.access.roles import Deed, Role, require
from payung.office.places.models import Government, Opd
from payung.office.places.scope import whole_government
from payung.office.sponsorship import orders
from payung.office.sponsorship.models import Circular, Event, Order, Pledge, Scope, Service, Sponsor
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
    """He serves in another OPD from a day on; see `sponsors_move`."""
    made = sponsors_move(government=sponsor.government, to={sponsor.pk: to}, on=on, by=by, at=at)
    sponsor.opd = to
    return made


def sponsors_move(*, government: Government, to: Mapping[int, Opd], on: date, by: User, at: datetime) -> list[Event]:
    """Sponsors serve in another OPD from a day on: their workers' cover goes on, deducted there from the month after.

    Where that OPD is not asked by the circular the order ends with the month, and the sponsor must act.
    """
    with whole_government(government, by=by):
        _in_turn(government, by)
        _serve(government, {sponsor_id: (opd.pk, Service.SERVING) for sponsor_id, opd in to.items()}, on, at)
        moving = _carried(to, on)
        happened = [
            event
            for circular, carried in _by_circular(moving)
            for event in _move_orders(circular, carried, to, on, by, at)
        ]
        Sponsor.objects.bulk_update((Sponsor(pk=sponsor_id, opd=opd) for sponsor_id, opd in to.items()), ["opd"])
        at_home = set(to) - {one.sponsor_id for one in moving}
        happened += [
            _event(Sponsor(pk=pk, government=government), to[pk], "moved", on, by, at) for pk in sorted(at_home)
        ]
        return _note(happened)


def sponsor_ends(*, sponsor: Sponsor, kind: str, on: date, by: User, at: datetime) -> list[Event]:
    """He retired, died or left; see `sponsors_end`."""
    return sponsors_end(government=sponsor.government, sponsors=[sponsor], kind=kind, on=on, by=by, at=at)


def sponsors_end(
    *, government: Government, sponsors: Iterable[Sponsor], kind: str, on: date, by: User, at: datetime
) -> list[Event]:
    """Sponsors retired, died or left: TPP ends with the month, and the OPD must find who carries their workers on.

    Raises ValueError for another kind.
    """
    if kind not in OF_SPONSOR[1:]:
        raise ValueError(f"no such end of a service: {kind}")
    ending = {one.pk: one for one in sponsors}
    with whole_government(government, by=by):
        _in_turn(government, by)
        _serve(government, {pk: (one.opd_id, kind) for pk, one in ending.items()}, on, at)
        left = _carried(ending, on)
        for circular, carried in _by_circular(left):
            ids = [one.pk for one in carried]
            orders.close_orders(circular, ids, last=Month.of(on), reason=f"sponsor_{kind}", at=at)
        happened = [
            _event(one.sponsor, one.sponsor.opd, kind, on, by, at, pledge=one, effect=ENDED, acts="opd") for one in left
        ]
        carrying = {one.sponsor_id for one in left}
        happened += [_event(one, one.opd, kind, on, by, at) for pk, one in ending.items() if pk not in carrying]
        return _note(happened)


def worker_event(*, pledge: Pledge, kind: str, on: date, by: User, at: datetime) -> Event:
    """The worker died, moved away, stopped working or grew too old; see `worker_events`."""
    (made,) = worker_events(government=pledge.government, pledges=[pledge], kind=kind, on=on, by=by, at=at)
    return made


def worker_events(
    *, government: Government, pledges: Sequence[Pledge], kind: str, on: date, by: User, at: datetime
) -> list[Event]:
    """The same happened to the workers of some pledges. Raises ValueError for another kind."""
    effect, acts = _AFTER.get(kind, ("", ""))
    if not effect:
        raise ValueError(f"no such event of a worker: {kind}")
    with whole_government(government, by=by):
        _in_turn(government, by)
        if effect == ENDED:
            for circular, carried in _by_circular(pledges):
                orders.close_orders(circular, [one.pk for one in carried], last=Month.of(on), reason=kind, at=at)
        return _note([
            _event(one.sponsor, one.sponsor.opd, kind, on, by, at, pledge=one, effect=effect, acts=acts)
            for one in pledges
        ])  # fmt: skip


def ask(*, pledge: Pledge, wish: str, on: date, by: User, at: datetime) -> Event:
    """The sponsor asks his OPD to stop, pause or swap; nothing changes until the OPD does it. Raises ValueError."""
    require(by, Deed.PLEDGE)
    if wish not in WISHES:
        raise ValueError(f"no such wish: {wish}")
    if by.role == Role.SPONSOR.value and pledge.sponsor.user_id != by.pk:
        raise Pledge.DoesNotExist
    (asked,) = _note([_event(pledge.sponsor, pledge.sponsor.opd, wish, on, by, at, pledge=pledge, acts="opd")])
    return asked


def _move_orders(
    circular: Circular, carried: Sequence[Pledge], to: Mapping[int, Opd], on: date, by: User, at: datetime
) -> list[Event]:
    ids = [one.pk for one in carried]
    closed = orders.close_orders(circular, ids, last=Month.of(on), reason="sponsor_moved", at=at)
    asked = set(Scope.objects.filter(circular=circular).values_list("opd_id", flat=True))
    goes_to = {one.pk: to[one.sponsor_id] for one in carried}
    there = closed.with_columns(
        pl.col("pledge_id").replace_strict({pk: opd.pk for pk, opd in goes_to.items()}).alias("opd_id")
    ).filter(pl.col("opd_id").is_in(asked))
    if not there.is_empty():
        orders.open_orders(circular, there, at=at)
    happened = []
    for one in carried:
        opd = goes_to[one.pk]
        effect, acts = (MOVED, "") if opd.pk in asked else (ENDED, "sponsor")
        happened.append(_event(one.sponsor, opd, "moved", on, by, at, pledge=one, effect=effect, acts=acts))
    return happened


def _carried(sponsor_ids: Iterable[int], on: date) -> list[Pledge]:
    """The pledges of these sponsors whose orders stand after the month of a day."""
    standing = Order.objects.filter(replaced_at__isnull=True).exclude(until_month__lte=Month.of(on).first_day)
    found = Pledge.objects.filter(sponsor__in=list(sponsor_ids), pk__in=standing.values("pledge_id"))
    return list(found.select_related("circular__agreement", "sponsor__opd").order_by("pk"))


def _by_circular(pledges: Iterable[Pledge]) -> list[tuple[Circular, list[Pledge]]]:
    found: dict[int, tuple[Circular, list[Pledge]]] = {}
    for one in pledges:
        found.setdefault(one.circular_id, (one.circular, []))[1].append(one)
    return list(found.values())


def _serve(government: Government, stands: Mapping[int, tuple[int, str]], on: date, at: datetime) -> None:
    """Each sponsor's OPD and state from a day on, in place of what was known of that day and later."""
    Service.objects.filter(sponsor__in=list(stands), replaced_at__isnull=True, from_day__gte=on).update(replaced_at=at)
    Service.objects.bulk_create(
        Service(government=government, sponsor_id=pk, opd_id=opd_id, state=state, from_day=on, recorded_at=at)
        for pk, (opd_id, state) in stands.items()
    )


def _in_turn(government: Government, by: User) -> None:
    require(by, Deed.FOLLOW_SPONSORS)
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)


def _event(
    sponsor: Sponsor, opd: Opd, kind: str, on: date, by: User, at: datetime, *, pledge: Pledge | None = None,
    effect: str = KEPT, acts: str = "",
) -> Event:  # fmt: skip
    return Event(
        government_id=sponsor.government_id, sponsor_id=sponsor.pk, pledge=pledge, opd=opd, kind=kind, on_day=on,
        effect=effect, acts=acts, recorded_by=by, recorded_at=at,
    )  # fmt: skip


def _note(happened: Sequence[Event]) -> list[Event]:
    """The events as they stand from now on, each with its audit row."""
    made = Event.objects.bulk_create(happened)
    told = {
        f"pledge:{one.pledge_id}" if one.pledge_id else f"sponsor:{one.sponsor_id}": {
            "kind": one.kind, "effect": one.effect,
        }
        for one in made
    }  # fmt: skip
    if made:
        record_each("sponsorship_event", told, by=made[0].recorded_by, at=made[0].recorded_at)
    return made
