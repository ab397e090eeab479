"""Who may change what, below every page: each verb of the office and each table, for each role.

The verbs are found, not listed: one that stands in no table here fails. What is not allowed is refused by the verb or
by the database. Verbs of rooms with many parts are proved by their tables alone (`BY_TABLE`,
`test_writers`).
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from psycopg.errors import InsufficientPrivilege

import payung.office
from payung.office.access import actions as access
from payung.office.access import second_factor
from payung.office.access.marks import seal
from payung.office.access.models import AuditEvent
from payung.office.access.purposes import Purpose, record_look
from payung.office.access.roles import NotAllowed, Role
from payung.office.agreements import actions as agreements
from payung.office.agreements.self_payers import open_self_payer
from payung.office.approvals import actions as approvals
from payung.office.approvals import policy
from payung.office.approvals.models import Delegation, Verdict
from payung.office.approvals.policy import SettingRefused
from payung.office.billing import runs
from payung.office.billing.actions import bill_month
from payung.office.billing.payments import receive_payment
from payung.office.billing.postings import confirm_posted
from payung.office.billing.waiving import waive_penalty
from payung.office.enrolment import actions as enrolment
from payung.office.enrolment import layouts, mending, monthly
from payung.office.enrolment.change_models import MonthlyReturn, MonthlySheet
from payung.office.enrolment.elsewhere import ask_for_person
from payung.office.enrolment.models import ConfirmedLayout, Mend, WaitingUpload
from payung.office.enrolment.receiving import opened, receive_waiting
from payung.office.enrolment.receiving import receive as receive_list
from payung.office.files import actions as files
from payung.office.files.models import Finding
from payung.office.places import actions as places
from payung.office.places import users
from payung.office.places.models import UserArea
from payung.office.places.scope import seen_by, whole_government
from payung.office.planning import actions as planning
from payung.office.privacy import actions as privacy
from payung.office.registry.models import Person
from payung.office.reports import award_freezing
from payung.office.reports.counting import count_month
from payung.office.reports.masters import name_unit
from payung.office.reports.minutes import draw_up
from payung.office.reports.sampling import draw_sample
from payung.office.savings import actions as savings
from payung.office.savings.models import Rate
from payung.rules.months import Month
from payung.rules.roster.mapping import MappedColumn, Mapping
from payung.rules.roster.monthly import template
from tests.office import plans, staff
from tests.office.cast import AT, OCTOBER
from tests.office.story import Story, tell_story

pytestmark = pytest.mark.django_db
ADMIN, OPERATOR, TREASURER = Role.GOVERNMENT_ADMIN, Role.OPD_OPERATOR, Role.TREASURER
ALL, LISTS, MONEY = frozenset(Role), frozenset({ADMIN, OPERATOR}), frozenset({ADMIN, TREASURER})
ONLY_ADMIN, ONLY_TREASURER, NOBODY = frozenset({ADMIN}), frozenset({TREASURER}), frozenset[Role]()
ASSESSORS = frozenset({ADMIN, Role.BKPSDM})
POSTINGS = b"NIK,BULAN,TOTAL\n3273061208900001,2022-10,10000\n"


def _terms() -> agreements.Terms:
    return agreements.Terms(
        kind="PKS", number="SINTETIS/2", title="x", signed_on=OCTOBER, effective_from=OCTOBER, effective_until=None,
        membership_class="PU", programmes=("JKK", "JKM"), wage_base="UMP", wage_base_place="32",
    )  # fmt: skip


def _lend(story: Story) -> Delegation:
    return policy.lend_voice(to=story.other, kind="", first_day=OCTOBER, last_day=OCTOBER, **story.here)


def _decide(story: Story) -> object:
    return approvals.decide(
        proposal_id=story.waiting.proposal_id, version=1, verdict=Verdict.REFUSE, comment="x", **story.told
    )


def _return_and_propose_again(story: Story) -> object:
    """By the user who proposed: the try is to propose, have it sent back, and propose again."""
    made = approvals.propose(kind="plan", amount_rupiah=None, **story.here)
    with whole_government(story.cast.government, by=story.other):
        approvals.decide(proposal_id=made.pk, version=1, verdict=Verdict.REVISE, comment="x", by=story.other, at=AT)
    return approvals.propose_again(proposal_id=made.pk, amount_rupiah=None, comment="x", **story.told)


def _propose_rate(story: Story, **told: Any) -> Rate:
    return savings.propose_rate(year=2021, percent=Decimal("6.23"), announced_in="x", on=OCTOBER, **told)


def _decide_rate(story: Story) -> object:
    with whole_government(story.cast.government, by=story.other):
        made = _propose_rate(story, government=story.cast.government, by=story.other, at=AT)
    return savings.decide_rate(rate_id=made.pk, verdict=Verdict.APPROVE, comment="", **story.told)


def _receive_list(story: Story) -> object:
    content = b"NIK,Nama\n3273061208900001,SINTETIS BACA\n"
    heading = story.cast.heading(story.cast.health, kind="additions")
    return receive_list(content=content, name="d.csv", heading=heading, **story.told)


def _waiting_upload(story: Story) -> WaitingUpload:
    """A file of the listed office that waits for its columns."""
    listed = story.listed
    with whole_government(story.cast.government):
        return WaitingUpload.objects.create(
            government=listed.government, file=listed.reading.file, agreement=listed.agreement, opd=listed.opd,
            budget_line=listed.budget_line, kind=listed.kind, month=listed.month, received_by=story.other,
            received_at=AT,
        )  # fmt: skip


def _read_waiting(story: Story) -> object:
    waiting = _waiting_upload(story)
    with whole_government(story.cast.government):
        content = b"NIK,Nama\n3273061208900001,SINTETIS BACA\n"
        waiting.file, _ = files.keep(
            government=story.cast.government, content=content, name="d.csv", by=story.other, at=AT
        )
        waiting.save()
    return receive_waiting(waiting=waiting, **story.told)


def _confirm(story: Story) -> list[ConfirmedLayout]:
    content = Mapping((MappedColumn("A", "", "nik"),), 0)
    return layouts.confirm(waiting=_waiting_upload(story), mappings={"x": content}, **story.told)


def _sheet(story: Story) -> MonthlySheet:
    """What the listed office was sent, of nobody."""
    listed = story.listed
    with whole_government(story.cast.government):
        return MonthlySheet.objects.create(
            government=listed.government, opd=listed.opd, agreement=listed.agreement, month=OCTOBER, made_at=AT,
            budget_line=listed.budget_line, made_by=story.other,
        )  # fmt: skip


def _send(story: Story) -> object:
    works = story.cast.works
    line = story.cast.lines[works.pk]
    return monthly.send(opd=works, agreement=story.cast.agreement, budget_line=line, month=OCTOBER, **story.told)


def _take_back(story: Story) -> object:
    headings = ";".join(column.heading for column in template().columns)
    content = f"{headings}\nK{_sheet(story).pk}-1;;X;;;;;;\n".encode()
    heading = story.cast.heading(story.listed.opd)
    return monthly.take_back(opened(content, "d.csv"), content, name="d.csv", heading=heading, **story.told)


def _choose(story: Story) -> None:
    sheet = _sheet(story)
    with whole_government(story.cast.government):
        MonthlyReturn.objects.create(
            government=sheet.government, roster_list=story.listed, sheet=sheet, unchanged=0, left_out=0
        )
    monthly.choose(roster_list=story.listed, accepted=["new"], **story.told)


def _revoke(story: Story) -> None:
    listed = story.listed
    with whole_government(story.cast.government):
        layout = ConfirmedLayout.objects.create(
            government=listed.government, opd=listed.opd, fingerprint="x", content={}, confirmed_by=story.other,
            confirmed_at=AT,
        )  # fmt: skip
    layouts.revoke(layout=layout, **story.told)


def _mend(story: Story) -> Mend:
    reading = story.listed.reading
    with whole_government(story.cast.government):
        Finding.objects.create(
            government=reading.government, reading=reading, sheet="Sheet1", row=65, position=0, column="C",
            field="nik", code="nik_length", severity="human", sealed_detail=seal("{}", kind="finding"),
        )  # fmt: skip
    return mending.mend(roster_list=story.listed, position=0, column="C", text="x", **story.told)


def _undo(story: Story) -> None:
    with whole_government(story.cast.government):
        mend = Mend.objects.create(
            government=story.cast.government, roster_list=story.listed, position=0, column="C", field="nik",
            made_by=story.other, made_at=AT,
        )  # fmt: skip
    mending.undo(roster_list=story.listed, mend_id=mend.pk, **story.told)


def _recheck(story: Story) -> None:
    try:
        mending.recheck(roster_list=story.listed, **story.told)
    except mending.MendRefused as problem:
        assert problem.reason == "nothing"


def _finalise(story: Story) -> object:
    """Approved by somebody else: what is tried is to carry it out."""
    with whole_government(story.cast.government, by=story.cast.admin):
        approvals.decide(
            proposal_id=story.draft.proposal_id, version=1, verdict=Verdict.APPROVE, comment="", by=story.cast.admin,
            at=AT,
        )  # fmt: skip
    return runs.finalise(run_id=story.draft.pk, **story.told)


def _area(story: Story) -> UserArea:
    return UserArea.objects.get(user=story.other)


def _line(story: Story) -> agreements.NewLine:
    return agreements.NewLine(story.cast.works, "9", "x", 1, 1)


def _redact(story: Story) -> None:
    event = AuditEvent.objects.filter(deed="plan").order_by("pk")[0]
    access.redact(event_id=event.pk, reason="x", **story.told)


def _draw_up(story: Story) -> object:
    """Whoever may reconcile counts the month first; whoever may not is refused at either step."""
    count_month(month=Month(2022, 10), **story.here)
    return draw_up(area=story.cast.area, first=Month(2022, 10), last=Month(2022, 10), **story.told)


def _take_back_note(story: Story) -> object:
    with whole_government(story.cast.government, by=story.cast.admin):
        noted = plans.noted_regulation(story.cast, by=story.cast.admin)
    return award_freezing.take_back(area=story.cast.area, entry_id=noted.pk, **story.told)


def _set_aside(story: Story) -> object:
    with whole_government(story.cast.government, by=story.cast.admin):
        kept = plans.kept_plan(story.cast, by=story.cast.admin)
    return planning.set_aside(area=story.cast.area, scenario_id=kept.pk, **story.told)


def _remove_factor(story: Story) -> object:
    return second_factor.remove(user=story.by, **story.told)


Try = Callable[[Story], object]
VERBS: dict[str, tuple[frozenset[Role], Try]] = {
    "access.actions.add_user": (
        ONLY_ADMIN,
        lambda s: access.add_user(username="x", full_name="x", role=Role.AUDITOR, password="rahasia-panjang", **s.told),
    ),
    "access.actions.record": (ALL, lambda s: access.record("x", subject="x", **s.told)),
    "access.actions.record_each": (ALL, lambda s: access.record_each("x", {"x": {}, "y": {}}, **s.told)),
    "access.actions.redact": (ONLY_ADMIN, _redact),
    "access.purposes.record_look": (
        frozenset({ADMIN, OPERATOR, Role.BKPSDM}),
        lambda s: record_look(subject="person:1", purpose=Purpose.CLAIM, note="", **s.told),
    ),
    "access.second_factor.remove": (ALL, _remove_factor),
    "reports.counting.count_month": (MONEY, lambda s: count_month(month=Month(2022, 10), **s.here)),
    "reports.minutes.draw_up": (MONEY, _draw_up),
    "reports.sampling.draw_sample": (
        frozenset({ADMIN, Role.AUDITOR}),
        lambda s: draw_sample(area=s.cast.area, month=Month(2022, 10), seed="1", size=1, **s.told),
    ),
    "reports.masters.take_in": (ASSESSORS, lambda s: staff.tried_master(s.cast, **s.told)),
    "reports.masters.name_unit": (ASSESSORS, lambda s: name_unit(unit="UPT", opd=s.cast.works, **s.here)),
    "reports.masters.set_deadline": (ASSESSORS, lambda s: staff.tried_deadline(s.cast, **s.told)),
    "reports.comparing.compare": (ASSESSORS, lambda s: staff.tried_comparison(s.cast, **s.told)),
    "reports.official.take_down": (ONLY_ADMIN, lambda s: staff.tried_figure(s.cast, **s.told)),
    "reports.official.withdraw": (ONLY_ADMIN, lambda s: staff.tried_withdrawal(s.cast, **s.told)),
    "reports.boundaries.take_in": (ONLY_ADMIN, lambda s: staff.tried_outlines(s.cast, **s.told)),
    "reports.award_freezing.note": (ONLY_ADMIN, lambda s: plans.noted_regulation(s.cast, **s.told)),
    "reports.award_freezing.take_back": (ONLY_ADMIN, _take_back_note),
    "reports.award_freezing.freeze": (ONLY_ADMIN, lambda s: plans.frozen_award(s.cast, **s.told)),
    "planning.actions.keep": (ONLY_ADMIN, lambda s: plans.kept_plan(s.cast, **s.told)),
    "planning.actions.set_aside": (ONLY_ADMIN, _set_aside),
    "places.actions.found_government": (
        NOBODY, lambda s: places.found_government(code="11.01", name="x", **s.told)
    ),
    "places.actions.add_opds": (
        ONLY_ADMIN,
        lambda s: places.add_opds(
            opds=[places.NewOpd("X", "X", "X", "JJ9")], unit_kind="npp", from_month=OCTOBER, **s.here
        ),
    ),
    "places.actions.grant_area": (
        ONLY_ADMIN, lambda s: places.grant_area(user=s.other, opd=s.cast.works, **s.here)
    ),
    "places.actions.revoke_area": (ONLY_ADMIN, lambda s: places.revoke_area(area=_area(s), **s.told)),
    "places.users.admit": (
        ONLY_ADMIN,
        lambda s: users.admit(username="x", full_name="X", role=Role.AUDITOR, area=users.NewArea(), **s.here),
    ),
    "places.users.change_role": (
        ONLY_ADMIN, lambda s: users.change_role(user_id=s.other.pk, role=Role.AUDITOR, **s.here)
    ),
    "places.users.set_active": (ONLY_ADMIN, lambda s: users.set_active(user_id=s.other.pk, active=False, **s.here)),
    "places.users.renew_password": (ONLY_ADMIN, lambda s: users.renew_password(user_id=s.other.pk, **s.here)),
    "places.users.reset_second_factor": (
        ONLY_ADMIN, lambda s: users.reset_second_factor(user_id=s.other.pk, **s.here)
    ),
    "places.users.add_area": (
        ONLY_ADMIN, lambda s: users.add_area(user_id=s.other.pk, area=users.NewArea(opd=s.cast.works), **s.here)
    ),
    "places.users.take_area": (
        ONLY_ADMIN,
        lambda s: (
            users.add_area(user_id=s.other.pk, area=users.NewArea(opd=s.cast.works), **s.here),
            users.take_area(
                user_id=s.other.pk, area_id=UserArea.objects.get(user=s.other, opd=s.cast.works).pk, **s.here
            ),
        ),
    ),
    "files.actions.keep": (
        MONEY | LISTS | {Role.VILLAGE_OFFICER, Role.BRANCH_OFFICER, Role.BKPSDM},
        lambda s: files.keep(content=b"neu", name="x", **s.here),
    ),
    "approvals.actions.propose": (MONEY | LISTS, lambda s: approvals.propose(kind="plan", amount_rupiah=1, **s.here)),
    "approvals.actions.propose_again": (MONEY | LISTS, _return_and_propose_again),
    "approvals.actions.decide": (ONLY_ADMIN, _decide),
    "approvals.actions.remark": (
        frozenset({ADMIN, OPERATOR, TREASURER, Role.AUDITOR, Role.BKPSDM}),
        lambda s: approvals.remark(proposal_id=s.waiting.proposal_id, comment="x", **s.told),
    ),
    "approvals.policy.set_steps": (ONLY_ADMIN, lambda s: policy.set_steps(kind="plan", steps=[], **s.here)),
    "approvals.policy.freeze": (
        ONLY_ADMIN,
        lambda s: policy.freeze(kind="", first_day=OCTOBER, last_day=OCTOBER, reason="x", **s.here),
    ),
    "approvals.policy.lift_freeze": (ONLY_ADMIN, lambda s: policy.lift_freeze(freeze_id=s.freeze.pk, **s.told)),
    "approvals.policy.lend_voice": (ONLY_ADMIN, _lend),
    "approvals.policy.take_voice_back": (
        ONLY_ADMIN, lambda s: policy.take_voice_back(delegation_id=_lend(s).pk, **s.told)
    ),
    "approvals.policy.set_mailbox": (
        ALL, lambda s: policy.set_mailbox(address="a@contoh.example", wanted=True, **s.told)
    ),
    "agreements.actions.sign_agreement": (
        ONLY_ADMIN, lambda s: agreements.sign_agreement(terms=_terms(), **s.here)
    ),
    "agreements.actions.open_fund": (
        ONLY_ADMIN,
        lambda s: agreements.open_fund(kind="CSR", name="x", year=2022, lines=[_line(s)], **s.here),
    ),
    "agreements.self_payers.open_self_payer": (
        ONLY_ADMIN,
        lambda s: open_self_payer(number="KLP-01", name="x", first=Month(2022, 10), heads=1, **s.here),
    ),
    "enrolment.receiving.receive": (LISTS, _receive_list),
    "enrolment.receiving.receive_waiting": (LISTS, _read_waiting),
    "enrolment.monthly.send": (LISTS, _send),
    "enrolment.monthly.take_back": (LISTS, _take_back),
    "enrolment.monthly.choose": (LISTS, _choose),
    "enrolment.layouts.confirm": (LISTS, _confirm),
    "enrolment.layouts.revoke": (LISTS, _revoke),
    "enrolment.layouts.drop": (LISTS, lambda s: layouts.drop(waiting=_waiting_upload(s), **s.told)),
    "enrolment.mending.mend": (LISTS, _mend),
    "enrolment.mending.undo": (LISTS, _undo),
    "enrolment.mending.recheck": (LISTS, _recheck),
    "enrolment.actions.plan": (LISTS, lambda s: enrolment.plan(roster_list=s.listed, **s.told)),
    "enrolment.actions.apply": (LISTS, lambda s: enrolment.apply(plan_id=s.ready.pk, **s.told)),
    "enrolment.actions.apply_leavers": (LISTS, lambda s: enrolment.apply_leavers(plan_id=s.ready.pk, **s.told)),
    "billing.actions.bill_month": (
        MONEY, lambda s: bill_month(month=Month(2023, 1), holidays=frozenset(), **s.here)
    ),
    "billing.runs.decide_run": (
        ONLY_ADMIN,
        lambda s: runs.decide_run(run_id=s.draft.pk, verdict=Verdict.APPROVE, comment="", **s.told),
    ),
    "billing.runs.finalise": (MONEY, _finalise),
    "billing.runs.withdraw": (MONEY, lambda s: runs.withdraw(run_id=s.draft.pk, reason="x", **s.told)),
    "billing.runs.set_aside": (MONEY, lambda s: runs.set_aside(s.draft, "x", **s.told)),
    "billing.runs.send": (MONEY, lambda s: runs.send(bill_id=s.bill.pk, payment_code="12345678901", **s.told)),
    "billing.runs.void": (ONLY_ADMIN, lambda s: runs.void(bill_id=s.bill.pk, reason="x", **s.told)),
    "billing.waiving.waive_penalty": (
        ONLY_ADMIN,
        lambda s: waive_penalty(bill_id=s.bill.pk, document="x", decided_on=OCTOBER, reason="x", **s.told),
    ),
    "billing.payments.receive_payment": (
        ONLY_TREASURER,
        lambda s: receive_payment(bill_id=s.bill.pk, amount_rupiah=1, paid_on=OCTOBER, reference="x", **s.told),
    ),
    "billing.postings.confirm_posted": (
        MONEY, lambda s: confirm_posted(content=POSTINGS, name="x.csv", **s.here)
    ),
    "savings.actions.credit": (MONEY, lambda s: savings.credit(on=OCTOBER, **s.here)),
    "savings.actions.propose_rate": (MONEY, lambda s: _propose_rate(s, **s.here)),
    "savings.actions.decide_rate": (ONLY_ADMIN, _decide_rate),
    "privacy.actions.receive": (
        ONLY_ADMIN,
        lambda s: privacy.receive(person=s.request.person, kind="access", wording="", handler=s.other, **s.told),
    ),
    "privacy.actions.answer": (
        ONLY_ADMIN, lambda s: privacy.answer(request_id=s.request.pk, grant=True, answer="x", **s.told)
    ),
}  # fmt: skip
BY_TABLE = (
    "enrolment.identities.", "enrolment.merging.", "enrolment.deaths.", "enrolment.payers.", "outside.",
    "registry.judging.",
    "enrolment.receiving.store",
    "agreements.decrees.", "agreements.papers.", "agreements.actions.confirm_reading",
    "reports.funds.", "places.letterheads.",
    "privacy.corrections.",
    "privacy.erasing.", "submissions.", "verification.", "billing.receipts.", "billing.books.", "billing.statements.",
    "billing.receiving.", "sponsorship.",
    "claims.",
)  # fmt: skip
"""Verbs whose every table refuses by itself: see `test_writers`."""
NO_VERBS = {
    "approvals.queries.obstacle",
    "places.scope.whole_government",
    "billing.credits.settle_credits",  # a step of finalising: with nothing to settle it writes nothing
}


def found_verbs() -> Iterator[str]:
    """Every public function of the office that somebody does: it takes `by`."""
    for module in pkgutil.walk_packages(payung.office.__path__, "payung.office."):
        if module.ispkg or ".migrations" in module.name:
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(function) or function.__module__ != module.name or name.startswith("_"):
                continue
            parameter = inspect.signature(function).parameters.get("by")
            if parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                yield f"{module.name.removeprefix('payung.office.')}.{name}"


def test_every_verb_says_who_may() -> None:
    assert {name for name in found_verbs() if not name.startswith(BY_TABLE)} - NO_VERBS == set(VERBS)


def refused(story: Story, attempt: Try) -> bool:
    """Whether the verb or the database refused; nothing of the attempt stays."""
    try:
        with seen_by(story.by), transaction.atomic():
            attempt(story)
            transaction.set_rollback(True)
    except NotAllowed:
        return True
    except SettingRefused as problem:
        return problem.reason == "not_allowed_to_decide"
    except InsufficientPrivilege:
        return True
    except DatabaseError as problem:
        if not isinstance(problem.__cause__, InsufficientPrivilege):
            raise
        return True
    return False


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_is_its_own_and_nothing_else(role: Role) -> None:
    story = tell_story(role)
    let_in = {name for name, (_, attempt) in VERBS.items() if not refused(story, attempt)}
    assert let_in == {name for name, (roles, _) in VERBS.items() if role in roles}


def test_asking_across_governments_is_for_those_who_plan() -> None:
    story = tell_story(Role.TREASURER)
    person = Person.objects.all()[0].pk
    assert refused(story, lambda s: ask_for_person(person, since=OCTOBER, at=AT))
