"""The cast that the tests of the pages work with."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from payung.doors.jobs.models import Job
from payung.doors.jobs.tasks import run_job
from payung.office.access.actions import add_user
from payung.office.access.marks import seal
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.agreements.models import Amendment
from payung.office.agreements.papers import attach
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Verdict
from payung.office.approvals.policy import freeze, lend_voice
from payung.office.billing.models import BillLine, Posting
from payung.office.billing.payments import receive_payment
from payung.office.billing.receipt_models import Receipt
from payung.office.enrolment.actions import plan as make_plan
from payung.office.enrolment.identities import seek_twins
from payung.office.enrolment.merging import decide_merge, propose_merge
from payung.office.enrolment.models import Plan, PlanItem
from payung.office.enrolment.payer_models import PayerDecision
from payung.office.files.models import Finding, Reading, Row
from payung.office.places.actions import found_government, grant_area
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.privacy.actions import receive as receive_request
from payung.office.registry.models import Merge, Pair, Person
from payung.office.reports.counting import count_month
from payung.office.reports.minutes import draw_up
from payung.office.savings.actions import propose_rate
from payung.office.savings.models import Rate
from payung.office.sponsorship.models import Sponsor
from payung.office.verification.actions import check_again
from payung.office.verification.lists import propose_list
from payung.office.verification.models import Candidate
from payung.rules.months import Month
from tests.browser import PASSWORD
from tests.office.cast import AT, Cast, billed, call_cast, enrol, hand_in, people
from tests.office.family import a_case
from tests.office.plans import a_plan, an_award
from tests.office.pool import drafted, paper
from tests.office.postbox import refused_one
from tests.office.sponsors import a_deduction_list, a_pledge
from tests.office.staff import compared_staff, figures_told
from tests.office.test_outside import deaths, took
from tests.office.unread import confirmed_layout, mended_cell, unread_upload


@dataclass(frozen=True)
class Office:
    """The cast at work: two lists received (one applied, billed, paid in part, posted in part; one waiting).

    `narrow` is an operator who sees the first OPD only; `elsewhere` an admin of another government; `nowhere` a
    user without any area; `strangers` have each role in the other government, empty. `parts` fill in the addresses.
    """

    cast: Cast
    narrow: User
    elsewhere: User
    nowhere: User
    strangers: dict[Role, User]
    other: Government
    parts: dict[str, int]


@transaction.atomic
def open_office() -> Office:
    """Everything that the pages can show, through the office's own verbs."""
    cast = call_cast()
    rows = [*people(7), *(row | {"verdict": "human", "nik": None} for row in people(1, first=90))]
    plan = enrol(cast, cast.heading(cast.works), rows)
    Finding.objects.create(
        government=cast.government, reading=plan.roster_list.reading, sheet="Sheet1", row=95, position=7, column="C",
        field="nik", code="nik_precision_lost", severity="human",
        sealed_detail=seal(json.dumps({"value": "3273061208900000", "suggestion": None}), kind="finding"),
    )  # fmt: skip
    reading = plan.roster_list.reading
    reading.counts = {**reading.counts, "codes": {"nik_precision_lost": 1}}
    reading.save()
    hand_over = hand_in(cast, cast.heading(cast.health), people(3, first=30), name="dinkes.xlsx")
    waiting = make_plan(roster_list=hand_over, by=cast.operator, at=AT)
    (bill,) = billed(cast, Month(2022, 10))
    receive_payment(
        bill_id=bill.pk, amount_rupiah=10_000, paid_on=date(2022, 11, 10), reference="SP2D-1", by=cast.treasurer, at=AT
    )
    line = BillLine.objects.order_by("pk")[0]
    Posting.objects.create(
        government=cast.government, membership=line.membership, month=line.for_month,
        amount_rupiah=line.total_rupiah, file=reading.file, recorded_at=AT,
    )  # fmt: skip
    attached = attach(
        paper=cast.agreement, kind="scan", content=b"%PDF-1.7 sintetis", name="pks.pdf", by=cast.admin, at=AT
    )
    second = _user("kedua", Role.GOVERNMENT_ADMIN)
    grant_area(user=second, government=cast.government, opd=None, by=cast.admin, at=AT)
    lent = lend_voice(
        government=cast.government, to=second, kind="", first_day=date(2022, 10, 1), last_day=date(2022, 10, 31),
        by=cast.admin, at=AT,
    )  # fmt: skip
    demanded = receive_request(
        person=line.membership.person, kind="access", wording="", handler=cast.admin, by=cast.operator, at=AT
    )
    frozen = freeze(
        government=cast.government, kind="", first_day=date(2022, 12, 28), last_day=date(2022, 12, 31),
        reason="Tutup tahun", by=cast.admin, at=AT,
    )  # fmt: skip
    listed, candidate = _decree_waiting(cast, plan.roster_list.reading)
    october = Month(2022, 10)
    count_month(government=cast.government, month=october, by=cast.treasurer, at=AT)
    minutes = draw_up(area=cast.area, first=october, last=october, by=cast.treasurer, at=AT)
    row_pair, pair, merged = _doubted(cast, plan.roster_list.reading)
    narrow = _user("sempit", Role.OPD_OPERATOR)
    grant_area(user=narrow, government=cast.government, opd=cast.works, by=cast.admin, at=AT)
    compared_staff(cast)
    unit, reply_id, task_id = refused_one(cast, 7)
    other = found_government(code="32.74", name="Kota Lain", by=None, at=AT)
    elsewhere = _user("lain", Role.GOVERNMENT_ADMIN)
    with whole_government(other):
        grant_area(user=elsewhere, government=other, opd=None, by=None, at=AT)
        strangers = {role: _user(f"lain-{role.value}", role) for role in Role}
        for stranger in strangers.values():
            grant_area(user=stranger, government=other, opd=None, by=None, at=AT)
    return Office(
        cast=cast,
        narrow=narrow,
        elsewhere=elsewhere,
        nowhere=_user("tanpa", Role.AUDITOR),
        strangers=strangers,
        other=other,
        parts={
            "list_id": plan.roster_list_id, "plan_id": plan.pk, "waiting_plan_id": waiting.pk, "bill_id": bill.pk,
            "run_id": bill.run_id,
            "line_id": line.pk, "person_id": line.membership.person_id, "proposal_id": waiting.proposal_id,
            "delegation_id": lent.pk, "request_id": demanded.pk, "freeze_id": frozen.pk,
            "decree_id": listed.decree_id, "amendment_id": listed.pk, "candidate_id": candidate.pk,
            "upload_id": unread_upload(cast).pk, "layout_id": confirmed_layout(cast).pk,
            "mend_id": mended_cell(cast, plan.roster_list).pk,
            "rate_id": proposed_rate(cast).pk, "receipt_id": Receipt.objects.order_by("pk")[0].pk,
            "row_id": row_pair.row_id or 0, "pair_id": pair.pk, "merge_id": merged.pk,
            "user_id": narrow.pk, "minutes_id": minutes.pk, "unit_id": unit.pk, "reply_id": reply_id,
            **a_plan(cast), **an_award(cast), "pledge_id": a_pledge(cast), "sponsor_id": Sponsor.objects.get().pk,
            "deduction_list_id": a_deduction_list(cast),
            "task_id": task_id, "opd_id": cast.works.pk, "figure_id": figures_told(cast),
            "outside_id": took(cast, deaths((4, "05-10-2022"))).pk,
            "agreement_id": cast.agreement.pk, "attachment_id": attached.pk,
            "budget_line_id": cast.lines[cast.works.pk].pk, "item_id": _two_payers(cast, plan),
            **a_case(cast, line.membership.person),
        },
    )  # fmt: skip


def _two_payers(cast: Cast, plan: Plan) -> int:
    """Somebody with two payers, on whom it was refused to move: the item of the list that asked."""
    item = PlanItem.objects.filter(plan=plan, kind="join").order_by("pk")[0]
    member = BillLine.objects.order_by("pk")[0].membership
    with whole_government(cast.government, by=cast.operator):
        proposal = propose(government=cast.government, kind="payer", amount_rupiah=None, by=cast.operator, at=AT)
    with whole_government(cast.government, by=cast.admin):
        decide(proposal_id=proposal.pk, version=1, verdict=Verdict.REFUSE, comment="x", by=cast.admin, at=AT)
    PayerDecision.objects.create(
        government=cast.government, item=item, roster_list=plan.roster_list, membership=member, moves=True,
        from_month=date(2022, 11, 1), document="Surat 1", proposal=proposal, made_at=AT,
    )  # fmt: skip
    return item.pk


def _doubted(cast: Cast, reading: Reading) -> tuple[Pair, Pair, Merge]:
    """Somebody who may stand in the registry twice, whose merge was refused; and a row that may be her."""
    twin = Person.objects.order_by("pk")[0]
    twin.pk, twin.nik_sealed = None, None
    twin.save(force_insert=True)
    seek_twins(government=cast.government, by=cast.operator, at=AT, progress=lambda step, done, whole: None)
    pair = Pair.objects.select_related("other", "person").get()
    assert pair.other is not None
    merged = propose_merge(absorbed=pair.person, surviving=pair.other, area=cast.area, by=cast.operator, at=AT)
    decide_merge(
        merge_id=merged.pk, verdict=Verdict.REFUSE, comment="Belum jelas", area=cast.area, by=cast.admin, at=AT
    )
    told = {name: getattr(pair, name) for name in ("tier", "probability", "model_version", "prior", "levels")}
    row = Row.objects.get(reading=reading, verdict="human")
    of_row = Pair.objects.create(
        government=cast.government, opd=reading.opd, row=row, person=pair.other, found_at=AT, **told
    )
    return of_row, pair, merged


def _decree_waiting(cast: Cast, reading: Reading) -> tuple[Amendment, Candidate]:
    """A programme of two places with three candidates, whose first list waits for a decision; and one of them."""
    decree = drafted(cast, quota=2, rules=())
    for row in Row.objects.filter(reading=reading, verdict="clean").order_by("position")[:3]:
        Candidate.objects.create(
            government=cast.government, decree=decree, opd=decree.opd, row=row, verdict="clean", name=row.name or "",
            birth_date=row.birth_date, sex="L", job="Becak", segment="becak", kecamatan_code="32.73.01",
            desa_code="32.73.01.1001", nik_sealed=row.nik_sealed, proposed_by=cast.operator, proposed_at=AT,
        )  # fmt: skip
    check_again(decree=decree, by=cast.operator, at=AT)
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=AT)
    return made, Candidate.objects.filter(decree=decree).order_by("pk")[0]


def proposed_rate(cast: Cast) -> Rate:
    """A year's return of JHT that waits for a second person."""
    with whole_government(cast.government, by=cast.treasurer):
        return propose_rate(
            government=cast.government, year=2021, percent=Decimal("6.23"), announced_in="Pengumuman 1/2022",
            on=date(2022, 10, 3), by=cast.treasurer, at=AT,
        )  # fmt: skip


def work_off(office: Office, **which: object) -> Job:
    """Do the newest job (of those), as the worker would."""
    with whole_government(office.cast.government):
        job = Job.objects.filter(**which).latest("asked_at")
    run_job(job_id=str(job.pk), user_id=job.asked_by_id)
    return job


def _user(name: str, role: Role) -> User:
    return add_user(username=name, full_name=name.title(), role=role, password=PASSWORD, by=None, at=AT)
