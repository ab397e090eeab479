"""Proposals and what was said of them; who decides what, up to how much, and when not."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.places.models import Government, Opd


class Verdict(StrEnum):
    """What a decider can say: yes, no, or "change this and ask again"."""

    APPROVE = "approve"
    REFUSE = "refuse"
    REVISE = "revise"


class Proposal(models.Model):
    """Something that waits for, or has had, a decision. The maker cannot be the checker (constraint).

    `amount_rupiah` is what limits are measured by; empty means nobody knows, so only a decider without a limit may
    approve. `returned` waits for its maker, who proposes the next version. What was decided stays (trigger).
    """

    OPEN, RETURNED, APPROVED, REFUSED = "open", "returned", "approved", "refused"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=40)
    amount_rupiah = models.BigIntegerField(null=True)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=OPEN)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("made_by")), name="maker_is_not_checker"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "returned"], decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["approved", "refused"], decided_by__isnull=False, decided_at__isnull=False),
                name="decided_means_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(amount_rupiah__lt=0), name="proposed_amount_not_negative"),
        ]
        indexes = [models.Index(fields=["government", "kind"], condition=Q(state="open"), name="open_proposals")]


class Statement(models.Model):
    """What one user said of one version: the decision record. Rows are added and never changed (trigger).

    `voice` is whose voice it is: the user's own, or that of the person on whose behalf the user decided.
    """

    VERDICTS = ("propose", "comment", *Verdict)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True)
    verdict = models.CharField(max_length=10)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    voice = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["propose", "comment", "approve", "refuse", "revise"]), name="verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(voice=F("by")) | Q(verdict__in=["approve", "refuse", "revise"]),
                name="only_deciding_is_lent",
            ),
            models.UniqueConstraint(
                fields=["proposal", "version", "by"],
                condition=Q(verdict__in=["approve", "refuse", "revise"]),
                name="one_decision_per_user",
            ),
            models.UniqueConstraint(
                fields=["proposal", "version", "voice"],
                condition=Q(verdict__in=["approve", "refuse", "revise"]),
                name="one_decision_per_voice",
            ),
            models.UniqueConstraint(
                fields=["proposal", "version"], condition=Q(verdict="propose"), name="version_proposed_once"
            ),
        ]


class Step(models.Model):
    """One round of deciding on a kind: `needed` deciders must agree; empty means all who may."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "kind", "number"], name="step_once"),
            models.CheckConstraint(condition=Q(needed__isnull=True) | Q(needed__gte=1), name="step_needs_somebody"),
        ]


class Decider(models.Model):
    """One user in a step's group, who approves up to `limit_rupiah`; empty means any amount."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    step = models.ForeignKey(Step, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    limit_rupiah = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "user"], name="decider_once"),
            models.CheckConstraint(condition=~Q(limit_rupiah__lt=0), name="limit_not_negative"),
        ]


class Delegation(models.Model):
    """A voice lent for some days, both included, on a kind (empty: on any). Taken back, never changed (trigger)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    lender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, default="")
    first_day = models.DateField()
    last_day = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(lender=F("user")), name="lent_to_somebody_else"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="delegation_not_empty"),
        ]


class Freeze(models.Model):
    """Days, both included, on which nothing of a kind (empty: of any) is approved. Lifted, never changed (trigger)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40, default="")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="freeze_not_empty"),
        ]


class Mailbox(models.Model):
    """Where a user wants notices by e-mail, sealed; no row or `wanted` false means none are sent."""

    user = models.OneToOneField(User, on_delete=models.PROTECT)
    address_sealed = models.BinaryField()
    wanted = models.BooleanField(default=True)
