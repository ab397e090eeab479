"""The rule that a password is more than the name of its user; Django's own compares letters, in any order, and so
refuses long sentences."""

import re

from django.core.exceptions import ValidationError

from payung.doors.web.translation import t
from payung.office.access.models import User

LETTERS = 4
"""Shorter parts of a name (Ade, bin) stand in many a sentence."""
REMAINING = 8
"""What must be left of a password without the parts of the name."""


class NameValidator:
    """Refuses a password that is little more than parts of its user's name or log-in."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        rest = password.casefold()
        for part in re.findall(r"\w+", f"{user.full_name} {user.username}".casefold()):
            if len(part) >= LETTERS:
                rest = rest.replace(part, "")
        if len(rest) < min(REMAINING, len(password)):
            raise ValidationError(t("Kata sandi terlalu dekat dengan nama Anda. Tambah kata lain."), code="like_name")

    def get_help_text(self) -> str:
        return t("Kata sandi tidak terlalu dekat dengan nama Anda.")
