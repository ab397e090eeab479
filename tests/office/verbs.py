"""Every verb of the office: who may do it, and how it is tried in the story of `story`."""

from collections.abc import Callable

from payung.office.access import actions as access
from payung.office.access.purposes import Purpose, record_look
from payung.office.access.roles import Role
from payung.office.agreements import actions as agreements
from payung.office.agreements.self_payers import open_self_payer
from payung.office.approvals import actions as approvals
from payung.office.approvals import policy
from payung.office.approvals.models import Verdict
from payung.office.billing import runs, three_way
from payung.office.billing.actions import bill_month
from payung.office.billing.payments import receive_payment
from payung.office.billing.postings import confirm_posted
from payung.office.billing.waiving import waive_penalty
from payung.office.enrolment import actions as enrolment
from payung.office.enrolment import layouts
from payung.office.files import actions as files
from payung.office.places import actions as places
from payung.office.places import users
from payung.office.places.models import UserArea
from payung.office.privacy import actions as privacy
from payung.office.reports.counting import count_month
from payung.office.reports.masters import name_unit
from payung.office.reports.sampling import draw_sample
from payung.office.reports.verifying import verify
from payung.office.savings import actions as savings
from payung.rules.months import Month
from tests.office import attempts, plans, staff
from tests.office.cast import OCTOBER
from tests.office.story import Story

ADMIN, OPERATOR, TREASURER = Role.GOVERNMENT_ADMIN, Role.OPD_OPERATOR, Role.TREASURER
ALL, LISTS, MONEY = frozenset(Role), frozenset({ADMIN, OPERATOR}), frozenset({ADMIN, TREASURER})
ONLY_ADMIN, ONLY_TREASURER, NOBODY = frozenset({ADMIN}), frozenset({TREASURER}), frozenset[Role]()
ASSESSORS = frozenset({ADMIN, Role.BKPSDM})
POSTINGS = b"NIK,BULAN,TOTAL\n3273061208900001,2022-10,10000\n"


Try = Callable[[Story], object]
VERBS: dict[str, tuple[frozenset[Role], Try]] = {
    "access.actions.add_user": (
        ONLY_ADMIN,
        lambda s: access.add_user(username="x", full_name="x", role=Role.AUDITOR, password="rahasia-panjang", **s.told),
    ),
    "access.actions.record": (ALL, lambda s: access.record("x", subject="x", **s.told)),
    "access.actions.record_each": (ALL, lambda s: access.record_each("x", {"x": {}, "y": {}}, **s.told)),
    "access.actions.redact": (ONLY_ADMIN, attempts.redact),
    "access.purposes.record_look": (
        frozenset({ADMIN, OPERATOR, Role.BKPSDM}),
        lambda s: record_look(subject="person:1", purpose=Purpose.CLAIM, note="", **s.told),
    ),
    "access.second_factor.remove": (ALL, attempts.remove_factor),
    "reports.counting.count_month": (MONEY, lambda s: count_month(month=Month(2022, 10), **s.here)),
    "reports.minutes.draw_up": (MONEY, attempts.draw_up),
    "reports.sampling.draw_sample": (
        frozenset({ADMIN, Role.AUDITOR}),
        lambda s: draw_sample(area=s.cast.area, month=Month(2022, 10), seed="1", size=1, **s.told),
    ),
    "reports.verifying.verify": (frozenset({ADMIN, Role.AUDITOR}), lambda s: verify(area=s.cast.area, **s.told)),
    "reports.masters.take_in": (ASSESSORS, lambda s: staff.tried_master(s.cast, **s.told)),
    "reports.masters.name_unit": (ASSESSORS, lambda s: name_unit(unit="UPT", opd=s.cast.works, **s.here)),
    "reports.masters.set_deadline": (ASSESSORS, lambda s: staff.tried_deadline(s.cast, **s.told)),
    "reports.comparing.compare": (ASSESSORS, lambda s: staff.tried_comparison(s.cast, **s.told)),
    "reports.official.take_down": (ONLY_ADMIN, lambda s: staff.tried_figure(s.cast, **s.told)),
    "reports.official.withdraw": (ONLY_ADMIN, lambda s: staff.tried_withdrawal(s.cast, **s.told)),
    "reports.boundaries.take_in": (ONLY_ADMIN, lambda s: staff.tried_outlines(s.cast, **s.told)),
    "reports.award_freezing.note": (ONLY_ADMIN, lambda s: plans.noted_regulation(s.cast, **s.told)),
    "reports.award_freezing.take_back": (ONLY_ADMIN, attempts.take_back_note),
    "reports.award_freezing.freeze": (ONLY_ADMIN, lambda s: plans.frozen_award(s.cast, **s.told)),
    "planning.actions.keep": (ONLY_ADMIN, lambda s: plans.kept_plan(s.cast, **s.told)),
    "planning.actions.set_aside": (ONLY_ADMIN, attempts.set_aside),
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
    "places.actions.revoke_area": (ONLY_ADMIN, lambda s: places.revoke_area(area=attempts.area(s), **s.told)),
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
        MONEY | LISTS | {Role.VILLAGE_OFFICER, Role.BKPSDM},
        lambda s: files.keep(content=b"neu", name="x", **s.here),
    ),
    "approvals.actions.propose": (MONEY | LISTS, lambda s: approvals.propose(kind="plan", amount_rupiah=1, **s.here)),
    "approvals.actions.propose_again": (MONEY | LISTS, attempts.return_and_propose_again),
    "approvals.actions.decide": (ONLY_ADMIN, attempts.decide),
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
    "approvals.policy.lend_voice": (ONLY_ADMIN, attempts.lend),
    "approvals.policy.take_voice_back": (
        ONLY_ADMIN, lambda s: policy.take_voice_back(delegation_id=attempts.lend(s).pk, **s.told)
    ),
    "approvals.policy.set_mailbox": (
        ALL, lambda s: policy.set_mailbox(address="a@contoh.example", wanted=True, **s.told)
    ),
    "agreements.actions.sign_agreement": (
        ONLY_ADMIN, lambda s: agreements.sign_agreement(terms=attempts.terms(), **s.here)
    ),
    "agreements.actions.open_fund": (
        ONLY_ADMIN,
        lambda s: agreements.open_fund(kind="CSR", name="x", year=2022, lines=[attempts.line(s)], **s.here),
    ),
    "agreements.self_payers.open_self_payer": (
        ONLY_ADMIN,
        lambda s: open_self_payer(number="KLP-01", name="x", first=Month(2022, 10), heads=1, **s.here),
    ),
    "enrolment.receiving.receive": (LISTS, attempts.receive_list),
    "enrolment.receiving.receive_waiting": (LISTS, attempts.read_waiting),
    "enrolment.monthly.send": (LISTS, attempts.send),
    "enrolment.monthly.take_back": (LISTS, attempts.take_back),
    "enrolment.monthly.choose": (LISTS, attempts.choose),
    "enrolment.layouts.confirm": (LISTS, attempts.confirm),
    "enrolment.layouts.revoke": (LISTS, attempts.revoke),
    "enrolment.layouts.drop": (LISTS, lambda s: layouts.drop(waiting=attempts.waiting_upload(s), **s.told)),
    "enrolment.mending.mend": (LISTS, attempts.mend),
    "enrolment.mending.undo": (LISTS, attempts.undo),
    "enrolment.mending.recheck": (LISTS, attempts.recheck),
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
    "billing.runs.finalise": (MONEY, attempts.finalise),
    "billing.runs.withdraw": (MONEY, lambda s: runs.withdraw(run_id=s.draft.pk, reason="x", **s.told)),
    "billing.runs.set_aside": (MONEY, lambda s: runs.set_aside(s.draft, "x", **s.told)),
    "billing.runs.send": (MONEY, lambda s: runs.send(bill_id=s.bill.pk, payment_code="12345678901", **s.told)),
    "billing.three_way.numbers": (
        frozenset({ADMIN, OPERATOR}),
        lambda s: three_way.numbers(three_way.people(s.cast.government, Month(2022, 10), "not_posted"), by=s.by),
    ),
    "billing.codes.correct_code": (MONEY, attempts.correct_code),
    "billing.runs.void": (ONLY_ADMIN, lambda s: runs.void(bill_id=s.bill.pk, reason="x", **s.told)),
    "billing.waiving.waive_penalty": (
        ONLY_ADMIN,
        lambda s: waive_penalty(bill_id=s.bill.pk, document="x", decided_on=OCTOBER, reason="x", **s.told),
    ),
    "billing.waiving.take_back_waiver": (ONLY_ADMIN, attempts.take_back_waiver),
    "billing.payments.receive_payment": (
        ONLY_TREASURER,
        lambda s: receive_payment(bill_id=s.bill.pk, amount_rupiah=1, paid_on=OCTOBER, reference="x", **s.told),
    ),
    "billing.postings.confirm_posted": (
        MONEY, lambda s: confirm_posted(content=POSTINGS, name="x.csv", **s.here)
    ),
    "savings.actions.credit": (MONEY, lambda s: savings.credit(on=OCTOBER, **s.here)),
    "savings.actions.propose_rate": (MONEY, lambda s: attempts.propose_rate(s, **s.here)),
    "savings.actions.decide_rate": (ONLY_ADMIN, attempts.decide_rate),
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
