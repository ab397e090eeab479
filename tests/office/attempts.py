"""How each verb of the office is tried that takes more than one line to try (see `verbs`)."""

from decimal import Decimal
from typing import Any

from payung.office.access import actions as access
from payung.office.access import second_factor
from payung.office.access.marks import seal
from payung.office.access.models import AuditEvent
from payung.office.agreements import actions as agreements
from payung.office.approvals import actions as approvals
from payung.office.approvals import policy
from payung.office.approvals.models import Delegation, Verdict
from payung.office.billing import codes, runs, waiving
from payung.office.enrolment import layouts, mending, monthly
from payung.office.enrolment.change_models import MonthlyReturn, MonthlySheet
from payung.office.enrolment.models import ConfirmedLayout, Mend, WaitingUpload
from payung.office.enrolment.receiving import opened, receive, receive_waiting
from payung.office.files import actions as files
from payung.office.files.models import Finding
from payung.office.places.models import UserArea
from payung.office.places.scope import whole_government
from payung.office.planning import actions as planning
from payung.office.reports import award_freezing, minutes
from payung.office.reports.counting import count_month
from payung.office.savings import actions as savings
from payung.office.savings.models import Rate
from payung.rules.months import Month
from payung.rules.roster.mapping import MappedColumn, Mapping
from payung.rules.roster.monthly import template
from tests.office import plans
from tests.office.cast import AT, OCTOBER
from tests.office.story import Story


def terms() -> agreements.Terms:
    return agreements.Terms(
        kind="PKS", number="SINTETIS/2", title="x", signed_on=OCTOBER, effective_from=OCTOBER, effective_until=None,
        membership_class="PU", programmes=("JKK", "JKM"), wage_base="UMP", wage_base_place="32",
    )  # fmt: skip


def lend(story: Story) -> Delegation:
    return policy.lend_voice(to=story.other, kind="", first_day=OCTOBER, last_day=OCTOBER, **story.here)


def decide(story: Story) -> object:
    return approvals.decide(
        proposal_id=story.waiting.proposal_id, version=1, verdict=Verdict.REFUSE, comment="x", **story.told
    )


def return_and_propose_again(story: Story) -> object:
    """By the user who proposed: the try is to propose, have it sent back, and propose again."""
    made = approvals.propose(kind="plan", amount_rupiah=None, **story.here)
    with whole_government(story.cast.government, by=story.other):
        approvals.decide(proposal_id=made.pk, version=1, verdict=Verdict.REVISE, comment="x", by=story.other, at=AT)
    return approvals.propose_again(proposal_id=made.pk, amount_rupiah=None, comment="x", **story.told)


def propose_rate(story: Story, **told: Any) -> Rate:
    return savings.propose_rate(year=2021, percent=Decimal("6.23"), announced_in="x", on=OCTOBER, **told)


def decide_rate(story: Story) -> object:
    with whole_government(story.cast.government, by=story.other):
        made = propose_rate(story, government=story.cast.government, by=story.other, at=AT)
    return savings.decide_rate(rate_id=made.pk, verdict=Verdict.APPROVE, comment="", **story.told)


def receive_list(story: Story) -> object:
    content = b"NIK,Nama\n3273061208900001,SINTETIS BACA\n"
    heading = story.cast.heading(story.cast.health, kind="additions")
    return receive(content=content, name="d.csv", heading=heading, **story.told)


def waiting_upload(story: Story) -> WaitingUpload:
    """A file of the listed office that waits for its columns."""
    listed = story.listed
    with whole_government(story.cast.government):
        return WaitingUpload.objects.create(
            government=listed.government, file=listed.reading.file, agreement=listed.agreement, opd=listed.opd,
            budget_line=listed.budget_line, kind=listed.kind, month=listed.month, received_by=story.other,
            received_at=AT,
        )  # fmt: skip


def read_waiting(story: Story) -> object:
    waiting = waiting_upload(story)
    with whole_government(story.cast.government):
        content = b"NIK,Nama\n3273061208900001,SINTETIS BACA\n"
        waiting.file, _ = files.keep(
            government=story.cast.government, content=content, name="d.csv", by=story.other, at=AT
        )
        waiting.save()
    return receive_waiting(waiting=waiting, **story.told)


def confirm(story: Story) -> list[ConfirmedLayout]:
    content = Mapping((MappedColumn("A", "", "nik"),), 0)
    return layouts.confirm(waiting=waiting_upload(story), mappings={"x": content}, **story.told)


def monthly_sheet(story: Story) -> MonthlySheet:
    """What the listed office was sent, of nobody."""
    listed = story.listed
    with whole_government(story.cast.government):
        return MonthlySheet.objects.create(
            government=listed.government, opd=listed.opd, agreement=listed.agreement, month=OCTOBER, made_at=AT,
            budget_line=listed.budget_line, made_by=story.other,
        )  # fmt: skip


def send(story: Story) -> object:
    works = story.cast.works
    line = story.cast.lines[works.pk]
    return monthly.send(opd=works, agreement=story.cast.agreement, budget_line=line, month=OCTOBER, **story.told)


def take_back(story: Story) -> object:
    headings = ";".join(column.heading for column in template().columns)
    content = f"{headings}\nK{monthly_sheet(story).pk}-1;;X;;;;;;\n".encode()
    heading = story.cast.heading(story.listed.opd)
    return monthly.take_back(opened(content, "d.csv"), content, name="d.csv", heading=heading, **story.told)


def choose(story: Story) -> None:
    sheet = monthly_sheet(story)
    with whole_government(story.cast.government):
        MonthlyReturn.objects.create(
            government=sheet.government, roster_list=story.listed, sheet=sheet, unchanged=0, left_out=0
        )
    monthly.choose(roster_list=story.listed, accepted=["new"], **story.told)


def revoke(story: Story) -> None:
    listed = story.listed
    with whole_government(story.cast.government):
        layout = ConfirmedLayout.objects.create(
            government=listed.government, opd=listed.opd, fingerprint="x", content={}, confirmed_by=story.other,
            confirmed_at=AT,
        )  # fmt: skip
    layouts.revoke(layout=layout, **story.told)


def mend(story: Story) -> Mend:
    reading = story.listed.reading
    with whole_government(story.cast.government):
        Finding.objects.create(
            government=reading.government, reading=reading, sheet="Sheet1", row=65, position=0, column="C",
            field="nik", code="nik_length", severity="human", sealed_detail=seal("{}", kind="finding"),
        )  # fmt: skip
    return mending.mend(roster_list=story.listed, position=0, column="C", text="x", **story.told)


def undo(story: Story) -> None:
    with whole_government(story.cast.government):
        mend = Mend.objects.create(
            government=story.cast.government, roster_list=story.listed, position=0, column="C", field="nik",
            made_by=story.other, made_at=AT,
        )  # fmt: skip
    mending.undo(roster_list=story.listed, mend_id=mend.pk, **story.told)


def recheck(story: Story) -> None:
    try:
        mending.recheck(roster_list=story.listed, **story.told)
    except mending.MendRefused as problem:
        assert problem.reason == "nothing"


def take_back_waiver(story: Story) -> object:
    """Waived by somebody who may: what is tried is to take that back."""
    waiving.waive_penalty(
        bill_id=story.bill.pk, document="x", decided_on=OCTOBER, reason="x", by=story.cast.admin, at=AT
    )
    return waiving.take_back_waiver(bill_id=story.bill.pk, reason="x", **story.told)


def finalise(story: Story) -> object:
    """Approved by somebody else: what is tried is to carry it out."""
    with whole_government(story.cast.government, by=story.cast.admin):
        approvals.decide(
            proposal_id=story.draft.proposal_id, version=1, verdict=Verdict.APPROVE, comment="", by=story.cast.admin,
            at=AT,
        )  # fmt: skip
    return runs.finalise(run_id=story.draft.pk, **story.told)


def area(story: Story) -> UserArea:
    return UserArea.objects.get(user=story.other)


def line(story: Story) -> agreements.NewLine:
    return agreements.NewLine(story.cast.works, "9", "x", 1, 1)


def redact(story: Story) -> None:
    event = AuditEvent.objects.filter(deed="plan").order_by("pk")[0]
    access.redact(event_id=event.pk, reason="x", **story.told)


def draw_up(story: Story) -> object:
    """Whoever may reconcile counts the month first; whoever may not is refused at either step."""
    count_month(month=Month(2022, 10), **story.here)
    return minutes.draw_up(area=story.cast.area, first=Month(2022, 10), last=Month(2022, 10), **story.told)


def take_back_note(story: Story) -> object:
    with whole_government(story.cast.government, by=story.cast.admin):
        noted = plans.noted_regulation(story.cast, by=story.cast.admin)
    return award_freezing.take_back(area=story.cast.area, entry_id=noted.pk, **story.told)


def set_aside(story: Story) -> object:
    with whole_government(story.cast.government, by=story.cast.admin):
        kept = plans.kept_plan(story.cast, by=story.cast.admin)
    return planning.set_aside(area=story.cast.area, scenario_id=kept.pk, **story.told)


def remove_factor(story: Story) -> object:
    return second_factor.remove(user=story.by, **story.told)


def correct_code(story: Story) -> object:
    """Sent by somebody who may: what is tried is to put another code in its place."""
    with whole_government(story.cast.government, by=story.cast.admin):
        runs.send(bill_id=story.bill.pk, payment_code="12345678901", by=story.cast.admin, at=AT)
    return codes.correct_code(bill_id=story.bill.pk, payment_code="12345678902", reason="x", **story.told)
