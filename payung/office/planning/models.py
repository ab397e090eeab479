"""Scenarios: kept, set aside, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.agreements.models import Decree
from payung.office.places.models import Government


class Scenario(models.Model):
    """What somebody asked a budget to buy. Set aside by `replaced_at`; another answer wants another scenario.

    `groups` are heads of people alike (see `rules/planning/turns.Group`), entered, or counted at `counted_at` among
    the valid candidates of a decree. `budgets` are rupiah by calendar year. The rates of deaths and accidents are the
    office's, with their source, or all empty.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    title = models.CharField(max_length=120)
    first_month = models.DateField()
    last_month = models.DateField()
    fund_kind = models.CharField(max_length=10)
    membership_class = models.CharField(max_length=3)
    programmes = ArrayField(models.CharField(max_length=3))
    wage_base = models.CharField(max_length=12)
    wage_base_place = models.CharField(max_length=5, default="")
    wage_rupiah = models.BigIntegerField(null=True)
    jkk_group = models.SmallIntegerField(default=1)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, null=True)
    counted_at = models.DateTimeField(null=True)
    turn_rule = models.CharField(max_length=20)
    groups = models.JSONField()
    budgets = models.JSONField()
    budget_code = models.CharField(max_length=60, default="")
    deaths_per_million = models.IntegerField(null=True)
    accidents_per_million = models.IntegerField(null=True)
    accident_mean_rupiah = models.BigIntegerField(null=True)
    rates_source = models.CharField(max_length=300, default="")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "title"], condition=Q(replaced_at__isnull=True), name="scenario_title_once"
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1, last_month__gte=F("first_month")),
                name="scenario_of_whole_months",
            ),
            models.CheckConstraint(condition=Q(wage_base__in=["nominal", "UMP", "UMK"]), name="scenario_base_known"),
            models.CheckConstraint(
                condition=Q(decree__isnull=True, counted_at__isnull=True)
                | Q(decree__isnull=False, counted_at__isnull=False),
                name="scenario_pool_counted",
            ),
            models.CheckConstraint(
                condition=Q(
                    deaths_per_million__isnull=True,
                    accidents_per_million__isnull=True,
                    accident_mean_rupiah__isnull=True,
                    rates_source="",
                )
                | Q(
                    deaths_per_million__gte=0,
                    accidents_per_million__gte=0,
                    accident_mean_rupiah__gte=0,
                )
                & ~Q(rates_source=""),
                name="scenario_rates_have_a_source",
            ),
        ]
