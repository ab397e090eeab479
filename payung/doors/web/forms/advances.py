"""Who pays in advance, and up to which month."""

from collections.abc import Sequence
from typing import Any

from django import forms

from payung.doors.web import figures
from payung.doors.web.forms.choices import choice
from payung.doors.web.translation import t, word
from payung.office.billing.advances import Payer
from payung.office.billing.open_months import MOST_MONTHS_AHEAD, Advance
from payung.rules.months import Month


class AdvanceForm(forms.Form):
    """Asked by GET: nothing is made before what it makes was seen."""

    payer = forms.ChoiceField(label=word("Pembayar"))
    until = forms.ChoiceField(label=word("Dibayar sampai bulan"))

    def __init__(self, data: Any, *, payers: Sequence[Payer], month: Month) -> None:
        super().__init__(data)
        said = [(f"{one.unit_id}-{one.budget_line_id}", _named(one)) for one in payers]
        ahead = [month.shift(step) for step in range(1, MOST_MONTHS_AHEAD + 1)]
        choice(self, "payer").choices = said
        choice(self, "until").choices = [(str(one), figures.long_month(one)) for one in ahead]

    @property
    def advance(self) -> Advance:
        unit_id, budget_line_id = map(int, self.cleaned_data["payer"].split("-"))
        return Advance(unit_id, budget_line_id, Month.parse(self.cleaned_data["until"]))


def _named(payer: Payer) -> str:
    """Once, when the budget line is called as its payer."""
    line = "" if payer.budget_line == payer.unit else f" · {payer.budget_line}"
    people = t("{count} orang", count=payer.heads)
    until = f" · {t('sudah dibayar sampai {month}', month=figures.short_month(payer.until))}" if payer.until else ""
    return f"{payer.unit}{line} · {payer.fund} · {people}{until}"
