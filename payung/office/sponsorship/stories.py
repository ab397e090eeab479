"""One pledge from its first word on: what was agreed, which orders stood, what was asked and taken, what happened."""

from dataclasses import dataclass
from datetime import date

from payung.office.access.models import User
from payung.office.agreements.queries import base_of, readings_of
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Event, Order, Pledge
from payung.office.sponsorship.pledges import told_of
from payung.office.sponsorship.queries import OwnPledge, ReceiptLine, own_pledge, receipt_of
from payung.office.sponsorship.worth import Worth, worth
from payung.rules.months import Month


@dataclass(frozen=True)
class Story:
    """A pledge with everything that belongs to it; `others` are further workers of the same sponsor."""

    pledge: Pledge
    told: dict[str, str]
    standing: OwnPledge
    orders: tuple[Order, ...]
    events: tuple[Event, ...]
    months: tuple[ReceiptLine, ...]
    others: tuple[tuple[int, str], ...]


def story_of(pledge_id: int, *, government: Government, on: date, by: User, year: int) -> Story:
    """The story of a pledge that the reader may see (the caller asks first), its months those of one year.

    A sponsor sees his pledge, not the OPD and the circular around it: they are read for him.
    """
    with whole_government(government, by=by):
        one = Pledge.objects.select_related(
            "sponsor__opd", "sponsor__government", "circular__agreement", "circular__fund", "circular__government",
            "membership", "made_by", "consented_by",
        ).get(pk=pledge_id)  # fmt: skip
        orders = Order.objects.filter(pledge=one, replaced_at__isnull=True)
        happened = Event.objects.filter(pledge=one)
        further = Pledge.objects.filter(sponsor=one.sponsor, withdrawn_at__isnull=True).exclude(pk=one.pk)
        return Story(
            pledge=one,
            told=told_of(one),
            standing=own_pledge(one, on=on, by=by),
            orders=tuple(orders.select_related("opd").order_by("from_month")),
            events=tuple(happened.select_related("recorded_by", "opd").order_by("-on_day", "-pk")),
            months=tuple(line for line in receipt_of(one.sponsor_id, year=year) if line.pledge_id == one.pk),
            others=tuple((other.pk, told_of(other).get("Nama", "")) for other in further.order_by("-pk")),
        )


def brings(one: Pledge, *, by: User) -> Worth:
    """What the worker of a pledge is protected by, from the month that was wanted. Raises LawError."""
    circular, joined = one.circular, Month.of(one.wanted_month)
    with whole_government(circular.government, by=by):
        base = base_of(circular.agreement, joined)
        assert base is not None, "a circular's agreement names its base"
        return worth(joined, base.rupiah, readings_of(circular.government_id).on(joined))
