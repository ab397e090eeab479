"""What is typed about a worker whom a civil servant will carry, and what an OPD hands in for a month."""

from collections.abc import Sequence
from typing import Any

from django import forms

from payung.doors.web.forms.choices import choice
from payung.doors.web.forms.contribution import MonthField
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.nik import NikField
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import language, t, word
from payung.office.registry.queries import PersonFacts
from payung.rules.months import Month
from payung.rules.roster.sentences import title

SECTORS = {"other": word("Rumah tangga, kebun, atau lainnya"), "transport": word("Sopir atau angkutan")}


class MonthOrNone(MonthField):
    """A month that may stay open."""

    def clean(self, value: Any) -> Month | None:  # type: ignore[override]  # empty is an answer here
        """The month, or None when nothing was typed."""
        return super().clean(value) if value else None


OF_PERSON = ("nik", "name", "birth_place", "birth_date", "sex", "kecamatan", "desa")
"""What nobody types again of a worker whom the registry knows."""


class PledgeForm(forms.Form):
    """The worker, unless the registry knows her, and, where an OPD's operator types, the civil servant's NIP."""

    nip = forms.CharField(label=word("NIP penanggung"), max_length=25, help_text=word("18 angka."), required=False)
    nik = NikField(word("NIK pekerja"))
    name = forms.CharField(label=word("Nama lengkap"), max_length=100, help_text=word("Seperti di KTP, tanpa gelar."))
    birth_place = forms.CharField(label=word("Tempat lahir"), max_length=60, required=False)
    birth_date = day_field(word("Tanggal lahir"))
    sex = forms.ChoiceField(label=word("Jenis kelamin"))
    job = forms.CharField(label=word("Pekerjaan"), max_length=100, help_text=word("Misalnya asisten rumah tangga."))
    sector = forms.ChoiceField(label=word("Bidang kerja"))
    kecamatan = forms.CharField(label=word("Kecamatan tempat tinggal"), max_length=60, required=False)
    desa = forms.CharField(label=word("Desa atau kelurahan tempat tinggal"), max_length=60, required=False)
    month = MonthOrNone(
        label=word("Mulai bulan"), required=False,
        help_text=word("Bila daftar potongan bulan itu sudah disusun, mulai bulan berikutnya."),
    )  # fmt: skip
    until = MonthOrNone(
        label=word("Sampai bulan"), required=False,
        help_text=word("Bulan ini masih dipotong. Kosongkan bila tanpa batas waktu."),
    )  # fmt: skip
    with_jht = forms.BooleanField(label=word("Tambah tabungan hari tua (JHT)"), required=False)

    def __init__(self, data: Any = None, *, own: bool, month: Month, known: PersonFacts | None = None) -> None:
        post = known.jobs[-1].post if known and known.jobs else None
        super().__init__(data, initial={"month": str(month), "job": post or ""})
        self.this_month = month
        self.known = known
        choice(self, "sex").choices = [("", t("Pilih")), ("L", t("Laki-laki")), ("P", t("Perempuan"))]
        choice(self, "sector").choices = [(code, t(text)) for code, text in SECTORS.items()]
        if own:
            del self.fields["nip"]
        else:
            self.fields["nip"].required = True
        for name in OF_PERSON if known else ():
            del self.fields[name]

    def clean_month(self) -> Month:
        """Empty is as soon as it can be."""
        return self.cleaned_data["month"] or self.this_month

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        typed = super().clean() or {}
        if typed.get("until") and typed.get("month") and typed["until"] < typed["month"]:
            self.add_error("until", t("Pilih bulan yang tidak lebih awal dari bulan mulai."))
        return typed

    def mark(self, findings: Sequence[tuple[str, str, str]]) -> None:
        """Where the worker's data cannot stand, and why: findings are (field, code, severity)."""
        for field, code, severity in findings:
            if severity in ("human", "reject"):
                self.add_error(field if field in self.fields else None, title(code, language()))

    def told(self) -> dict[str, str]:
        """The worker by the headings of a list."""
        typed = self.cleaned_data
        if self.known is not None:
            known = self.known
            return {
                "NIK": known.nik or "", "Nama": known.name, "Tempat Lahir": known.birth_place or "",
                "Tanggal Lahir": known.birth_date.isoformat() if known.birth_date else "",
                "Jenis Kelamin": known.sex or "", "Pekerjaan": typed["job"],
            }  # fmt: skip
        return {
            "NIK": typed["nik"], "Nama": typed["name"], "Tempat Lahir": typed["birth_place"],
            "Tanggal Lahir": typed["birth_date"].isoformat(), "Jenis Kelamin": typed["sex"],
            "Pekerjaan": typed["job"], "Kecamatan": typed["kecamatan"], "Desa": typed["desa"],
        }  # fmt: skip


class ConsentForm(forms.Form):
    """The signed paper of one pledge."""

    pledge = forms.TypedChoiceField(label=word("Pernyataan"), coerce=int)
    paper = forms.FileField(label=word("Surat bertanda tangan (PDF atau foto)"), max_length=200)

    def __init__(self, data: Any = None, files: Any = None, *, pledges: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, files)
        choice(self, "pledge").choices = list(pledges)


class ReturnForm(forms.Form):
    """The list as the OPD sent it back."""

    workbook = WorkbookField(
        label=word("Daftar potongan yang sudah diisi"),
        help_text=word("Isi kolom DIPOTONG, lalu unggah berkas yang sama."),
    )


class RemitForm(forms.Form):
    """The one payment that followed."""

    paid_on = day_field(word("Tanggal bayar"))
    reference = forms.CharField(label=word("Nomor bukti"), max_length=60)
