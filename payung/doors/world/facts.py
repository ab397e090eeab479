"""The facts of a synthetic local government, as frozen values: what an office knows before people come."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payung.rules.months import Month

MembershipClass = Literal["PU", "BPU"]
Listing = Literal["office", "village", "sponsor"]
"""Who sends the list: an office about its workers, a kecamatan with its desa, an office about its sponsors."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The legal act of the programme; parties are named by their office, never by a person."""

    kind: str
    number: str
    signed_on: date
    effective_on: date
    government_party: str
    branch_party: str
    about: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What the budget sets aside for a group in a year: heads and whole rupiah, as decided."""

    code: str
    name: str
    year: int
    heads: int
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class WagePolicy:
    """The wage base the agreement reports: the UMP or UMK of a region, or a sum declared for all."""

    base: Literal["UMP", "UMK", "declared"]
    region: str
    amount_rupiah: int | None


@dataclass(frozen=True, slots=True)
class Job:
    """Work as it is named in lists, between which amounts it pays a month, and its sector where a relief asks."""

    name: str
    women_percent: int
    from_rupiah: int
    to_rupiah: int
    sector: str = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """A kind of vulnerable worker the government has decided to protect."""

    key: str
    name: str
    heads: int
    job: Job


@dataclass(frozen=True, slots=True)
class Office:
    """An OPD (or the kecamatan that sends village lists) with its synthetic payment unit.

    `joined` is False where the office lists its people but the government does not yet pay for them.
    """

    name: str
    short: str
    npp: str
    heads: int
    units: tuple[str, ...]
    jobs: tuple[Job, ...]
    district_code: str | None
    joined: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The people one programme protects at a place: class, payer, wage base, and who sends their lists."""

    key: str
    name: str
    membership_class: MembershipClass
    people: int
    programmes: tuple[str, ...]
    payer: str
    risk_group: int
    listing: Listing
    wage: WagePolicy
    budget: BudgetLine
    offices: tuple[Office, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A local government: code of Kemendagri, names, agreement, groups of people."""

    key: str
    code: str
    name: str
    letterhead: str
    seat: str
    start: Month
    neighbours: tuple[str, ...]
    name_mix: tuple[tuple[str, int], ...]
    agreement: Agreement
    groups: tuple[Group, ...]
