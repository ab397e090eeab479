"""Governments, OPD, payment units, areas."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User


class Government(models.Model):
    """A kota or kabupaten. `code` is Kemendagri's, with a dot: "32.73"."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=100)

    @property
    def province_code(self) -> str:
        return self.code[:2]


class Opd(models.Model):
    """An office of the government: dinas, badan, kecamatan, bagian, RSUD."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="opd_code_once")]


class PaymentUnit(models.Model):
    """What BPJS invoices: an NPP for wage earners, or a group for BPU."""

    NPP, GROUP = "npp", "group"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=5, choices=[(NPP, NPP), (GROUP, GROUP)])
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "number"], name="unit_number_once")]


class OpdUnit(models.Model):
    """Which unit invoices an OPD's people, from which month until which (both first days of months)."""

    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT)
    from_month = models.DateField()
    until_month = models.DateField(null=True)


class UserArea(models.Model):
    """What a user sees: the whole government, one OPD, one kecamatan or desa, or the own pledges alone.

    `village_code` is Kemendagri's, with dots: "32.73.02" (a kecamatan) or "32.73.02.1001" (a desa in it).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    village_code = models.CharField(max_length=13, null=True)
    own_pledges = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "government", "opd", "village_code", "own_pledges"],
                nulls_distinct=False,
                name="area_once",
            ),
            models.CheckConstraint(
                condition=Q(opd__isnull=True, village_code__isnull=True)
                | Q(opd__isnull=True, own_pledges=False)
                | Q(village_code__isnull=True, own_pledges=False),
                name="area_of_one_kind",
            ),
        ]
