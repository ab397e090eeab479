"""Kept files and what was read in them."""

from django.db import models

from payung.office.access.models import User
from payung.office.places.models import Government, Opd


class KeptFile(models.Model):
    """A file as it arrived. The same bytes are the same file."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sealed_content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "sha256"], name="file_known_once")]


class Reading(models.Model):
    """What the roster found in a file for one purpose. Counts are those of the rows stored with it.

    `opd` is whose list it is and whose area sees it; a list that names people of every OPD has none, and only those
    who see the whole government see its rows.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    on = models.DateField()
    membership_class = models.CharField(max_length=3)
    read_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    sheets = models.JSONField(default=list)


class Row(models.Model):
    """One physical row that holds a person (or should). Marks are sealed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, db_index=False)
    sheet = models.CharField(max_length=100)
    row = models.IntegerField()
    position = models.IntegerField()
    verdict = models.CharField(max_length=12)
    name = models.TextField(null=True)
    birth_date = models.DateField(null=True)
    birth_place = models.TextField(null=True)
    sex = models.CharField(max_length=1, null=True)
    job = models.TextField(null=True)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    wage_rupiah = models.BigIntegerField(null=True)
    member_since = models.DateField(null=True)
    paid_until = models.DateField(null=True)
    nik_sealed = models.BinaryField(null=True)
    kk_sealed = models.BinaryField(null=True)
    kpj_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    mother_name_sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reading", "position"]),
            # The day comes first: every question asks for a government, and this index is for questions about a day.
            models.Index(fields=["birth_date", "government"], name="row_born_on"),
        ]


class Finding(models.Model):
    """Something wrong (or mended) at one cell. What was read there is sealed: it may be a mark."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, db_index=False)
    sheet = models.CharField(max_length=100)
    row = models.IntegerField()
    position = models.IntegerField()
    column = models.CharField(max_length=4)
    field = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    sealed_detail = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["reading", "position"]), models.Index(fields=["reading", "code"])]
