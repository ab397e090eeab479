"""Requests of persons about their own data, and what was corrected on them."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Value

from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.places.models import Government
from payung.office.registry.models import Person

ANSWER_WITHIN = timedelta(hours=72)
"""3 x 24 hours from receipt: UU 27/2022 art. 30 (correction) and art. 32 (access)."""


class Request(models.Model):
    """What one person demands, by when it must be answered, who must act, and how it ended.

    `wording` and `answer` show no marks; after an erasure they are emptied with the rest. `warned_at` is when the
    handler was told that the time is running out.
    """

    ACCESS, CORRECTION, ERASURE = "access", "correction", "erasure"
    OPEN, GRANTED, REFUSED = "open", "granted", "refused"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    wording = models.TextField(default="")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(default="")
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["access", "correction", "erasure"]), name="request_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(due_at=F("received_at") + Value(ANSWER_WITHIN, models.DurationField())),
                name="request_due_in_72_hours",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_by__isnull=True, closed_at__isnull=True)
                | Q(state__in=["granted", "refused"], closed_by__isnull=False, closed_at__isnull=False),
                name="request_closed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["government", "state", "due_at"])]


class Correction(models.Model):
    """One value of a person, put right: what was recorded and what is so, sealed; since when it is so (empty: always).

    It holds in the registry from `applied_at`, when a second person has agreed. Nothing else of it changes (trigger),
    except that an erasure empties the two values.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    request = models.ForeignKey(Request, on_delete=models.PROTECT)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    field = models.CharField(max_length=20)
    old_sealed = models.BinaryField(null=True)
    new_sealed = models.BinaryField(null=True)
    holds_from = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
