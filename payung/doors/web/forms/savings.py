"""The return of JHT for one year, as BPJS announced it."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from payung.doors.web.translation import t, word

YEARS_BACK = 8


class RateForm(forms.Form):
    """The year, its rate in percent, and where it was announced."""

    year = forms.TypedChoiceField(label=word("Tahun"), coerce=int)
    percent = forms.CharField(
        label=word("Hasil pengembangan setahun (%)"), max_length=12, help_text=word("Misalnya 5,52.")
    )
    announced_in = forms.CharField(
        label=word("Pengumuman atau surat BPJS"), max_length=200,
        help_text=word("Nomor dan tanggalnya, supaya orang kedua dapat mencocokkan."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, this_year: int, **options: Any) -> None:
        super().__init__(data, **options)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = [(str(one), str(one)) for one in range(this_year - 1, this_year - 1 - YEARS_BACK, -1)]
        self.fields["percent"].widget.attrs["inputmode"] = "decimal"

    def clean_percent(self) -> Decimal:
        """With a comma or a point."""
        try:
            return Decimal(str(self.cleaned_data["percent"]).strip().removesuffix("%").strip().replace(",", "."))
        except InvalidOperation as unread:
            raise forms.ValidationError(t("Tulis angka, misalnya 5,52.")) from unread
