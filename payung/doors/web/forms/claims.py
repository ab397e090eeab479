"""What is typed about cases and claims."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from payung.doors.papers.claim_words import as_language
from payung.doors.web.forms.choices import choice, row_choice
from payung.doors.web.forms.decrees import day_field
from payung.doors.web.forms.losses import LossesField
from payung.doors.web.forms.upload import WorkbookField
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_claims import (
    DIFFERENCES,
    DROP_REASONS,
    EVENTS,
    JHT_REASONS,
    PAID_BY,
    RELATIONS,
)
from payung.office.claims.catalogue import facts, kinds
from payung.office.claims.gathering import NewHeir
from payung.office.claims.kind import Kind
from payung.office.claims.models import Heir
from payung.office.claims.opening import Event
from payung.office.claims.paying import Money, Said
from payung.office.claims.told import Told

MOST_HEIRS = 8
MOST_RUPIAH = 1_000_000_000
SCHOOLS = {
    "NONE:0": word("belum sekolah"),
    **{f"TK:{year}": f"TK {year}" for year in (1, 2)},
    **{f"SD:{year}": f"SD {year}" for year in range(1, 7)},
    **{f"SMP:{year}": f"SMP {year}" for year in range(1, 4)},
    **{f"SMA:{year}": f"SMA {year}" for year in range(1, 4)},
    **{f"PT:{year}": f"PT {year}" for year in range(1, 6)},
}


def kind_choices(event: str = "") -> list[tuple[str, str]]:
    """The kinds of claim that an event may lead to; without one all of them, in the order of the events."""
    spoken, order = as_language(language()), list(EVENTS)
    if event:
        return [(kind.code, kind.name.say(spoken)) for kind in kinds().values() if event in kind.events]
    sorted_kinds = sorted(kinds().values(), key=lambda kind: min(order.index(one) for one in kind.events))
    return [(kind.code, kind.name.say(spoken)) for kind in sorted_kinds]


class OpenForm(forms.Form):
    """What happened, when, and who says so."""

    event = forms.ChoiceField(label=word("Apa yang terjadi"))
    on = day_field(word("Hari kejadian"))
    hour = forms.TimeField(
        label=word("Jam"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=word("Laporan pertama kecelakaan dihitung dalam jam."),
    )  # fmt: skip
    place = forms.CharField(label=word("Tempat"), max_length=200, required=False)
    claimed = forms.MultipleChoiceField(
        label=word("Manfaat yang diminta"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=word("Boleh dikosongkan: halaman berikut menawarkan yang sesuai kejadiannya."),
    )  # fmt: skip
    reporter = forms.CharField(label=word("Pelapor"), max_length=100, required=False)
    bond = forms.CharField(label=word("Hubungan pelapor"), max_length=60, required=False)
    phone = forms.CharField(label=word("Telepon pelapor"), max_length=20, required=False)
    chronology = forms.CharField(
        label=word("Kronologi"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *given: Any, today: date) -> None:
        super().__init__(*given)
        self.today = today
        choice(self, "event").choices = [(code, t(text)) for code, text in EVENTS.items()]
        choice(self, "claimed").choices = kind_choices()

    def clean_on(self) -> date:
        """Nothing has happened tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(t("Hari kejadian belum tiba."))
        return on

    def what(self) -> Event:
        """The event as the office keeps it."""
        told, hour = self.cleaned_data, self.cleaned_data["hour"]
        at = timezone.make_aware(datetime.combine(told["on"], hour)) if hour else None
        return Event(told["event"], told["on"], at, told["place"])

    def who(self) -> Told:
        """Who told it."""
        return Told(**{name: self.cleaned_data[name] for name in ("reporter", "bond", "phone", "chronology")})


class TakeUpForm(forms.Form):
    """The benefits with which an officer takes up a proposed case, or adds to one."""

    claimed = forms.MultipleChoiceField(label=word("Manfaat yang diminta"), widget=forms.CheckboxSelectMultiple())

    def __init__(self, *given: Any, event: str, known: Iterable[str] = ()) -> None:
        super().__init__(*given)
        choice(self, "claimed").choices = [one for one in kind_choices(event) if one[0] not in known]


class DropForm(forms.Form):
    """Why a proposed case is none."""

    reason = forms.ChoiceField(label=word("Alasan"))

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        choice(self, "reason").choices = [(code, t(text)) for code, text in DROP_REASONS.items()]


class FactsForm(forms.Form):
    """Everything that the kinds of a case ask."""

    def __init__(
        self, data: QueryDict | None = None, *, asked: Iterable[Kind], known: dict[str, str], on: date
    ) -> None:
        super().__init__(data, initial=known)
        for code in dict.fromkeys(code for kind in asked for code in kind.facts):
            self.fields[code] = _fact_field(code, on)

    def told(self) -> dict[str, str]:
        """Each answer as the office keeps it; empty takes one back."""
        return {code: _as_text(value) for code, value in self.cleaned_data.items()}


def _fact_field(code: str, on: date) -> forms.Field:
    asked = facts()[code]
    label, unit = asked.name.say(as_language(language())), asked.unit
    if unit == "yes":
        choices = [("", t("belum diketahui")), ("yes", t("ya")), ("no", t("tidak"))]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if unit == "choice":
        choices = [("", t("belum diketahui")), *((one, t(JHT_REASONS[one])) for one in asked.options)]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if unit == "day":
        return day_field(label, required=False)
    if unit == "moment":
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return forms.DateTimeField(label=label, required=False, widget=widget)
    if unit == "losses":
        return LossesField(label=label, on=on)
    if unit == "rupiah":
        return forms.IntegerField(label=f"{label} (Rp)", required=False, min_value=0, max_value=MOST_RUPIAH)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=366)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


class HeirForm(forms.Form):
    """One heir; a line without a name is none."""

    relation = forms.ChoiceField(label=word("Hubungan"))
    name = forms.CharField(label=word("Nama"), max_length=100, required=False)
    birth_date = day_field(word("Lahir"), required=False)
    parts = forms.IntegerField(label=word("Bagian"), min_value=1, max_value=1000, initial=1)
    guardian = forms.CharField(label=word("Wali"), max_length=100, required=False)
    school = forms.ChoiceField(label=word("Kelas"), required=False)
    married_or_working = forms.BooleanField(label=word("Sudah menikah atau bekerja"), required=False)
    bank = forms.CharField(label=word("Bank"), max_length=60, required=False)
    account = forms.CharField(label=word("Rekening"), max_length=30, required=False)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choice(self, "relation").choices = [(code, t(text)) for code, text in RELATIONS.items()]
        choice(self, "school").choices = [
            ("", "–"),
            *((code, t(text) if code == "NONE:0" else text) for code, text in SCHOOLS.items()),
        ]


HeirForms = forms.formset_factory(HeirForm, extra=2, max_num=MOST_HEIRS, validate_max=True)


def heir_lines(heirs: Iterable[Heir], accounts: dict[int, str]) -> list[dict[str, Any]]:
    """The heirs of a case as lines to change."""
    names = ("relation", "name", "birth_date", "parts", "guardian", "school", "married_or_working", "bank")
    return [{name: getattr(heir, name) for name in names} | {"account": accounts.get(heir.pk, "")} for heir in heirs]


def named(lines: Iterable[dict[str, Any]]) -> list[NewHeir]:
    """The lines with a name."""
    return [NewHeir(**line) for line in lines if line.get("name")]


class DocumentForm(forms.Form):
    """One paper: a photo or a PDF."""

    code = forms.ChoiceField(label=word("Dokumen"))
    file = forms.FileField(
        label=word("Foto atau PDF"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=word("Foto dari telepon boleh. Paling besar 6 MB, disimpan tersegel."),
    )  # fmt: skip

    def __init__(self, *given: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(*given)
        choice(self, "code").choices = choices


class StepForm(forms.Form):
    """A step of a claim: its day and a note."""

    on = day_field(word("Tanggal"))
    comment = forms.CharField(
        label=word("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """What BPJS answered."""

    granted = forms.TypedChoiceField(label=word("Jawaban BPJS"), coerce=lambda text: text == "1")
    answered_on = day_field(word("Tanggal jawaban"))
    letter = forms.CharField(label=word("Nomor surat"), max_length=100)
    amount_rupiah = forms.IntegerField(
        label=word("Jumlah yang disetujui (Rp)"), min_value=0, max_value=MOST_RUPIAH, required=False
    )
    difference = forms.ChoiceField(label=word("Bila jumlahnya berbeda"), required=False)
    comment = forms.CharField(
        label=word("Sebabnya"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *given: Any, expected: int = 0) -> None:
        super().__init__(*given)
        self.initial["amount_rupiah"] = expected
        answers = [("1", t("Disetujui")), ("0", t("Ditolak"))]
        choice(self, "granted").choices = answers
        told = [("", "–"), *((code, t(text)) for code, text in DIFFERENCES.items())]
        choice(self, "difference").choices = told

    def clean(self) -> dict[str, Any]:
        """Granted with an amount, or denied with its reason."""
        told = super().clean() or {}
        if told.get("granted") and not told.get("amount_rupiah"):
            self.add_error("amount_rupiah", t("Isi jumlahnya."))
        if told.get("granted") is False and not told.get("comment"):
            self.add_error("comment", t("Tuliskan alasannya."))
        return told

    def said(self) -> Said:
        """The answer as the office keeps it."""
        told = dict(self.cleaned_data)
        if not told["granted"]:
            told |= {"amount_rupiah": 0, "difference": ""}
        return Said(**told)


class HeirChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Heirs by name."""

    def label_from_instance(self, heir: Heir) -> str:
        return heir.name


class PayoutForm(forms.Form):
    """Money that moved."""

    paid_by = forms.ChoiceField(label=word("Dari siapa kepada siapa"))
    paid_on = day_field(word("Tanggal dibayar"))
    amount_rupiah = forms.IntegerField(label=word("Jumlah (Rp)"), min_value=1, max_value=MOST_RUPIAH)
    heir = HeirChoice(Heir.objects.none(), label=word("Penerima"), required=False)
    reference = forms.CharField(label=word("Nomor bukti"), max_length=100)

    def __init__(self, *given: Any, heirs: Iterable[Heir]) -> None:
        super().__init__(*given)
        choice(self, "paid_by").choices = [(code, t(text)) for code, text in PAID_BY.items()]
        chosen = Heir.objects.filter(pk__in=[heir.pk for heir in heirs])
        row_choice(self, "heir").queryset = chosen

    def money(self) -> Money:
        """The payout as the office keeps it."""
        return Money(**self.cleaned_data)


class HandOverForm(forms.Form):
    """When and where paid benefits are handed over."""

    on = day_field(word("Hari acara"))
    place = forms.CharField(label=word("Tempat acara"), max_length=100)


class AccidentListForm(forms.Form):
    """A list of accidents, as a hospital keeps it."""

    workbook = WorkbookField(label=word("Berkas"))
