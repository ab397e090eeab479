"""What is typed about submissions: settings of a unit, and files that come in."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_submissions import REPLY_KINDS

TEMPLATE_HINT = word("Tulis persis seperti nama berkas yang diunduh dari SIPP, misalnya template_tk_14005857.xlsx.")


class UnitSettingsForm(forms.Form):
    """Codes and names that the files of a unit need."""

    kabkota = forms.CharField(
        label=word("Kode lokasi pekerjaan"), max_length=4, required=False,
        help_text=word("Empat angka dari lembar “Lokasi Pekerjaan” di template SIPP, misalnya 3273."),
    )  # fmt: skip
    contract_kind = forms.ChoiceField(label=word("Status pegawai"), required=False)
    contract_until = forms.CharField(
        label=word("Akhir kontrak"), max_length=10, required=False,
        help_text=word("Untuk PKWT, bila sama bagi semua: hh-bb-tttt."),
    )  # fmt: skip
    postal_code = forms.CharField(
        label=word("Kode pos kantor"), max_length=5, required=False,
        help_text=word("Dipakai bila kode pos pekerja tidak diketahui."),
    )  # fmt: skip
    reason_code = forms.CharField(
        label=word("Kode sebab nonaktif"), max_length=6, required=False,
        help_text=word("SEBAB_NA dari daftar rujukan SIPP, misalnya A4. Tanyakan cabang BPJS."),
    )  # fmt: skip
    template_new = forms.CharField(
        label=word("Template TK baru"), max_length=100, required=False, help_text=TEMPLATE_HINT
    )
    template_continuing = forms.CharField(label=word("Template TK lanjutan"), max_length=100, required=False)
    template_wage = forms.CharField(label=word("Template mutasi upah"), max_length=100, required=False)
    template_leaver = forms.CharField(label=word("Template TK nonaktif"), max_length=100, required=False)
    second_person = forms.ChoiceField(label=word("Siapa yang menjadikan final"), required=False)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        contracts = [("", t("tiap pekerja diisi sendiri")), ("Y", "PKWT"), ("T", "PKWTT")]
        choice(self, "contract_kind").choices = contracts
        persons = [("", t("boleh orang yang sama")), ("1", t("harus orang lain daripada pembuat konsep"))]
        choice(self, "second_person").choices = persons


class ReplyForm(forms.Form):
    """A file of BPJS, or one that completes people."""

    reply_kind = forms.ChoiceField(label=word("Isi berkas"))
    told_on = day_field(
        word("Tanggal berkas"), help_text=word("Untuk nomor KPJ: hari nomornya terbit, bila barisnya tidak menyebut.")
    )
    workbook = WorkbookField(
        label=word("Buku kerja"), help_text=word("Excel atau CSV apa adanya. Perlu kolom NIK atau KPJ.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"told_on": today})
        choice(self, "reply_kind").choices = [(code, t(text)) for code, text in REPLY_KINDS.items()]
