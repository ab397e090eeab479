"""A new password as its owner types it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest

from payung.doors.web.forms.sign_in import count_failure, look_patiently
from payung.doors.web.translation import t, word
from payung.office.access.models import User


def _box(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=hint)


class KnownPasswordForm(forms.Form):
    """The current password, before something is changed. Wrong guesses count like those at sign-in."""

    current = _box(word("Kata sandi sekarang"), "current-password")

    def __init__(self, data: Any, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self.request, self.user = request, user

    def clean_current(self) -> str:
        """Whoever sits at an open session must still know the password."""
        told: str = self.cleaned_data["current"]
        look_patiently(self.request, name=self.user.username)
        if not self.user.check_password(told):
            count_failure(self.request, name=self.user.username)
            raise forms.ValidationError(t("Kata sandi sekarang tidak cocok."))
        return told


class PasswordForm(KnownPasswordForm):
    """The current password, and the new one twice."""

    new = _box(
        word("Kata sandi baru"),
        "new-password",
        word(
            "Sedikitnya 12 huruf, bukan kata yang lazim dan bukan nama Anda. Beberapa kata yang hanya Anda ingat"
            " bersama lebih baik daripada satu kata yang rumit."
        ),
    )
    repeated = _box(word("Ulangi kata sandi baru"), "new-password")

    def clean_new(self) -> str:
        """The rules of passwords, in Django's own words."""
        told: str = self.cleaned_data["new"]
        validate_password(told, self.user)
        return told

    def clean_repeated(self) -> str:
        """Typed alike twice."""
        told: str = self.cleaned_data["repeated"]
        if "new" in self.cleaned_data and told != self.cleaned_data["new"]:
            raise forms.ValidationError(t("Kedua kata sandi baru tidak sama."))
        return told
