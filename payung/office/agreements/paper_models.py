"""What comes after an agreement or a budget is made: its addenda, the files attached, changes of a ceiling."""

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.files.models import KeptFile
from payung.office.places.models import Government

WAGE_BASES = ("UMP", "UMK", "honorarium", "nominal")


class Addendum(models.Model):
    """An agreement's terms from a month on, as a later paper says them whole. Added, never changed (trigger).

    Class and programmes stay those of the agreement: people are enrolled by them; another set is another agreement.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="addenda")
    sequence = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    quota = models.PositiveIntegerField(null=True)
    wage_base = models.CharField(max_length=12)
    wage_base_place = models.CharField(max_length=5, default="")
    wage_nominal_rupiah = models.BigIntegerField(null=True)
    wage_base_frozen_at = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sequence"], name="addendum_sequence_once"),
            models.UniqueConstraint(fields=["agreement", "number"], name="addendum_number_once"),
            models.CheckConstraint(condition=Q(effective_from__day=1), name="addendum_starts_with_a_month"),
            models.CheckConstraint(condition=Q(wage_base__in=WAGE_BASES), name="addendum_wage_base_known"),
            models.CheckConstraint(
                condition=~Q(wage_base="nominal") | Q(wage_nominal_rupiah__isnull=False),
                name="addendum_nominal_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="addendum_ends_after_start",
            ),
        ]


class Attachment(models.Model):
    """A file of a paper, sealed, known by its hash: the scan that was signed, the list that belongs to it.

    Of an agreement, of one of its addenda, or of a decree's paper (`amendment`).
    """

    SCAN, LIST, OTHER = "scan", "list", "other"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, null=True)
    addendum = models.ForeignKey(Addendum, on_delete=models.PROTECT, null=True, db_index=False)
    amendment = models.ForeignKey("agreements.Amendment", on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=5)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    attached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["scan", "list", "other"]), name="attachment_kind_known"),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, amendment__isnull=True)
                | Q(agreement__isnull=True, addendum__isnull=True, amendment__isnull=False),
                name="attached_to_one_paper",
            ),
            models.UniqueConstraint(
                fields=["agreement", "addendum", "amendment", "kind", "file"],
                nulls_distinct=False,
                name="attached_once",
            ),
        ]


class CeilingChange(models.Model):
    """More or less money for a budget line, by a paper: a revised budget, or what an earlier line left over.

    `source` is the line whose rest is carried over into this one. Added, never changed (trigger).
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    line = models.ForeignKey("agreements.BudgetLine", on_delete=models.PROTECT, related_name="changes")
    source = models.ForeignKey("agreements.BudgetLine", on_delete=models.PROTECT, null=True, related_name="carried")
    amount_rupiah = models.BigIntegerField()
    document = models.CharField(max_length=200)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_rupiah=0), name="ceiling_changes"),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | (Q(amount_rupiah__gt=0) & ~Q(source=F("line"))),
                name="carried_from_another_line",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="ceiling_changed_by_a_paper"),
        ]
