"""Cases, their benefits and every step of them; what was decided, answered and paid is added, never changed."""

from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.files.models import KeptFile
from payung.office.places.models import Government
from payung.office.registry.models import Person

BENEFIT_STATES = ["open", "approved", "refused", "submitted", "granted", "denied", "appealed", "paid"]
"""In the order in which a claim goes; an appeal leads back to approved or refused."""


class Case(models.Model):
    """One event of one person. What happened stays as it was told; `state` moves forward only (triggers).

    `told_sealed` holds who told it, how to reach them and what happened. A *proposed* case waits until an officer
    opens or drops it. `event_at` when the hour is known: the first report is due in hours.
    """

    PROPOSED, OPEN, CLOSED, DROPPED = "proposed", "open", "closed", "dropped"
    EVENTS = ("accident", "disease", "death", "old_age", "leaving")
    SOURCES = ("office", "family", "list")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reference = models.CharField(max_length=12)
    event = models.CharField(max_length=10)
    event_on = models.DateField()
    event_at = models.DateTimeField(null=True)
    place = models.TextField(default="")
    source = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=OPEN)
    told_sealed = models.BinaryField(null=True)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "reference"], name="case_reference_once"),
            models.UniqueConstraint(
                fields=["person", "event", "event_on"], condition=~Q(state="dropped"), name="case_once_an_event"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "open", "closed", "dropped"]), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(event__in=["accident", "disease", "death", "old_age", "leaving"]), name="case_event_known"
            ),
            models.CheckConstraint(condition=Q(source__in=["office", "family", "list"]), name="case_source_known"),
        ]
        indexes = [
            models.Index(fields=["government", "state", "-event_on", "-id"], name="case_listed"),
            models.Index(fields=["government", "-event_on", "-id"], name="case_newest"),
        ]


class Fact(models.Model):
    """One thing an officer learned of a case: on the way to work, months of incapacity, a lost finger. Replaced, never
    changed; `code` is one of kinds/facts.toml.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=30)
    value = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], condition=Q(replaced_at__isnull=True), name="fact_once")
        ]


class Heir(models.Model):
    """Who receives, as the family's papers say: a share in `share_of` parts, for children the guardian and the school.

    Replaced, never changed. `account_sealed` is the bank account of the heir or the guardian.
    """

    SPOUSE, CHILD = "spouse", "child"
    RELATIONS = (SPOUSE, CHILD, "line", "sibling", "parent_in_law", "willed", "buried")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    relation = models.CharField(max_length=14)
    name = models.TextField()
    birth_date = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField()
    guardian = models.TextField(default="")
    school = models.CharField(max_length=6, default="")
    married_or_working = models.BooleanField(default=False)
    bank = models.CharField(max_length=60, default="")
    account_sealed = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=["spouse", "child", "line", "sibling", "parent_in_law", "willed", "buried"]),
                name="heir_relation_known",
            ),
        ]


class Document(models.Model):
    """A paper of the case, kept sealed by the room of files. A better copy replaces it."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=30)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    media_type = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "file"], condition=Q(replaced_at__isnull=True), name="document_once"
            )
        ]


class Benefit(models.Model):
    """One claim of a case. `state` moves forward only, and is approved or refused only as two people decided."""

    OPEN, APPROVED, REFUSED, SUBMITTED = "open", "approved", "refused", "submitted"
    GRANTED, DENIED, APPEALED, PAID = "granted", "denied", "appealed", "paid"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=OPEN)
    moved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="benefit_once_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=BENEFIT_STATES),
                name="benefit_state_known",
            ),
        ]
        indexes = [models.Index(fields=["government", "state", "kind", "case"], name="benefit_listed")]


class Move(models.Model):
    """A benefit went to a state on a day, and by whom it was told. `comment` says why."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT)
    state = models.CharField(max_length=10)
    on_day = models.DateField()
    comment = models.TextField(default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Assessment(models.Model):
    """What the office holds of a benefit, with every reason, as one version of a proposal to a second person.

    `due` or not, by `reason` with its `citation`; `payer` pays the `expected_rupiah`: BPJS, or the employer first.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    due = models.BooleanField()
    reason = models.CharField(max_length=40)
    citation = models.CharField(max_length=200)
    certainty = models.CharField(max_length=20)
    payer = models.CharField(max_length=14)
    expected_rupiah = models.BigIntegerField()
    components = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                condition=Q(due=True, expected_rupiah__gte=0) | Q(due=False, expected_rupiah=0),
                name="only_what_is_due_is_expected",
            ),
        ]


class Answer(models.Model):
    """What BPJS answered: granted with an amount, or denied with its reason. The newest counts; none is changed.

    `taken_back`, of payouts too, is the step of the history by which somebody said, with a reason, that it was wrong.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT)
    answered_on = models.DateField()
    granted = models.BooleanField()
    amount_rupiah = models.BigIntegerField()
    letter = models.CharField(max_length=100)
    difference = models.CharField(max_length=10, default="")
    comment = models.TextField(default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back = models.OneToOneField(Move, on_delete=models.PROTECT, null=True, related_name="answer")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True, amount_rupiah__gt=0) | Q(granted=False, amount_rupiah=0),
                name="granted_with_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(difference="") | (Q(difference__in=["explained", "disputed"]) & ~Q(comment="")),
                name="difference_is_told",
            ),
        ]


class Payout(models.Model):
    """Money that moved for a benefit: BPJS to an heir, the employer first, or BPJS back to the employer."""

    BPJS, EMPLOYER, REFUND = "bpjs", "employer", "refund"
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT)
    heir = models.ForeignKey(Heir, on_delete=models.PROTECT, null=True)
    paid_by = models.CharField(max_length=8)
    paid_on = models.DateField()
    amount_rupiah = models.BigIntegerField()
    school_year = models.SmallIntegerField(null=True)
    reference = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back = models.OneToOneField(Move, on_delete=models.PROTECT, null=True, related_name="payout")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="payout_above_zero"),
            models.CheckConstraint(condition=Q(paid_by__in=["bpjs", "employer", "refund"]), name="payout_payer_known"),
            models.UniqueConstraint(
                fields=["benefit", "reference", "heir", "school_year"],
                condition=Q(taken_back=None),
                nulls_distinct=False,
                name="paid_out_once",
            ),
        ]


class Ending(models.Model):
    """The spells of a case's person end with the month of death, once two people say so. Added, never changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "proposal"], name="ending_once_a_proposal")]


class FamilyReport(models.Model):
    """What a family told by itself, without an account, until an officer finds whom it speaks of, or sets it aside.

    Then `told_sealed` and `address_key` (a keyed hash, for the limit of an hour) are emptied: what matters stands in
    the case.
    """

    EVENTS = ("death", "accident", "disease")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=12)
    event = models.CharField(max_length=10)
    event_on = models.DateField()
    told_sealed = models.BinaryField(null=True)
    address_key = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "reference"], name="report_reference_once"),
            models.CheckConstraint(condition=Q(event__in=["death", "accident", "disease"]), name="report_event_known"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, case__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, told_sealed__isnull=True, address_key=""),
                name="settled_report_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "received_at"], name="report_received"),
            models.Index(fields=["government", "id"], condition=Q(settled_at__isnull=True), name="report_waiting"),
        ]
