"""What is typed about budget lines."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from payung.doors.web.forms.choices import BudgetLineChoice, OpdChoice, choice, row_choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_agreements import FUND_KINDS
from payung.office.agreements.models import BudgetLine
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in

LARGEST_RUPIAH = 100_000_000_000_000


def _rupiah(label: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, max_value=LARGEST_RUPIAH, **options)


class LineForm(forms.Form):
    """A line of the budget document."""

    kind = forms.ChoiceField(label=word("Sumber dana"))
    fund = forms.CharField(label=word("Nama dana"), max_length=200, help_text=word("Misalnya APBD 2027."))
    year = forms.IntegerField(label=word("Tahun"), min_value=2015, max_value=2100)
    opd = OpdChoice(
        label=word("OPD"), queryset=Opd.objects.none(), required=False,
        help_text=word("Kosong bila untuk seluruh pemerintah daerah."),
    )  # fmt: skip
    code = forms.CharField(label=word("Kode rekening"), max_length=60)
    name = forms.CharField(label=word("Nama mata anggaran"), max_length=200)
    ceiling_rupiah = _rupiah(word("Pagu (Rp)"), min_value=0)
    heads = forms.IntegerField(label=word("Orang yang dianggarkan"), min_value=0, max_value=10_000_000)

    def __init__(self, data: Any = None, *, area: Area, year: int) -> None:
        super().__init__(data, initial={"year": year})
        self.area = area
        choice(self, "kind").choices = [(code, t(text)) for code, text in FUND_KINDS.items()]
        row_choice(self, "opd").queryset = opds_in(area)
        row_choice(self, "opd").empty_label = t("Seluruh pemerintah daerah")

    def clean(self) -> dict[str, Any]:
        """A line stands once: its ceiling is changed by a paper, not by typing it again."""
        told = super().clean() or {}
        same = BudgetLine.objects.filter(
            fund__government=self.area.government, fund__kind=told.get("kind", ""), fund__name=told.get("fund", ""),
            opd=told.get("opd"), year=told.get("year", 0), code=told.get("code", ""),
        )  # fmt: skip
        if same.exists():
            self.add_error("code", t("Mata anggaran ini sudah ada. Ubah pagunya di halamannya."))
        return told


class _PaperForm(forms.Form):
    """By which paper."""

    document = forms.CharField(
        label=word("Dokumen dasarnya"), max_length=200, help_text=word("Misalnya nomor Perda APBD perubahan atau DPPA.")
    )
    decided_on = day_field(word("Tanggal dokumen"))


class CeilingForm(_PaperForm):
    """The ceiling as the revised budget says it."""

    new_rupiah = _rupiah(word("Pagu menjadi (Rp)"), min_value=0)
    field_order = ["new_rupiah", "document", "decided_on"]


class CarryForm(_PaperForm):
    """What is left goes to a later year."""

    into = BudgetLineChoice(label=word("Ke mata anggaran"), queryset=BudgetLine.objects.none())
    amount_rupiah = _rupiah(word("Jumlah yang dibawa (Rp)"), min_value=1)
    field_order = ["into", "amount_rupiah", "document", "decided_on"]

    def __init__(self, data: Any = None, *, later: QuerySet[BudgetLine], left_rupiah: int, prefix: str) -> None:
        super().__init__(data, initial={"amount_rupiah": max(left_rupiah, 0)}, prefix=prefix)
        self.possible = later.exists() and left_rupiah > 0
        row_choice(self, "into").queryset = later.select_related("opd").order_by("year", "name", "pk")
        row_choice(self, "into").empty_label = t("Pilih mata anggaran")
