"""A NIK as a person types it from an identity card."""

from typing import Any

from django import forms

from payung.doors.web.translation import t, word
from payung.rules.identity import nik


class NikField(forms.CharField):
    """Sixteen digits that can be a NIK. Mistyped ones are told at once: nobody can mend them later in a list."""

    def __init__(self, label: str = "NIK") -> None:
        super().__init__(
            label=label, max_length=25, help_text=word("16 angka, dari KTP."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        """The digits alone. Raises ValidationError with what is wrong with them."""
        typed: str = super().clean(value)
        digits = "".join(character for character in typed if character.isdecimal())
        problem = nik.problem_of(digits)
        if problem == "length":
            raise forms.ValidationError(
                t("Tertulis {count} angka. NIK pada KTP 16 angka: periksa lagi.", count=len(digits))
            )
        if problem:
            raise forms.ValidationError(
                t("Nomor ini tidak mungkin sebuah NIK. Periksa lagi angka demi angka pada KTP.")
            )
        return digits
