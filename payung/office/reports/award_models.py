"""What an office notes for the award file, and the files that were frozen."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.files.models import KeptFile
from payung.office.places.models import Government


class AwardEntry(models.Model):
    """A regulation or an innovation of a year, or the weight of a criterion as a letter of the jury says.

    Replaced, never changed. Texts are of the office, about no person.
    """

    REGULATION, INNOVATION, WEIGHT = "regulation", "innovation", "weight"
    KINDS = (REGULATION, INNOVATION, WEIGHT)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    # A regulation: its kind (Perwal); a weight: the criterion.
    code = models.CharField(max_length=40, default="")
    # A regulation: its number; a weight: the letter that tells it.
    number = models.CharField(max_length=200, default="")
    title = models.CharField(max_length=300, default="")
    dated_on = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="regulation", percent__isnull=True, dated_on__isnull=False) & ~Q(number="")
                | Q(kind="innovation", percent__isnull=True) & ~Q(title="")
                | Q(kind="weight", percent__gte=0, percent__lte=100) & ~Q(number="") & ~Q(code=""),
                name="award_entry_whole",
            ),
            models.UniqueConstraint(
                fields=["government", "year", "code"],
                condition=Q(kind="weight", replaced_at__isnull=True),
                name="award_weight_once",
            ),
        ]


class AwardFile(models.Model):
    """The file for the jury as it stood on a day. `sha256` is that of its manifest, which names every file in it.

    Added, never changed: another day is another file.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    year = models.SmallIntegerField()
    frozen_on = models.DateField()
    content = models.JSONField()
    manifest = models.JSONField()
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "sha256"], name="award_file_once")]
