"""Deaths in a synthetic world, from a list of the population office to the money or to the reason why not."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from payung.doors.world.founding import Founded
from payung.doors.world.monthly import morning
from payung.office.approvals.models import Proposal, Verdict
from payung.office.claims.catalogue import kinds
from payung.office.claims.circumstances import circumstances
from payung.office.claims.deciding import assess, decide_claim, submit
from payung.office.claims.ending import KIND as KIND_OF_ENDINGS
from payung.office.claims.ending import EndingRefused, decide_endings, propose_endings
from payung.office.claims.gathering import NewHeir, add_document, name_heirs, note_facts
from payung.office.claims.judging import checklist
from payung.office.claims.listed import propose_deaths
from payung.office.claims.models import Assessment, Benefit, Case, Heir
from payung.office.claims.opening import accept_case, close_case
from payung.office.claims.paying import Money, Said, record_answer, record_payout
from payung.office.outside.actions import take_in
from payung.office.places.scope import whole_government

KIND = "jkm"
PAPER = b"%PDF-1.7 Data sintetis: "
WIDOW = NewHeir("spouse", "SINTETIS AHLI WARIS", bank="Bank Contoh", account="0000111122")
ASSESSED, SUBMITTED, ANSWERED, PAID = (timedelta(days=days) for days in (3, 5, 19, 22))
"""After the day on which the list came."""


@dataclass(frozen=True)
class Death:
    """A line of the list."""

    nik: str
    name: str
    on: date


def carry(founded: Founded, deaths: Sequence[Death], *, on: date) -> None:
    """The list taken in on a day; each case carried as far as the law lets it, and nobody billed after the death."""
    listed = ["DAFTAR KEMATIAN (DATA SINTETIS)", "NIK;NAMA;TANGGAL MENINGGAL"]
    listed += [f"{death.nik};{death.name};{death.on:%d-%m-%Y}" for death in deaths]
    with whole_government(founded.government, by=founded.operator):
        told = take_in(
            government=founded.government, content="\n".join(listed).encode(), name=f"kematian-{on.year}.csv",
            told_on=on, by=founded.operator, at=morning(on),
        )  # fmt: skip
        propose_deaths(outside_list=told.outside_list, on=on, by=founded.operator, at=morning(on))
    with whole_government(founded.government):
        proposed = list(Case.objects.filter(event="death", state=Case.PROPOSED).order_by("pk"))
    for case in proposed:
        with whole_government(founded.government, by=founded.operator):
            accept_case(case_id=case.pk, claimed=[KIND], on=on, by=founded.operator, at=morning(on))
    with whole_government(founded.government):
        waiting = list(Benefit.objects.filter(kind=KIND, state=Benefit.OPEN).select_related("case").order_by("pk"))
    for benefit in waiting:
        _claim(founded, benefit, on)
    _end(founded, on)


def _claim(founded: Founded, benefit: Benefit, on: date) -> None:
    """Facts, heirs, papers, two people's word; then BPJS's answer and the money, or the end."""
    clerk, day = founded.operator, on + ASSESSED
    with whole_government(founded.government, by=clerk):
        at = morning(day)
        note_facts(case_id=benefit.case_id, told={"work_accident": "no"}, by=clerk, at=at)
        name_heirs(case_id=benefit.case_id, named=[WIDOW], by=clerk, at=at)
        for paper in checklist(kinds()[KIND], circumstances(benefit.case, on=day)):
            add_document(
                case_id=benefit.case_id, code=paper.code, content=PAPER + paper.code.encode(),
                name=f"{paper.code}.pdf", by=clerk, at=at,
            )  # fmt: skip
        made = assess(benefit_id=benefit.pk, on=day, comment="Berkas lengkap.", by=clerk, at=at)
    with whole_government(founded.government, by=founded.admin):
        decide_claim(
            assessment_id=made.pk, verdict=Verdict.APPROVE, comment="Sesuai pemeriksaan.", on=day, by=founded.admin,
            at=morning(day),
        )  # fmt: skip
    if made.due:
        _pay(founded, benefit, made, on)
    with whole_government(founded.government, by=founded.admin):
        close_case(case_id=benefit.case_id, by=founded.admin, at=morning(on + PAID))


def _pay(founded: Founded, benefit: Benefit, made: Assessment, on: date) -> None:
    """The pack goes to the branch, which grants what was expected and pays it to the family."""
    sent, answered, paid = on + SUBMITTED, on + ANSWERED, on + PAID
    reference = f"SINTETIS/{benefit.case.reference}"
    with whole_government(founded.government, by=founded.operator):
        submit(benefit_id=benefit.pk, on=sent, comment="", by=founded.operator, at=morning(sent))
    with whole_government(founded.government, by=founded.treasurer):
        said = Said(granted=True, answered_on=answered, letter=reference, amount_rupiah=made.expected_rupiah)
        record_answer(benefit_id=benefit.pk, said=said, by=founded.treasurer, at=morning(answered))
        heir = Heir.objects.get(case_id=benefit.case_id, replaced_at__isnull=True)
        money = Money("bpjs", paid, made.expected_rupiah, reference, heir=heir)
        record_payout(benefit_id=benefit.pk, money=money, by=founded.treasurer, at=morning(paid))


def _end(founded: Founded, on: date) -> None:
    """Who died is billed no more."""
    with whole_government(founded.government):
        proposal = Proposal.objects.filter(kind=KIND_OF_ENDINGS, state=Proposal.OPEN).first()
    with suppress(EndingRefused):  # a repeated load finds nobody left to end
        proposal = propose_endings(government=founded.government, by=founded.operator, at=morning(on + ASSESSED))
    if proposal is None:
        return
    with whole_government(founded.government, by=founded.admin):
        decide_endings(
            proposal_id=proposal.pk, verdict=Verdict.APPROVE, comment="Sesuai daftar kematian.", by=founded.admin,
            at=morning(on + ASSESSED),
        )  # fmt: skip
