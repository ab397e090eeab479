"""A payment as the treasurer records it."""

import re
from datetime import date
from typing import Any

from django import forms

from payung.doors.web import figures
from payung.doors.web.translation import t, word
from payung.office.billing.runs import PAYMENT_CODE

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


class CodeForm(forms.Form):
    """The right *kode iuran* of a bill that was sent under a wrong one."""

    payment_code = forms.CharField(
        label=word("Kode iuran yang benar"), max_length=30, help_text=word("11 angka, tertulis pada tagihan SIPP."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(label=word("Alasan"), max_length=200)
    although_paid = forms.BooleanField(
        label=word("Tagihan ini sudah dibayar. Bukti bayarnya sudah saya periksa dan memuat kode yang benar.")
    )

    def __init__(self, data: Any = None, *, paid: bool) -> None:
        super().__init__(data, auto_id="kode_%s")
        if not paid:
            del self.fields["although_paid"]

    def clean_payment_code(self) -> str:
        """Without the blanks it is typed with; never other than 11 digits."""
        code = "".join(str(self.cleaned_data["payment_code"]).split())
        if not PAYMENT_CODE.fullmatch(code):
            raise forms.ValidationError(
                t(
                    "Kode iuran terdiri dari 11 angka, yang tertulis {count} tanda. Periksa lagi di SIPP.",
                    count=len(code),
                )
            )
        return code
