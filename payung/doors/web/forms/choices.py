"""Fields whose answers are filled in when it is known who reads the form, by the type they have."""

from typing import Any

from django import forms

from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.places.models import Opd


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field whose answers are told one by one."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


def row_choice(form: forms.Form, name: str) -> "forms.ModelChoiceField[Any]":
    """A field whose answers are rows of a table."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


class AgreementChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Agreements by number and title."""

    def label_from_instance(self, agreement: Agreement) -> str:
        return f"{agreement.number} · {agreement.title}"


class OpdChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """OPD by name."""

    def label_from_instance(self, opd: Opd) -> str:
        return opd.name


class BudgetLineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Budget lines by year, OPD and name."""

    def label_from_instance(self, line: BudgetLine) -> str:
        return f"{line.year} · {line.name}" + (f" · {line.opd.short_name}" if line.opd else "")
