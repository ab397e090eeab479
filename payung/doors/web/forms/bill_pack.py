"""The signed papers that go with a bill's SPP-LS: scans, each of them may be missing."""

import io
import zipfile
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from payung.doors.papers.bill_pack import BROUGHT
from payung.doors.web.translation import t, word

LARGEST_SCAN_MEGABYTES = 20


class ScanField(forms.FileField):
    """A PDF of bearable size, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": ".pdf"}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses what is no PDF, and what is too large."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if (file.size or 0) > LARGEST_SCAN_MEGABYTES << 20:
                raise forms.ValidationError(t("Paling besar {count} MB.", count=LARGEST_SCAN_MEGABYTES))
            if not file.read(5).startswith(b"%PDF-"):
                raise forms.ValidationError(t("Ini bukan PDF. Simpan hasil pindainya sebagai PDF."))
            file.seek(0)
        return file


class BillPackForm(forms.Form):
    """Which scans go into the pack."""

    decree = ScanField(label=word("Keputusan (SK) yang sudah ditandatangani"))
    agreement = ScanField(label=word("Perjanjian kerja sama (PKS) yang sudah ditandatangani"))
    minutes = ScanField(label=word("Berita acara yang sudah ditandatangani"))

    def brought(self) -> bytes:
        """The scans as one zip, each under its kind; empty without any."""
        given = [kind for kind in BROUGHT if self.cleaned_data[kind]]
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for kind in given:
                archive.writestr(kind, self.cleaned_data[kind].read())
        return target.getvalue() if given else b""
