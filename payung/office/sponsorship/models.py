"""Circulars, sponsors with their services, pledges with their orders, what happened, and events of outreach."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine, Fund
from payung.office.files.models import KeptFile, Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership
from payung.office.sponsorship.month_models import Deduction, DeductionList, Remittance, Return, Taken

__all__ = [
    "Circular", "Deduction", "DeductionList", "Event", "Order", "Outreach", "Pledge", "Remittance", "Return", "Scope",
    "Service", "Sponsor", "Taken",
]  # fmt: skip
SECTORS = ("other", "transport", "becak_delman")
_MONTHS = Func(F("from_month"), F("until_month"), Value("[]"), function="daterange")


class Circular(models.Model):
    """The circular letter behind an agreement: how many workers each civil servant is asked to carry, and how it runs.

    `list_day` is the day of the month on which the deduction list is fixed. The weights say what the reward goes by.
    `is_public` shows the ranking of its OPD to everybody, without people.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    bridging_fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+")
    minimum_per_asn = models.PositiveSmallIntegerField(default=1)
    list_day = models.PositiveSmallIntegerField(default=1)
    share_weight = models.PositiveSmallIntegerField(default=50)
    workers_weight = models.PositiveSmallIntegerField(default=20)
    persistency_weight = models.PositiveSmallIntegerField(default=30)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(list_day__gte=1, list_day__lte=28), name="circular_day_in_any_month"),
            models.CheckConstraint(
                condition=Q(share_weight=100 - F("workers_weight") - F("persistency_weight")),
                name="circular_weights_are_a_whole",
            ),
        ]


class Scope(models.Model):
    """An OPD that the circular asks, and the budget line through which its people pay."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circular", "opd"], name="scope_once")]


class Sponsor(models.Model):
    """A civil servant. `opd` is whose area sees him now; `user` his own log-in, if he has one."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True)
    nip_sealed = models.BinaryField()
    name = models.TextField()
    rank = models.CharField(max_length=40, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "nip_sealed"], name="sponsor_nip_once")]


class Service(models.Model):
    """Where a civil servant stands from a day on: serving in an OPD, or no more and why. Replaced, never changed."""

    SERVING, RETIRED, DIED, LEFT = "serving", "retired", "died", "left"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    state = models.CharField(max_length=8)
    from_day = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["serving", "retired", "died", "left"]), name="service_state_known"
            ),
            models.UniqueConstraint(
                fields=["sponsor", "from_day"], condition=Q(replaced_at__isnull=True), name="service_once_a_day"
            ),
        ]


class Pledge(models.Model):
    """A sponsor and a worker. In force once the signed consent is filed: then row, membership and paper are known.

    `told_sealed` is what was said of the worker. `follows` is the pledge that this one takes the place of.
    `wanted_until` is the last month that is agreed to (empty: until he says otherwise); going on after it is a
    pledge of its own.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT)
    told_sealed = models.BinaryField(null=True)
    sector = models.CharField(max_length=12, default="other")
    with_jht = models.BooleanField(default=False)
    wanted_month = models.DateField()
    wanted_until = models.DateField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True)
    consent_file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, db_index=False)
    consented_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "membership"], condition=Q(wanted_until__isnull=True), name="pledge_of_two_once"
            ),
            models.CheckConstraint(condition=Q(sector__in=SECTORS), name="pledge_sector_known"),
            models.CheckConstraint(condition=Q(wanted_month__day=1), name="pledge_from_a_first_day"),
            models.CheckConstraint(
                condition=Q(wanted_until__isnull=True) | Q(wanted_until__gte=F("wanted_month"), wanted_until__day=1),
                name="pledge_until_a_first_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    consented_at__isnull=True, consented_by__isnull=True, consent_file__isnull=True,
                    row__isnull=True, membership__isnull=True,
                )
                | Q(
                    consented_at__isnull=False, consented_by__isnull=False, consent_file__isnull=False,
                    row__isnull=False, membership__isnull=False, withdrawn_at__isnull=True,
                ),
                name="pledge_consented_whole",
            ),
        ]  # fmt: skip


class Order(models.Model):
    """A pledge standing over whole months in one OPD, whose spell is its twin. Replaced, never changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    from_month = models.DateField()
    until_month = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, default="")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_order_per_month",
                index_type="gist",
                expressions=[(F("pledge"), RangeOperators.EQUAL), (_MONTHS, RangeOperators.OVERLAPS)],
                condition=Q(replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("from_month")), name="order_not_empty"
            ),
        ]


class Event(models.Model):
    """What happened to a sponsor or a worker, what became of the order, and who must act now (empty: nobody)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT)
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    on_day = models.DateField()
    effect = models.CharField(max_length=8)
    acts = models.CharField(max_length=10, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=["kept", "moved", "ended"]), name="event_effect_known"),
            models.CheckConstraint(condition=Q(acts__in=["", "sponsor", "opd", "family"]), name="event_says_who_acts"),
        ]


class Outreach(models.Model):
    """An event at which sponsoring was explained; `opd` empty when it was for all of them."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    material = models.CharField(max_length=200, default="")
    attendance = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
