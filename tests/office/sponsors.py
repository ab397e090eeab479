"""An office whose civil servants carry workers: a circular, two OPD that are asked, sponsors, workers."""

import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import BudgetLine
from payung.office.places.actions import NewOpd, add_opds, grant_area
from payung.office.places.models import Opd
from payung.office.places.scope import tell, whole_government
from payung.office.sponsorship.circulars import Letter, Rules, announce, issue_circular
from payung.office.sponsorship.consents import consent
from payung.office.sponsorship.lists import fix_lists
from payung.office.sponsorship.models import Circular, DeductionList, Pledge, Sponsor
from payung.office.sponsorship.pledges import Wish, pledge
from payung.office.sponsorship.sponsors import bind_user, take_in
from payung.rules.months import Month
from tests.office.cast import AT as CAST_AT
from tests.office.cast import Cast, call_cast

START = date(2025, 11, 1)
AT = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)


FIRST = Month(2025, 11)


def on(year: int, month: int, day: int = 3) -> datetime:
    """An hour of the office on that day."""
    return datetime(year, month, day, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Sponsors:
    """Kota Contoh with its circular; two sponsors in each of two OPD, of whom the first has a log-in."""

    cast: Cast
    circular: Circular
    outside: Opd
    sponsors: list[Sponsor]
    login: User

    @property
    def operator(self) -> User:
        return self.cast.operator

    @property
    def told(self) -> dict[str, Any]:
        return {"by": self.operator, "at": AT}


NIPS = ("198001012005011001", "198102022006022002", "198203032007031003", "198304042008042004")


def call_sponsors(*, bridging: bool = False, prefix: str = "") -> Sponsors:
    """The office as every test finds it."""
    cast = call_cast(code="32.72", prefix=prefix)
    government, admin = cast.government, cast.admin
    with whole_government(government, by=admin):
        outside = add_opds(
            government=government, opds=[NewOpd("LUAR", "Sekretariat Luar", "Luar", "JJ000009")], unit_kind="group",
            from_month=START, by=admin, at=AT,
        )["LUAR"]  # fmt: skip
        agreement = sign_agreement(
            government=government,
            terms=Terms(
                kind="surat edaran", number="SE/1/2025", title="ASN peduli pekerja", signed_on=date(2025, 10, 20),
                effective_from=START, effective_until=None, membership_class="BPU", programmes=("JKK", "JKM"),
                wage_base="nominal", wage_nominal_rupiah=1_000_000,
            ),
            by=admin,
            at=AT,
        )  # fmt: skip
        fund = open_fund(
            government=government, kind="TPP", name="TPP 2025", year=2025,
            lines=[NewLine(opd, "TPP", "Potongan TPP", 0, 0) for opd in (cast.works, cast.health)], by=admin, at=AT,
        )  # fmt: skip
        advance = open_fund(
            government=government, kind="CSR", name="Dana talangan", year=2025, lines=[], by=admin, at=AT
        )
        circular = issue_circular(
            agreement=agreement, lines=list(BudgetLine.objects.filter(fund=fund)), rules=Rules(),
            bridging_fund=advance if bridging else None, by=admin, at=AT,
        )  # fmt: skip
        login = add_user(
            username=prefix + "asn", full_name="ASN Satu", role=Role.SPONSOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=login, government=government, opd=None, own_pledges=True, by=admin, at=AT)
    told = zip(NIPS, "ABCD", ("PU", "PU", "KES", "KES"), strict=True)
    lines = [f"{nip};ASN {name};{opd};III/a" for nip, name, opd in told]
    take_in(
        government=government, content="\n".join(["NIP;NAMA;OPD;PANGKAT", *lines]).encode(), name="asn.csv",
        on=date(2025, 1, 1), by=admin, at=AT,
    )  # fmt: skip
    with whole_government(government, by=admin):
        sponsors = list(Sponsor.objects.order_by("name"))
        bind_user(sponsor=sponsors[0], user=login, by=admin, at=AT)
        sponsors[0].refresh_from_db()
    return Sponsors(cast, circular, outside, sponsors, login)


def at_work(standing: Sponsors) -> Sponsors:
    """The office that stands, as a test works in it: what the test does is taken back afterwards."""
    tell(user_id=standing.cast.admin.pk, area=standing.cast.area)
    return copy.deepcopy(standing)


def worker(number: int, *, born: date = date(1985, 5, 17), job: str = "Asisten rumah tangga") -> dict[str, str]:
    """Somebody typed in, each with a NIK and a name of her own."""
    name = "".join("BCDFGHJKLM"[int(digit)] + "A" for digit in f"{number:04d}")
    nik = f"327201{born.day + 40:02d}{born.month:02d}{born.year % 100:02d}{number:04d}"
    return {
        "NIK": nik, "Nama": f"SINTETIS {name}",
        "Tempat Lahir": "Sukabumi", "Tanggal Lahir": born.isoformat(), "Jenis Kelamin": "P", "Pekerjaan": job,
    }  # fmt: skip


def pledged(
    world: Sponsors, number: int, *, sponsor: int = 0, month: Month = FIRST, at: datetime = AT, **wish: Any
) -> Pledge:
    """A pledge whose signed paper is filed: its order stands."""
    carrier = world.sponsors[sponsor]
    made = pledge(
        circular=world.circular, sponsor=carrier, told=worker(number), wish=Wish(month, **wish), by=world.operator,
        at=at,
    )  # fmt: skip
    consent(
        circular=world.circular, pledge_id=made.pk, paper=f"%PDF-1.4 surat {made.pk}".encode(), name="surat.pdf",
        by=world.operator, at=at,
    )  # fmt: skip
    made.refresh_from_db()
    return made


def a_pledge(cast: Cast) -> int:
    """A circular that asks one OPD, its one civil servant, and his pledge that waits for its paper."""
    with whole_government(cast.government, by=cast.admin):
        circular = announce(
            government=cast.government,
            letter=Letter(
                "SE/9/2022", "Setiap ASN menanggung satu pekerja", CAST_AT.date(), date(2022, 10, 1), None, 1_000_000
            ),
            opds=[cast.works], rules=Rules(), by=cast.admin, at=CAST_AT,
        )  # fmt: skip
    take_in(
        government=cast.government, content=f"NIP;NAMA\n{NIPS[0]};SINTETIS ABDI\n".encode(), name="asn.csv",
        on=date(2022, 1, 1), opd=cast.works, by=cast.admin, at=CAST_AT,
    )  # fmt: skip
    with whole_government(cast.government, by=cast.operator):
        made = pledge(
            circular=circular, sponsor=Sponsor.objects.get(), told=worker(1), wish=Wish(Month(2022, 11)),
            by=cast.operator, at=CAST_AT,
        )  # fmt: skip
    return made.pk


def a_deduction_list(cast: Cast) -> int:
    """The list of the month of the one OPD that is asked, on which nobody stands yet."""
    with whole_government(cast.government, by=cast.operator):
        circular = Circular.objects.select_related("government", "agreement", "fund").get()
        fix_lists(circular=circular, month=Month.of(CAST_AT), by=cast.operator, at=CAST_AT)
        return DeductionList.objects.get().pk
