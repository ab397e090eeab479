"""Persons, memberships, jobs, evidence; who may be whom, what was said of it, and who was merged."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.approvals.models import Proposal
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


class Block(models.Model):
    """Keyed hashes of what linkage looks for pairs by, one for each kind of block. Derived: made anew at will.

    A change of the person takes the row away (trigger); `key_version` names the key of the hashes.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_constraint=False)
    key_version = models.PositiveSmallIntegerField()
    hashes = ArrayField(models.BigIntegerField(null=True))


class Pair(models.Model):
    """A question that linkage asks: is the row of a list (or `other`, of the registry) this person?

    `levels`, `prior` and `model_version` draw the waterfall again. `opd` is that of the list: whose area sees it;
    empty for two persons and for lists of every OPD, which concern those who see the whole government.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=10)
    probability = models.FloatField()
    model_version = models.CharField(max_length=20)
    prior = models.FloatField()
    levels = models.JSONField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(row__isnull=True) ^ Q(other__isnull=True), name="pair_of_one_kind"),
            models.CheckConstraint(condition=Q(other__isnull=True) | Q(other__lt=F("person")), name="pair_in_order"),
            models.UniqueConstraint(fields=["row", "person"], name="pair_of_row_once"),
            models.UniqueConstraint(fields=["other", "person"], name="pair_of_persons_once"),
        ]
        indexes = [models.Index(fields=["government", "probability"], name="pair_queue")]


class Judgement(models.Model):
    """What somebody said: the row (or `other`) is this `person`, is somebody else, or cannot be told yet.

    Of a row, `different` means nobody whom the registry knows. Replaced, never changed.
    """

    SAME, DIFFERENT, LATER = "same", "different", "later"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=9)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(row__isnull=True, other__isnull=False, person__isnull=False)
                | Q(row__isnull=False, other__isnull=True, answer="same", person__isnull=False)
                | Q(row__isnull=False, other__isnull=True, answer__in=["different", "later"], person__isnull=True),
                name="judgement_of_one_kind",
            ),
            models.UniqueConstraint(fields=["row"], condition=Q(replaced_at__isnull=True), name="judgement_of_row"),
            models.UniqueConstraint(
                fields=["other", "person"], condition=Q(replaced_at__isnull=True), name="judgement_of_persons"
            ),
        ]


class Merge(models.Model):
    """Two persons are one: `absorbed` is seen under `surviving` from `recorded_at` until `replaced_at`.

    Two people decide: `proposal`. Taking it back is a proposal of its own, `undoing`. No row of either changes.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    surviving = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    undoing = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(absorbed=F("surviving")), name="merged_with_somebody_else"),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(recorded_at__isnull=False, undoing__isnull=False),
                name="undone_after_it_stood",
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(recorded_at__isnull=False, replaced_at__isnull=True),
                name="absorbed_once",
            ),
        ]


class Alias(models.Model):
    """Under whom a merged person is seen now, at the end of every chain. The database fills it from the merges."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="alias")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
