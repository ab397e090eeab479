"""What is typed about agreements, their addenda and the files of a paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from payung.doors.web.forms.choices import choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_agreements import ATTACHMENT_KINDS, PAPER_KINDS, WAGE_BASES
from payung.office.agreements.models import Agreement
from payung.office.agreements.paper_models import Addendum, Attachment
from payung.office.enrolment.programmes import ORDER
from payung.office.places.models import Government

LARGEST_FILE_MEGABYTES = 20
JKK_GROUPS = range(1, 6)


class PaperFile(forms.FileField):
    """A file of bearable size, or nothing: a PDF for a scan, a workbook or PDF for a list."""

    def __init__(self, *, accept: Sequence[str], **options: Any) -> None:
        self.accept = tuple(accept)
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(accept)}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses what is too large, or of another kind."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if (file.size or 0) > LARGEST_FILE_MEGABYTES << 20:
                raise forms.ValidationError(t("Paling besar {count} MB.", count=LARGEST_FILE_MEGABYTES))
            if not (file.name or "").lower().endswith(self.accept):
                raise forms.ValidationError(
                    t("Jenis berkas ini tidak diterima di sini: {kinds}.", kinds=", ".join(self.accept))
                )
        return file


def _scan() -> PaperFile:
    return PaperFile(
        label=word("Hasil pindai yang sudah ditandatangani"), required=False, accept=[".pdf"],
        help_text=word("PDF. Disimpan tersegel, dengan sidik berkasnya."),
    )  # fmt: skip


class TermsForm(forms.Form):
    """The part that an agreement and its addenda both say: until when, how many, on which wage."""

    effective_until = day_field(
        word("Berlaku sampai"), required=False, help_text=word("Kosong bila tidak ada batas waktunya.")
    )
    quota = forms.IntegerField(
        label=word("Kuota (orang)"), min_value=1, max_value=10_000_000, required=False,
        help_text=word("Kosong bila tidak disebut."),
    )  # fmt: skip
    wage_base = forms.ChoiceField(label=word("Dasar upah"))
    wage_nominal_rupiah = forms.IntegerField(
        label=word("Dasar upah (Rp)"), min_value=1, max_value=1_000_000_000, required=False,
        help_text=word("Hanya untuk jumlah yang disebut di suratnya."),
    )  # fmt: skip
    frozen = forms.BooleanField(
        label=word("Upah minimum tetap yang berlaku pada bulan mulainya"), required=False,
        help_text=word("Tanpa ini, dasar upah ikut naik setiap Januari."),
    )  # fmt: skip

    def __init__(self, *given: Any, government: Government, **options: Any) -> None:
        super().__init__(*given, **options)
        self.government = government
        choice(self, "wage_base").choices = [(code, t(text)) for code, text in WAGE_BASES.items()]

    def clean(self) -> dict[str, Any]:
        """A named sum must be told; the end is not before the start."""
        told = super().clean() or {}
        if told.get("wage_base") == "nominal" and not told.get("wage_nominal_rupiah"):
            self.add_error("wage_nominal_rupiah", t("Isi jumlahnya."))
        begins, ends = told.get("effective_from"), told.get("effective_until")
        if begins and ends and ends < begins:
            self.add_error("effective_until", t("Berakhir sebelum mulai berlaku."))
        return told

    def wage_terms(self) -> dict[str, Any]:
        """The wage base as the office records it; the place of a minimum wage is the government's own."""
        told, base = self.cleaned_data, self.cleaned_data["wage_base"]
        places = {"UMP": self.government.province_code, "UMK": self.government.code}
        return {
            "wage_base": base,
            "wage_base_place": places.get(base, ""),
            "wage_nominal_rupiah": told["wage_nominal_rupiah"] if base == "nominal" else None,
            "wage_base_frozen_at": told["effective_from"].replace(day=1) if told["frozen"] and base in places else None,
            "quota": told["quota"],
            "effective_until": told["effective_until"],
        }


class AgreementForm(TermsForm):
    """A PKS, a nota kesepakatan or a circular, as its paper says."""

    kind = forms.ChoiceField(label=word("Jenis surat"))
    number = forms.CharField(label=word("Nomor"), max_length=100)
    title = forms.CharField(label=word("Tentang"), max_length=200)
    parties = forms.CharField(
        label=word("Para pihak"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=word("Satu pihak satu baris. Tulis lembaga dan jabatannya, bukan nama orang."),
    )  # fmt: skip
    signed_on = day_field(word("Tanggal ditandatangani"))
    effective_from = day_field(word("Berlaku mulai"))
    membership_class = forms.ChoiceField(label=word("Jenis peserta"))
    programmes = forms.MultipleChoiceField(label=word("Program"), widget=forms.CheckboxSelectMultiple())
    jkk_group = forms.TypedChoiceField(label=word("Kelompok risiko JKK"), coerce=int)
    warn_days = forms.IntegerField(
        label=word("Peringatkan sebelum berakhir (hari)"), min_value=7, max_value=365, initial=90
    )
    scan = _scan()
    field_order = [
        "kind", "number", "title", "parties", "signed_on", "effective_from", "effective_until", "membership_class",
        "programmes", "wage_base", "wage_nominal_rupiah", "frozen", "jkk_group", "quota", "warn_days", "scan",
    ]  # fmt: skip

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choices: dict[str, list[tuple[Any, str]]] = {
            "kind": [(code, t(text)) for code, text in PAPER_KINDS.items()],
            "membership_class": [("PU", t("Pekerja penerima upah (PU)")), ("BPU", t("Pekerja rentan (BPU)"))],
            "programmes": [(code, code) for code in ORDER],
            "jkk_group": [(group, str(group)) for group in JKK_GROUPS],
        }
        for name, told in choices.items():
            choice(self, name).choices = told

    def clean_parties(self) -> list[str]:
        """One party a line."""
        found = [" ".join(line.split())[:200] for line in self.cleaned_data["parties"].splitlines() if line.strip()]
        if len(found) < 2:
            raise forms.ValidationError(t("Tulis sedikitnya dua pihak, masing-masing satu baris."))
        return found

    def clean_number(self) -> str:
        """A number stands once."""
        number = " ".join(self.cleaned_data["number"].split())
        if Agreement.objects.filter(government=self.government, number=number).exists():
            raise forms.ValidationError(t("Nomor ini sudah tercatat."))
        return number


class AddendumForm(TermsForm):
    """A paper that changes an agreement from a month on."""

    number = forms.CharField(label=word("Nomor"), max_length=100)
    title = forms.CharField(label=word("Apa yang berubah"), max_length=200)
    signed_on = day_field(word("Tanggal ditandatangani"))
    effective_from = day_field(word("Berlaku mulai"), help_text=word("Tanggal 1."))
    scan = _scan()
    field_order = [
        "number", "title", "signed_on", "effective_from", "effective_until", "wage_base", "wage_nominal_rupiah",
        "frozen", "quota", "scan",
    ]  # fmt: skip

    def __init__(self, *given: Any, standing: Agreement | Addendum, **options: Any) -> None:
        """What stands is filled in, so that only what changes is typed."""
        initial = {name: getattr(standing, name) for name in ("wage_base", "wage_nominal_rupiah", "quota")}
        initial |= {"effective_until": standing.effective_until, "frozen": standing.wage_base_frozen_at is not None}
        super().__init__(*given, initial=initial, **options)

    def clean_effective_from(self) -> Any:
        """Terms are those of whole months."""
        day = self.cleaned_data["effective_from"]
        if day.day != 1:
            raise forms.ValidationError(t("Perubahan berlaku mulai tanggal 1."))
        return day


class AttachmentForm(forms.Form):
    """One more file of a paper."""

    kind = forms.ChoiceField(label=word("Isi berkas"))
    file = PaperFile(
        label=word("Berkas"), accept=[".pdf", ".xlsx", ".xls", ".csv", ".ods"],
        help_text=word("PDF, Excel atau CSV."),
    )  # fmt: skip

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        kinds = (Attachment.SCAN, Attachment.LIST, Attachment.OTHER)
        choice(self, "kind").choices = [(code, t(ATTACHMENT_KINDS[code])) for code in kinds]
