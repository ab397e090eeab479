"""Runs, bills, lines, payments, postings."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.approvals.models import Proposal
from payung.office.billing.kept_models import CodeChange as CodeChange
from payung.office.billing.kept_models import LeftOut as LeftOut
from payung.office.billing.receipt_models import Receipt
from payung.office.files.models import KeptFile
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.office.registry.models import Membership

AMOUNTS = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")


class BillRun(models.Model):
    """One making of a month's bills: what was compared, under which law, and what a second person decided.

    A draft is settled once: final with its journals, or void with a reason. Sent back and made again, the proposal
    gets a new run beside the old, as `version` tells. `law_digest` and `readings` are the law as it was reckoned with.
    With `until_month` it is what one `unit` pays in advance from one `budget_line`, and not a month of everybody.
    """

    DRAFT, FINAL, VOID = "draft", "final", "void"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    month = models.DateField()
    first_month = models.DateField()
    until_month = models.DateField(null=True)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, null=True, db_index=False)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, db_index=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=5, default=DRAFT)
    law_digest = models.CharField(max_length=64)
    readings = models.JSONField()
    left_out = models.IntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "month"],
                condition=Q(state="draft", until_month__isnull=True),
                name="one_draft_of_a_month",
            ),
            models.UniqueConstraint(
                fields=["month", "unit", "budget_line"],
                condition=Q(state="draft", until_month__isnull=False),
                name="one_draft_in_advance",
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True, unit__isnull=True, budget_line__isnull=True)
                | Q(until_month__gt=models.F("month"), unit__isnull=False, budget_line__isnull=False),
                name="advance_of_one_payer",
            ),
            models.UniqueConstraint(fields=["proposal", "version"], name="run_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft", settled_at__isnull=True, settled_by__isnull=True, void_reason="")
                | Q(state="final", settled_at__isnull=False, settled_by__isnull=False, void_reason="")
                | (Q(state="void", settled_at__isnull=False, settled_by__isnull=False) & ~Q(void_reason="")),
                name="run_state_complete",
            ),
        ]


class Touched(models.Model):
    """A membership of whom something that a run had compared has changed since; filled by triggers alone.

    The next run compares its earlier months again and takes the row away.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_constraint=False)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, db_constraint=False)


class Bill(models.Model):
    """What one payment unit owes from one budget line for one class, issued for one month.

    `heads`, `line_count`, `penalty_rupiah` and `total_rupiah` are declared; the database holds the lines and penalties
    to them. The total is both; below zero it is a credit note. `run` is empty for bills from before there were runs.
    """

    DRAFT, FINAL, SENT, VOID = "draft", "final", "sent", "void"
    DUE = (FINAL, SENT)
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    run = models.ForeignKey(BillRun, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    membership_class = models.CharField(max_length=3)
    month = models.DateField()
    sequence = models.SmallIntegerField()
    number = models.CharField(max_length=60)
    state = models.CharField(max_length=5, default=DRAFT)
    due_on = models.DateField()
    heads = models.IntegerField()
    line_count = models.IntegerField()
    penalty_rupiah = models.BigIntegerField(default=0, db_default=0)
    total_rupiah = models.BigIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True)
    payment_code = models.CharField(max_length=11, default="", db_default="")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "budget_line", "membership_class", "month", "sequence"], name="bill_once"
            ),
            models.UniqueConstraint(fields=["government", "number"], name="bill_number_once"),
            models.CheckConstraint(condition=Q(state__in=["draft", "final", "sent", "void"]), name="bill_state_known"),
            models.CheckConstraint(
                condition=Q(payment_code="", sent_at__isnull=True, sent_by__isnull=True)
                | Q(payment_code__regex=r"^[0-9]{11}$", sent_at__isnull=False, sent_by__isnull=False),
                name="sent_with_its_code",
            ),
            models.CheckConstraint(
                condition=(Q(state="void") & Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""))
                | (~Q(state="void") & Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")),
                name="void_with_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["final", "sent"]) | Q(final_at__isnull=False), name="final_since_when"
            ),
        ]


class BillLine(models.Model):
    """One membership and the month the amounts are for. `reason` is one of PLANNED, or why it is an adjustment."""

    PLANNED = ("regular", "advance")

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
        indexes = [
            models.Index(fields=["bill"]),
            models.Index(fields=["membership", "for_month"]),
            BrinIndex(fields=["for_month"], name="line_by_month", autosummarize=True),
        ]
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


class Penalty(models.Model):
    """What a bill asks because `late_bill` was paid late, reckoned through a day: only what no earlier bill has asked.

    Below zero it gives back what was asked and is no longer owed.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="penalties")
    late_bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="charged")
    reckoned_on = models.DateField()
    amount_rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "late_bill"], name="penalty_once"),
            models.CheckConstraint(condition=~Q(amount_rupiah=0), name="penalty_is_something"),
        ]


class PenaltyWaiver(models.Model):
    """Nothing is asked for the lateness of this bill: who decided so, by which paper, when and why; until somebody
    takes it back, with a reason.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="waivers")
    document = models.CharField(max_length=120)
    decided_on = models.DateField()
    reason = models.CharField(max_length=200)
    waived_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill"], condition=Q(taken_back_at=None), name="waived_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_reason=""),
                name="waiver_taken_back_by_somebody",
            ),
        ]


class Payment(models.Model):
    """Money of a receipt that settles one bill. What was put to the wrong bill is taken back by a row below zero."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT)
    paid_on = models.DateField()
    amount_rupiah = models.BigIntegerField()
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    reason = models.CharField(max_length=200, default="", db_default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_rupiah__gt=0, takes_back__isnull=True)
                | Q(amount_rupiah__lt=0, takes_back__isnull=False),
                name="payment_or_taken_back",
            ),
        ]

    @property
    def reference(self) -> str:
        return self.receipt.reference


class Posting(models.Model):
    """BPJS confirms: this membership, this month, this much. The proof that a person is active."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    amount_rupiah = models.BigIntegerField()
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [BrinIndex(fields=["month"], name="posting_by_month", autosummarize=True)]
        constraints = [models.UniqueConstraint(fields=["membership", "month"], name="posted_once")]
