"""Verbs of approvals: propose, decide."""

from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.places.models import Government


class DecisionRefused(Exception):
    """This decision cannot be taken; `reason` is one of `own_proposal`, `already_decided`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def propose(*, government: Government, kind: str, by: User, at: datetime) -> Proposal:
    """Ask for a decision. The caller points its subject to the proposal in the same transaction."""
    proposal = Proposal.objects.create(government=government, kind=kind, made_by=by, made_at=at)
    record("propose", subject=f"proposal:{proposal.pk}", by=by, at=at, detail={"kind": kind})
    return proposal


@transaction.atomic
def decide(*, proposal_id: int, approve: bool, comment: str, by: User, at: datetime) -> Proposal:
    """Approve or refuse, once. Raises DecisionRefused for one's own proposal or a decided one."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != Proposal.OPEN:
        raise DecisionRefused("already_decided")
    if proposal.made_by_id == by.pk:
        raise DecisionRefused("own_proposal")
    proposal.state = Proposal.APPROVED if approve else Proposal.REFUSED
    proposal.decided_by, proposal.decided_at, proposal.comment = by, at, comment
    proposal.save()
    record(proposal.state, subject=f"proposal:{proposal.pk}", by=by, at=at, detail={"comment": comment})
    return proposal
