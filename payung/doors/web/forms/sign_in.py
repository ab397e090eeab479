"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from payung.doors.web.address import client_address
from payung.doors.web.translation import t, word
from payung.office.access.lockout import LockedOut, note_failure, require_patience
from payung.office.access.models import User
from payung.office.access.second_factor import WrongCode, check
from payung.office.places.scope import seen_by_nobody


def look_patiently(request: HttpRequest, *, name: str) -> None:
    """Raises ValidationError (code "locked") while that name, or this address, must wait."""
    now = timezone.now()
    try:
        require_patience(name=name, address=client_address(request), at=now)
    except LockedOut as lock:
        minutes = -(-int((lock.until - now).total_seconds()) // 60)
        raise forms.ValidationError(
            t("Terlalu banyak percobaan yang gagal. Tunggu {count} menit, lalu coba lagi.", count=max(minutes, 1)),
            code="locked",
        ) from lock


def count_failure(request: HttpRequest, *, name: str) -> None:
    """One failure more, for the name and for the address."""
    note_failure(name=name, address=client_address(request), at=timezone.now())


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
        """Refuses with one sentence that does not tell which of the two was wrong, nor whether the name exists."""
        values = super().clean() or {}
        if self.errors:
            return values
        look_patiently(self.request, name=values["username"])
        with seen_by_nobody():  # a password whose hash has aged is hashed anew: that is nobody else's deed
            user = authenticate(self.request, username=values["username"], password=values["password"])
        if not isinstance(user, User):
            count_failure(self.request, name=values["username"])
            raise forms.ValidationError(
                t("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
            )
        self.signed_in_user = user
        return values


class CodeForm(forms.Form):
    """The code of this half minute, or a recovery code. Wrong ones count like wrong passwords."""

    code = forms.CharField(
        label=word("Kode dari aplikasi autentikator"),
        max_length=40,
        help_text=word("Enam angka. Telepon hilang? Ketik salah satu kode cadangan Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}),
    )

    def __init__(self, data: Any, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        """Uses the code up."""
        told: str = self.cleaned_data["code"]
        look_patiently(self.request, name=self.user.username)
        try:
            check(user=self.user, code=told, at=timezone.now())
        except WrongCode as wrong:
            count_failure(self.request, name=self.user.username)
            raise forms.ValidationError(
                t("Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.")
            ) from wrong
        return told
