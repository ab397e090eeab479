"""Every component in each of its states, with made-up figures: what the house looks like."""

from dataclasses import dataclass, replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.components import Change, Chip, Column, Progress
from payung.doors.web.examples import made_up
from payung.doors.web.pages import show
from payung.doors.web.translation import t, word
from payung.rules.months import Month


class ExampleForm(forms.Form):
    """One field of each kind, and one that cannot be filled in."""

    name = forms.CharField(label=word("Nama OPD"), help_text=word("Seperti tertulis di SK."))
    month = forms.ChoiceField(label=word("Bulan iuran"), choices=[("2022-10", "Okt 2022"), ("2022-11", "Nov 2022")])
    kind = forms.ChoiceField(
        label=word("Jenis peserta"), widget=forms.RadioSelect, choices=[("PU", "PU"), ("BPU", "BPU")]
    )
    programmes = forms.MultipleChoiceField(
        label=word("Program"), widget=forms.CheckboxSelectMultiple, choices=[("JKK", "JKK"), ("JKM", "JKM")]
    )
    day = forms.DateField(label=word("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=word("Keterangan"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    workbook = forms.FileField(label=word("Buku kerja Excel"), required=False)
    unit = forms.CharField(label=word("Unit pembayar"), initial="14005857", disabled=True, required=False)


@dataclass(frozen=True)
class ExampleRow:
    """One line of the example table."""

    opd: str
    people: int
    owed_rupiah: int
    state: str
    tone: str


LONG = "Satuan Pelaksana Pelayanan Terpadu Satu Pintu dan Penanaman Modal Kecamatan Ujungberung Wilayah Timur"
MANY = 30
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
    wrong = ExampleForm({"name": "", "month": "2022-10", "day": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    work = Progress(label=t("Membaca buku kerja"), done=3_120, total=12_400, per_second=4_100, seconds_left=2)
    return {
        "forms_shown": (ExampleForm(), wrong),
        "attaching": ExampleForm(auto_id="attach_%s"),
        **_table(),
        **made_up(),
        "changes": [
            Change(t("Peserta"), figures.number(12_186), figures.number(12_400)),
            Change(t("Iuran sebulan"), figures.rupiah(121_177_584), figures.rupiah(123_305_600)),
        ],
        "work": work,
        "done": replace(work, done=work.total, seconds_left=None, finished=True),
        "starting": replace(work, total=0, per_second=None, seconds_left=None),
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
        "many_rows": [replace(ROWS[i % len(ROWS)], opd=f"{LONG} {i + 1}") for i in range(MANY)],
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
