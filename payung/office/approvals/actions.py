"""Verbs of approvals: propose, propose again, decide, comment."""

from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import require
from payung.office.approvals.kinds import DEED
from payung.office.approvals.models import Proposal, Statement, Verdict
from payung.office.approvals.queries import obstacle, open_step
from payung.office.places.models import Government, Opd
from payung.rules.identity.hiding import hide_marks

STATES = {
    Verdict.APPROVE: Proposal.APPROVED,
    Verdict.REFUSE: Proposal.REFUSED,
    Verdict.REVISE: Proposal.RETURNED,
}


class DecisionRefused(Exception):
    """This cannot be said of the proposal; `reason` is a word of `approvals_obstacle`, as `own_proposal`,
    `already_decided`, `old_version`, `over_limit`, `frozen`, or `not_the_maker`, `not_sent_back`, `no_comment`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def propose(
    *, government: Government, kind: str, amount_rupiah: int | None, by: User, at: datetime, opd: Opd | None = None
) -> Proposal:
    """Ask for a decision. The caller points its subject to the proposal in the same transaction.

    `amount_rupiah` is what limits are measured by, None when it is not known; `opd` is whose area sees the
    proposal, None for those who see the whole government. Raises KeyError for an unknown kind.
    """
    assert DEED[kind]
    proposal = Proposal.objects.create(
        government=government, opd=opd, kind=kind, amount_rupiah=amount_rupiah, made_by=by, made_at=at
    )
    _state(proposal, "propose", by=by, at=at)
    return proposal


@transaction.atomic
def propose_again(*, proposal_id: int, amount_rupiah: int | None, comment: str, by: User, at: datetime) -> Proposal:
    """The next version of a proposal that was sent back; only its maker. Raises DecisionRefused."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.made_by_id != by.pk:
        raise DecisionRefused("not_the_maker")
    if proposal.state != Proposal.RETURNED:
        raise DecisionRefused("not_sent_back")
    proposal.state, proposal.amount_rupiah = Proposal.OPEN, amount_rupiah
    proposal.version, proposal.made_at = proposal.version + 1, at
    proposal.save()
    _state(proposal, "propose", comment=comment, by=by, at=at)
    return proposal


@transaction.atomic
def decide(
    *,
    proposal_id: int,
    version: int,
    verdict: Verdict,
    comment: str,
    by: User,
    at: datetime,
    on_behalf_of: User | None = None,
) -> Proposal:
    """Say yes, no, or "change this" to the version that was seen; the last voice needed settles it.

    Raises DecisionRefused with the database's reason, `no_comment` for a no without a reason, and NotAllowed when
    the user, or the one who lent the voice, may not decide on this kind.
    """
    if verdict is not Verdict.APPROVE and not comment:
        raise DecisionRefused("no_comment")
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    voice = on_behalf_of or by
    reason = obstacle(proposal_id, version=version, verdict=verdict, by=by, voice=voice, at=at)
    if reason is not None:
        raise DecisionRefused(reason)
    for user in {by, voice}:
        require(user, DEED[proposal.kind])
    _state(proposal, verdict, comment=comment, by=by, voice=voice, at=at)
    if verdict is Verdict.APPROVE and open_step(proposal_id) is not None:
        return proposal
    proposal.state = STATES[verdict]
    if proposal.state != Proposal.RETURNED:
        proposal.decided_by, proposal.decided_at, proposal.comment = by, at, hide_marks(comment)
    proposal.save()
    return proposal


@transaction.atomic
def remark(*, proposal_id: int, comment: str, by: User, at: datetime) -> None:
    """Say something of a proposal without deciding; whoever sees it may. Raises DecisionRefused for no text."""
    if not comment:
        raise DecisionRefused("no_comment")
    _state(Proposal.objects.get(pk=proposal_id), "comment", comment=comment, by=by, at=at)


def _state(
    proposal: Proposal, verdict: str, *, by: User, at: datetime, comment: str = "", voice: User | None = None
) -> None:
    """Add the statement and the audit's row; the database refuses what may not be said."""
    voice = voice or by
    Statement.objects.create(
        government_id=proposal.government_id,
        proposal=proposal,
        version=proposal.version,
        verdict=verdict,
        by=by,
        voice=voice,
        comment=hide_marks(comment),
        at=at,
    )
    detail = {"kind": proposal.kind, "version": proposal.version, "amount_rupiah": proposal.amount_rupiah}
    lent = {} if voice == by else {"on_behalf_of": voice.pk}
    record(str(verdict), subject=f"proposal:{proposal.pk}", by=by, at=at, detail=detail | lent)
