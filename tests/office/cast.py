"""A small standing cast, so that the tests of the office read like stories.

Kota Contoh has two OPD, an operator who hands in lists, an admin who approves, a treasurer who bills and pays.
Lists are given as rows (what the roster would have read), so that these tests need no workbook.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import polars as pl

from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing.actions import bill_month
from payung.office.billing.models import Bill, BillRun
from payung.office.billing.runs import decide_run
from payung.office.enrolment.actions import apply, plan
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.receiving import Heading
from payung.office.files.actions import keep, store_reading
from payung.office.places.actions import NewOpd, add_opds, found_government, grant_area
from payung.office.places.models import Government, Opd
from payung.office.places.queries import Area
from payung.office.places.scope import tell, whole_government
from payung.rules.months import Month

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
OCTOBER = date(2022, 10, 1)

ROW = {
    "sheet": pl.String, "row": pl.Int32, "verdict": pl.String, "nik": pl.String, "name": pl.String,
    "birth_date": pl.Date, "birth_place": pl.String, "sex": pl.String, "job": pl.String,
    "kecamatan_code": pl.String, "desa_code": pl.String, "wage": pl.Int64, "kk": pl.String, "kpj": pl.String,
    "phone": pl.String, "mother_name": pl.String,
    "member_since": pl.Date, "paid_until": pl.Date,
}  # fmt: skip
FINDING = {
    name: (pl.Int32 if name == "row" else pl.String)
    for name in ("sheet", "row", "column", "field", "code", "severity", "value", "suggestion", "params")
}


@dataclass(frozen=True)
class Cast:
    """Who is who in Kota Contoh."""

    government: Government
    works: Opd
    health: Opd
    agreement: Agreement
    lines: dict[int, BudgetLine]
    operator: User
    admin: User
    treasurer: User
    auditor: User

    @property
    def area(self) -> Area:
        return Area(self.government, None)

    def heading(self, opd: Opd, *, month: date = OCTOBER, kind: str = RosterList.COMPLETE) -> Heading:
        return Heading(agreement=self.agreement, opd=opd, budget_line=self.lines[opd.pk], month=month, kind=kind)


def call_cast(*, programmes: tuple[str, ...] = ("JKK", "JKM"), code: str = "32.73", prefix: str = "") -> Cast:
    """The office as every test finds it."""
    government = found_government(code=code, name=f"Kota Contoh {code}", by=None, at=AT)
    users = {
        role: add_user(
            username=prefix + role.value, full_name=role.value, role=role, password="rahasia-panjang", by=None, at=AT
        )
        for role in Role
    }
    tell(user_id=users[Role.GOVERNMENT_ADMIN].pk, area=Area(government, None))
    for user in users.values():
        grant_area(user=user, government=government, opd=None, by=None, at=AT)
    admin = users[Role.GOVERNMENT_ADMIN]
    opds = add_opds(
        government=government,
        opds=[NewOpd("PU", "Dinas Pekerjaan Umum", "DPU", "JJ000001"), NewOpd("KES", "Dinkes", "Dinkes", "JJ000002")],
        unit_kind="npp",
        from_month=OCTOBER,
        by=admin,
        at=AT,
    )
    agreement = sign_agreement(
        government=government,
        terms=Terms(
            kind="PKS", number="SINTETIS/1", title="Perlindungan non-ASN", signed_on=date(2022, 9, 26),
            effective_from=OCTOBER, effective_until=None, membership_class="PU", programmes=programmes,
            wage_base="UMP", wage_base_place="32",
        ),
        by=admin,
        at=AT,
    )  # fmt: skip
    fund = open_fund(
        government=government,
        kind="APBD",
        name="APBD 2022",
        year=2022,
        lines=[NewLine(opd, "5.1", "Iuran", 100_000_000, 100) for opd in opds.values()],
        by=admin,
        at=AT,
    )
    lines = {line.opd_id: line for line in BudgetLine.objects.filter(fund=fund) if line.opd_id}
    return Cast(
        government, opds["PU"], opds["KES"], agreement, lines,
        users[Role.OPD_OPERATOR], admin, users[Role.TREASURER], users[Role.AUDITOR],
    )  # fmt: skip


def people(count: int, *, first: int = 1, wage: int = 2_500_000, verdict: str = "clean") -> list[dict[str, Any]]:
    """Synthetic people, each with a NIK of her own and a name that nobody else has."""
    return [
        {
            "sheet": "Sheet1", "row": number + 5, "verdict": verdict,
            "nik": f"327306{41 + number % 28:02d}0{1 + number % 9}80{9000 + number % 1000:04d}"[:12] + f"{number:04d}",
            "name": f"SINTETIS {_letters(number)}", "birth_date": date(1980, 1 + number % 9, 1 + number % 28),
            "birth_place": "Bandung", "sex": "P", "job": "Petugas", "wage": wage,
        }
        for number in range(first, first + count)
    ]  # fmt: skip


def _letters(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 20)
        text = "BCDFGHJKLMNPQRSTVWXZ"[digit] + "A" + text
    return text


def hand_in(
    cast: Cast, heading: Heading, rows: list[dict[str, Any]] | pl.DataFrame, name: str = "daftar.xlsx"
) -> RosterList:
    """The list as if its workbook had been read."""
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(rows, schema=ROW)
    checked: Any = SimpleNamespace(rows=frame, findings=pl.DataFrame(schema=FINDING))
    file, _ = keep(government=cast.government, content=repr((name, rows)).encode(), name=name, by=cast.operator, at=AT)
    reading = store_reading(file=file, opd=heading.opd, checked=checked, on=heading.month, membership_class="PU", at=AT)
    return RosterList.objects.create(
        government=cast.government, reading=reading, agreement=heading.agreement, opd=heading.opd,
        budget_line=heading.budget_line, kind=heading.kind, month=heading.month, received_by=cast.operator,
        received_at=AT,
    )  # fmt: skip


def approved(cast: Cast, roster_list: RosterList, *, at: datetime = AT) -> Plan:
    """The list's plan, approved by the admin and not yet applied."""
    made = plan(roster_list=roster_list, by=cast.operator, at=at)
    approve(cast, made.proposal, by=cast.admin, at=at)
    return made


def approve(cast: Cast, proposal: Proposal, *, by: User, at: datetime = AT) -> None:
    """One user says yes to the newest version, as oneself."""
    with whole_government(cast.government, by=by):
        decide(proposal_id=proposal.pk, version=proposal.version, verdict=Verdict.APPROVE, comment="", by=by, at=at)


def enrol(cast: Cast, heading: Heading, rows: list[dict[str, Any]] | pl.DataFrame, *, at: datetime = AT) -> Plan:
    """From rows to an applied plan."""
    return apply(plan_id=approved(cast, hand_in(cast, heading, rows), at=at).pk, by=cast.admin, at=at)


def drafted(cast: Cast, month: Month, *, at: datetime = AT) -> BillRun:
    """The treasurer's draft of a month's bills."""
    return bill_month(government=cast.government, month=month, holidays=frozenset(), by=cast.treasurer, at=at)


def approve_run(cast: Cast, run: BillRun, *, at: datetime = AT) -> list[Bill]:
    """The admin says yes: the bills of the run, final and posted."""
    with whole_government(cast.government, by=cast.admin):
        decide_run(run_id=run.pk, verdict=Verdict.APPROVE, comment="", by=cast.admin, at=at)
        return list(Bill.objects.filter(run=run).order_by("pk"))


def billed(cast: Cast, month: Month, *, at: datetime = AT) -> list[Bill]:
    """A month's bills, made by the treasurer and approved by the admin."""
    return approve_run(cast, drafted(cast, month, at=at), at=at)
