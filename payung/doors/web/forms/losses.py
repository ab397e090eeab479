"""Which parts of the body, or functions of them, were lost: chosen from the law's table of the day of the event."""

from datetime import date
from typing import Any

from django import forms

from payung.doors.papers.claim_words import as_language
from payung.doors.web.translation import language, t
from payung.rules.law.benefits.losses import items
from payung.rules.law.benefits.questions import JOINED_BY
from payung.rules.law.figures import LawError
from payung.rules.law.words import Words

LINES = 4


class LossesWidget(forms.MultiWidget):
    """Some lines of a loss and its number."""

    use_fieldset = True

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        lines: list[forms.Widget] = []
        for number in range(1, LINES + 1):
            named = {"aria-label": t("Bagian tubuh {number}", number=number)}
            lines += [
                forms.Select(attrs=named, choices=choices),
                forms.NumberInput(attrs={"aria-label": t("Angka {number}", number=number), "min": 1, "max": 9999}),
            ]
        super().__init__(lines)

    def decompress(self, value: str | None) -> list[str]:
        """ "scalp=20+right-thumb" -> ["scalp", "20", "right-thumb", ""]."""
        parts = [part.partition("=") for part in value.split(JOINED_BY)] if value else []
        return [text for item, _, number in parts[:LINES] for text in (item, number)]


class LossesField(forms.MultiValueField):
    """The losses as a claim keeps them, joined by plus; empty when nothing was lost."""

    def __init__(self, *, label: str, on: date) -> None:
        spoken = as_language(language())
        try:
            known = [(code, Words(**rows[0].more["loss"]).say(spoken)) for code, rows in items(on).items()]
        except LawError:
            known = []
        choices = [("", "–"), *known]
        super().__init__(
            fields=[
                field
                for _ in range(LINES)
                for field in (
                    forms.ChoiceField(choices=choices, required=False),
                    forms.IntegerField(min_value=1, max_value=9999, required=False),
                )
            ],
            widget=LossesWidget(choices),
            label=label,
            required=False,
            require_all_fields=False,
            help_text=t(
                "Pilih dari tabel cacat. Angka hanya untuk fungsi yang hilang sebagian (persennya) "
                "atau bagian yang dihitung, misalnya persen kulit kepala."
            ),
        )

    def compress(self, data_list: list[Any]) -> str:
        """Each chosen line, with its number where one stands."""
        lines = zip(data_list[::2], data_list[1::2], strict=True)
        return JOINED_BY.join(f"{item}={number}" if number else str(item) for item, number in lines if item)
