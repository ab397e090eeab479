"""What a family is asked: little, in plain words, by telephone. Posted once and sealed."""

from datetime import date, timedelta
from typing import Any

from django import forms

from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import t, word
from payung.office.claims.family import Message
from payung.office.places.models import Government

HAPPENED = {
    "death": word("Meninggal"),
    "accident": word("Celaka saat bekerja, atau di jalan ke tempat kerja"),
    "disease": word("Sakit karena pekerjaannya"),
}
ASIDE_REASONS = {
    "known": word("Kasusnya sudah ada"),
    "stranger": word("Bukan peserta"),
    "unclear": word("Tidak jelas, pelapor tidak dapat dihubungi"),
    "prank": word("Laporan palsu"),
}
LONGEST_AGO = timedelta(days=366 * 10)


class FamilyReportForm(forms.Form):
    """One event of one person; what the family does not know stays empty."""

    use_required_attribute = False

    government = forms.ModelChoiceField(
        queryset=Government.objects.none(), label=word("Ia bekerja atau tinggal di mana?"), empty_label=None
    )
    event = forms.ChoiceField(label=word("Apa yang terjadi?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=word("Siapa namanya?"),
        max_length=100,
        help_text=word("Orang yang meninggal atau celaka, seperti di KTP."),
    )
    nik = forms.CharField(
        label=word("NIK-nya"), max_length=25, required=False,
        help_text=word("16 angka, ada di KTP atau Kartu Keluarga."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    on = day_field(word("Tanggal berapa?"))
    place = forms.CharField(
        label=word("Di mana?"), max_length=200, required=False,
        help_text=word("Misalnya nama desa, jalan, atau rumah sakit."),
    )  # fmt: skip
    reporter = forms.CharField(
        label=word("Nama Anda"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    bond = forms.CharField(
        label=word("Anda siapanya?"), max_length=60, required=False, help_text=word("Misalnya istri, anak, tetangga.")
    )
    phone = forms.CharField(
        label=word("Nomor telepon Anda"), max_length=20, help_text=word("Petugas akan menelepon nomor ini."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    chronology = forms.CharField(
        label=word("Ada lagi yang ingin Anda ceritakan?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        for asked in self.fields.values():
            asked.error_messages["required"] = t("Bagian ini perlu diisi.")
        places = self.fields["government"]
        assert isinstance(places, forms.ModelChoiceField)
        places.queryset = Government.objects.order_by("name")
        if places.queryset.count() == 1:
            places.initial, places.widget = places.queryset.get().pk, forms.HiddenInput()
        happened = self.fields["event"]
        assert isinstance(happened, forms.ChoiceField)
        happened.choices = [(code, t(text)) for code, text in HAPPENED.items()]

    def clean_on(self) -> date:
        """Nothing has happened tomorrow, and what is very long ago is a slip of the finger."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(t("Tanggal ini belum tiba. Periksa lagi."))
        if on < self.today - LONGEST_AGO:
            raise forms.ValidationError(t("Tanggal ini lebih dari sepuluh tahun lalu. Periksa lagi tahunnya."))
        return on

    def clean_nik(self) -> str:
        """Sixteen digits or nothing; spaces and dots are passed over."""
        typed = str(self.cleaned_data["nik"])
        digits = "".join(character for character in typed if character.isdigit())
        if typed and len(digits) != 16:
            raise forms.ValidationError(t("NIK ada 16 angka. Kosongkan saja bila tidak tahu."))
        return digits

    def clean_phone(self) -> str:
        """A number that somebody can dial."""
        typed = str(self.cleaned_data["phone"])
        if not 8 <= sum(character.isdigit() for character in typed) <= 15:
            raise forms.ValidationError(t("Tulis nomor telepon yang dapat dihubungi, misalnya 0812 0000 0000."))
        return typed

    def message(self) -> Message:
        """As the office keeps it."""
        told = self.cleaned_data
        return Message(**{
            name: told[name] for name in ("name", "nik", "place", "reporter", "bond", "phone", "chronology")
        })  # fmt: skip


class AsideForm(forms.Form):
    """Why no case comes of it."""

    reason = forms.ChoiceField(label=word("Alasan"))

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        asked = self.fields["reason"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(code, t(text)) for code, text in ASIDE_REASONS.items()]
