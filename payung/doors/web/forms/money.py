"""What a treasurer types about money: a statement, a refund, the day through which the books are closed."""

from typing import Any

from django import forms

from payung.doors.web.forms.choices import choice
from payung.doors.web.forms.payment import RupiahField
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import t, word
from payung.office.billing.receipt_models import Statement

SIDES = [
    (Statement.OUT, word("Rekening yang membayar iuran (kas daerah): uang keluar adalah pembayaran")),
    (Statement.IN, word("Rekening penampung iuran: uang masuk adalah pembayaran")),
]
ACCEPTED = ".csv,.xlsx,.xls,.xlsb,.ods,.sta,.940,.mt940,.txt,.xml"


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class StatementUpload(forms.Form):
    """A bank's file, and on which side of it payments stand."""

    workbook = WorkbookField(
        label=word("Berkas rekening koran"),
        help_text=word("Berkas dari bank apa adanya: CSV, Excel, MT940 atau camt.053."),
    )
    pays = forms.ChoiceField(
        label=word("Ini rekening siapa?"),
        choices=SIDES,
        initial=Statement.OUT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["workbook"].widget.attrs["accept"] = ACCEPTED
        choice(self, "pays").choices = [(code, t(label)) for code, label in SIDES]


class RefundForm(forms.Form):
    """Money that came back."""

    amount = RupiahField(label=word("Jumlah yang kembali (rupiah)"), max_length=30)
    returned_on = _day(word("Tanggal uang kembali"))
    reference = forms.CharField(label=word("Nomor bukti"), max_length=60)
    reason = forms.CharField(label=word("Alasan"), max_length=200)


class SettleForm(forms.Form):
    """How much of a receipt goes to which bill."""

    bill = forms.TypedChoiceField(label=word("Untuk tagihan"), coerce=int)
    amount = RupiahField(label=word("Jumlah (rupiah)"), max_length=30)

    def __init__(self, data: Any, *, bills: list[tuple[int, str]], rest: str) -> None:
        super().__init__(data, initial={"amount": rest})
        choice(self, "bill").choices = [("", t("Pilih tagihan")), *bills]


class HoldForm(forms.Form):
    """For whom the rest is held from now on."""

    unit = forms.TypedChoiceField(label=word("Unit pembayar yang benar"), coerce=int)
    reason = forms.CharField(label=word("Alasan"), max_length=200)

    def __init__(self, data: Any, *, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        choice(self, "unit").choices = [("", t("Pilih unit")), *units]


class CloseForm(forms.Form):
    """The last day of the closed books."""

    through = _day(word("Tutup buku sampai tanggal"))
