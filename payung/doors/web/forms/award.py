"""What is noted for the award file, and a file whose proof is asked for."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import language, t, word
from payung.office.reports.award import Criterion
from payung.office.reports.award_freezing import LARGEST_FILE_BYTES, Noted
from payung.office.reports.award_models import AwardEntry

REGULATION_KINDS = {
    "Perda": word("Peraturan daerah"),
    "Perwal": word("Peraturan wali kota"),
    "Perbup": word("Peraturan bupati"),
    "Instruksi": word("Instruksi kepala daerah"),
    "Surat edaran": word("Surat edaran"),
    "Keputusan": word("Keputusan kepala daerah"),
}


class RegulationForm(forms.Form):
    """A regulation of one's own."""

    code = forms.ChoiceField(label=word("Jenis peraturan"))
    number = forms.CharField(label=word("Nomor dan tahun"), max_length=200, help_text=word("Misalnya 12/2022."))
    title = forms.CharField(label=word("Tentang"), max_length=300)
    dated_on = day_field(word("Ditetapkan tanggal"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix=AwardEntry.REGULATION)
        self.fields["code"].choices = [(code, t(text)) for code, text in REGULATION_KINDS.items()]  # type: ignore[attr-defined]  # of a ChoiceField

    def noted(self, year: int) -> Noted:
        return Noted(year, AwardEntry.REGULATION, **self.cleaned_data)


class InnovationForm(forms.Form):
    """Something the office does that others do not."""

    title = forms.CharField(
        label=word("Inovasi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=word("Satu atau dua kalimat: apa, untuk siapa, sejak kapan. Tanpa nama orang."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix=AwardEntry.INNOVATION)

    def noted(self, year: int) -> Noted:
        return Noted(year, AwardEntry.INNOVATION, title=self.cleaned_data["title"])


class WeightForm(forms.Form):
    """A weight as the jury's letter says it."""

    code = forms.ChoiceField(label=word("Kriteria"))
    percent = forms.IntegerField(label=word("Bobot (%)"), min_value=0, max_value=100)
    number = forms.CharField(label=word("Surat panitia"), max_length=200, help_text=word("Nomor dan tanggalnya."))

    def __init__(self, data: Any = None, *, criteria: list[Criterion]) -> None:
        super().__init__(data, prefix=AwardEntry.WEIGHT)
        self.fields["code"].choices = [(one.code, one.title[language()]) for one in criteria]  # type: ignore[attr-defined]  # of a ChoiceField

    def noted(self, year: int) -> Noted:
        return Noted(year, AwardEntry.WEIGHT, **self.cleaned_data)


class ProofForm(forms.Form):
    """The pack as it came back, or one file of it."""

    file = forms.FileField(
        label=word("Berkas yang diperiksa"), widget=forms.FileInput(attrs={"accept": ".zip,.pdf,.xlsx,.json"}),
        help_text=word("Paket zip, atau satu berkas dari dalamnya. Berkas tidak disimpan."),
    )  # fmt: skip

    def clean_file(self) -> bytes:
        """Its bytes, when they can be looked at."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        if (file.size or 0) > LARGEST_FILE_BYTES:
            raise forms.ValidationError(t("Berkas ini terlalu besar untuk sebuah berkas penghargaan."))
        return bytes(file.read())
