"""What is typed on the pages of approvals."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from payung.doors.web.forms.payment import RupiahField
from payung.doors.web.translation import t, word
from payung.doors.web.waiting import KINDS
from payung.office.access.models import User

LONGEST_LENDING_DAYS = 92
STEP_CHOICES = [(number, str(number)) for number in (1, 2, 3)]
"""The steps that the page offers."""


def day_field(label: str) -> forms.DateField:
    """A day, by the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DaysForm(forms.Form):
    """A first and a last day, both included."""

    first_day = day_field(word("Hari pertama"))
    last_day = day_field(word("Hari terakhir"))

    def clean_last_day(self) -> date:
        """Not before the first."""
        last: date = self.cleaned_data["last_day"]
        first = self.cleaned_data.get("first_day")
        if first and last < first:
            raise forms.ValidationError(t("Hari terakhir tidak boleh sebelum hari pertama."))
        return last


class LendForm(DaysForm):
    """To whom the own voice is lent, on what, and for which days."""

    to = forms.ChoiceField(label=word("Kepada"))
    kind = forms.ChoiceField(label=word("Untuk"), required=False)
    field_order = ("to", "kind", "first_day", "last_day")

    def __init__(self, data: Any, *, colleagues: Sequence[User], today: date) -> None:
        super().__init__(data, initial={"first_day": today, "last_day": today})
        self.today = today
        self.colleagues = {str(one.pk): one for one in colleagues}
        to, kind = self.fields["to"], self.fields["kind"]
        assert isinstance(to, forms.ChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        to.choices = [(key, one.full_name) for key, one in self.colleagues.items()]
        kind.choices = [("", t("semua jenis")), *((code, t(name)) for code, name in KINDS.items())]

    def clean_to(self) -> User:
        """The colleague behind the choice."""
        return self.colleagues[self.cleaned_data["to"]]

    def clean_last_day(self) -> date:
        """At most a quarter, and not in the past: a forgotten lending must end by itself."""
        last = super().clean_last_day()
        first = self.cleaned_data.get("first_day")
        if last < self.today:
            raise forms.ValidationError(t("Hari terakhir sudah lewat."))
        if first and (last - first).days > LONGEST_LENDING_DAYS:
            raise forms.ValidationError(t("Suara dititipkan paling lama {count} hari.", count=LONGEST_LENDING_DAYS))
        return last


class MailboxForm(forms.Form):
    """The address for notices, and whether they are wanted."""

    address = forms.EmailField(
        label=word("Alamat surel"), help_text=word("Pemberitahuan tidak memuat nama atau nomor pekerja.")
    )
    wanted = forms.BooleanField(label=word("Kirim pemberitahuan ke alamat ini"), required=False)


class LimitField(forms.CharField):
    """Whole rupiah, typed as people do; empty is no limit."""

    def clean(self, value: Any) -> int | None:
        """The limit, None for none; refuses what is not certainly an amount."""
        return RupiahField().clean(value) if str(value or "").strip() else None


class DeciderForm(forms.Form):
    """One user's place in the steps of a kind: in which step (none: in no step), up to how much."""

    step = forms.ChoiceField(label=word("Tahap"), required=False, choices=[("", "–"), *STEP_CHOICES])
    limit = LimitField(label=word("Batas wewenang (rupiah)"), required=False, max_length=30)

    def __init__(self, data: Any, *, user: User, initial: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=f"u{user.pk}", initial=dict(initial))
        self.user = user

    def clean_step(self) -> int:
        """The step's number, 0 for none."""
        return int(self.cleaned_data["step"] or 0)


class NeededForm(forms.Form):
    """How many of each step's group must agree; empty is all who may."""

    def __init__(self, data: Any, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for number, _ in STEP_CHOICES:
            self.fields[f"needed_{number}"] = forms.IntegerField(
                label=t("Suara yang diperlukan, tahap {number}", number=number), min_value=1, required=False
            )


class FreezeForm(DaysForm):
    """Which days nothing of a kind is approved, and why."""

    kind = forms.ChoiceField(label=word("Untuk"), required=False)
    reason = forms.CharField(label=word("Alasan"), max_length=200)
    field_order = ("kind", "first_day", "last_day", "reason")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", t("semua jenis")), *((code, t(name)) for code, name in KINDS.items())]
