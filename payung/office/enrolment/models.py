"""Lists, plans, spells."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from payung.office.access.models import User
from payung.office.agreements.models import Agreement, Amendment, BudgetLine
from payung.office.approvals.models import Proposal
from payung.office.enrolment.change_models import Change as Change
from payung.office.enrolment.change_models import MonthlyLine as MonthlyLine
from payung.office.enrolment.change_models import MonthlyReturn as MonthlyReturn
from payung.office.enrolment.change_models import MonthlySheet as MonthlySheet
from payung.office.enrolment.opening_models import PaidBefore as PaidBefore
from payung.office.enrolment.payer_models import PayerDecision as PayerDecision
from payung.office.files.models import KeptFile, Reading, Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Membership, Person


class RosterList(models.Model):
    """A list handed in. A *complete* list names everybody of the OPD; *additions* name only new people; *changes* say
    what changed of protected people (`Change`), and may name new ones; an *opening* list names members from before
    Payung (`PaidBefore`).

    `amendment` when the list is that of a decree: the ground of what follows, and whom it ends leaves. `predecessor`
    is the list that this one corrects and replaces. `layout_ids` are the confirmed layouts it was read by.
    """

    COMPLETE, ADDITIONS, CHANGES, OPENING = "complete", "additions", "changes", "opening"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(one, one) for one in (COMPLETE, ADDITIONS, CHANGES, OPENING)])
    month = models.DateField()
    amendment = models.OneToOneField(Amendment, on_delete=models.PROTECT, null=True)
    predecessor = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    layout_ids = models.JSONField(default=list)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()


class ConfirmedLayout(models.Model):
    """What the columns of an OPD's sheet hold, as a person confirmed it; used again for sheets of that fingerprint.

    `content` is a `roster.mapping.Mapping`. Revoked by `replaced_at`.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opd", "fingerprint"], condition=Q(replaced_at__isnull=True), name="one_layout_in_force"
            )
        ]


class WaitingUpload(models.Model):
    """A file whose columns nobody has confirmed yet: kept with its heading until a person says what they hold.

    `sealed_proposal` is what is proposed, with samples of the cells; it goes when the list is read.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    month = models.DateField()
    predecessor = models.ForeignKey(RosterList, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_proposal = models.BinaryField(null=True)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "opd", "agreement"], condition=Q(settled_at__isnull=True), name="upload_waits_once"
            )
        ]


class Mend(models.Model):
    """A cell that a person corrected; the file stays as it came. `position` counts its rows over all sheets.

    Undone by `replaced_at`. Old and new text are sealed: they may be marks.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    roster_list = models.ForeignKey(RosterList, on_delete=models.PROTECT)
    position = models.IntegerField()
    column = models.CharField(max_length=4)
    field = models.CharField(max_length=30)
    old_sealed = models.BinaryField(null=True)
    new_sealed = models.BinaryField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)


class ListChange(models.Model):
    """One row in which a list differs from the one it corrects. `fields` are those whose value differs.

    Kinds: mended, still_wrong, newly_wrong, changed (sound before and after), added, removed.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    roster_list = models.ForeignKey(RosterList, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    position = models.IntegerField()
    before = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    after = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    fields = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["roster_list", "kind", "position"])]


class Plan(models.Model):
    """What a list would change. Applied once, after approval; `counts` are those of its items.

    A plan is one version of its proposal: sent back and proposed again, the proposal gets a new plan beside the old.
    """

    DRAFT, APPLIED = "draft", "applied"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    roster_list = models.ForeignKey(RosterList, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    made_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "version"], name="plan_version_once")]


class PlanItem(models.Model):
    """One person's line of a plan: what would happen, why, and the wage before and after."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, db_index=False)
    wage_before_rupiah = models.BigIntegerField(null=True)
    wage_after_rupiah = models.BigIntegerField(null=True)
    position = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["plan", "kind", "position"])]


class Spell(models.Model):
    """Membership × programmes × payer × ground over whole months. Current rows never overlap (constraint)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, db_index=False)
    programmes = IntegerRangeField()
    payer_opd = models.ForeignKey(Opd, on_delete=models.PROTECT)
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, db_index=False)
    from_month = models.DateField()
    until_month = models.DateField(null=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, db_index=False)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_payer_per_month",
                index_type="gist",
                expressions=[
                    (F("membership"), RangeOperators.EQUAL),
                    ("programmes", RangeOperators.OVERLAPS),
                    (
                        Func(F("from_month"), F("until_month"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("from_month")),
                name="spell_not_empty",
            ),
        ]


class PaidElsewhere(models.Model):
    """What another government answered about a row of a plan: that somebody pays there, the kind of fund, the months.

    Nothing else crosses: no name, no government, no id. `row` is the own one that was asked about.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, db_index=False)
    position = models.IntegerField()
    fund_kind = models.CharField(max_length=10)
    from_month = models.DateField()
    until_month = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "position"])]
