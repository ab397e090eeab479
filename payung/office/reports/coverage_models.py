"""Covered heads summed by one trait at a time, and the outlines that a map is drawn from."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.files.models import KeptFile
from payung.office.places.models import Government


class CoverageCell(models.Model):
    """How many memberships of a class were covered in a month and have `part` of the trait `by`. Derived.

    Made with the month's tallies, from the same heads: a list of heads with that trait has exactly as many.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    by = models.CharField(max_length=10)
    part = models.CharField(max_length=40)
    membership_class = models.CharField(max_length=3)
    heads = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "month", "by", "part", "membership_class"], name="cell_once")
        ]


class Boundaries(models.Model):
    """A set of outlines that an office uploaded, of kecamatan or of desa. A newer one replaces it."""

    KECAMATAN, DESA = "kecamatan", "desa"
    LEVELS = (KECAMATAN, DESA)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    level = models.CharField(max_length=9)
    source = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=["kecamatan", "desa"]), name="boundaries_level_known"),
            models.UniqueConstraint(
                fields=["government", "level"], condition=Q(replaced_at__isnull=True), name="boundaries_in_force_once"
            ),
        ]


class Outline(models.Model):
    """One region of a set: its rings, simplified, as whole thousandths of the picture's width."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    boundaries = models.ForeignKey(Boundaries, on_delete=models.PROTECT)
    code = models.CharField(max_length=13)
    rings = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["boundaries", "code"], name="outline_once")]
