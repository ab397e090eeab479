"""A payer without an office: one worker, or a group."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.scenarios import month_field
from payung.doors.web.translation import t, word
from payung.rules.months import Month


class SelfPayerForm(forms.Form):
    """Under which number BPJS knows the payer, and from when."""

    kind = forms.ChoiceField(label=word("Siapa yang membayar"), widget=forms.RadioSelect())
    name = forms.CharField(
        label=word("Nama kelompok"), max_length=200, required=False,
        help_text=word("Hanya untuk kelompok. Nama perorangan dibaca dari daftar pesertanya."),
    )  # fmt: skip
    number = forms.RegexField(
        r"^[A-Za-z0-9./-]{3,20}$", label=word("Nomor pembayar"),
        help_text=word("Nomor kelompok dari BPJS, atau nomor urut kantor Anda. Jangan memakai NIK."),
        error_messages={"invalid": word("Tulis 3 sampai 20 huruf atau angka.")},
    )  # fmt: skip
    first = month_field(word("Mulai bulan"))
    heads = forms.IntegerField(label=word("Perkiraan banyak orang"), min_value=1, max_value=1_000_000, initial=1)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"first": str(Month.of(today)), "kind": "group"})
        kinds = [("group", t("Sebuah kelompok")), ("alone", t("Satu orang"))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def clean_number(self) -> str:
        """A NIK is a mark of a person and stands in the registry alone."""
        number = str(self.cleaned_data["number"])
        if number.isdecimal() and len(number) == 16:
            raise forms.ValidationError(t("Jangan memakai NIK."))
        return number

    def clean_first(self) -> Month:
        """A month as it is typed."""
        try:
            return Month.parse(self.cleaned_data["first"])
        except ValueError as wrong:
            raise forms.ValidationError(t("Tulis bulan seperti 2022-10.")) from wrong

    def clean(self) -> dict[str, Any]:
        """A group has a name; a person's stands in the registry."""
        told = super().clean() or {}
        if told.get("kind") == "group" and not told.get("name"):
            self.add_error("name", t("Tulis nama kelompoknya."))
        if told.get("kind") == "alone":
            told["name"], told["heads"] = "", 1
        return told
