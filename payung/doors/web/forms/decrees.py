"""What is typed about decrees and their candidates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import AgreementChoice, BudgetLineChoice, OpdChoice, choice, row_choice
from payung.doors.web.forms.nik import NikField
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_decrees import FINDINGS, PRIORITIES, TAKEN_BACK_FOR, TOLD_KINDS
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in
from payung.rules.eligibility.segments import segment_codes, segment_title
from payung.rules.eligibility.terms import PARAMETERS
from payung.rules.law.joining import age_limit

CANDIDATES = "candidates"
"""A list of candidates, among the kinds of lists that are taken in."""
YES_NO = {"1": word("Ya"), "0": word("Tidak")}


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class DecreeForm(forms.Form):
    """A programme before anybody stands in it: its ground, its term, its places and its rules."""

    title = forms.CharField(label=word("Nama program"), max_length=200)
    agreement = AgreementChoice(Agreement.objects.none(), label=word("Perjanjian"))
    opd = OpdChoice(Opd.objects.none(), label=word("OPD yang memegang daftar"))
    budget_line = BudgetLineChoice(BudgetLine.objects.none(), label=word("Mata anggaran"))
    effective_from = day_field(word("Berlaku mulai"), help_text=word("Tanggal 1."))
    effective_until = day_field(word("Berlaku sampai"), required=False)
    quota = forms.IntegerField(label=word("Kuota (orang)"), min_value=1, max_value=1_000_000)
    minimum = forms.IntegerField(
        label=word("Umur paling muda"), min_value=0, max_value=PARAMETERS["age"]["maximum"] - 1,
        initial=PARAMETERS["age"]["minimum"],
    )  # fmt: skip
    decile = forms.IntegerField(
        label=word("Desil DTSEN paling tinggi"), min_value=1, max_value=10, required=False,
        help_text=word("Kosong: desil tidak diperiksa."),
    )  # fmt: skip
    segments = forms.MultipleChoiceField(
        label=word("Pekerjaan yang boleh"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=word("Kosong: semua pekerjaan rentan yang dikenal. Tekan Ctrl untuk memilih beberapa."),
    )  # fmt: skip
    field = forms.BooleanField(label=word("Wajib diperiksa di lapangan"), required=False)
    priority = forms.MultipleChoiceField(
        label=word("Yang didahulukan bila kuota kurang"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, data: Any = None, *, area: Area) -> None:
        super().__init__(data)
        agreements = Agreement.objects.filter(government=area.government, membership_class="BPU")
        self._choose("agreement", agreements.order_by("-effective_from", "pk"), t("Pilih perjanjian"))
        self._choose("opd", opds_in(area), t("Pilih OPD"))
        lines = BudgetLine.objects.filter(fund__government=area.government).select_related("opd")
        self._choose("budget_line", lines.order_by("-year", "name", "pk"), t("Pilih mata anggaran"))
        choice(self, "segments").choices = [(code, segment_title(code, language())) for code in segment_codes()]
        choice(self, "priority").choices = [(code, t(text)) for code, text in PRIORITIES.items()]

    def _choose(self, name: str, queryset: Any, empty: str) -> None:
        row_choice(self, name).queryset = queryset
        row_choice(self, name).empty_label = empty

    def clean_effective_from(self) -> date:
        """Spells are whole months."""
        day: date = self.cleaned_data["effective_from"]
        if day.day != 1:
            raise forms.ValidationError(t("Program berlaku mulai tanggal 1."))
        return day

    def rules(self) -> dict[str, dict[str, Any]]:
        """Rule -> parameters, as the form says; age, place, work and payer are always asked."""
        told = self.cleaned_data
        found: dict[str, dict[str, Any]] = {
            "age": {"minimum": told["minimum"], "maximum": age_limit("bpu_age_below", told["effective_from"])},
            "domicile": {},
            "wage_earner": {},
            "covered": {},
            "segment": {"codes": told["segments"]},
            "working": {},
        }
        if told["decile"]:
            found["decile"] = {"maximum": told["decile"]}
        if told["field"]:
            found["field"] = {}
        return found


class IntakeForm(forms.Form):
    """A list of candidates, or one from outside that tells of people."""

    list_kind = forms.ChoiceField(label=word("Isi berkas"))
    told_on = day_field(word("Menurut keadaan tanggal"), help_text=word("Tanggal daftar itu dibuat."))
    workbook = WorkbookField(
        label=word("Buku kerja"),
        help_text=word(
            "Excel atau CSV. Daftar ASN, pegawai, dan pindah cukup berkolom NIK. "
            "Desil DTSEN dan daftar kematian diunggah di Daftar dari luar; calon langsung diperiksa dengannya."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date, may_tell: bool) -> None:
        super().__init__(data, files, initial={"told_on": today})
        kinds = {CANDIDATES: word("Daftar calon dari desa/kelurahan atau OPD"), **(TOLD_KINDS if may_tell else {})}
        choice(self, "list_kind").choices = [(code, t(text)) for code, text in kinds.items()]


class CandidateForm(forms.Form):
    """One person typed in."""

    nik = NikField()
    name = forms.CharField(label=word("Nama lengkap"), max_length=100, help_text=word("Seperti di KTP, tanpa gelar."))
    birth_place = forms.CharField(label=word("Tempat lahir"), max_length=60, required=False)
    birth_date = day_field(word("Tanggal lahir"))
    sex = forms.ChoiceField(label=word("Jenis kelamin"))
    job = forms.CharField(label=word("Pekerjaan"), max_length=100, help_text=word("Misalnya petani, ojek pangkalan."))
    village = forms.ChoiceField(label=word("Desa/kelurahan"))

    def __init__(self, data: Any = None, *, villages: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        choice(self, "sex").choices = [("", t("Pilih")), ("L", t("Laki-laki")), ("P", t("Perempuan"))]
        several = len(villages) > 1  # an officer of one village is not asked which
        choice(self, "village").choices = [*([("", t("Pilih desa/kelurahan"))] if several else []), *villages]


class TakingBackForm(forms.Form):
    """Why somebody should not have been proposed."""

    reason = forms.ChoiceField(label=word("Alasan"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choice(self, "reason").choices = [("", t("Pilih")), *((code, t(text)) for code, text in TAKEN_BACK_FOR.items())]


class StatementForm(forms.Form):
    """What somebody signed about candidates."""

    stated_on = day_field(word("Tanggal pernyataan"))
    working = forms.ChoiceField(label=word("Sedang bekerja"))
    well = forms.ChoiceField(label=word("Sehat"))
    breadwinner = forms.ChoiceField(label=word("Pencari nafkah keluarga"), required=False)
    signatory = forms.CharField(label=word("Yang menandatangani"), max_length=100)
    office = forms.CharField(label=word("Jabatan"), max_length=100, help_text=word("Misalnya Ketua RW 03."))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"stated_on": today})
        self.fields["stated_on"].widget.attrs["max"] = today.isoformat()
        answers = [(code, t(text)) for code, text in YES_NO.items()]
        for name in ("working", "well"):
            choice(self, name).choices = [("", t("Pilih")), *answers]
        choice(self, "breadwinner").choices = [("", t("tidak dinyatakan")), *answers]


class VisitForm(forms.Form):
    """What was found on the spot."""

    visited_on = day_field(word("Tanggal kunjungan"))
    finding = forms.ChoiceField(label=word("Hasil"))
    note = forms.CharField(
        label=word("Catatan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"visited_on": today})
        self.fields["visited_on"].widget.attrs["max"] = today.isoformat()
        choice(self, "finding").choices = [("", t("Pilih")), *((code, t(text)) for code, text in FINDINGS.items())]


class PaperForm(forms.Form):
    """The paper that will be signed."""

    number = forms.CharField(label=word("Nomor SK"), max_length=100)
    signed_on = day_field(word("Tanggal SK"))
    effective_from = day_field(word("Berlaku mulai"), help_text=word("Tanggal 1."))

    def clean_effective_from(self) -> date:
        """Entries begin with a month."""
        day: date = self.cleaned_data["effective_from"]
        if day.day != 1:
            raise forms.ValidationError(t("SK berlaku mulai tanggal 1."))
        return day
