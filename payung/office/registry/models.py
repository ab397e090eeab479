"""Persons, memberships, jobs, evidence."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from payung.office.files.models import Row
from payung.office.places.models import Government, Opd


class Person(models.Model):
    """What is known of one human being. `name_key` is the name as linkage compares it."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    name = models.TextField()
    name_key = models.TextField()
    birth_date = models.DateField(null=True)
    birth_place = models.TextField(null=True)
    sex = models.CharField(max_length=1, null=True)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    nik_sealed = models.BinaryField(null=True)
    nik_confirmed = models.BooleanField(default=False)
    kk_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    mother_name_sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "nik_sealed"],
                condition=Q(nik_confirmed=True),
                name="confirmed_nik_once",
            )
        ]
        indexes = [
            models.Index(fields=["government", "nik_sealed"], name="person_nik"),
            models.Index(fields=["government", "birth_date", "name_key"], name="person_birth_name"),
            # On the bare column: upper() may leak, so under row-level security an index over it would go unused.
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="person_name_alike"),
            models.Index(fields=["government", "desa_code"], name="person_desa"),
            models.Index(fields=["government", "kecamatan_code"], name="person_kecamatan"),
        ]


class Membership(models.Model):
    """A person's bond with Jamsostek in one class. For PU the employer is the government."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    membership_class = models.CharField(max_length=3)
    scheme = models.CharField(max_length=10, default="BPJS_TK")
    employer = models.ForeignKey(Government, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    kpj_sealed = models.BinaryField(null=True)
    number_issued_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "membership_class", "scheme", "employer"],
                nulls_distinct=False,
                name="membership_once",
            )
        ]


class Job(models.Model):
    """A post in an OPD from a month on. Append-only with two times: a change replaces the row."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    post = models.TextField(null=True)
    sector = models.CharField(max_length=20, default="other")
    wage_paid_rupiah = models.BigIntegerField(null=True)
    # Empty: the agreement's wage-base policy decides month by month.
    wage_reported_rupiah = models.BigIntegerField(null=True)
    from_month = models.DateField()
    until_month = models.DateField(null=True)
    source = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "opd", "from_month"],
                condition=Q(replaced_at__isnull=True),
                name="job_current",
            )
        ]
        indexes = [models.Index(fields=["membership", "opd"], name="job_membership_opd")]


class PersonOpd(models.Model):
    """An OPD in which this person has, or had, a job. The database fills it from the jobs (trigger): it is what
    makes "whom does this office see" a cheap question.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_constraint=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opd", "person"], name="person_opd_once")]


class Evidence(models.Model):
    """Which row of which file speaks of this person."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, db_index=False)
    recorded_at = models.DateTimeField()
