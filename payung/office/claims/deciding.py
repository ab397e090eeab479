"""Verbs that decide: assess a claim, say yes or no to the assessment, submit, appeal."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide, propose, propose_again
from payung.office.approvals.models import Proposal, Verdict
from payung.office.claims.accounts import expectation
from payung.office.claims.catalogue import kinds
from payung.office.claims.circumstances import circumstances
from payung.office.claims.judging import Judged, judge
from payung.office.claims.models import Assessment, Benefit, Move
from payung.office.ledger.actions import post
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.office.registry.aliases import group_of
from payung.office.registry.models import Job

KIND = "claim"


class ClaimRefused(Exception):
    """It cannot be done with this claim; `reason` is `not_open`, `waiting`, `undecided`, `not_approved`,
    `not_refused` or `changed_since`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def judged(benefit: Benefit, *, on: date) -> Judged:
    """The claim as it stands on a day; the whole government must be in sight."""
    return judge(kinds()[benefit.kind], circumstances(benefit.case, on=on))


def assess(*, benefit_id: int, on: date, comment: str, by: User, at: datetime) -> Assessment:
    """Ask a second person to agree with what the checks say today: due with its amount, or not due with its article.

    One that was sent back to this user is proposed again. Raises NotAllowed and ClaimRefused.
    """
    require(by, Deed.ASSESS_CLAIM)
    found = Benefit.objects.select_related("case__government").get(pk=benefit_id)
    with whole_government(found.case.government, by=by):
        found = Benefit.objects.select_for_update(of=("self",)).select_related("case__government").get(pk=benefit_id)
        if found.state not in (Benefit.OPEN, Benefit.APPEALED):
            raise ClaimRefused("not_open")
        if Assessment.objects.filter(benefit=found, proposal__state=Proposal.OPEN).exists():
            raise ClaimRefused("waiting")
        held = judged(found, on=on)
        if held.due is None:
            raise ClaimRefused("undecided")
        return _propose(found, held, comment, by, at)


def _propose(found: Benefit, held: Judged, comment: str, by: User, at: datetime) -> Assessment:
    expected = held.amounts.total_rupiah if held.due else 0
    sent_back = Assessment.objects.filter(
        benefit=found, proposal__state=Proposal.RETURNED, proposal__made_by=by
    ).first()
    if sent_back:
        proposal = propose_again(
            proposal_id=sent_back.proposal_id, amount_rupiah=expected, comment=comment, by=by, at=at
        )
    else:
        proposal = propose(
            government=found.case.government, opd=_office(found), kind=KIND, amount_rupiah=expected, by=by, at=at
        )
    made = Assessment.objects.create(
        government_id=found.government_id, benefit=found, proposal=proposal, version=proposal.version,
        due=bool(held.due), reason=held.deciding.code, citation=held.deciding.citation[:200],
        certainty=held.certainty.value, payer=held.payer, expected_rupiah=expected,
        components=held.amounts.components if held.due else {}, reasons=[asdict(one) for one in held.reasons],
        recorded_at=at,
    )  # fmt: skip
    detail = {"kind": found.kind, "due": made.due, "reason": made.reason, "amount_rupiah": expected}
    record("assess_claim", subject=f"benefit:{found.pk}", by=by, at=at, detail=detail)
    return made


def _office(found: Benefit) -> Opd | None:
    """The OPD whose area sees the proposal: that of the person's last job."""
    jobs = Job.objects.filter(membership__person__in=group_of(found.case.person_id), replaced_at__isnull=True)
    last = jobs.select_related("opd").order_by("-from_month", "-pk").first()
    return last.opd if last else None


@transaction.atomic
def decide_claim(
    *,
    assessment_id: int,
    verdict: Verdict,
    comment: str,
    on: date,
    by: User,
    at: datetime,
    on_behalf_of: User | None = None,
) -> Assessment:
    """A second person's yes, no, or "look again". With the last yes the claim is approved or refused as assessed.

    Raises NotAllowed and approvals' DecisionRefused.
    """
    made = Assessment.objects.select_related("benefit__case__government", "proposal").get(pk=assessment_id)
    decided = decide(
        proposal_id=made.proposal_id, version=made.version, verdict=verdict, comment=comment, by=by, at=at,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
    if decided.state == Proposal.APPROVED:
        state = Benefit.APPROVED if made.due else Benefit.REFUSED
        move(made.benefit, state, on=on, comment=comment, by=by, at=at)
        if made.due:
            post(government_id=made.government_id, journals=[expectation(made, on)], at=at)
    return made


@transaction.atomic
def submit(*, benefit_id: int, on: date, comment: str, by: User, at: datetime) -> Benefit:
    """The pack went to the branch on a day. Raises NotAllowed and ClaimRefused."""
    require(by, Deed.ASSESS_CLAIM)
    return _from((Benefit.APPROVED,), "not_approved", benefit_id, Benefit.SUBMITTED, on, comment, by, at)


@transaction.atomic
def appeal(*, benefit_id: int, on: date, comment: str, by: User, at: datetime) -> Benefit:
    """The family, or the office for it, does not accept a refusal: it is assessed anew. Raises as `submit`."""
    require(by, Deed.OPEN_CLAIM)
    return _from((Benefit.REFUSED, Benefit.DENIED), "not_refused", benefit_id, Benefit.APPEALED, on, comment, by, at)


def _from(
    states: tuple[str, ...], reason: str, benefit_id: int, state: str, on: date, comment: str, by: User, at: datetime
) -> Benefit:
    found = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit_id)
    if found.state not in states:
        raise ClaimRefused(reason)
    move(found, state, on=on, comment=comment, by=by, at=at)
    record(f"claim_{state}", subject=f"benefit:{found.pk}", by=by, at=at, detail={"on": str(on)})
    return found


def move(benefit: Benefit, state: str, *, on: date, comment: str, by: User, at: datetime) -> None:
    """The benefit goes to a state, and its history says so; the database refuses what does not follow."""
    benefit.state, benefit.moved_on = state, on
    benefit.save(update_fields=["state", "moved_on"])
    Move.objects.create(
        government_id=benefit.government_id, benefit=benefit, state=state, on_day=on, comment=comment,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
