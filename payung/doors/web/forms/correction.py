"""What is typed to correct one value of a person."""

from typing import Any

from django import forms

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_privacy import CORRECTION_FIELDS


class CorrectionForm(forms.Form):
    """Which value, what is right, and since when."""

    field = forms.ChoiceField(label=word("Data yang salah"))
    value = forms.CharField(
        label=word("Yang benar"),
        max_length=200,
        help_text=word("Tanggal lahir: 1980-12-31. Jenis kelamin: L atau P. Wilayah: kodenya, misalnya 32.73.06."),
    )
    holds_from = forms.DateField(
        label=word("Berlaku sejak"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=word("Kosongkan bila memang begitu sejak awal."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, t(text)) for code, text in CORRECTION_FIELDS.items()]
