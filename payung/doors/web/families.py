"""The answer of the family calculator: what is paid at once, the children's school years, and by when to ask for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.doors.web.translation import language, t, word
from payung.rules.law.benefits.explain import Benefit, ask
from payung.rules.law.benefits.questions import JOINED_BY
from payung.rules.law.clocks import expires_on
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.narration import Doubt, Step
from payung.rules.law.tables import table
from payung.rules.months import Month

COMPONENTS = {
    "death": word("Santunan kematian"),
    "disability": word("Santunan cacat total tetap"),
    "periodic": word("Santunan berkala 24 bulan, dibayar sekaligus"),
    "funeral": word("Biaya pemakaman"),
    "savings": word("Tabungan JHT"),
}
PROGRAMMES = {"jkm": "JKM", "jkk-death": "JKK", "jkk-total": "JKK"}
DOCUMENTS = {
    "jkm": (
        word("kartu peserta BPJS Ketenagakerjaan (kartu atau nomornya)"),
        word("KTP almarhum atau almarhumah, dan KTP ahli waris"),
        word("akta kematian dari Dinas Dukcapil"),
        word("surat keterangan ahli waris dari desa atau kelurahan"),
        word("kartu keluarga; buku nikah bila ahli warisnya suami atau istri"),
        word("buku rekening bank ahli waris"),
    ),
    "jkk-death": (
        word("kartu peserta BPJS Ketenagakerjaan (kartu atau nomornya)"),
        word("laporan kecelakaan kerja tahap 1 dan 2 dari pemberi kerja"),
        word("surat keterangan dokter yang memeriksa"),
        word("bukti kejadian, misalnya laporan polisi, daftar hadir, atau surat tugas"),
        word("akta kematian dari Dinas Dukcapil"),
        word("KTP, surat keterangan ahli waris, kartu keluarga, dan buku rekening ahli waris"),
    ),
    "jkk-total": (
        word("kartu peserta BPJS Ketenagakerjaan (kartu atau nomornya) dan KTP"),
        word("laporan kecelakaan kerja tahap 1 dan 2 dari pemberi kerja"),
        word("surat keterangan dokter tentang cacatnya"),
        word("bukti kejadian, misalnya laporan polisi, daftar hadir, atau surat tugas"),
        word("buku rekening bank pekerja"),
    ),
}
SCHOOL_DOCUMENTS = word("untuk beasiswa: surat sekolah atau kampus, akta kelahiran, dan KTP atau kartu pelajar anak")


@dataclass(frozen=True)
class Event:
    """What happened to whom. `months` are contribution months already paid; `children` as BIRTH:LEVEL:GRADE."""

    kind: str
    on: date
    membership_class: str
    wage_rupiah: int | None
    months: int
    balance_rupiah: int | None
    children: Sequence[str]


@dataclass(frozen=True)
class SchoolYear:
    """One year of a child's scholarship, by the calendar."""

    year: int
    age: int
    school: str
    amount_rupiah: int


@dataclass(frozen=True)
class Support:
    """The whole answer: benefits paid at once, the scholarship where there are children, and the last day to claim."""

    event: Event
    at_once: Sequence[Benefit]
    scholarship: Benefit | None
    claim_until: date

    @property
    def at_once_rupiah(self) -> int:
        return sum(benefit.total for benefit in self.at_once)

    @property
    def benefits(self) -> list[Benefit]:
        return [*self.at_once, *([self.scholarship] if self.scholarship else [])]

    @property
    def doubts(self) -> list[Doubt]:
        """Each reason once."""
        found = {doubt.reason: doubt for benefit in self.benefits for doubt in benefit.doubts}
        return list(found.values())

    @property
    def certainty(self) -> Certainty:
        return weakest(benefit.certainty for benefit in self.benefits)

    def sums(self) -> list[tuple[str, int]]:
        """What is paid at once, in words."""
        parts = [part for benefit in self.at_once for part in benefit.components.items()]
        return [(t(COMPONENTS[name]), amount) for name, amount in parts if amount]

    def explained_away(self) -> list[Step]:
        """Why something is not paid, or not in full: the steps that are worth nothing but say so."""
        return [step for benefit in self.benefits for step in benefit.steps if not step.value and _tells(benefit, step)]

    def children(self) -> list[list[SchoolYear]]:
        """The school years of each child that has any."""
        lines = self.scholarship.schedule if self.scholarship else ()
        numbers = dict.fromkeys(line["child"] for line in lines)
        return [[_year(self.event.on, line) for line in lines if line["child"] == number] for number in numbers]


def support(event: Event) -> Support:
    """What the law pays. Raises LawError where it has no answer."""
    cells = {"kind": event.kind}
    if event.kind != "jkm":
        cells["wage"] = str(event.wage_rupiah)
    elif event.membership_class == "BPU":
        cells["member_since"] = Month.of(event.on).shift(-event.months).first_day.isoformat()
    at_once = [_asked(event, cells)]
    if event.balance_rupiah is not None:
        at_once.append(_asked(event, {"kind": "jht", "balance": str(event.balance_rupiah), "reason": _reason(event)}))
    return Support(event, at_once, _scholarship(event), expires_on(PROGRAMMES[event.kind], event.on).value)


def _asked(event: Event, cells: dict[str, str]) -> Benefit:
    """One benefit, asked in the words of the law's own questions."""
    return ask({"on": event.on.isoformat(), "class": event.membership_class, **cells}, language=language())


def _reason(event: Event) -> str:
    """Why JHT is paid."""
    return "total-disability" if event.kind == "jkk-total" else "death"


def _scholarship(event: Event) -> Benefit | None:
    if not event.children:
        return None
    cells = {"kind": "scholarship", "cause": PROGRAMMES[event.kind].lower(), "child": JOINED_BY.join(event.children)}
    if event.kind == "jkm":
        cells["paid_months"] = str(event.months)
    return _asked(event, cells)


def _tells(benefit: Benefit, step: Step) -> bool:
    """A condition met is no news, except the waiting months: those are only told where they apply."""
    return not benefit.total or benefit.kind == "jkm"


def _year(on: date, line: Mapping[str, Any]) -> SchoolYear:
    school = f"{line['level']}:{line['grade']}"
    return SchoolYear(on.year + line["year"], line["age"], school, line["amount"])


def documents(event: Event) -> Iterator[str]:
    """What to bring, in words."""
    yield from (t(text) for text in DOCUMENTS[event.kind])
    if event.children:
        yield t(SCHOOL_DOCUMENTS)


def figure_on(name: str, key: str, on: date) -> int:
    """A whole number of the tables on a day: hours to report, working days to pay, an age."""
    return int(table(name).series(key).on(on).value)
