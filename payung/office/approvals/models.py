"""Proposals and decisions."""

from django.db import models
from django.db.models import F, Q

from payung.office.access.models import User
from payung.office.places.models import Government


class Proposal(models.Model):
    """Something that waits for, or has had, a decision. The maker cannot be the checker (constraint)."""

    OPEN, APPROVED, REFUSED = "open", "approved", "refused"
    government = models.ForeignKey(Government, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
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
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["approved", "refused"], decided_by__isnull=False, decided_at__isnull=False),
                name="decided_means_by_somebody",
            ),
        ]
