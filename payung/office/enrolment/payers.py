"""Two payers for one person: shown with both sides, settled by a dated decision of two people."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import IntegrityError, transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.queries import until_of
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.enrolment import spells
from payung.office.enrolment.models import PlanItem, RosterList
from payung.office.enrolment.payer_models import PayerDecision
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry import frames as registry
from payung.rules.months import Month

KIND = "payer"


class PayerRefused(Exception):
    """This cannot be decided; `reason` is `waiting`, `too_early`, `no_document`, `no_conflict` or `changed_since`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Side:
    """One of the two who would pay."""

    opd: str
    fund: str
    agreement: str
    from_month: date
    until_month: date | None


@dataclass(frozen=True)
class Conflict:
    """Somebody whom a list names and another pays for. `state` is that of the newest decision, empty without one."""

    item_id: int
    person_id: int
    name: str
    plan_id: int
    paying: Side
    asking: Side
    state: str
    decision_id: int | None


_CONFLICTS = """
    SELECT i.id, coalesce(a.survivor_id, i.person_id), coalesce(v.name, p.name), i.plan_id,
           so.short_name, sf.name, sa.number, s.from_month, s.until_month,
           ro.short_name, rf.name, ra.number, r.month, coalesce(d.state, ''), d.id
    FROM enrolment_planitem i JOIN enrolment_plan n ON n.id = i.plan_id
    JOIN enrolment_rosterlist r ON r.id = n.roster_list_id JOIN agreements_agreement ra ON ra.id = r.agreement_id
    JOIN places_opd ro ON ro.id = r.opd_id JOIN agreements_budgetline rl ON rl.id = r.budget_line_id
    JOIN agreements_fund rf ON rf.id = rl.fund_id
    JOIN registry_person p ON p.id = i.person_id LEFT JOIN registry_alias a ON a.person_id = p.id
    LEFT JOIN registry_person v ON v.id = a.survivor_id
    JOIN LATERAL (
        SELECT x.* FROM enrolment_spell x WHERE x.membership_id = i.membership_id AND x.replaced_at IS NULL
          AND coalesce(x.until_month, 'infinity') >= r.month
          AND (x.payer_opd_id, x.agreement_id) IS DISTINCT FROM (r.opd_id, r.agreement_id)
        ORDER BY x.from_month, x.id LIMIT 1
    ) s ON true
    JOIN places_opd so ON so.id = s.payer_opd_id JOIN agreements_agreement sa ON sa.id = s.agreement_id
    JOIN agreements_budgetline sl ON sl.id = s.budget_line_id JOIN agreements_fund sf ON sf.id = sl.fund_id
    LEFT JOIN LATERAL (
        SELECT c.id, q.state, c.moves FROM enrolment_payerdecision c JOIN approvals_proposal q ON q.id = c.proposal_id
        WHERE c.item_id = i.id ORDER BY c.id DESC LIMIT 1
    ) d ON true
    WHERE i.government_id = %(government)s AND i.kind = 'human' AND i.reason = 'other_payer'
      AND (%(item)s::bigint IS NULL OR i.id = %(item)s)
      AND n.id = (SELECT max(l.id) FROM enrolment_plan l WHERE l.roster_list_id = r.id)
      AND NOT EXISTS (SELECT 1 FROM enrolment_rosterlist u WHERE u.predecessor_id = r.id)
      AND NOT coalesce(d.state = 'approved' AND d.moves, false)
      AND i.id > %(after)s ORDER BY i.id LIMIT %(limit)s
"""
_TYPES = {
    "item": pl.Int64, "person": pl.Int64, "name": pl.String, "plan": pl.Int64,
    "opd": pl.String, "fund": pl.String, "agreement": pl.String, "from": pl.Date, "until": pl.Date,
    "opd_asking": pl.String, "fund_asking": pl.String, "agreement_asking": pl.String, "month": pl.Date,
    "state": pl.String, "decision": pl.Int64,
}  # fmt: skip


def conflicts(
    government_id: int, *, item_id: int | None = None, after: int = 0, limit: int | None = None
) -> list[Conflict]:
    """Everybody who stands in a list while another pays, as far as the reader sees both, page by page."""
    asked = {"government": government_id, "item": item_id, "after": after, "limit": limit}
    return [
        Conflict(
            item_id=row["item"],
            person_id=row["person"],
            name=row["name"],
            plan_id=row["plan"],
            paying=Side(row["opd"], row["fund"], row["agreement"], row["from"], row["until"]),
            asking=Side(row["opd_asking"], row["fund_asking"], row["agreement_asking"], row["month"], None),
            state=row["state"] or "",
            decision_id=row["decision"],
        )
        for row in bulk.read(_CONFLICTS, asked, schema=_TYPES).iter_rows(named=True)
    ]


def propose_payer(
    *, item_id: int, moves: bool, from_month: Month, document: str, by: User, at: datetime
) -> PayerDecision:
    """Ask a second person to agree on who pays from that month on. Raises NotAllowed, PayerRefused."""
    require(by, Deed.RECEIVE_LIST)
    item = PlanItem.objects.select_related("plan__roster_list__opd", "government").get(pk=item_id)
    with whole_government(item.government, by=by):
        listed = item.plan.roster_list
        found = conflicts(item.government_id, item_id=item_id)
        if not found:
            raise PayerRefused("no_conflict")
        if found[0].state == Proposal.OPEN:
            raise PayerRefused("waiting")
        if from_month.first_day < listed.month:
            raise PayerRefused("too_early")
        if not document.strip():
            raise PayerRefused("no_document")
        assert item.membership_id is not None, "who is paid for has a membership"
        made = PayerDecision.objects.create(
            government=item.government, item=item, roster_list=listed, membership_id=item.membership_id, moves=moves,
            from_month=from_month.first_day, document=document.strip(), made_at=at,
            proposal=propose(government=item.government, opd=listed.opd, kind=KIND, amount_rupiah=None, by=by, at=at),
        )  # fmt: skip
        detail = {"moves": moves, "from_month": str(from_month)}
        record("propose_payer", subject=f"membership:{made.membership_id}", by=by, at=at, detail=detail)
        return made


@transaction.atomic
def decide_payer(
    *, decision_id: int, verdict: Verdict, comment: str, by: User, at: datetime, on_behalf_of: User | None = None
) -> Proposal:
    """A second person's yes or no; the yes that settles it is carried out at once.

    Raises NotAllowed, approvals' DecisionRefused, and PayerRefused when somebody else came to pay since.
    """
    assert verdict is not Verdict.REVISE, "what was proposed is never changed"
    found = PayerDecision.objects.select_related("proposal", "government").get(pk=decision_id)
    decided = decide(
        proposal_id=found.proposal_id, version=found.proposal.version, verdict=verdict, comment=comment, by=by, at=at,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
    if decided.state == Proposal.APPROVED and found.moves:
        with whole_government(found.government, by=by):
            _move(found, by, at)
    return decided


def _move(found: PayerDecision, by: User, at: datetime) -> None:
    """Whoever paid until then ends the month before; the list that asks begins."""
    Government.objects.select_for_update(no_key=True).get(pk=found.government_id)
    item = PlanItem.objects.get(pk=found.item_id)
    bound = pl.DataFrame(
        {"key": [item.row_id], "person_id": [item.person_id], "membership_id": [found.membership_id],
         "from_month": [found.from_month]},
    )  # fmt: skip
    listed = RosterList.objects.select_related("agreement", "amendment__decree").get(pk=found.roster_list_id)
    payers = _payers(found.membership_id, found.from_month)
    if (listed.opd_id, listed.agreement_id) in payers:
        raise PayerRefused("changed_since")
    for opd_id, agreement_id in payers:
        spells.end(bound, agreement_id=agreement_id, payer_opd_id=opd_id, at=at, plan_id=item.plan_id)
        registry.end_jobs(bound, opd_id=opd_id, at=at)
    ends = [
        end for end in (until_of(listed.agreement), listed.amendment and listed.amendment.decree.effective_until) if end
    ]
    ground = spells.Ground(
        found.government_id, listed.agreement_id, listed.opd_id, listed.budget_line_id, plan_id=item.plan_id
    )
    try:
        spells.start(
            bound, ground, programmes=tuple(listed.agreement.programmes),
            until=min(ends).replace(day=1) if ends else None, at=at,
        )  # fmt: skip
    except IntegrityError as conflict:
        raise PayerRefused("changed_since") from conflict
    registry.add_evidence(found.government_id, bound, at=at)
    registry.start_jobs(bound, opd_id=listed.opd_id, at=at)
    record("move_payer", subject=f"membership:{found.membership_id}", by=by, at=at, detail={"item": item.pk})


def _payers(membership_id: int, first_day: date) -> list[tuple[int, int]]:
    """Everybody who pays for the membership from that day on: OPD and agreement."""
    found = bulk.read(
        """SELECT DISTINCT s.payer_opd_id, s.agreement_id FROM enrolment_spell s
           WHERE s.membership_id = %s AND s.replaced_at IS NULL AND coalesce(s.until_month, 'infinity') >= %s""",
        [membership_id, first_day],
        schema={"opd_id": pl.Int64, "agreement_id": pl.Int64},
    )
    return [(opd_id, agreement_id) for opd_id, agreement_id in found.iter_rows()]
