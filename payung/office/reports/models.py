"""Counted months: who is decreed, registered, active and posted, summed up. Derived: counted anew at will."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine, Decree
from payung.office.files.models import Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership, Person
from payung.office.reports.assessment_models import Compared as Compared
from payung.office.reports.assessment_models import ComparedMonth as ComparedMonth
from payung.office.reports.assessment_models import Comparison as Comparison
from payung.office.reports.assessment_models import Master as Master
from payung.office.reports.assessment_models import MasterRow as MasterRow
from payung.office.reports.assessment_models import OpdDeadline as OpdDeadline
from payung.office.reports.assessment_models import UnitName as UnitName
from payung.office.reports.award_models import AwardEntry as AwardEntry
from payung.office.reports.award_models import AwardFile as AwardFile
from payung.office.reports.coverage_models import Boundaries as Boundaries
from payung.office.reports.coverage_models import CoverageCell as CoverageCell
from payung.office.reports.coverage_models import Outline as Outline


class CountedMonth(models.Model):
    """When a month was last counted, and by whom: what the numbers know is as old as that."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    month = models.DateField()
    heads = models.IntegerField()
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "month"], name="month_counted_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="counted_from_a_first_day"),
        ]


class Tally(models.Model):
    """How many heads of a month are alike in everything that is asked for, and their rupiah.

    `programmes` is a set of bits in the order of `enrolment.programmes.ORDER`. `segment` is the decree's, else the
    class. `why_NUMBER` tells why a head stands in one of this number and the one before it, and not in the other.
    `due` is what the law asks for the month; `billed` and `paid` what stands on bills, and on bills paid in full.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, db_index=False)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, null=True, db_index=False)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    segment = models.CharField(max_length=40)
    programmes = models.SmallIntegerField()
    decreed = models.BooleanField()
    registered = models.BooleanField()
    active = models.BooleanField()
    posted = models.BooleanField()
    why_registered = models.CharField(max_length=20)
    why_active = models.CharField(max_length=20)
    why_posted = models.CharField(max_length=20)
    heads = models.IntegerField()
    due_jkk = models.BigIntegerField()
    due_jkm = models.BigIntegerField()
    due_jht = models.BigIntegerField()
    due_jp = models.BigIntegerField()
    posted_jkk = models.BigIntegerField()
    posted_jkm = models.BigIntegerField()
    posted_jht = models.BigIntegerField()
    posted_jp = models.BigIntegerField()
    billed_rupiah = models.BigIntegerField()
    paid_rupiah = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["government", "month"], name="tally_month")]


class Head(models.Model):
    """One of the heads of a tally: a line of a decree or list, or a membership that stands in none.

    `person` is empty while nobody knows who the line is; `row` when no line names the membership. `covered` when the
    head is active and the first of its membership: coverage counts those, by the traits that stand here as they were
    when the month was counted. `until_month` is the last month of the membership's spells, empty when they go on.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    due_rupiah = models.BigIntegerField()
    posted_rupiah = models.BigIntegerField()
    covered = models.BooleanField(db_default=False)
    membership_class = models.CharField(max_length=3, null=True)
    sex = models.CharField(max_length=1, null=True)
    age_group = models.CharField(max_length=5, null=True)
    occupation = models.CharField(max_length=40, null=True)
    decile = models.PositiveSmallIntegerField(null=True)
    until_month = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tally", "id"], name="head_of_tally")]


class Minutes(models.Model):
    """The numbers of a period as both parties are to sign them (berita acara rekonsiliasi). Drawn up once, never
    changed: `sha256` is that of `content`, and stands on every paper made of it.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    first_month = models.DateField()
    last_month = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "sha256"], name="minutes_once"),
            models.CheckConstraint(condition=Q(last_month__gte=models.F("first_month")), name="minutes_of_a_period"),
        ]
