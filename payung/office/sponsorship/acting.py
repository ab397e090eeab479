"""What still asks somebody to act: a worker whom nobody carries on, a wish of which nothing came yet."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.office.places.queries import Area
from payung.office.sponsorship.models import Event, Order
from payung.rules.months import Month

RECENT_MONTHS = 6
"""As long an event stands among what is to be done; older ones stay to be looked up."""


def to_act(area: Area) -> QuerySet[Event]:
    """Events after which somebody must act, the newest first.

    The worker has no standing order; or an order that the sponsor wishes to change stands as it stood.
    """
    goes_on = Q(until_month__isnull=True) | Q(until_month__gt=OuterRef("on_day"))
    standing = Order.objects.filter(goes_on, replaced_at__isnull=True)
    carried = Exists(standing.filter(pledge__membership=OuterRef("pledge__membership")))
    as_it_stood = Exists(standing.filter(pledge=OuterRef("pledge"), recorded_at__lte=OuterRef("recorded_at")))
    changed = Exists(Order.objects.filter(pledge=OuterRef("pledge"), recorded_at__gt=OuterRef("recorded_at")))
    wish = Q(kind__startswith="asks_")
    found = Event.objects.filter(government=area.government).exclude(acts="")
    found = found.filter(wish & as_it_stood & ~changed | ~wish & ~carried)
    return found.select_related("sponsor", "pledge", "opd").order_by("-on_day", "-pk")


def recent_since(today: date) -> date:
    """The first day whose events are recent."""
    return Month.of(today).shift(-RECENT_MONTHS).first_day
