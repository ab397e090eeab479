"""Submissions with their steps and items; replies with their rows; tasks; what the files need besides."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.files.models import KeptFile
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.office.registry.models import Membership, Person

NEW, CONTINUING, WAGE, LEAVER, GROUP, GROUP_LEAVER = "new", "continuing", "wage", "leaver", "group", "group_leaver"
CORRECTION = "correction"
KINDS = (NEW, CONTINUING, WAGE, LEAVER, GROUP, GROUP_LEAVER, CORRECTION)
"""Kinds of files: the first four go to SIPP, two are the lists of a group (BPU), corrections go to the branch."""
JOINING, LEAVING = (NEW, CONTINUING, GROUP), (LEAVER, GROUP_LEAVER)


class Submission(models.Model):
    """What one payment unit tells BPJS in one month. Opened again, it is a new version, with the reason."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    version = models.PositiveSmallIntegerField()
    reopened_because = models.CharField(max_length=200, default="")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "version"], name="submission_version_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="submission_of_a_month"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reopened_because=""), name="submission_reopened_with_a_reason"
            ),
        ]


class SubmissionStep(models.Model):
    """A submission became final, sent or answered; or SIPP showed a state of its own. Each once, none undone."""

    FINAL, SENT, ANSWERED = "final", "sent", "answered"
    SIPP_STATES = ("sipp_draft", "sipp_final", "sipp_posted")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, db_index=False)
    state = models.CharField(max_length=11)
    # The reporting period (periode pelaporan) in SIPP, told when it was sent.
    period = models.DateField(null=True)
    happened_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "state"], name="submission_step_once"),
            models.CheckConstraint(
                condition=Q(state__in=["final", "sent", "answered", "sipp_draft", "sipp_final", "sipp_posted"]),
                name="submission_step_known",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(period__isnull=False), name="sent_for_a_period"),
        ]


class Reply(models.Model):
    """A file of BPJS: rows that failed, numbers that were issued, or a list of members. The same file counts once."""

    FAILED, NUMBERS, MEMBERS = "failed", "numbers", "members"
    KINDS = (FAILED, NUMBERS, MEMBERS)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=7)
    told_on = models.DateField()
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "file"], name="reply_once"),
            models.CheckConstraint(condition=Q(kind__in=["failed", "numbers", "members"]), name="reply_kind_known"),
        ]


class Item(models.Model):
    """One member in one file of a submission. Open (`outcome` empty) until BPJS answered or the submission was opened
    again; a member has one open item in a unit, never two.
    """

    OPEN, TAKEN, REFUSED, WITHDRAWN = "", "taken", "refused", "withdrawn"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    file_number = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    wage_rupiah = models.BigIntegerField(null=True)
    # The first day of somebody who joins, the last of somebody who leaves.
    on_day = models.DateField()
    outcome = models.CharField(max_length=9, default=OPEN, db_default=OPEN)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, null=True, db_index=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "unit"], condition=Q(outcome=""), name="one_open_item_per_member"
            ),
            models.UniqueConstraint(fields=["submission", "kind", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["submission", "membership"], name="member_once_in_a_submission"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | Q(outcome__in=["taken", "refused", "withdrawn"], settled_at__isnull=False),
                name="item_settled_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["unit", "membership"], name="item_unit_member")]


class ReplyRow(models.Model):
    """One row of a reply. `membership` when the NIK, else the KPJ, is that of one member; else a person decides.

    `differs` names what BPJS has otherwise than the office: wage, nik, name, birth_date, kpj.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, db_index=False)
    row = models.PositiveIntegerField()
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, null=True, db_index=False)
    found_by = models.CharField(max_length=6, default="")
    name = models.TextField(null=True)
    birth_date = models.DateField(null=True)
    nik_sealed = models.BinaryField(null=True)
    kpj_sealed = models.BinaryField(null=True)
    wage_rupiah = models.BigIntegerField(null=True)
    issued_on = models.DateField(null=True)
    reason = models.TextField(default="")
    differs = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "row"], name="reply_row_once")]


class CorrectionAsked(models.Model):
    """Of this row of a reply the office is right: BPJS is asked to correct `fields` (nik, name, birth_date)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    row = models.OneToOneField(ReplyRow, on_delete=models.PROTECT)
    fields = ArrayField(models.CharField(max_length=10))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()


class Task(models.Model):
    """What somebody has to do: mend what BPJS did not take, hand over a card, tell a worker. Ticked, or unticked."""

    FIX, CARD, TELL = "fix", "card", "tell"
    KINDS = (FIX, CARD, TELL)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=4)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind"], name="task_once"),
            models.CheckConstraint(condition=Q(kind__in=["fix", "card", "tell"]), name="task_kind_known"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="task_ticked_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind"], condition=Q(settled_at__isnull=True), name="task_open")]


class UnitSetting(models.Model):
    """What the files of a unit need besides its people: codes, names of templates. Replaced, never changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(PaymentUnit, on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=30)
    value = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(replaced_at__isnull=True), name="unit_setting_in_force_once"
            )
        ]


class Particular(models.Model):
    """What a file needs of a person and no list of workers tells: address, marriage, blood group, contract."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    field = models.CharField(max_length=20)
    value_sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="particular_once")]
