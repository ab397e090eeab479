"""Every code that the office can give has its words on screen, and no word stands for a code that is none."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from payung.doors.jobs import work
from payung.doors.web import vocabulary, vocabulary_bills
from payung.doors.web.sentences import COVER_REASONS, plan_reason
from payung.office.approvals import actions as approvals
from payung.office.approvals import policy
from payung.office.approvals.models import Proposal, Statement
from payung.office.billing import codes as payment_codes
from payung.office.billing import payments as billing
from payung.office.billing import reasons as bill_reasons
from payung.office.billing import review, runs
from payung.office.billing.models import AMOUNTS, Bill, BillRun
from payung.office.coverage import queries as coverage
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.queries import KINDS
from payung.rules.roster.catalogue import SEVERITIES, VERDICTS, catalogue

BILL_REFUSED = r'BillRefused\("(\w+)"'


def codes(module: ModuleType, pattern: str) -> set[str]:
    """The codes that a module's source names."""
    return set(re.findall(pattern, Path(str(module.__file__)).read_text(encoding="utf-8")))


def obstacles() -> set[str]:
    """What the database's own functions answer."""
    rules = Path(str(approvals.__file__)).parent / "migrations" / "0004_promises.py"
    return set(re.findall(r"(?:RETURN|reason :=) '(\w+)'", rules.read_text(encoding="utf-8")))


def plan_states() -> tuple[str, ...]:
    return Proposal.OPEN, Proposal.RETURNED, Proposal.APPROVED, Proposal.REFUSED


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (vocabulary.VERDICTS, VERDICTS),
        (vocabulary.SEVERITIES, SEVERITIES),
        (vocabulary.PLAN_KINDS, KINDS),
        (vocabulary.PLAN_STATES, ("none", *plan_states(), "applied", "superseded")),
        (vocabulary.LIST_KINDS, (RosterList.COMPLETE, RosterList.ADDITIONS, RosterList.CHANGES, RosterList.OPENING)),
        (vocabulary_bills.BILL_STATES, (Bill.DRAFT, Bill.FINAL, Bill.SENT, Bill.VOID)),
        (vocabulary.COVER_STATES, [state.value for state in coverage.State]),
        (vocabulary.CELLS, [cell.value for cell in coverage.Cell]),
        (vocabulary.JOB_KINDS, work.KINDS),
        (vocabulary_bills.AMOUNTS, AMOUNTS),
        (vocabulary_bills.LINE_REASONS, codes(bill_reasons, r'pl\.lit\("([a-z_]+)"\)')),
        (
            vocabulary_bills.RUN_STATES,
            (Proposal.OPEN, Proposal.RETURNED, Proposal.APPROVED, BillRun.FINAL, BillRun.VOID),
        ),
        (vocabulary_bills.RUN_CHANGES, review.CHANGES),
        (vocabulary_bills.RUN_REFUSALS, codes(runs, r'RunRefused\("(\w+)"')),
        (vocabulary_bills.BILL_REFUSALS, codes(runs, BILL_REFUSED) | codes(payment_codes, BILL_REFUSED)),
        (vocabulary_bills.PAYMENT_REFUSALS, codes(billing, r'PaymentRefused\("(\w+)"')),
        (vocabulary.DECISION_REFUSALS, codes(approvals, r'DecisionRefused\("(\w+)"') | obstacles()),
        (vocabulary.SETTING_REFUSALS, codes(policy, r'SettingRefused\("(\w+)"')),
        (vocabulary.VERDICTS_SAID, Statement.VERDICTS),
        (COVER_REASONS, codes(coverage, r'Reason\(\s*"(\w+)"')),
    ],
)
def test_words_and_codes_are_the_same_set(words: dict[str, object], known: object) -> None:
    assert set(words) == set(known)  # type: ignore[call-overload]  # read from TOML


def test_a_plan_says_findings_and_reasons_alike() -> None:
    assert all(plan_reason(code, "id") for code in (*vocabulary.PLAN_REASONS, *catalogue()))
