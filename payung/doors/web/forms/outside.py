"""What is typed about a list of others."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.choices import OpdChoice, row_choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import t, word
from payung.office.places.models import Opd
from payung.office.places.queries import Area, opds_in


class OutsideUpload(forms.Form):
    """The file, the day it speaks of, and the OPD that keeps it."""

    workbook = WorkbookField(
        label=word("Berkas"),
        help_text=word(
            "Daftar peserta BPJS, jawaban Dukcapil, desil DTSEN, atau daftar kematian. "
            "Payung mengenalinya dari kolomnya."
        ),
    )
    told_on = day_field(word("Keadaan per tanggal"))
    opd = OpdChoice(label=word("Disimpan oleh OPD"), queryset=Opd.objects.none())

    def __init__(self, data: Any, files: Any, *, area: Area, today: date) -> None:
        super().__init__(data, files, initial={"told_on": today})
        row_choice(self, "opd").queryset = opds_in(area)
        row_choice(self, "opd").empty_label = t("Pilih OPD")
