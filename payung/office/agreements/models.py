"""Agreements, funds, budget lines."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from payung.office.places.models import Government, Opd

WAGE_BASES = ("UMP", "UMK", "honorarium", "nominal")
FUND_KINDS = ("APBN", "APBD", "APBDES", "DBHCHT", "TPP", "CSR", "BAZNAS", "self")


class Agreement(models.Model):
    """A PKS or nota kesepakatan in force from a day; the ground on which people are enrolled."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    membership_class = models.CharField(max_length=3)
    programmes = ArrayField(models.CharField(max_length=3))
    wage_base = models.CharField(max_length=12)
    # The place whose minimum wage counts ("32" for an UMP, "32.73" for an UMK); empty otherwise.
    wage_base_place = models.CharField(max_length=5, default="")
    wage_nominal_rupiah = models.BigIntegerField(null=True)
    # A frozen base keeps the value of this month; otherwise the table is followed each January.
    wage_base_frozen_at = models.DateField(null=True)
    jkk_group = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="agreement_number_once"),
            models.CheckConstraint(condition=Q(wage_base__in=WAGE_BASES), name="wage_base_known"),
            models.CheckConstraint(
                condition=~Q(wage_base="nominal") | Q(wage_nominal_rupiah__isnull=False),
                name="nominal_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="agreement_ends_after_start",
            ),
        ]


class Fund(models.Model):
    """Money of one kind: what the law calls the payer."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "kind", "name"], name="fund_once"),
            models.CheckConstraint(condition=Q(kind__in=FUND_KINDS), name="fund_kind_known"),
        ]


class BudgetLine(models.Model):
    """A part of a fund for one year, with its ceiling and the heads it was budgeted for."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    year = models.SmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    ceiling_rupiah = models.BigIntegerField()
    heads = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "opd", "year", "code"], name="budget_line_once")]
