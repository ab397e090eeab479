"""Files that an office hands in: a list of workers, a posting confirmation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet

from payung.doors.web import figures
from payung.doors.web.forms.choices import AgreementChoice, BudgetLineChoice, OpdChoice, choice, row_choice
from payung.doors.web.translation import t, word
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.enrolment.models import RosterList
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.office.places.queries import Area, payers_in
from payung.rules.months import Month

MONTHS_AHEAD, MONTHS_BACK = 3, 60
ACCEPTED = ".xlsx,.xls,.xlsb,.ods,.csv"
KINDS_EXPLAINED = {
    RosterList.ADDITIONS: word("Tambahan: hanya pekerja baru. Tidak ada yang keluar."),
    RosterList.COMPLETE: word(
        "Lengkap: semua pekerja OPD. Yang tidak tercantum diusulkan keluar, terpisah, untuk diputuskan."
    ),
    RosterList.OPENING: word(
        "Sudah berjalan: daftar awal peserta lama. Bulan yang sudah lunas tercatat terbukti dan tidak ditagih lagi."
    ),
}


def _lines(government: Government) -> QuerySet[BudgetLine]:
    """The lines that pay for people of lists. Whom a civil servant carries comes by a pledge, never by a list."""
    return BudgetLine.objects.filter(fund__government=government).exclude(fund__kind="TPP")


class WorkbookField(forms.FileField):
    """A workbook of bearable size. What is in it is the reader's business."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses a file above PAYUNG_LARGEST_UPLOAD_BYTES."""
        file = super().clean(data, initial)
        largest = settings.PAYUNG_LARGEST_UPLOAD_BYTES
        if isinstance(file, UploadedFile) and (file.size or 0) > largest:
            raise forms.ValidationError(
                t(
                    "Berkas ini lebih besar dari {count} MB. Bagi per OPD lalu unggah satu per satu.",
                    count=largest >> 20,
                )
            )
        return file


class ListHeading(forms.Form):
    """For which OPD, month and agreement, and paid from which budget line."""

    agreement = AgreementChoice(label=word("Perjanjian"), queryset=Agreement.objects.none(), empty_label=None)
    opd = OpdChoice(label=word("OPD atau peserta mandiri"), queryset=Opd.objects.none())
    month = forms.ChoiceField(label=word("Berlaku mulai bulan"), help_text=word("Bulan iuran pertama dari daftar ini."))
    budget_line = BudgetLineChoice(
        label=word("Mata anggaran"),
        queryset=BudgetLine.objects.none(),
        required=False,
        help_text=word("Hanya perlu dipilih bila OPD ini mempunyai lebih dari satu pada tahun itu."),
    )

    def __init__(self, data: Any, files: Any, *, area: Area, today: date, worked: Sequence[Month]) -> None:
        super().__init__(data, files)
        row_choice(self, "agreement").queryset = Agreement.objects.filter(government=area.government).order_by(
            "-effective_from", "pk"
        )
        row_choice(self, "opd").queryset = payers_in(area)
        row_choice(self, "budget_line").queryset = (
            _lines(area.government).select_related("opd").order_by("-year", "name", "pk")
        )
        row_choice(self, "opd").empty_label = t("Pilih OPD")
        row_choice(self, "budget_line").empty_label = t("Pilih mata anggaran")
        now = Month.of(today)
        months = [now.shift(step) for step in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
        choice(self, "month").choices = [(str(month), figures.short_month(month)) for month in months]
        self.initial["month"] = str(worked[0] if worked else now)

    @property
    def asks_budget_line(self) -> bool:
        """Whether there is something to choose: an OPD with several lines in one year, or a line that is missing."""
        lines = row_choice(self, "budget_line").queryset
        assert lines is not None
        lines = lines.order_by().values("opd", "year")
        return "budget_line" in self.errors or bool(lines.annotate(Count("pk")).filter(pk__count__gt=1).exists())

    def clean(self) -> dict[str, Any]:
        """Finds the budget line that pays for the OPD in that year; asks when it is not the only one."""
        values = super().clean() or {}
        if "opd" not in values or "month" not in values:
            return values
        opd, year = values["opd"], Month.parse(values["month"]).year
        lines = _lines(opd.government).filter(year=year)
        fitting = list(lines.filter(opd=opd)) or list(lines.filter(opd__isnull=True))
        chosen = values.get("budget_line")
        if chosen is None and len(fitting) == 1:
            values["budget_line"] = fitting[0]
        elif chosen is None and fitting:
            self.add_error("budget_line", t("OPD ini mempunyai {count} mata anggaran. Pilih satu.", count=len(fitting)))
        elif chosen not in fitting:
            self.add_error(
                "budget_line",
                t(
                    "{opd} belum mempunyai mata anggaran tahun {year}. Admin membuatnya di Dana & anggaran.",
                    opd=opd.short_name,
                    year=str(year),
                )
                if not fitting
                else t("Mata anggaran itu bukan untuk {opd} tahun {year}.", opd=opd.short_name, year=str(year)),
            )
        self._check_agreement(values)
        return values

    def _check_agreement(self, values: dict[str, Any]) -> None:
        """Whoever pays without an office is a BPU: another agreement would enrol them as the government's workers."""
        agreement, line = values.get("agreement"), values.get("budget_line")
        if agreement and line and line.fund.kind == "self" and agreement.membership_class != "BPU":
            self.add_error(
                "agreement",
                t("Peserta mandiri memerlukan perjanjian BPU. Pilih yang BPU; bila belum ada, minta admin membuatnya."),
            )

    def begin_with(self, opd: Opd) -> None:
        """The payer is known already; of one who pays without an office the newest BPU agreement is offered first."""
        self.initial["opd"] = opd.pk
        agreements = row_choice(self, "agreement").queryset
        assert agreements is not None
        bpu = agreements.filter(membership_class="BPU").first()
        if bpu is not None and opd.opdunit_set.filter(unit__kind=PaymentUnit.SELF).exists():
            self.initial["agreement"] = bpu.pk

    def arguments(self) -> dict[str, Any]:
        """What the job is told."""
        return {
            "agreement_id": self.cleaned_data["agreement"].pk,
            "opd_id": self.cleaned_data["opd"].pk,
            "budget_line_id": self.cleaned_data["budget_line"].pk,
            "month": self.cleaned_data["month"],
        }


class MonthlySheetAsked(ListHeading):
    """For which OPD a month's changes are asked."""

    field_order = ("opd", "month", "agreement", "budget_line")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["month"].label = word("Bulan perubahan")
        self.fields["month"].help_text = word("Yang berubah dalam bulan ini.")


class ListUpload(ListHeading):
    """A list of workers and what the sender says about it."""

    kind = forms.ChoiceField(label=word("Isi daftar"), widget=forms.RadioSelect, initial=RosterList.ADDITIONS)
    workbook = WorkbookField(
        label=word("Buku kerja"),
        help_text=word("Excel (.xlsx, .xls, .xlsb), .ods, atau CSV, apa adanya dari OPD. Paling besar 100 MB."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choice(self, "kind").choices = [(code, t(text)) for code, text in KINDS_EXPLAINED.items()]

    def arguments(self) -> dict[str, Any]:
        """What the job that reads the list is told."""
        return {**super().arguments(), "kind": self.cleaned_data["kind"]}


class CorrectedUpload(forms.Form):
    """The corrected file of a list: everything else was said before."""

    workbook = WorkbookField(
        label=word("Berkas yang sudah diperbaiki"),
        help_text=word("Daftar lengkapnya, bukan hanya baris yang salah."),
    )


class PostingUpload(forms.Form):
    """The confirmation that BPJS sends after a payment."""

    workbook = WorkbookField(
        label=word("Berkas konfirmasi posting"),
        help_text=word("Berkas dari BPJS Ketenagakerjaan apa adanya, dengan kolom NIK, BULAN dan TOTAL."),
    )
