"""Bills, lines, payments, postings."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.files.models import KeptFile
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.office.registry.models import Membership

AMOUNTS = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")


class Bill(models.Model):
    """What one payment unit owes from one budget line for one class, issued for one month."""

    DRAFT, FINAL, SENT, VOID = "draft", "final", "sent", "void"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    membership_class = models.CharField(max_length=3)
    month = models.DateField()
    sequence = models.SmallIntegerField()
    number = models.CharField(max_length=60)
    state = models.CharField(max_length=5, default=DRAFT)
    due_on = models.DateField()
    heads = models.IntegerField()
    total_rupiah = models.BigIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "budget_line", "membership_class", "month", "sequence"], name="bill_once"
            ),
            models.UniqueConstraint(fields=["government", "number"], name="bill_number_once"),
            models.CheckConstraint(condition=Q(state__in=["draft", "final", "sent", "void"]), name="bill_state_known"),
        ]


class BillLine(models.Model):
    """One membership and the month the amounts are for. `reason` is `regular` or why it is an adjustment."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, db_index=False)
    for_month = models.DateField()
    reason = models.CharField(max_length=20)
    wage_rupiah = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jht_employer = models.BigIntegerField()
    jht_worker = models.BigIntegerField()
    jp_employer = models.BigIntegerField()
    jp_worker = models.BigIntegerField()
    total_rupiah = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["bill"]), models.Index(fields=["membership", "for_month"])]
        constraints = [
            models.UniqueConstraint(fields=["bill", "membership", "for_month"], name="line_once"),
            models.CheckConstraint(
                condition=Q(
                    total_rupiah=models.F("jkk")
                    + models.F("jkm")
                    + models.F("jht_employer")
                    + models.F("jht_worker")
                    + models.F("jp_employer")
                    + models.F("jp_worker")
                ),
                name="line_adds_up",
            ),
        ]


class Payment(models.Model):
    """Money that went to BPJS for one bill. The same reference is the same payment."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT)
    paid_on = models.DateField()
    amount_rupiah = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="payment_positive"),
        ]


class Posting(models.Model):
    """BPJS confirms: this membership, this month, this much. The proof that a person is active."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    amount_rupiah = models.BigIntegerField()
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "month"], name="posted_once")]
