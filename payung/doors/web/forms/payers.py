"""Who pays from now on, as one person proposes it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from payung.doors.web import figures
from payung.doors.web.forms.choices import choice
from payung.doors.web.translation import t, word
from payung.rules.months import Month


class PayerForm(forms.Form):
    """The choice, its first month, and the paper it rests on."""

    moves = forms.TypedChoiceField(
        label=word("Siapa yang membayar?"), coerce=lambda code: code == "1", widget=forms.RadioSelect()
    )
    from_month = forms.TypedChoiceField(label=word("Mulai bulan"), coerce=Month.parse)
    document = forms.CharField(
        label=word("Surat dasarnya"), max_length=200, help_text=word("Misalnya nomor surat kedua OPD.")
    )

    def __init__(self, data: Any = None, *, months: Sequence[Month]) -> None:
        super().__init__(data)
        choice(self, "moves").choices = [
            ("1", t("Daftar yang meminta mulai membayar; pembayar sekarang berhenti sebulan sebelumnya")),
            ("0", t("Pembayar sekarang tetap")),
        ]
        choice(self, "from_month").choices = [(str(one), figures.long_month(one)) for one in months]
