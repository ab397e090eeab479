"""Candidates, rules, statements, visits, what outside lists tell, and the outcomes of the rules."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from payung.office.access.models import User
from payung.office.agreements.models import Decree
from payung.office.files.models import KeptFile, Row
from payung.office.places.models import Government, Opd
from payung.office.registry.models import Person


class Candidate(models.Model):
    """Somebody proposed for a decree, as the row of a list tells. `person` when the registry certainly knows them.

    `maybe_known` when the registry knows somebody alike. `opd` is the decree's: whose area sees the candidate.
    Taken back, for a reason, while no list names the candidate: then no candidate until proposed again.
    """

    TAKEN_BACK = ("mistyped", "twice", "declined", "wrong_person")

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, db_index=False)
    opd = models.ForeignKey(Opd, on_delete=models.PROTECT, db_index=False)
    row = models.ForeignKey(Row, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    maybe_known = models.BooleanField(default=False)
    verdict = models.CharField(max_length=12)
    name = models.TextField()
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, null=True)
    job = models.TextField(null=True)
    segment = models.CharField(max_length=40, null=True)
    kecamatan_code = models.CharField(max_length=13, null=True)
    desa_code = models.CharField(max_length=13, null=True)
    nik_sealed = models.BinaryField(null=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_reason = models.CharField(max_length=12, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "row"], name="candidate_row_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason="")
                | Q(
                    taken_back_at__isnull=False,
                    taken_back_by__isnull=False,
                    taken_back_reason__in=["mistyped", "twice", "declined", "wrong_person"],
                ),
                name="taken_back_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["decree", "nik_sealed"], name="candidate_nik"),
            models.Index(fields=["decree", "desa_code"], name="candidate_desa"),
        ]


class ProgrammeRule(models.Model):
    """One rule of a decree's eligibility. Replaced, never changed: what was asked of whom on which day stays known."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    severity = models.CharField(max_length=4)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decree", "code"], condition=Q(replaced_at__isnull=True), name="rule_in_force_once"
            ),
            models.CheckConstraint(condition=Q(severity__in=["out", "ask", "warn"]), name="severity_known"),
        ]


class WorkStatement(models.Model):
    """Somebody signed on a day that a candidate works and is well (or not). The newest counts; none is changed."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT)
    stated_on = models.DateField()
    working = models.BooleanField()
    well = models.BooleanField()
    breadwinner = models.BooleanField(null=True)
    signatory = models.CharField(max_length=100)
    office = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Visit(models.Model):
    """What an officer found on the spot. The newest counts; none is changed."""

    FINDINGS = ("fit", "died", "moved", "not_working", "ill", "not_found", "other")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT)
    visited_on = models.DateField()
    finding = models.CharField(max_length=12)
    note = models.TextField(default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__in=["fit", "died", "moved", "not_working", "ill", "not_found", "other"]),
                name="visit_finding_known",
            ),
            models.CheckConstraint(condition=~Q(finding="other", note=""), name="other_finding_is_told"),
        ]


class Told(models.Model):
    """What an outside list says of a NIK on a day: its decile, or that the person died, moved or earns a wage."""

    DECILE, WAGE_EARNER, DIED, MOVED = "decile", "wage_earner", "died", "moved"
    KINDS = (DECILE, WAGE_EARNER, DIED, MOVED)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12)
    nik_sealed = models.BinaryField()
    decile = models.PositiveSmallIntegerField(null=True)
    told_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["government", "nik_sealed"], name="told_nik")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="decile", decile__gte=1, decile__lte=10)
                | Q(kind__in=["wage_earner", "died", "moved"], decile__isnull=True),
                name="told_what",
            ),
        ]


class Outcome(models.Model):
    """The outcome of the rules for one candidate: `reason` decides, `reasons` are all. Made anew at will."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, primary_key=True)
    outcome = models.CharField(max_length=5)
    reason = models.CharField(max_length=20, null=True)
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    decile = models.PositiveSmallIntegerField(null=True)
    breadwinner = models.BooleanField(null=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="valid", reason__isnull=True) | Q(outcome__in=["ask", "out"], reason__isnull=False),
                name="outcome_has_its_reason",
            )
        ]
