"""What is typed for an assessment: a personnel master, a deadline with its letter, the OPD of a unit."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import OpdChoice, choice, row_choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_assessment import SOURCES
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in


class MasterForm(forms.Form):
    """A personnel master: where it comes from, and the day it tells of."""

    workbook = WorkbookField(label=word("Data pegawai"), help_text=word("Semua pegawai, juga PNS dan PPPK bila ada."))
    source = forms.ChoiceField(label=word("Jenis data"))
    opd = OpdChoice(label=word("OPD yang menyerahkan"), queryset=Opd.objects.none())
    told_on = day_field(word("Keadaan per tanggal"))

    def __init__(self, data: Any = None, files: Any = None, *, area: Area, today: date) -> None:
        super().__init__(data, files, initial={"told_on": today})
        self.today = today
        choice(self, "source").choices = [(code, t(text)) for code, text in SOURCES.items()]
        row_choice(self, "opd").queryset = opds_in(area)

    def clean_told_on(self) -> date:
        """Not before the law's first month, not in the future."""
        day: date = self.cleaned_data["told_on"]
        if not date(2015, 7, 1) <= day <= self.today:
            raise forms.ValidationError(t("Pilih tanggal mulai Juli 2015 sampai hari ini."))
        return day


class DeadlineForm(forms.Form):
    """The letter that reminds, and until when."""

    opd = OpdChoice(label=word("OPD"), queryset=Opd.objects.none(), required=False)
    number = forms.CharField(label=word("Nomor surat"), max_length=100)
    written_on = day_field(word("Tanggal surat"))
    due_on = day_field(word("Tenggat"))

    def __init__(self, data: Any = None, *, area: Area, today: date) -> None:
        super().__init__(data, initial={"written_on": today})
        row_choice(self, "opd").queryset = opds_in(area)
        row_choice(self, "opd").empty_label = t("Semua OPD yang belum selesai")

    def clean(self) -> dict[str, Any]:
        """The deadline comes after its letter."""
        told = super().clean() or {}
        if told.get("written_on") and told.get("due_on") and told["due_on"] < told["written_on"]:
            self.add_error("due_on", t("Tenggat tidak boleh sebelum tanggal surat."))
        return told
