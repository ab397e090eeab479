"""What the head of the region must decide this month: a sentence, and the page that shows what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.rights import allowed
from payung.doors.web.translation import t
from payung.office.access.models import User
from payung.office.reports.month_sheet import MonthSheet
from payung.office.reports.numbers import LOST
from payung.rules.months import Month


@dataclass(frozen=True)
class Page:
    """A page by name, with what its address asks for."""

    name: str
    asked: str = ""
    part: int | None = None

    @property
    def address(self) -> str:
        return reverse(self.name, args=[] if self.part is None else [self.part]) + self.asked


@dataclass(frozen=True)
class Decision:
    """One sentence; of `pages` the reader is led to the first that he may open."""

    sentence: str
    pages: Sequence[Page] = ()

    def address(self, user: User) -> str:
        """Where this reader sees it; empty when nowhere."""
        return next((page.address for page in self.pages if allowed(user, page.name)), "")


def decisions(found: MonthSheet) -> list[Decision]:
    """Everything that waits for a decision; one sentence that says so when nothing does."""
    told = [*_budget(found), *_endings(found), *_deaths(found), *_unproved(found)]
    return told or [Decision(t("Tidak ada yang perlu diputuskan bulan ini."))]


def _budget(found: MonthSheet) -> list[Decision]:
    lines = Page("numbers", f"?bulan={found.month}#anggaran")
    told = [
        Decision(
            t(
                "Anggaran {line} habis pada {month}, kurang {amount}: tambah pagu atau kurangi orang.",
                line=f"{line.code} {line.name}", month=Month.of(line.runs_out),
                amount=figures.rupiah(-line.free_rupiah),
            ),
            [Page("fund-line", part=line.id), lines],
        )
        for line in found.short
        if line.runs_out
    ]  # fmt: skip
    active = next((one.heads for one in found.rungs if one.number == "active"), 0)
    if active and not found.ceiling_rupiah:
        said = t(
            "Belum ada anggaran tahun {year} untuk {count} orang: tetapkan pagunya.",
            year=str(found.month.year), count=active,
        )  # fmt: skip
        asked = f"?bulan={found.month}"
        told.append(Decision(said, [Page("numbers-people", f"{asked}&angka=active"), Page("numbers", asked)]))
    return told


def _endings(found: MonthSheet) -> list[Decision]:
    return [
        Decision(
            t(
                "Perjanjian {number} berakhir {day}: perpanjang atau akhiri.",
                number=one.agreement.number,
                day=one.until,
            ),
            [Page("agreement", part=one.agreement.pk)],
        )
        for one in found.ending
    ]


def _deaths(found: MonthSheet) -> list[Decision]:
    count = found.claims.unclaimed_deaths
    said = t("{count} kematian belum diklaim: minta OPD mendatangi keluarganya.", count=count)
    return [Decision(said, [Page("claims", "?belum=klaim")])] if count else []


def _unproved(found: MonthSheet) -> list[Decision]:
    """Those who are active and not posted: as many as the list behind them has."""
    posted = [one for rung in found.rungs if rung.number == "posted" for one in rung.differences]
    count = -sum(one.heads for one in posted if one.side == LOST)
    said = t("{count} orang aktif belum terbukti diposting BPJS: minta penjelasan cabang.", count=count)
    asked = f"?bulan={found.month}"
    pages = [Page("numbers-people", f"{asked}&angka=posted&sisi={LOST}"), Page("numbers", asked)]
    return [Decision(said, pages)] if count else []
