"""Verbs of enrolment: plan what a received list implies, apply the plan."""

from datetime import datetime

import polars as pl
from django.db import IntegrityError
from django.db.models import F

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.queries import until_of
from payung.office.approvals.actions import propose, propose_again
from payung.office.approvals.models import Proposal
from payung.office.enrolment import amounts, changing, elsewhere, frames, opening, spells
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.receiving import is_replaced
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry import frames as registry
from payung.rules.identity import names


class PlanNotApplicable(Exception):
    """There is no plan, or it cannot be applied; `reason` is `not_approved`, `refused`, `changed_since`,
    `list_replaced`, or `not_chosen` (nobody said yet which of a month's changes are accepted)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def plan(*, roster_list: RosterList, by: User, at: datetime, comment: str = "") -> Plan:
    """What the list would change, stored item by item and proposed to a second person. Changes nothing else.

    A plan of this list that still waits for its decision is returned as it stands; one that was sent back to this
    user is proposed again, in its next version, with the comment. The list is compared with the whole government,
    whatever the area of the person who asks. Raises PlanNotApplicable for a list that was corrected, and for a month's
    changes from which nobody chose.
    """
    with whole_government(roster_list.government, by=by):
        return _plan(roster_list, by, at, comment)


def _plan(roster_list: RosterList, by: User, at: datetime, comment: str) -> Plan:
    RosterList.objects.select_for_update(of=("self",), no_key=True).get(pk=roster_list.pk)
    _require_newest(roster_list)
    known = Plan.objects.filter(roster_list=roster_list, version=F("proposal__version")).order_by("-pk")
    open_plan = known.filter(proposal__state=Proposal.OPEN).first()
    if open_plan is not None:
        return open_plan
    if changing.accepted(roster_list) is None:
        raise PlanNotApplicable("not_chosen")
    items = frames.items(roster_list)
    sent_back = known.filter(proposal__state=Proposal.RETURNED, proposal__made_by=by).first()
    proposal = _propose(roster_list, amounts.added_monthly_rupiah(roster_list, items), sent_back, by, at, comment)
    made = Plan.objects.create(
        government=roster_list.government,
        roster_list=roster_list,
        proposal=proposal,
        version=proposal.version,
        made_at=at,
        counts=dict(sorted(items.group_by("kind").len().iter_rows())),
    )
    owned = items.with_columns(pl.lit(made.pk).alias("plan_id"), pl.lit(made.government_id).alias("government_id"))
    bulk.write(owned, "enrolment_planitem")
    bulk.refresh_statistics(owned.height, "enrolment_planitem")
    elsewhere.ask_for_plan(made, at=at)
    record("plan", subject=f"list:{roster_list.pk}", by=by, at=at, detail={"plan": made.pk, **made.counts})
    return made


def _propose(
    roster_list: RosterList, amount_rupiah: int | None, sent_back: Plan | None, by: User, at: datetime, comment: str
) -> Proposal:
    """A new proposal, or the next version of the one that was sent back."""
    if sent_back is not None:
        return propose_again(
            proposal_id=sent_back.proposal_id, amount_rupiah=amount_rupiah, comment=comment, by=by, at=at
        )
    return propose(
        government=roster_list.government, opd=roster_list.opd, kind="plan", amount_rupiah=amount_rupiah, by=by, at=at
    )


def apply(*, plan_id: int, by: User, at: datetime) -> Plan:
    """Carry out an approved plan: joiners, changed wages and moves (leavers have a verb of their own).

    Applying it again changes nothing. Raises PlanNotApplicable when it is not approved, or when the office has
    changed so that the list no longer implies what was approved.
    """
    with whole_government(Plan.objects.get(pk=plan_id).government, by=by):
        return _apply(plan_id, by, at)


def _apply(plan_id: int, by: User, at: datetime) -> Plan:
    found = _locked(plan_id)
    if found.applied_at is not None:
        return found
    _require_newest(found.roster_list)
    _require_approved(found)
    now_implied = frames.items(found.roster_list)
    _require_unchanged(found, now_implied)
    _join(found, now_implied.filter(pl.col("kind") == "join"), at)
    _change_wages(found, now_implied.filter(pl.col("kind") == "wage"), at)
    _move(found, at)
    found.applied_at, found.applied_by = at, by
    found.save(update_fields=["applied_at", "applied_by"])
    record("apply_plan", subject=f"list:{found.roster_list_id}", by=by, at=at, detail={"plan": found.pk})
    return found


def apply_leavers(*, plan_id: int, by: User, at: datetime) -> int:
    """End the spells of the people whom an approved complete list no longer names, or whom an amendment of a decree
    ended; returns how many ended.

    Their last month is the one before the list's, the last of their entry, or that in which they left or died. Raises
    NotAllowed, and PlanNotApplicable as `apply` does.
    """
    require(by, Deed.RECEIVE_LIST)
    with whole_government(Plan.objects.get(pk=plan_id).government, by=by):
        return _apply_leavers(plan_id, by, at)


def _apply_leavers(plan_id: int, by: User, at: datetime) -> int:
    found = _locked(plan_id)
    _require_newest(found.roster_list)
    _require_approved(found)
    implied = frames.items(found.roster_list).filter(pl.col("kind") == "leave")
    _require_unchanged(found, implied, kinds=("leave",))
    known = pl.concat(
        [
            frames.ended_in_decree(found.roster_list).select("membership_id", "from_month"),
            changing.months(found.roster_list),
        ]
    )
    leaving = implied.select("membership_id").join(known, on="membership_id", how="left")
    leaving = leaving.with_columns(pl.col("from_month").fill_null(found.roster_list.month))
    registry.end_jobs(leaving, opd_id=found.roster_list.opd_id, at=at)
    ended = spells.end(
        leaving,
        agreement_id=found.roster_list.agreement_id,
        payer_opd_id=found.roster_list.opd_id,
        plan_id=found.pk,
        at=at,
    )
    record("apply_leavers", subject=f"list:{found.roster_list_id}", by=by, at=at, detail={"ended": ended})
    return ended


def _locked(plan_id: int) -> Plan:
    """The plan, alone with its government: two plans never admit the same new person side by side."""
    found = Plan.objects.get(pk=plan_id)
    Government.objects.select_for_update(no_key=True).get(pk=found.government_id)
    return Plan.objects.select_for_update().get(pk=plan_id)


def _require_newest(roster_list: RosterList) -> None:
    """What a list implied is not asked any more when a corrected one stands in its place."""
    if is_replaced(roster_list):
        raise PlanNotApplicable("list_replaced")


def _require_approved(found: Plan) -> None:
    state = found.proposal.state
    if state != Proposal.APPROVED or found.version != found.proposal.version:
        raise PlanNotApplicable("refused" if state == Proposal.REFUSED else "not_approved")


def _require_unchanged(found: Plan, now: pl.DataFrame, kinds: tuple[str, ...] = ("join", "wage", "move")) -> None:
    """What was approved is what happens: the items must still be the same."""
    approved = bulk.read(
        f"SELECT {', '.join(frames.ITEM)} FROM enrolment_planitem WHERE plan_id = %s AND kind = ANY(%s)"  # noqa: S608  # our own column names, values are parameters
        " ORDER BY position, id",
        [found.pk, list(kinds)],
        schema=frames.ITEM,
    )
    if not approved.equals(now.filter(pl.col("kind").is_in(list(kinds))).sort("position", maintain_order=True)):
        raise PlanNotApplicable("changed_since")


def _join(found: Plan, joining: pl.DataFrame, at: datetime) -> None:
    """Persons, memberships, jobs, spells and evidence for everybody who joins."""
    if joining.is_empty():
        return
    agreement, roster_list = found.roster_list.agreement, found.roster_list
    rows = joining.select(pl.col("row_id").alias("key"), "person_id")
    new = rows.filter(pl.col("person_id").is_null()).select("key")
    told = bulk.read(
        "SELECT id, name FROM files_row WHERE reading_id = %s ORDER BY position",
        [roster_list.reading_id],
        schema={"key": pl.Int64, "name": pl.String},
    )
    keyed = new.join(told, on="key", maintain_order="right").with_columns(
        pl.col("name").map_elements(names.key, return_dtype=pl.String).alias("name_key")
    )
    admitted = registry.admit(found.government_id, keyed, at=at)
    known = rows.filter(pl.col("person_id").is_not_null())
    persons = pl.concat([admitted, known.select("key", "person_id")])
    employer = found.government_id if agreement.membership_class == "PU" else None
    memberships = registry.add_memberships(
        found.government_id, persons, membership_class=agreement.membership_class, employer_id=employer
    )
    bound = persons.join(memberships, on="person_id")
    if roster_list.kind == RosterList.OPENING:
        bound = opening.since_months(bound)
        opening.store(found, bound, at)
    else:
        bound = bound.with_columns(pl.lit(roster_list.month).alias("from_month"))
    registry.add_evidence(found.government_id, bound, at=at)
    # Who is known already, under another agreement, has one job in an OPD and not two.
    known_before = bound.filter(pl.col("person_id").is_in(known["person_id"].implode()))
    registry.end_jobs(known_before.select("membership_id", "from_month"), opd_id=roster_list.opd_id, at=at)
    registry.start_jobs(bound, opd_id=roster_list.opd_id, at=at)
    _start_spells(found, bound, at)
    bulk.refresh_statistics(bound.height, "enrolment_spell")


def _start_spells(found: Plan, bound: pl.DataFrame, at: datetime) -> None:
    roster_list, agreement = found.roster_list, found.roster_list.agreement
    decree = roster_list.amendment.decree if roster_list.amendment else None
    ends = [end for end in (until_of(agreement), decree and decree.effective_until) if end]
    until = min(ends).replace(day=1) if ends else None
    ground = spells.Ground(
        found.government_id, agreement.pk, roster_list.opd_id, roster_list.budget_line_id, plan_id=found.pk
    )
    try:
        spells.start(bound, ground, programmes=tuple(agreement.programmes), until=until, at=at)
    except IntegrityError as conflict:
        raise PlanNotApplicable("changed_since") from conflict


def _change_wages(found: Plan, changed: pl.DataFrame, at: datetime) -> None:
    if changed.is_empty():
        return
    told = changed.select(pl.col("row_id").alias("key"), "person_id", "membership_id")
    rows = told.join(changing.months(found.roster_list), on="membership_id", how="left").with_columns(
        pl.col("from_month").fill_null(found.roster_list.month)
    )
    registry.end_jobs(rows, opd_id=found.roster_list.opd_id, at=at)
    registry.start_jobs(rows, opd_id=found.roster_list.opd_id, at=at)
    registry.add_evidence(found.government_id, rows, at=at)


def _move(found: Plan, at: datetime) -> None:
    """Who moves goes on in the other OPD, under the same agreement, paid from the same fund."""
    roster_list = found.roster_list
    moving = changing.move(roster_list, at)
    if moving.is_empty():
        return
    spells.end(moving, agreement_id=roster_list.agreement_id, payer_opd_id=roster_list.opd_id, at=at, plan_id=found.pk)
    changing.reopen(found.pk, moving, at)
    registry.add_evidence(found.government_id, moving.rename({"row_id": "key"}), at=at)
