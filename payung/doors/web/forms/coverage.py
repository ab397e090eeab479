"""What is typed about coverage: a figure from a letter, outlines for the map."""

from decimal import Decimal
from typing import Any

from django import forms

from payung.doors.web.forms.choices import choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_coverage import BOUNDARY_REFUSALS, KINDS, LEVELS, SCOPES
from payung.office.reports.boundaries import LARGEST_BYTES
from payung.office.reports.official import NewFigure


class FigureForm(forms.Form):
    """One figure as a letter tells it."""

    kind = forms.ChoiceField(label=word("Angka apa"))
    scope = forms.ChoiceField(label=word("Tentang siapa"))
    place_code = forms.CharField(
        label=word("Kode tempat"), max_length=13,
        help_text=word("Kode Kemendagri: seluruh daerah, satu kecamatan, atau satu desa."),
    )  # fmt: skip
    on_day = day_field(word("Keadaan per tanggal"), help_text=word("Untuk target: 31 Desember tahun target."))
    heads = forms.IntegerField(label=word("Jumlah orang"), min_value=0, max_value=10_000_000_000, required=False)
    percent = forms.DecimalField(
        label=word("Persen"), min_value=Decimal(0), max_value=Decimal(1000), decimal_places=2, required=False
    )
    letter = forms.CharField(label=word("Nomor surat atau sumbernya"), max_length=200)
    letter_on = day_field(word("Tanggal surat"))
    definition = forms.CharField(
        label=word("Yang dihitung"), max_length=300, required=False,
        help_text=word("Seperti tertulis di sumbernya, misalnya “tanpa ASN”."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, place_code: str) -> None:
        super().__init__(data, initial={"place_code": place_code, "scope": "all"})
        choice(self, "kind").choices = [(code, t(text)) for code, text in KINDS.items()]
        choice(self, "scope").choices = [(code, t(text)) for code, text in SCOPES.items()]

    def told(self) -> NewFigure:
        """The figure as the office takes it down."""
        told = dict(self.cleaned_data)
        percent = told.pop("percent")
        return NewFigure(**told, percent_hundredths=None if percent is None else int(percent * 100))


class BoundariesForm(forms.Form):
    """A GeoJSON file with the outlines of one level."""

    level = forms.ChoiceField(label=word("Wilayah"))
    file = forms.FileField(
        label=word("Berkas GeoJSON"), widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        help_text=word("Batas wilayah dalam derajat (WGS 84), dengan kode atau nama tiap wilayah."),
    )  # fmt: skip
    source = forms.CharField(label=word("Sumbernya"), max_length=200)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        choice(self, "level").choices = [(code, t(text)) for code, text in LEVELS.items()]

    def clean_file(self) -> Any:
        """Refuses what is too large before it is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(t(BOUNDARY_REFUSALS["too_large"]))
        return file
