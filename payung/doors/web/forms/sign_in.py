"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from payung.doors.web.translation import t, word
from payung.office.access.models import User


class SignInForm(forms.Form):
    """Name and password. `signed_in_user` is known once the form is valid."""

    username = forms.CharField(
        label=word("Nama pengguna"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=word("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    signed_in_user: User

    def __init__(self, data: Any, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Refuses with one sentence that does not tell which of the two was wrong."""
        values = super().clean() or {}
        if self.errors:
            return values
        user = authenticate(self.request, username=values["username"], password=values["password"])
        if not isinstance(user, User):
            raise forms.ValidationError(
                t("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
            )
        self.signed_in_user = user
        return values
