"""What is typed of a circular, of the list of civil servants, of an event of outreach."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import OpdChoice, row_choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import t, word
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.agreements.models import Fund
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in
from payung.office.sponsorship.circulars import Letter, Rules
from payung.office.sponsorship.models import Circular, Scope
from payung.rules.identity.membership_numbers import nip

WEIGHTS = ("share_weight", "workers_weight", "persistency_weight")


class OpdsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Several OPD by name."""

    def label_from_instance(self, opd: Opd) -> str:
        return opd.name


class FundChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Funds by kind and name."""

    def label_from_instance(self, fund: Fund) -> str:
        return f"{fund.kind} · {fund.name}"


class UserChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Log-ins by name."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.full_name} ({user.username})"


def _opds(label: str) -> OpdsChoice:
    return OpdsChoice(Opd.objects.none(), label=label, widget=forms.CheckboxSelectMultiple())


class CircularForm(forms.Form):
    """The circular with what it asks, whom, and how it runs."""

    number = forms.CharField(label=word("Nomor surat edaran"), max_length=100)
    title = forms.CharField(label=word("Tentang"), max_length=200)
    signed_on = day_field(word("Tanggal ditandatangani"))
    effective_from = day_field(word("Berlaku mulai"), help_text=word("Tanggal 1, bulan potongan pertama."))
    effective_until = day_field(
        word("Berlaku sampai"), required=False, help_text=word("Kosong bila tidak ada batas waktunya.")
    )
    minimum_per_asn = forms.IntegerField(
        label=word("Pekerja yang diminta dari tiap ASN"), min_value=1, max_value=20, initial=1
    )
    wage_rupiah = forms.IntegerField(
        label=word("Penghasilan pekerja yang dilaporkan (Rp)"), min_value=1, max_value=100_000_000,
        help_text=word("Iuran dihitung dari sini. Misalnya 1000000: iurannya Rp16.800 sebulan, sebelum keringanan."),
    )  # fmt: skip
    list_day = forms.IntegerField(
        label=word("Tanggal daftar potongan disusun"), min_value=1, max_value=28, initial=1,
        help_text=word("Setiap bulan pada tanggal ini daftar tiap OPD dibuat dengan sendirinya."),
    )  # fmt: skip
    bridging_fund = FundChoice(
        Fund.objects.none(), label=word("Dana talangan"), required=False,
        help_text=word("Membayar dulu potongan yang gagal, bila kantor Anda punya dananya."),
    )  # fmt: skip
    share_weight = forms.IntegerField(
        label=word("Bobot penghargaan: bagian ASN yang menanggung (%)"), min_value=0, max_value=100, initial=50
    )
    workers_weight = forms.IntegerField(
        label=word("Bobot penghargaan: banyaknya pekerja (%)"), min_value=0, max_value=100, initial=20
    )
    persistency_weight = forms.IntegerField(
        label=word("Bobot penghargaan: yang bertahan 3, 6, dan 12 bulan (%)"), min_value=0, max_value=100, initial=30
    )
    opds = _opds(word("OPD yang diminta"))

    def __init__(self, data: Any = None, *, area: Area) -> None:
        super().__init__(data)
        row_choice(self, "opds").queryset = opds_in(area)
        funds = row_choice(self, "bridging_fund")
        funds.queryset = Fund.objects.filter(government=area.government).exclude(kind="TPP").order_by("kind", "name")
        funds.empty_label = t("Tidak ada")

    def clean(self) -> dict[str, Any]:
        """Weights make a whole; it begins on a first day and does not end before."""
        told = super().clean() or {}
        if all(isinstance(told.get(name), int) for name in WEIGHTS) and sum(told[name] for name in WEIGHTS) != 100:
            self.add_error("persistency_weight", t("Ketiga bobot harus berjumlah 100."))
        begins, ends = told.get("effective_from"), told.get("effective_until")
        if begins and begins.day != 1:
            self.add_error("effective_from", t("Pilih tanggal 1."))
        if begins and ends and ends < begins:
            self.add_error("effective_until", t("Berakhir sebelum mulai berlaku."))
        return told

    def letter(self) -> Letter:
        """The circular as its paper says."""
        told = self.cleaned_data
        names = ("number", "title", "signed_on", "effective_from", "effective_until", "wage_rupiah")
        return Letter(**{name: told[name] for name in names})

    def rules(self) -> Rules:
        """How it runs."""
        return Rules(**{name: self.cleaned_data[name] for name in ("minimum_per_asn", "list_day", *WEIGHTS)})


class MoreOpdsForm(forms.Form):
    """OPD that the circular does not ask yet."""

    opds = _opds(word("OPD yang ditambahkan"))

    def __init__(self, data: Any = None, *, area: Area, circular: Circular) -> None:
        super().__init__(data)
        asked = Scope.objects.filter(circular=circular)
        row_choice(self, "opds").queryset = opds_in(area).exclude(pk__in=asked.values("opd_id"))


class ServantsForm(forms.Form):
    """The list of civil servants and the day it tells of."""

    workbook = WorkbookField(
        label=word("Daftar ASN"),
        help_text=word(
            "Kolom NIP dan NAMA; lebih baik dengan OPD dan PANGKAT. "
            "Yang pensiun, meninggal, atau berhenti: tulis di kolom STATUS, dengan TANGGAL-nya."
        ),
    )
    told_on = day_field(
        word("Keadaan per tanggal"), help_text=word("Berlaku untuk baris yang tidak menyebut TANGGAL sendiri.")
    )
    opd = OpdChoice(
        label=word("OPD bila kolom OPD kosong"), queryset=Opd.objects.none(), required=False,
        help_text=word("Kosongkan bila setiap baris sudah menyebut OPD-nya."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, area: Area, today: date) -> None:
        super().__init__(data, files, initial={"told_on": today})
        self.today = today
        row_choice(self, "opd").queryset = opds_in(area)

    def clean_told_on(self) -> date:
        """Nobody knows where people will serve tomorrow."""
        day: date = self.cleaned_data["told_on"]
        if day > self.today:
            raise forms.ValidationError(t("Pilih tanggal sampai hari ini."))
        return day


class LoginForm(forms.Form):
    """A log-in and the civil servant it belongs to."""

    user = UserChoice(User.objects.none(), label=word("Akun penanggung"))
    nip = forms.CharField(label=word("NIP penanggung"), max_length=25, help_text=word("18 angka."))

    def __init__(self, data: Any = None, *, area: Area) -> None:
        super().__init__(data)
        unbound = User.objects.filter(role=Role.SPONSOR.value, is_active=True, sponsor__isnull=True)
        row_choice(self, "user").queryset = unbound.filter(userarea__government=area.government).distinct()

    def clean_nip(self) -> str:
        """Its 18 digits."""
        digits = nip(self.cleaned_data["nip"])
        if digits is None:
            raise forms.ValidationError(t("NIP ini tidak terbaca. Tulis 18 angkanya."))
        return digits


class OutreachForm(forms.Form):
    """An event that took place; who came is counted, by a figure or from the list of those present."""

    held_on = day_field(word("Tanggal"))
    place = forms.CharField(label=word("Tempat"), max_length=200)
    opd = OpdChoice(label=word("OPD yang diundang"), queryset=Opd.objects.none(), required=False)
    material = forms.CharField(label=word("Bahan yang dibagikan"), max_length=200, required=False)
    attendance = forms.IntegerField(label=word("Banyak yang hadir"), min_value=0, max_value=1_000_000, required=False)
    workbook = WorkbookField(
        label=word("Atau daftar hadir"), required=False,
        help_text=word("Kolom NAMA. Yang disimpan hanya jumlah orangnya, bukan namanya."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, area: Area) -> None:
        super().__init__(data, files)
        opds = row_choice(self, "opd")
        opds.queryset, opds.empty_label = opds_in(area), t("Semua OPD")

    def clean(self) -> dict[str, Any]:
        """A figure or a list."""
        told = super().clean() or {}
        if not self.errors and told.get("attendance") is None and not told.get("workbook"):
            self.add_error("attendance", t("Isi jumlahnya atau unggah daftar hadirnya."))
        return told
