"""How papers are headed and signed, as the office types it."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import OpdChoice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.translation import t, word
from payung.office.places.letterheads import NewLetterhead
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in

MOST_LINES, LONGEST_LINE = 5, 120


class LetterheadForm(forms.Form):
    """For one OPD, or for every OPD that has none of its own."""

    opd = OpdChoice(
        label=word("OPD"), queryset=Opd.objects.none(), required=False,
        help_text=word("Kosong: untuk semua OPD yang tidak punya kop sendiri."),
    )  # fmt: skip
    from_day = day_field(word("Dipakai mulai"))
    lines = forms.CharField(
        label=word("Baris di bawah nama pemerintah daerah"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=word("Satu hal tiap baris: nama OPD, alamat, telepon. Paling banyak lima."),
    )  # fmt: skip
    city = forms.CharField(label=word("Tempat surat"), max_length=60, help_text=word("Misalnya Bandung."))
    officer_post = forms.CharField(label=word("Jabatan penanda tangan"), max_length=100)
    officer_name = forms.CharField(label=word("Nama penanda tangan"), max_length=100)
    officer_number = forms.CharField(label=word("NIP penanda tangan"), max_length=30, required=False)
    treasurer_post = forms.CharField(label=word("Jabatan bendahara"), max_length=100)
    treasurer_name = forms.CharField(label=word("Nama bendahara"), max_length=100)
    treasurer_number = forms.CharField(label=word("NIP bendahara"), max_length=30, required=False)

    def __init__(self, data: Any = None, *, area: Area, today: date) -> None:
        super().__init__(data, initial={"from_day": today})
        self.fields["opd"].queryset = opds_in(area)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["opd"].empty_label = t("Seluruh pemerintah daerah")  # type: ignore[attr-defined]  # a field of rows, by its class

    def clean_lines(self) -> tuple[str, ...]:
        """At most MOST_LINES, none longer than paper is wide."""
        found = tuple(" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines() if line.strip())
        if len(found) > MOST_LINES or any(len(line) > LONGEST_LINE for line in found):
            raise forms.ValidationError(t("Paling banyak lima baris, masing-masing paling panjang 120 huruf."))
        return found

    def told(self) -> NewLetterhead:
        """What the office records."""
        return NewLetterhead(**{name: value for name, value in self.cleaned_data.items() if name != "opd"})
