"""Which reading of a doubtful rule the branch confirmed, from which month, by which letter."""

from typing import Any

from django import forms

from payung.doors.web import figures
from payung.doors.web.translation import language, t, word
from payung.rules.law.readings import Reading
from payung.rules.months import Month


class ReadingForm(forms.Form):
    """For one rule: the option, the first contribution month, and what the office relies on."""

    option = forms.ChoiceField(label=word("Tafsir yang dipastikan cabang"), widget=forms.RadioSelect)
    month = forms.ChoiceField(label=word("Berlaku mulai bulan iuran"))
    confirmed_by = forms.CharField(
        label=word("Kantor cabang dan nomor suratnya"), max_length=200,
        help_text=word("Misalnya: KC Bandung Suci, surat B/123/112026 tanggal 10 November 2026."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, reading: Reading, used: str, this_month: Month, **options: Any) -> None:
        super().__init__(data, initial={"option": used, "month": str(this_month)}, **options)
        option, month = self.fields["option"], self.fields["month"]
        assert isinstance(option, forms.ChoiceField) and isinstance(month, forms.ChoiceField)
        option.choices = [(name, text.say(language())) for name, text in reading.options.items()]
        january = Month(this_month.year, 1)
        month.choices = [(str(one), figures.long_month(one)) for one in january.until(this_month.shift(2))]

    def clean_month(self) -> Month:
        """The month behind the choice."""
        return Month.parse(self.cleaned_data["month"])

    def clean_confirmed_by(self) -> str:
        """Something that can be looked up again."""
        told = str(self.cleaned_data["confirmed_by"]).strip()
        if not any(letter.isdigit() for letter in told):
            raise forms.ValidationError(t("Sebutkan nomor atau tanggal suratnya."))
        return told
