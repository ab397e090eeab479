"""A payment as the treasurer records it."""

import re
from datetime import date
from typing import Any

from django import forms

from payung.doors.web import figures
from payung.doors.web.translation import t, word

RUPIAH = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:,-)?", re.IGNORECASE)


class RupiahField(forms.CharField):
    """Whole rupiah, typed as people do: 1.200.000, Rp1.200.000 or 1200000."""

    def clean(self, value: Any) -> int:
        """The amount; refuses what is not certainly one."""
        found = RUPIAH.fullmatch(super().clean(value).strip())
        if found is None:
            raise forms.ValidationError(t("Tulis rupiah bulat, misalnya 1.200.000."))
        return int(found[1].replace(".", "").replace(",", ""))


class PaymentForm(forms.Form):
    """Amount, day and reference of one payment."""

    amount = RupiahField(label=word("Jumlah dibayar (rupiah)"), max_length=30)
    paid_on = forms.DateField(
        label=word("Tanggal bayar"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(
        label=word("Nomor bukti"), max_length=60, help_text=word("NTPN, nomor SP2D atau nomor transaksi bank.")
    )

    def __init__(self, data: Any, *, outstanding_rupiah: int, today: date) -> None:
        super().__init__(data, initial={"amount": figures.number(outstanding_rupiah), "paid_on": today})
        self.today = today

    def clean_paid_on(self) -> date:
        """A payment lies in the past."""
        day: date = self.cleaned_data["paid_on"]
        if day > self.today:
            raise forms.ValidationError(t("Tanggal ini belum tiba. Catat pembayaran setelah uangnya keluar."))
        return day


class WaiverForm(forms.Form):
    """The paper by which a penalty is not asked."""

    document = forms.CharField(label=word("Nomor keputusan"), max_length=120)
    decided_on = forms.DateField(
        label=word("Tanggal keputusan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=word("Alasan"), max_length=200)
