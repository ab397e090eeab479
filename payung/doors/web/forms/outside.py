"""What is typed about a list of others."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import word


class OutsideUpload(forms.Form):
    """The file and the day it speaks of."""

    workbook = WorkbookField(
        label=word("Berkas"),
        help_text=word(
            "Daftar peserta BPJS, jawaban Dukcapil, desil DTSEN, atau daftar kematian. "
            "Payung mengenalinya dari kolomnya."
        ),
    )
    told_on = day_field(word("Keadaan per tanggal"))

    def __init__(self, data: Any, files: Any, *, today: date) -> None:
        super().__init__(data, files, initial={"told_on": today})
