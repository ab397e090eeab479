"""Money that moved, apart from what it settles: statements, receipts, who they are held for, refunds.

What a receipt settles stands in `models.Payment`; what is left of it is its holder's credit, or waits in suspense.
"""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.files.models import KeptFile
from payung.office.places.models import Government, PaymentUnit


class Statement(models.Model):
    """One account's movements as one file told them. `proved`: its balances before and after agree with its lines."""

    OUT, IN = "out", "in"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    account = models.CharField(max_length=40)
    pays = models.CharField(max_length=3)
    first_on = models.DateField()
    last_on = models.DateField()
    opening_rupiah = models.BigIntegerField(null=True)
    closing_rupiah = models.BigIntegerField(null=True)
    proved = models.BooleanField()
    line_count = models.IntegerField()
    known_count = models.IntegerField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "file", "account", "first_on"], name="statement_once"),
            models.CheckConstraint(condition=Q(pays__in=["out", "in"]), name="statement_pays_known"),
        ]


class Receipt(models.Model):
    """Money paid for contributions, once. `unit` is for whom it was held when it came; empty while nobody knows.

    A reference that a person typed is the same payment; the bank's own words may repeat. With a `credit_note` no money
    came: it is what that bill gives back.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, null=True)
    paid_on = models.DateField()
    amount_rupiah = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    from_bank = models.BooleanField()
    credit_note = models.OneToOneField("billing.Bill", on_delete=models.PROTECT, null=True, related_name="credit")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "reference"],
                condition=Q(from_bank=False, credit_note__isnull=True),
                name="typed_reference_once",
            ),
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="receipt_positive"),
        ]


class StatementLine(models.Model):
    """One movement, positive when money came into the account. `receipt` is the payment it shows, if it shows one."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT)
    row = models.IntegerField()
    identity = models.CharField(max_length=64)
    booked_on = models.DateField()
    amount_rupiah = models.BigIntegerField()
    counterparty = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    bank_id = models.CharField(max_length=100)
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "identity"], name="statement_line_once")]


class Holding(models.Model):
    """From here on the rest of a receipt is held for another unit: a payer became known, or was the wrong one."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT)
    amount_rupiah = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()


class Refund(models.Model):
    """Money of a receipt that came back to the payer; it counts once a second person has agreed (`booked_at`)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    amount_rupiah = models.BigIntegerField()
    returned_on = models.DateField()
    reference = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="refund_positive")]
