"""Who works here, as the administrator types it."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_users import ROLES
from payung.office.access.roles import Role
from payung.office.places.models import Government, Opd
from payung.office.places.users import NewArea
from payung.rules.identity import regions

WHOLE, OPD, VILLAGE, PLEDGES = "whole", "opd", "village", "pledges"
KINDS = {
    WHOLE: word("Seluruh pemerintah daerah"),
    OPD: word("Satu OPD"),
    VILLAGE: word("Satu kecamatan atau desa/kelurahan"),
    PLEDGES: word("Hanya yang ia tanggung sendiri"),
}
USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,39}$",
    word("Pakai 3 sampai 40 huruf kecil, angka, titik, garis bawah, atau tanda hubung."),
)


def _choices(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class RoleForm(forms.Form):
    """One of the roles."""

    role = forms.ChoiceField(label=word("Peran"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choices(self.fields["role"], [("", t("Pilih peran")), *((code, t(name)) for code, name in ROLES.items())])

    def clean_role(self) -> Role:
        """The role behind the choice."""
        return Role(self.cleaned_data["role"])


class AreaForm(forms.Form):
    """A kind of area, and which one of that kind."""

    kind = forms.ChoiceField(label=word("Yang boleh dilihat"))
    opd = forms.ChoiceField(label=word("OPD"), required=False, help_text=word("Bila dipilih “Satu OPD”."))
    village = forms.ChoiceField(
        label=word("Kecamatan atau desa/kelurahan"), required=False, help_text=word("Bila dipilih wilayah tinggal.")
    )

    def __init__(self, data: Any = None, *, government: Government, **options: Any) -> None:
        super().__init__(data, **options)
        self.opds = {str(opd.pk): opd for opd in Opd.objects.filter(government=government).order_by("name")}
        _choices(self.fields["kind"], [("", t("Pilih wilayah")), *((code, t(name)) for code, name in KINDS.items())])
        _choices(self.fields["opd"], [("", "–"), *((key, opd.name) for key, opd in self.opds.items())])
        _choices(self.fields["village"], [("", "–"), *_villages(government)])

    def clean(self) -> dict[str, Any]:
        """The place of the chosen kind must be named; `area` is what is granted."""
        told = super().clean() or {}
        kind = told.get("kind")
        if kind == OPD and not told.get("opd"):
            self.add_error("opd", t("Pilih OPD-nya."))
        elif kind == VILLAGE and not told.get("village"):
            self.add_error("village", t("Pilih kecamatan atau desa/kelurahannya."))
        told["area"] = NewArea(
            opd=self.opds.get(told.get("opd", "")) if kind == OPD else None,
            village_code=told.get("village") or None if kind == VILLAGE else None,
            own_pledges=kind == PLEDGES,
        )
        return told


class NewUserForm(RoleForm, AreaForm):
    """Everything about a new user but the password, which Payung makes."""

    username = forms.CharField(
        label=word("Nama pengguna"),
        validators=[USERNAME],
        help_text=word("Dipakai saat masuk, misalnya siti.rahma."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    full_name = forms.CharField(label=word("Nama lengkap"), max_length=200)
    field_order = ("full_name", "username", "role", "kind", "opd", "village")


def _villages(government: Government) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each kecamatan with its kelurahan and desa, as the choices of one field."""
    return [
        (name, [(code, t("Seluruh kecamatan {name}", name=name)), *regions.inside(code)])
        for code, name in regions.inside(government.code)
    ]
