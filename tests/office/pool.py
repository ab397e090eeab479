"""A decree of Kota Contoh with its candidates: synthetic people in real villages, through the real reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from payung.office.access.models import User
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.decrees import NewDecree, Paper, draft_decree
from payung.office.agreements.models import Amendment, BudgetLine, Decree
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Verdict
from payung.office.outside import actions as outside
from payung.office.places.scope import whole_government
from payung.office.verification.actions import Stated, state_work
from payung.office.verification.intake import TakenIn, take_in
from payung.office.verification.lists import bring_in_force
from payung.office.verification.models import Candidate, Told
from payung.office.verification.rulesets import set_rules
from payung.office.verification.told import HEARD, hear
from payung.rules.eligibility.terms import Rule
from payung.rules.identity import regions
from tests.office.cast import AT, Cast

NOW = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
FIRST = date(2022, 11, 1)
LAST = date(2023, 10, 31)
HEADINGS = {Told.DECILE: ("NIK", "DESIL"), Told.DIED: ("NIK", "TANGGAL MENINGGAL")}
RULES = (Rule("age"), Rule("domicile"), Rule("wage_earner"), Rule("covered"), Rule("segment"), Rule("working"))


@dataclass(frozen=True)
class Villager:
    """Somebody on a village's list."""

    number: int
    birth: date = date(1980, 5, 7)
    village: str = "32.73.01.1001"
    job: str = "Tukang becak"

    @property
    def nik(self) -> str:
        return f"{self.village.replace('.', '')[:6]}{self.birth:%d%m%y}{self.number:04d}"

    @property
    def name(self) -> str:
        letters = "ABCDEFGHIJKLMNOPRSTU"
        digits = [letters[int(digit)] for digit in f"{self.number:04d}"]
        return "SINTETIS " + "".join(letter + "A" for letter in digits) + " JAYA"


def written(people: Sequence[Villager]) -> bytes:
    """The village's list as a file."""
    lines = ["NIK;Nama;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Pekerjaan;Kecamatan;Kelurahan"]
    for one in people:
        places = regions.name_of(one.village[:8]), regions.name_of(one.village)
        lines.append(f"{one.nik};{one.name};Bandung;{one.birth:%d-%m-%Y};L;{one.job};{places[0]};{places[1]}")
    return "\n".join(lines).encode()


def drafted(
    cast: Cast, *, quota: int, quota_by: str = "", shares: Mapping[str, int] | None = None, title: str = "SK Rentan",
    priority: tuple[str, ...] = (), rules: Sequence[Rule] = RULES,
) -> Decree:  # fmt: skip
    """A decree of the works office for BPU, with its rules."""
    agreement = sign_agreement(
        government=cast.government,
        terms=Terms(
            kind="PKS", number="SINTETIS/BPU", title="Pekerja rentan", signed_on=date(2022, 9, 26),
            effective_from=FIRST, effective_until=None, membership_class="BPU", programmes=("JKK", "JKM"),
            wage_base="nominal", wage_nominal_rupiah=1_000_000,
        ),
        by=cast.admin, at=AT,
    )  # fmt: skip
    fund = open_fund(
        government=cast.government, kind="APBD", name="APBD rentan", year=2022,
        lines=[NewLine(None, "5.2", "Iuran pekerja rentan", 50_000_000, quota)], by=cast.admin, at=AT,
    )  # fmt: skip
    decree = draft_decree(
        told=NewDecree(
            agreement=agreement, budget_line=BudgetLine.objects.get(fund=fund), opd=cast.works, title=title,
            effective_from=FIRST, effective_until=LAST, quota=quota, quota_by=quota_by, shares=shares or {},
            priority=priority,
        ),
        by=cast.operator, at=AT,
    )  # fmt: skip
    set_rules(decree=decree, rules=rules, by=cast.operator, at=AT)
    return decree


def propose(cast: Cast, decree: Decree, people: Sequence[Villager], *, by: User | None = None) -> TakenIn:
    return take_in(
        decree=decree, content=written(people), name="desa.csv", area=cast.area, by=by or cast.operator, at=NOW
    )


def state(cast: Cast, decree: Decree, **changed: Any) -> int:
    """Everybody of the decree works and is well."""
    told: dict[str, Any] = {
        "stated_on": date(2022, 10, 2),
        "working": True,
        "well": True,
        "signatory": "Ketua RW 3",
        "office": "RW 3",
    }
    ids = list(Candidate.objects.filter(decree=decree).values_list("pk", flat=True))
    return state_work(
        decree=decree, candidate_ids=ids, stated=Stated(**(told | changed)), area=cast.area, by=cast.operator, at=NOW
    )


def tell_of(cast: Cast, kind: str, rows: Sequence[tuple[str, ...]], told_on: date = date(2022, 10, 1)) -> None:
    """What a list says of NIKs: deciles and deaths through the outside lists, all else through the decree's page."""
    heading = HEADINGS.get(kind, ("NIK",))
    lines = [heading, *((*row, f"{told_on:%d-%m-%Y}") if kind == Told.DIED else row for row in rows)]
    content = "\n".join(";".join(line) for line in lines).encode()
    told: dict[str, Any] = {
        "government": cast.government,
        "content": content,
        "told_on": told_on,
        "by": cast.operator,
        "at": NOW,
    }
    if kind in HEARD:
        hear(name="told.csv", kind=kind, **told)
    else:
        outside.take_in(name="told.csv", **told)


def paper(number: str = "SK/1", first: date = FIRST) -> Paper:
    return Paper(number=number, signed_on=date(2022, 10, 3), effective_from=first)


def approve(cast: Cast, amendment: Amendment) -> None:
    with whole_government(cast.government, by=cast.admin):
        decide(
            proposal_id=amendment.proposal_id, version=amendment.version, verdict=Verdict.APPROVE, comment="",
            by=cast.admin, at=NOW,
        )  # fmt: skip


def in_force(cast: Cast, amendment: Amendment) -> Amendment:
    approve(cast, amendment)
    return bring_in_force(amendment_id=amendment.pk, by=cast.operator, at=NOW)
