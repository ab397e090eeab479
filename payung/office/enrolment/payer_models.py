"""Which of two payers pays for somebody from a month on, as one person proposed and a second decided."""

from django.db import models
from django.db.models import Q

from payung.office.approvals.models import Proposal
from payung.office.places.models import Government
from payung.office.registry.models import Membership


class PayerDecision(models.Model):
    """Two lists name somebody whom only one may pay for. Added, never changed: it holds once its proposal is approved.

    `moves`: from `from_month` on the list of `item` pays, and whoever paid until then no more; else all stays.
    """

    government = models.ForeignKey(Government, on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey("enrolment.PlanItem", on_delete=models.PROTECT)
    roster_list = models.ForeignKey("enrolment.RosterList", on_delete=models.PROTECT, db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT)
    moves = models.BooleanField()
    from_month = models.DateField()
    # The paper on which it rests; no person's name.
    document = models.CharField(max_length=200)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_month__day=1), name="payer_from_a_first_day"),
            models.CheckConstraint(condition=~Q(document=""), name="payer_by_a_paper"),
        ]
