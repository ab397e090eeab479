"""What is kept beside the bills: whom a run left out and why, and codes that were corrected."""

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.agreements.models import Agreement
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership


class LeftOut(models.Model):
    """Somebody to whom the law had no answer when a run was made: `refusal`, for the months from first to last.

    One row for each membership; OPD, agreement and refusal are those of the last month.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    run = models.ForeignKey("billing.BillRun", on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, db_index=False)
    refusal = models.CharField(max_length=40)
    first_month = models.DateField()
    last_month = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "membership"], name="left_out_once")]


class CodeChange(models.Model):
    """The *kode iuran* of a sent bill was wrong: from what to what, who said so, when and why."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    bill = models.ForeignKey("billing.Bill", on_delete=models.PROTECT, related_name="code_changes")
    code_before = models.CharField(max_length=11)
    code = models.CharField(max_length=11)
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{11}$") & ~Q(code=F("code_before")) & ~Q(reason=""),
                name="another_code_with_a_reason",
            )
        ]
