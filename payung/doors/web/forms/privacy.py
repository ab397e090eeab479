"""What is typed about a person's request."""

from collections.abc import Sequence
from typing import Any

from django import forms

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_privacy import REQUEST_KINDS
from payung.office.access.models import User


class RequestForm(forms.Form):
    """What the person demands, in a few words, and who must act on it."""

    kind = forms.ChoiceField(label=word("Yang diminta"))
    wording = forms.CharField(
        label=word("Isi permintaan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    handler = forms.ChoiceField(label=word("Yang harus bertindak"))

    def __init__(self, data: Any = None, *, handlers: Sequence[User]) -> None:
        super().__init__(data)
        kind, handler = self.fields["kind"], self.fields["handler"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(handler, forms.ChoiceField)
        kind.choices = [(code, t(text)) for code, text in REQUEST_KINDS.items()]
        handler.choices = [(str(user.pk), user.full_name) for user in handlers]
