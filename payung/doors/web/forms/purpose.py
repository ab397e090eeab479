"""Why full identity marks are to be opened."""

from typing import Any

from django import forms

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_privacy import PURPOSES
from payung.office.access.purposes import NOTE_LENGTH, Purpose

ASKED = tuple(purpose for purpose in Purpose if purpose is not Purpose.RETURN_FINDINGS)
"""What a person page offers; the findings workbook is its own purpose."""


class PurposeForm(forms.Form):
    """A choice and, for `other`, what it is."""

    purpose = forms.ChoiceField(label=word("Untuk keperluan"))
    note = forms.CharField(
        label=word("Keterangan"), max_length=NOTE_LENGTH, required=False,
        help_text=word("Misalnya nomor surat. Jangan menulis NIK di sini; wajib bila keperluannya lain-lain."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", t("Pilih keperluan")), *((one.value, t(PURPOSES[one.value])) for one in ASKED)]

    def clean(self) -> dict[str, Any]:
        """Another purpose is said in words."""
        told = super().clean() or {}
        if told.get("purpose") == Purpose.OTHER.value and not told.get("note"):
            self.add_error("note", t("Tulis keperluannya."))
        return told
