"""Personnel masters as they were handed in, and what a comparison with the members said of everybody in them."""

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.files.models import Reading, Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership, Person


class Master(models.Model):
    """A list of everybody who works for the government: of BKPSDM, of the payroll, or BKN's of 2022.

    `told_on` is the day it speaks of. The reading's OPD is the one that handed it in, not where the people work.
    """

    BKPSDM, PAYROLL, BKN = "bkpsdm", "payroll", "bkn_2022"
    SOURCES = (BKPSDM, PAYROLL, BKN)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT)
    source = models.CharField(max_length=10)
    told_on = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["bkpsdm", "payroll", "bkn_2022"]), name="master_source_known"
            )
        ]


class MasterRow(models.Model):
    """Where a row of a master says that somebody works, and how, as the list wrote it.

    `status` is a code of `roster.employment`. Which OPD a `unit` is, is asked when the master is compared.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    master = models.ForeignKey(Master, on_delete=models.PROTECT)
    row = models.OneToOneField(Row, on_delete=models.PROTECT)
    unit = models.CharField(max_length=200)
    status = models.CharField(max_length=20)
    status_text = models.CharField(max_length=60)
    until_on = models.DateField(null=True)


class UnitName(models.Model):
    """A unit of a master that a person said is this OPD, where its name does not say so. Replaced, never changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    unit = models.CharField(max_length=200)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "unit"], condition=Q(replaced_at__isnull=True), name="unit_named_once"
            )
        ]


class Comparison(models.Model):
    """A master beside the members of a month. Derived: made anew at will."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    master = models.ForeignKey(Master, on_delete=models.PROTECT)
    month = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["master", "month"], name="compared_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="compared_from_a_first_day"),
        ]


class Compared(models.Model):
    """One person of a comparison: a row of the master, or (`row` empty) a member whom the master does not name.

    `standing` says whether she is protected, or why not. `usual_...` is what at least half of the protected
    colleagues of the same status in the same OPD have, empty when there is no such thing. `programmes` are bits.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    name = models.TextField()
    nik_sealed = models.BinaryField(null=True)
    unit = models.CharField(max_length=200)
    status = models.CharField(max_length=20)
    status_text = models.CharField(max_length=60)
    standing = models.CharField(max_length=12)
    programmes = models.SmallIntegerField(null=True)
    usual_programmes = models.SmallIntegerField(null=True)
    base_rupiah = models.BigIntegerField(null=True)
    usual_base_rupiah = models.BigIntegerField(null=True)
    fewer_programmes = models.BooleanField()
    lower_base = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["comparison", "id"], name="compared_of")]


class ComparedMonth(models.Model):
    """How many of a comparison's people, OPD by OPD, were protected in a month: the curve of closing the gap."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    month = models.DateField()
    heads = models.IntegerField()


class OpdDeadline(models.Model):
    """Until when an OPD is asked to settle what a comparison found, by which letter. Replaced, never changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    letter_number = models.CharField(max_length=100)
    letter_on = models.DateField()
    due_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opd"], condition=Q(replaced_at__isnull=True), name="one_deadline_in_force"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("letter_on")), name="deadline_after_its_letter"),
        ]
