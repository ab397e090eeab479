"""Governments, OPD, payment units, areas."""

from django.db import models

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
    """What a user sees: the whole government (`opd` empty) or one OPD."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "government", "opd"], nulls_distinct=False, name="area_once")
        ]
