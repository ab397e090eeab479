"""What the contribution calculator asks. Its names stand in the address, so that an answer can be shared: no marks."""

from typing import Any

from django import forms

from payung.doors.web.forms.payment import RupiahField
from payung.doors.web.law_words import CLASSES, GROUPS, PAYERS, SECTORS, place
from payung.doors.web.translation import t, word
from payung.rules.law.columns import PROGRAMMES
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month

WAGES = {
    "bulan": word("upah atau penghasilan sebulan"),
    "hari": word("upah sehari"),
    "minimum": word("upah minimum sebuah wilayah"),
}
"""What the person knows of the wage."""
LAST_YEAR = 2099


class MonthField(forms.CharField):
    """A contribution month, as browsers send it: 2026-06."""

    widget = forms.DateInput(attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}", "placeholder": "2026-06"})

    def clean(self, value: Any) -> Month:
        """The month; refuses what is none, and those before the law begins."""
        try:
            month = Month.parse(super().clean(value))
        except ValueError as unreadable:
            raise forms.ValidationError(t("Tulis bulan sebagai tahun dan bulan, misalnya 2026-06.")) from unreadable
        if month < FIRST_MONTH or month.year > LAST_YEAR:
            raise forms.ValidationError(t("Iuran dihitung mulai {month}.", month=FIRST_MONTH))
        return month


class ContributionForm(forms.Form):
    """One member's month. Which of amount and region must be filled in depends on what is known."""

    use_required_attribute = False

    kelas = forms.ChoiceField(label=word("Peserta"), widget=forms.RadioSelect)
    dasar = forms.ChoiceField(label=word("Yang diketahui"), widget=forms.RadioSelect)
    upah = forms.CharField(label=word("Upah atau penghasilan (rupiah)"), max_length=30)
    wilayah = forms.ChoiceField(label=word("Wilayah upah minimum"))
    bulan = MonthField(label=word("Bulan iuran"))
    dana = forms.ChoiceField(label=word("Siapa yang membayar"))
    program = forms.MultipleChoiceField(label=word("Program"), widget=forms.CheckboxSelectMultiple)
    sektor = forms.ChoiceField(
        label=word("Bidang kerja"), help_text=word("Beberapa keringanan iuran bergantung padanya.")
    )
    kelompok = forms.ChoiceField(
        label=word("Kelompok risiko JKK"), help_text=word("Ditetapkan BPJS untuk setiap pemberi kerja.")
    )

    def __init__(self, data: Any = None, *, month: Month) -> None:
        first = {
            "kelas": "BPU", "dasar": "bulan", "upah": "1.000.000", "bulan": str(month), "dana": "self",
            "program": ["JKK", "JKM"], "sektor": "other", "kelompok": "1",
        }  # fmt: skip
        super().__init__(data, initial=first)
        self._offer("kelas", {code: t(text) for code, text in CLASSES.items()})
        self._offer("dasar", {code: t(text) for code, text in WAGES.items()})
        self._offer("wilayah", {"": t("pilih wilayah"), **places()})
        self._offer("dana", {code: t(text) for code, text in PAYERS.items()})
        self._offer("program", dict.fromkeys(PROGRAMMES, ""))
        self._offer("sektor", {code: t(text) for code, text in SECTORS.items()})
        self._offer("kelompok", {code: t(text) for code, text in GROUPS.items()})
        known = (data or first).get("dasar")
        for name, needed in (("upah", known != "minimum"), ("wilayah", known == "minimum")):
            self.fields[name].required = needed
        for name in ("sektor", "kelompok"):
            self.fields[name].required = False
        self.fields["upah"].error_messages["required"] = t("Isi jumlahnya dalam rupiah.")
        self.fields["wilayah"].error_messages["required"] = t("Pilih wilayahnya.")
        self.fields["program"].error_messages["required"] = t("Pilih paling sedikit satu program.")

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, label or code) for code, label in choices.items()]

    def clean_upah(self) -> int | None:
        """The amount, where one was typed."""
        typed = self.cleaned_data["upah"]
        return RupiahField().clean(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """A wage earner's contributions are paid by another."""
        cleaned = self.cleaned_data
        if cleaned.get("kelas") not in ("BPU", None) and cleaned.get("dana") == "self":
            self.add_error("dana", t("Iuran penerima upah disetor pemberi kerja: pilih perusahaan atau anggarannya."))
        return cleaned


def places() -> dict[str, str]:
    """The regions whose minimum wage the tables hold, by name: provinces first."""
    codes = sorted({key[0] for key in table("minimum_wage").keys_in_use()}, key=lambda code: (len(code), code))
    return {code: place(code) for code in codes}
