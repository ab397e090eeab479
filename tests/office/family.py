"""People to whom something happens: members with months paid as the story wants, and the first word of their case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from payung.office.access.models import User
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.approvals.models import Verdict
from payung.office.billing.models import Posting
from payung.office.claims.catalogue import kinds
from payung.office.claims.circumstances import circumstances
from payung.office.claims.deciding import assess, decide_claim, submit
from payung.office.claims.ending import decide_endings, propose_endings
from payung.office.claims.family import Message, receive_report
from payung.office.claims.gathering import NewHeir, add_document, name_heirs, note_facts
from payung.office.claims.judging import checklist
from payung.office.claims.models import Assessment, Benefit, Case, Document, FamilyReport
from payung.office.claims.opening import Event, open_case
from payung.office.claims.told import Told
from payung.office.enrolment.models import Spell
from payung.office.enrolment.programmes import as_ranges
from payung.office.files.actions import keep
from payung.office.places.scope import whole_government
from payung.office.registry.models import Job, Membership, Person
from payung.rules.months import Month
from tests.office.cast import AT, Cast

WIDOW = NewHeir("spouse", "SINTETIS JANDA", bank="Bank Contoh", account="0011223344")
PHOTO = b"\xff\xd8\xff\xe0 a photo of "


def moment(day: date, hour: int = 3) -> datetime:
    return datetime.combine(day, time(hour), UTC)


@dataclass(frozen=True)
class Ground:
    """An agreement of a class with the line that pays."""

    agreement: Agreement
    line: BudgetLine


def ground(cast: Cast, membership_class: str, since: date, programmes: tuple[str, ...] = ("JKK", "JKM")) -> Ground:
    number = f"SINTETIS/{membership_class}/{since:%Y%m}/{len(programmes)}"
    agreement = sign_agreement(
        government=cast.government,
        terms=Terms(
            kind="PKS", number=number, title="x", signed_on=since, effective_from=since, effective_until=None,
            membership_class=membership_class, programmes=programmes, wage_base="nominal",
            wage_nominal_rupiah=1_000_000,
        ),
        by=cast.admin, at=AT,
    )  # fmt: skip
    lines = [NewLine(cast.works, number, "Iuran", 1_000_000_000, 1000)]
    fund = open_fund(
        government=cast.government, kind="APBD", name=number, year=since.year, lines=lines, by=cast.admin, at=AT
    )
    return Ground(agreement, BudgetLine.objects.get(fund=fund))


def member(
    cast: Cast, on: Ground, *, since: Month, paid: Sequence[Month] = (), wage: int = 1_000_000,
    until: Month | None = None, birth: date | None = date(1980, 5, 7), name: str = "SINTETIS ALMARHUM",
    paid_late: dict[Month, date] | None = None,
) -> Person:  # fmt: skip
    """A worker of public works with a spell, whose months were posted on the 12th of the next month unless told."""
    government, agreement = cast.government, on.agreement
    person = Person.objects.create(government=government, name=name, name_key=name, birth_date=birth, recorded_at=AT)
    membership = Membership.objects.create(
        government=government, person=person, membership_class=agreement.membership_class,
        employer=government if agreement.membership_class == "PU" else None,
    )  # fmt: skip
    Job.objects.create(
        government=government, membership=membership, opd=cast.works, post="Tukang becak", wage_paid_rupiah=wage,
        from_month=since.first_day, recorded_at=AT,
    )  # fmt: skip
    for run in as_ranges(agreement.programmes):
        Spell.objects.create(
            government=government, membership=membership, programmes=run, payer_opd=cast.works, budget_line=on.line,
            agreement=agreement, from_month=since.first_day, until_month=until.first_day if until else None,
            recorded_at=AT,
        )  # fmt: skip
    file, _ = keep(government=government, content=b"posting", name="p.csv", by=cast.admin, at=AT)
    for month in paid:
        told = (paid_late or {}).get(month, month.shift(1).first_day.replace(day=12))
        if agreement.membership_class == "BPU" and month not in (paid_late or {}):
            told = month.first_day.replace(day=10)
        Posting.objects.create(
            government=government, membership=membership, month=month.first_day, amount_rupiah=16_800, file=file,
            recorded_at=moment(told),
        )  # fmt: skip
    return person


def opened(cast: Cast, person: Person, kind: str, event: Event, *, at: datetime | None = None, **facts: str) -> Benefit:
    """The case of an event with one benefit, its facts noted."""
    case = open_case(
        person=person, event=event, claimed=[kind], told=Told("SINTETIS PELAPOR", "istri"), on=event.on,
        by=cast.admin, at=at or moment(event.on),
    )  # fmt: skip
    note_facts(case_id=case.pk, told=facts, by=cast.admin, at=AT)
    return Benefit.objects.get(case=case)


def papers(cast: Cast, benefit: Benefit, *, on: date) -> None:
    """Every paper that the checklist asks for."""
    about = circumstances(benefit.case, on=on)
    for paper in checklist(kinds()[benefit.kind], about):
        add_document(
            case_id=benefit.case_id, code=paper.code, content=PHOTO + paper.code.encode(), name="foto.jpg",
            by=cast.admin, at=AT,
        )  # fmt: skip


def complete(cast: Cast, benefit: Benefit, *heirs: NewHeir, on: date) -> None:
    """Heirs and papers."""
    name_heirs(case_id=benefit.case_id, named=heirs or (WIDOW,), by=cast.admin, at=AT)
    papers(cast, benefit, on=on)


def assessed(cast: Cast, benefit: Benefit, *, on: date) -> Assessment:
    return assess(benefit_id=benefit.pk, on=on, comment="", by=cast.operator, at=moment(on))


def agreed(
    cast: Cast, made: Assessment, *, on: date, by: User | None = None, verdict: Verdict = Verdict.APPROVE
) -> None:
    by = by or cast.admin
    with whole_government(cast.government, by=by):
        decide_claim(assessment_id=made.pk, verdict=verdict, comment="Sesuai", on=on, by=by, at=moment(on))


def approved(cast: Cast, benefit: Benefit, *, on: date) -> Assessment:
    made = assessed(cast, benefit, on=on)
    agreed(cast, made, on=on)
    return made


def submitted(cast: Cast, benefit: Benefit, *, on: date) -> None:
    submit(benefit_id=benefit.pk, on=on, comment="", by=cast.operator, at=moment(on))


def case_of(person: Person) -> Case:
    return Case.objects.get(person=person)


def a_case(cast: Cast, person: Person) -> dict[str, int]:
    """A death with every paper, whose assessment was refused, and so was the end of billing: by what pages find it."""
    on = date(2022, 10, 2)
    benefit = opened(cast, person, "jkm", Event("death", on), work_accident="no")
    complete(cast, benefit, on=on)
    made = assessed(cast, benefit, on=on)
    agreed(cast, made, on=on, verdict=Verdict.REFUSE)
    ending = propose_endings(government=cast.government, by=cast.operator, at=AT)
    decide_endings(proposal_id=ending.pk, verdict=Verdict.REFUSE, comment="Periksa dulu", by=cast.admin, at=AT)
    return {
        "case_id": benefit.case_id, "benefit_id": benefit.pk, "assessment_id": made.pk, "ending_id": ending.pk,
        "document_id": Document.objects.order_by("pk")[0].pk,
        "report_id": a_report(cast).pk,
    }  # fmt: skip


def a_report(cast: Cast) -> FamilyReport:
    """A death that a family told, waiting for an officer."""
    said = Message("SINTETIS PEKERJA", "", "Desa Contoh", "SINTETIS ISTRI", "istri", "081200000000", "Sakit lama")
    reference = receive_report(
        government=cast.government, event="death", event_on=date(2022, 10, 3), message=said, address="10.0.0.7", at=AT
    )
    return FamilyReport.objects.get(reference=reference)
