"""What an OPD was sent for a month, what came back, and the changes that a list tells of people already protected."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.files.models import Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership


class MonthlySheet(models.Model):
    """What an OPD was sent to tell the changes of a month on. Its lines are the people whom it protected then."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    month = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="monthly_sheet_of_a_month")]


class MonthlyLine(models.Model):
    """One person of a sheet. Sheet and number are the key in the locked column; the wage is the one that was shown."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    sheet = models.ForeignKey(MonthlySheet, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    wage_rupiah = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="monthly_line_once")]


class MonthlyReturn(models.Model):
    """A list that is a returned sheet. `accepted` are the groups of changes that go into its plan, once somebody chose.

    Of `unchanged` people nothing was said; of those `left_out` had no line any more.
    """

    roster_list = models.OneToOneField("enrolment.RosterList", on_delete=models.PROTECT, related_name="monthly")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    sheet = models.ForeignKey(MonthlySheet, on_delete=models.PROTECT)
    unchanged = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    accepted = models.JSONField(null=True)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)


class Change(models.Model):
    """What a list says of somebody who is protected; `row` is where, and holds the new wage.

    `on_day` is the day of leaving, moving or dying, or that from which the wage holds; empty: the list's month.
    """

    LEFT, MOVED, DIED, WAGE = "left", "moved", "died", "wage"
    KINDS = (WAGE, MOVED, LEFT, DIED)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    roster_list = models.ForeignKey("enrolment.RosterList", on_delete=models.PROTECT, db_index=False)
    row = models.OneToOneField(Row, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    kind = models.CharField(max_length=5)
    on_day = models.DateField(null=True)
    moved_to = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster_list", "membership"], name="change_once_per_member"),
            models.CheckConstraint(condition=Q(kind__in=["left", "moved", "died", "wage"]), name="change_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="moved", moved_to__isnull=False) | ~Q(kind="moved") & Q(moved_to__isnull=True),
                name="change_moves_somewhere",
            ),
            models.CheckConstraint(condition=Q(kind="wage") | Q(on_day__isnull=False), name="change_on_a_day"),
        ]
