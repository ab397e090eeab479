"""The month: the list of deductions, what was really taken, the one payment that followed. Nothing is changed."""

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.billing.receipt_models import Receipt
from payung.office.files.models import KeptFile
from payung.office.places.models import Government, Opd

OUTCOMES = ("full", "short", "failed", "moved", "leave", "arrears", "bridged")


class DeductionList(models.Model):
    """What one OPD is asked to deduct for a month; `heads` and `total_rupiah` are those of its deductions.

    `tariffs` says for each sector and choice of JHT what is asked and how certain the law is of it. `fixed_by` is empty
    for a list that the timetable fixed.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    circular = models.ForeignKey("sponsorship.Circular", on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    month = models.DateField()
    heads = models.IntegerField()
    total_rupiah = models.BigIntegerField()
    tariffs = models.JSONField(default=list)
    fixed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "opd", "month"], name="deduction_list_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="deduction_list_of_a_month"),
        ]


class Deduction(models.Model):
    """What is asked of one pledge for one month; `number` is its line on the list."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    deduction_list = models.ForeignKey(DeductionList, on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    pledge = models.ForeignKey("sponsorship.Pledge", on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jht = models.BigIntegerField()
    due_rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deduction_list", "number"], name="deduction_number_once"),
            models.UniqueConstraint(fields=["pledge", "month"], name="deducted_once_a_month"),
            models.CheckConstraint(condition=Q(due_rupiah=F("jkk") + F("jkm") + F("jht")), name="deduction_adds_up"),
        ]


class Return(models.Model):
    """What an OPD said it deducted on a list, once; until it is taken back with a reason, because it was told wrongly.

    `taken_rupiah` counts arrears that were deducted with it.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    deduction_list = models.ForeignKey(DeductionList, on_delete=models.PROTECT, related_name="returns")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, db_index=False)
    taken_rupiah = models.BigIntegerField()
    bridged_rupiah = models.BigIntegerField()
    repaid_rupiah = models.BigIntegerField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deduction_list"], condition=Q(taken_back_at=None), name="returned_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_reason=""),
                name="return_taken_back_by_somebody",
            ),
        ]

    @property
    def to_pay_rupiah(self) -> int:
        """What the OPD and the bridging fund pay to BPJS: arrears that the fund had advanced go back to it."""
        return self.taken_rupiah - self.repaid_rupiah + self.bridged_rupiah


class Taken(models.Model):
    """What was deducted for one deduction, with the outcome; `bridged` is an advance and no payment of the sponsor.

    Replaced with its return, when that is taken back.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    deduction = models.ForeignKey(Deduction, on_delete=models.PROTECT, db_index=False)
    returned = models.ForeignKey(Return, on_delete=models.PROTECT, db_index=False)
    outcome = models.CharField(max_length=8)
    amount_rupiah = models.BigIntegerField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES, amount_rupiah__gte=0), name="taken_outcome_known"),
            models.UniqueConstraint(
                fields=["deduction"],
                condition=Q(replaced_at=None) & ~Q(outcome__in=["arrears", "bridged"]),
                name="taken_once",
            ),
            models.UniqueConstraint(
                fields=["deduction"], condition=Q(replaced_at=None, outcome="bridged"), name="bridged_once"
            ),
            models.UniqueConstraint(fields=["deduction", "returned", "outcome"], name="taken_once_a_return"),
        ]
        indexes = [models.Index(fields=["returned"])]


class Remittance(models.Model):
    """The one payment of an OPD for a list, as billing received it."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    returned = models.OneToOneField(Return, on_delete=models.PROTECT)
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
