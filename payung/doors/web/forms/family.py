"""What the family calculator asks. It is posted, never kept and never part of an address: it tells of children."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.payment import RupiahField
from payung.doors.web.law_words import CLASSES
from payung.doors.web.translation import t, word
from payung.rules.law.statute import FIRST_MONTH

EVENTS = {
    "jkm": word("meninggal karena sakit atau sebab lain"),
    "jkk-death": word("meninggal karena kecelakaan kerja atau penyakit akibat kerja"),
    "jkk-total": word("cacat total tetap karena kecelakaan kerja"),
}
"""What happened, by the law's kind of benefit."""
SCHOOLS = {
    "none:0": word("belum sekolah"),
    "TK:1": word("TK A"), "TK:2": word("TK B"),
    "SD:1": word("SD kelas 1"), "SD:2": word("SD kelas 2"), "SD:3": word("SD kelas 3"),
    "SD:4": word("SD kelas 4"), "SD:5": word("SD kelas 5"), "SD:6": word("SD kelas 6"),
    "SMP:1": word("SMP kelas 7"), "SMP:2": word("SMP kelas 8"), "SMP:3": word("SMP kelas 9"),
    "SMA:1": word("SMA atau SMK kelas 10"), "SMA:2": word("SMA atau SMK kelas 11"),
    "SMA:3": word("SMA atau SMK kelas 12"),
    "PT:1": word("kuliah tahun ke-1"), "PT:2": word("kuliah tahun ke-2"), "PT:3": word("kuliah tahun ke-3"),
    "PT:4": word("kuliah tahun ke-4"), "PT:5": word("kuliah tahun ke-5"),
}  # fmt: skip
"""Where a child is at school on the day, as the law's LEVEL:GRADE."""
INSURED = ("PU", "BPU")
CHILDREN = (1, 2)
MOST_MONTHS = 720


class FamilyForm(forms.Form):
    """One worker, one event, at most two children: more have no scholarship."""

    use_required_attribute = False

    kejadian = forms.ChoiceField(label=word("Kejadiannya"), widget=forms.RadioSelect)
    tanggal = forms.DateField(
        label=word("Tanggal kejadian"),
        help_text=word("Hanya ingin tahu? Biarkan tanggal hari ini."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kelas = forms.ChoiceField(label=word("Pekerjanya"), widget=forms.RadioSelect)
    upah = forms.CharField(
        label=word("Upah atau penghasilan sebulan (rupiah)"),
        max_length=30,
        help_text=word("Yang dilaporkan ke BPJS Ketenagakerjaan."),
    )
    lama = forms.IntegerField(
        label=word("Berapa bulan iurannya sudah dibayar"), min_value=0, max_value=MOST_MONTHS, initial=1
    )
    saldo = forms.CharField(
        label=word("Saldo JHT (rupiah)"),
        max_length=30,
        required=False,
        help_text=word("Bila ikut JHT; lihat di aplikasi JMO."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"kejadian": "jkm", "tanggal": today, "kelas": "BPU"})
        self.today = today
        self._offer("kejadian", EVENTS)
        self._offer("kelas", {code: CLASSES[code] for code in INSURED})
        self.fields["upah"].required = (data or {}).get("kejadian", "jkm") != "jkm"
        self.fields["upah"].error_messages["required"] = t("Isi jumlahnya dalam rupiah.")
        for child in CHILDREN:
            self.fields[f"lahir{child}"] = forms.DateField(
                label=t("Anak ke-{number}: tanggal lahir", number=child),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
            self.fields[f"sekolah{child}"] = forms.ChoiceField(
                label=t("Anak ke-{number}: sekolahnya sekarang", number=child), required=False
            )
            self._offer(f"sekolah{child}", {"": "pilih", **SCHOOLS})

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, t(text) if code else "–") for code, text in choices.items()]

    def clean_tanggal(self) -> date:
        """From the law's beginning until today."""
        day: date = self.cleaned_data["tanggal"]
        if not FIRST_MONTH.first_day <= day <= self.today:
            raise forms.ValidationError(t("Pilih hari antara {first} dan hari ini.", first=FIRST_MONTH.first_day))
        return day

    def clean_upah(self) -> int | None:
        """The amount, where one was typed."""
        return _amount(self.cleaned_data["upah"])

    def clean_saldo(self) -> int | None:
        """The amount, where one was typed."""
        return _amount(self.cleaned_data["saldo"])

    def clean(self) -> dict[str, Any]:
        """A child is told by birth and school together."""
        cleaned = self.cleaned_data
        for child in CHILDREN:
            birth, school = cleaned.get(f"lahir{child}"), cleaned.get(f"sekolah{child}")
            if birth and not school:
                self.add_error(f"sekolah{child}", t("Pilih sekolahnya."))
            if school and not birth and f"lahir{child}" not in self.errors:
                self.add_error(f"lahir{child}", t("Isi tanggal lahirnya."))
        return cleaned

    def children(self) -> list[str]:
        """The children as the law is asked about them: BIRTH:LEVEL:GRADE."""
        told = [(self.cleaned_data[f"lahir{child}"], self.cleaned_data[f"sekolah{child}"]) for child in CHILDREN]
        return [f"{birth.isoformat()}:{school}" for birth, school in told if birth]

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be posted again for the paper."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]


def _amount(typed: str) -> int | None:
    return RupiahField().clean(typed) if typed else None
