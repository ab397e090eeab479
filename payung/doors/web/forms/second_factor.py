"""The first code from a new authenticator."""

from django import forms

from payung.doors.web.translation import word


class NewCodeForm(forms.Form):
    """Six digits; the view asks the office whether they are right."""

    code = forms.CharField(
        label=word("Kode enam angka"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
