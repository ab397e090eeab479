"""The roles of DECISIONS.md and what each may do. What is not written here is refused."""

from enum import Enum
from typing import Protocol


class Role(Enum):
    """Who somebody is for Payung."""

    GOVERNMENT_ADMIN = "government_admin"
    OPD_OPERATOR = "opd_operator"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    BKPSDM = "bkpsdm"
    VILLAGE_OFFICER = "village_officer"
    BRANCH_OFFICER = "branch_officer"
    SPONSOR = "sponsor"
    HEAD_OF_REGION = "head_of_region"


class Actor(Protocol):
    """Whoever acts: a user, with one role."""

    role: str
    is_active: bool


class Deed(Enum):
    """What can be allowed or refused."""

    SEE_PROGRAMME = "see_programme"
    SEE = "see"
    SEE_LISTS = "see_lists"
    SEE_BILLS = "see_bills"
    SEE_MARKS = "see_marks"
    RECEIVE_LIST = "receive_list"
    APPROVE_PLAN = "approve_plan"
    SET_APPROVALS = "set_approvals"
    SEE_HISTORY = "see_history"
    BILL = "bill"
    APPROVE_BILL = "approve_bill"
    RECEIVE_PAYMENT = "receive_payment"
    CLOSE_PERIOD = "close_period"
    CONFIRM_POSTED = "confirm_posted"
    # A month counted anew; the minutes that both parties sign.
    RECONCILE = "reconcile"
    ANSWER_REQUESTS = "answer_requests"
    MANAGE_USERS = "manage_users"
    # Offices, their units, agreements and funds.
    SET_OFFICE = "set_office"
    # Candidates of a decree with what they state; then their rules, visits, list and amendments; then saying yes.
    PROPOSE_CANDIDATE = "propose_candidate"
    VERIFY_CANDIDATE = "verify_candidate"
    APPROVE_DECREE = "approve_decree"
    # The files of a month for BPJS: made, sent, answers read.
    SUBMIT = "submit"
    # Cases of accident, death, old age: seen; opened with their papers; assessed; decided; answers and money noted.
    SEE_CLAIMS = "see_claims"
    OPEN_CLAIM = "open_claim"
    ASSESS_CLAIM = "assess_claim"
    APPROVE_CLAIM = "approve_claim"
    RECORD_PAYOUT = "record_payout"
    # Civil servants who carry a worker: the own pledge; an office's deductions; its civil servants and what happens to
    # them; who may sponsor, and circulars.
    PLEDGE = "pledge"
    DEDUCT = "deduct"
    FOLLOW_SPONSORS = "follow_sponsors"
    KEEP_SPONSORS = "keep_sponsors"
    # What a budget would buy, and the file for the award: read; then scenarios kept, entries noted, files frozen.
    SEE_PLANS = "see_plans"
    KEEP_PLANS = "keep_plans"
    SEE_AWARD = "see_award"
    KEEP_AWARD = "keep_award"
    # Who of the staff is not protected: seen; then masters handed in, compared, and deadlines set.
    SEE_ASSESSMENT = "see_assessment"
    ASSESS = "assess"
    # The auditor's questions, and samples drawn by a seed.
    INSPECT = "inspect"
    # The month on one page, for the head of the region.
    SEE_MONTH_SHEET = "see_month_sheet"


_READ = frozenset({Deed.SEE_PROGRAMME, Deed.SEE, Deed.SEE_LISTS, Deed.SEE_BILLS})
"""What those see who work with a whole office: its figures, people, lists and bills."""

_ALLOWED: dict[str, frozenset[Deed]] = {
    Role.GOVERNMENT_ADMIN.value: _READ
    | {
        Deed.SEE_MARKS,
        Deed.RECEIVE_LIST,
        Deed.APPROVE_PLAN,
        Deed.SET_APPROVALS,
        Deed.SEE_HISTORY,
        Deed.BILL,
        Deed.APPROVE_BILL,
        Deed.CONFIRM_POSTED,
        Deed.RECONCILE,
        Deed.ANSWER_REQUESTS,
        Deed.MANAGE_USERS,
        Deed.SET_OFFICE,
        Deed.PROPOSE_CANDIDATE,
        Deed.VERIFY_CANDIDATE,
        Deed.APPROVE_DECREE,
        Deed.SUBMIT,
        Deed.SEE_CLAIMS,
        Deed.OPEN_CLAIM,
        Deed.ASSESS_CLAIM,
        Deed.APPROVE_CLAIM,
        Deed.RECORD_PAYOUT,
        Deed.PLEDGE,
        Deed.DEDUCT,
        Deed.FOLLOW_SPONSORS,
        Deed.KEEP_SPONSORS,
        Deed.SEE_PLANS,
        Deed.KEEP_PLANS,
        Deed.SEE_AWARD,
        Deed.KEEP_AWARD,
        Deed.SEE_ASSESSMENT,
        Deed.ASSESS,
        Deed.INSPECT,
        Deed.SEE_MONTH_SHEET,
    },
    Role.OPD_OPERATOR.value: _READ
    | {
        Deed.SEE_MARKS,
        Deed.RECEIVE_LIST,
        Deed.PROPOSE_CANDIDATE,
        Deed.VERIFY_CANDIDATE,
        Deed.SUBMIT,
        Deed.SEE_CLAIMS,
        Deed.OPEN_CLAIM,
        Deed.ASSESS_CLAIM,
        Deed.PLEDGE,
        Deed.DEDUCT,
        Deed.FOLLOW_SPONSORS,
        Deed.SEE_ASSESSMENT,
    },
    Role.TREASURER.value: _READ
    | {Deed.BILL, Deed.RECEIVE_PAYMENT, Deed.CLOSE_PERIOD, Deed.CONFIRM_POSTED, Deed.RECONCILE}
    | {Deed.SEE_CLAIMS, Deed.RECORD_PAYOUT, Deed.SEE_PLANS, Deed.SEE_AWARD, Deed.SEE_MONTH_SHEET},
    Role.AUDITOR.value: _READ
    | {Deed.SEE_PLANS, Deed.SEE_AWARD, Deed.SEE_HISTORY, Deed.SEE_CLAIMS, Deed.SEE_ASSESSMENT, Deed.INSPECT}
    | {Deed.SEE_MONTH_SHEET},
    Role.BKPSDM.value: frozenset(
        {
            Deed.SEE_PROGRAMME,
            Deed.SEE,
            Deed.SEE_LISTS,
            Deed.SEE_MARKS,
            Deed.SEE_CLAIMS,
            Deed.FOLLOW_SPONSORS,
            Deed.KEEP_SPONSORS,
            Deed.SEE_ASSESSMENT,
            Deed.ASSESS,
        }
    ),
    Role.VILLAGE_OFFICER.value: frozenset(
        {Deed.SEE_PROGRAMME, Deed.SEE, Deed.PROPOSE_CANDIDATE, Deed.SEE_CLAIMS, Deed.OPEN_CLAIM}
    ),
    # The branch reads; its answers are recorded by the office that gets them.
    Role.BRANCH_OFFICER.value: frozenset({Deed.SEE_PROGRAMME, Deed.SEE, Deed.SEE_BILLS, Deed.SEE_CLAIMS}),
    # A sponsor makes and sees the own pledges, and nothing else.
    Role.SPONSOR.value: frozenset({Deed.PLEDGE}),
    # The head of the region reads figures; people are the offices' business.
    Role.HEAD_OF_REGION.value: frozenset({Deed.SEE_PROGRAMME, Deed.SEE_PLANS, Deed.SEE_AWARD, Deed.SEE_MONTH_SHEET}),
}


class NotAllowed(Exception):
    """This role may not do this deed."""


def deeds_of(user: Actor) -> frozenset[Deed]:
    """Everything an active user of that role may do; unknown roles may do nothing."""
    return _ALLOWED.get(user.role, frozenset()) if user.is_active else frozenset()


def may(user: Actor, deed: Deed) -> bool:
    """Whether an active user of that role may do the deed."""
    return deed in deeds_of(user)


def require(user: Actor, deed: Deed) -> None:
    """Raises NotAllowed unless the user may do the deed."""
    if not may(user, deed):
        raise NotAllowed(f"{user.role or 'tanpa peran'} tidak berwenang: {deed.value}")
