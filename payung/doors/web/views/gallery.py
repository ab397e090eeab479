"""Every component in each of its states, with made-up figures: what the house looks like."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.components import (
    CELL_MARKS,
    Change,
    Chip,
    Column,
    Happening,
    MonthState,
    Progress,
    Reason,
    Stage,
    Step,
    calendar_years,
)  # fmt: skip
from payung.doors.web.pages import show
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import CELLS
from payung.rules.months import Month


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=word("Nama OPD"), help_text=word("Seperti tertulis di SK."))
    month = forms.ChoiceField(label=word("Bulan iuran"), choices=[("2022-10", "Okt 2022"), ("2022-11", "Nov 2022")])
    workbook = forms.FileField(label=word("Buku kerja Excel"), required=False)


@dataclass(frozen=True)
class ExampleRow:
    """One line of the example table."""

    opd: str
    people: int
    owed_rupiah: int
    state: str
    tone: str


ROWS = (
    ExampleRow("Dinas Pekerjaan Umum", 1_204, 11_972_576, word("dibayar"), "proof"),
    ExampleRow("Dinas Lingkungan Hidup", 2_318, 23_050_192, word("menunggu"), "wait"),
    ExampleRow("Satuan Polisi Pamong Praja", 417, 4_146_648, word("ditolak"), "loss"),
    ExampleRow("Kecamatan Sukajadi", 36, 357_984, word("konsep"), "info"),
)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The whole gallery on one page."""
    return show(request, "gallery.html", examples(), title=t("Galeri komponen"), part="gallery", month=Month(2022, 10))


def examples() -> dict[str, object]:
    """What the gallery shows; asks nothing of the database."""
    wrong = ExampleForm({"name": "", "month": "2022-10"})
    wrong.is_valid()
    work = Progress(label=t("Membaca buku kerja"), done=3_120, total=12_400, per_second=4_100, seconds_left=2)
    return {
        "forms_shown": (ExampleForm(), wrong),
        **_table(),
        "changes": [
            Change(t("Peserta"), figures.number(12_186), figures.number(12_400)),
            Change(t("Iuran sebulan"), figures.rupiah(121_177_584), figures.rupiah(123_305_600)),
        ],
        "work": work,
        "done": replace(work, done=work.total, seconds_left=None, finished=True),
        "happenings": _happenings(),
        "years": calendar_years(_months()),
        "month_names": {state: t(name) for state, name in CELLS.items()},
        "cell_marks": CELL_MARKS,
        "stages": _stages(),
        "steps_shown": _steps(),
    }


def _table() -> dict[str, object]:
    return {
        "columns": [
            Column(t("OPD"), href="?sort=opd", order="ascending"),
            Column(t("Orang"), figures=True, href="?sort=people"),
            Column(t("Iuran"), figures=True, href="?sort=owed"),
            Column(t("Keadaan")),
        ],
        "rows": ROWS,
        "totals": [
            t("Jumlah"),
            figures.number(sum(row.people for row in ROWS)),
            figures.rupiah(sum(row.owed_rupiah for row in ROWS)),
            "",
        ],
        "chips_shown": [
            Chip(t("Semua"), "?", chosen=True, count=3_975),
            Chip(t("Bersih"), "?verdict=clean", chosen=False, count=3_810),
            Chip(t("Perlu diputuskan"), "?verdict=human", chosen=False, count=121),
        ],
    }


def _happenings() -> list[Happening]:
    return [
        Happening(date(2022, 9, 28), t("Tercantum di daftar {opd}", opd="Dinas Pekerjaan Umum"), by="Rina Kartika"),
        Happening(date(2022, 10, 3), t("Menunggu persetujuan"), tone="wait"),
        Happening(date(2022, 10, 18), t("Iuran {month} terbukti masuk", month=Month(2022, 10)), tone="proof"),
        Happening(date(2023, 2, 1), t("Iuran terlambat"), tone="loss", note="Jan 2023"),
    ]


def _months() -> dict[Month, MonthState]:
    posted: dict[Month, MonthState] = dict.fromkeys(Month(2022, 10).until(Month(2023, 9)), "posted")
    return posted | {Month(2023, 2): "gap", Month(2023, 8): "billed", Month(2023, 9): "unpaid"}


def _stages() -> list[Stage]:
    return [
        Stage(t("Dianggarkan"), 12_600, "?", figures.rupiah(125_294_400)),
        Stage(t("Di SK"), 12_450, "?", "", [Reason(t("belum ada SK"), -150, "?")]),
        Stage(t("Terdaftar"), 12_400, "?", "", [Reason(t("NIK perlu diputuskan"), -50, "?")]),
        Stage(t("Aktif"), 12_412, "?", "", [Reason(t("masa tenggang"), 12, "?")]),
        Stage(
            t("Terbukti masuk"),
            11_983,
            "?",
            figures.rupiah(119_158_952),
            [Reason(t("belum dibayar"), -429, "?")],
        ),
    ]


def _steps() -> list[Step]:
    doubt = t("Peraturan tidak menyebut pembulatan; dipakai pembulatan setengah ke atas sampai cabang menegaskan.")
    return [
        Step(
            t("Dasar upah"),
            "UMP Jawa Barat 2022",
            figures.rupiah(1_841_487),
            "Kepgub Jabar 561/Kep.717-Kesra/2021",
        ),
        Step("JKK", "0,24% × Rp1.841.487", figures.rupiah(4_420), "PP 44/2015 Pasal 16", doubt),
        Step("JKM", "0,30% × Rp1.841.487", figures.rupiah(5_524), "PP 44/2015 Pasal 18"),
    ]
