"""Rates, creditings, movements: all are added, never changed."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.places.models import Government
from payung.office.registry.models import Membership
from payung.rules.law.returns import LARGEST_RATE


class Rate(models.Model):
    """The return of one year, as proposed; the one approved last is in force. A year may be proposed again."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    year = models.SmallIntegerField()
    rate_per_ten_million = models.IntegerField()
    # The announcement or letter of BPJS on which the office relies; no person's name.
    announced_in = models.CharField(max_length=200)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_per_ten_million__gte=0, rate_per_ten_million__lte=LARGEST_RATE),
                name="rate_within_bounds",
            ),
            models.CheckConstraint(condition=~Q(announced_in=""), name="rate_announced_somewhere"),
        ]


class Crediting(models.Model):
    """What one act added to the accounts of one year; the database holds its movements to the declared sums."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    year = models.SmallIntegerField()
    on_day = models.DateField()
    movement_count = models.IntegerField()
    employer_rupiah = models.BigIntegerField()
    worker_rupiah = models.BigIntegerField()
    return_rupiah = models.BigIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "year", "made_at"], name="credited_once_an_act"),
            models.CheckConstraint(condition=Q(movement_count__gt=0), name="crediting_moves"),
        ]


class Movement(models.Model):
    """What a crediting added to one account for one month, below zero where it takes back.

    A contribution carries the two shares, a return stands alone, in December of its year with its rate. `apportioned`
    says that less or more was posted than billed, and the JHT part is its share in proportion.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    crediting = models.ForeignKey(Crediting, on_delete=models.PROTECT)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    employer_rupiah = models.BigIntegerField(default=0)
    worker_rupiah = models.BigIntegerField(default=0)
    return_rupiah = models.BigIntegerField(default=0)
    apportioned = models.BooleanField(default=False)
    rate = models.ForeignKey(Rate, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(return_rupiah=0, rate__isnull=True)
                | (~Q(return_rupiah=0) & Q(rate__isnull=False, employer_rupiah=0, worker_rupiah=0, month__month=12)),
                name="movement_of_one_kind",
            ),
            models.CheckConstraint(
                condition=~Q(employer_rupiah=0) | ~Q(worker_rupiah=0) | ~Q(return_rupiah=0), name="movement_moves"
            ),
            models.UniqueConstraint(
                fields=["membership", "month", "crediting", "rate"],
                nulls_distinct=False,
                name="moved_once_a_crediting",
            ),
        ]
