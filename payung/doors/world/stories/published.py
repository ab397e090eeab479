"""Figures about a place that were published with its programme, taken down as they were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.doors.world.monthly import morning
from payung.doors.world.stories.telling import Telling
from payung.office.places.models import OfficialFigure
from payung.office.places.scope import whole_government
from payung.office.reports import official


@dataclass(frozen=True)
class Published:
    """A head count, or hundredths of a percent (1020 is 10.20 %), of a kind and scope of OfficialFigure.

    `on_day` is the day that it speaks of, where that is not the day on which it was told.
    """

    kind: str
    scope: str
    heads: int | None = None
    percent_hundredths: int | None = None
    on_day: date | None = None
    definition: str = "Seperti diberitakan"


_NATIONAL = "Target nasional RPJMN; cara hitungnya lain dari UCJ"
TARGETS_TOLD_ON = date(2025, 2, 28)
TARGETS = (
    Published("target_rpjmn", "all", percent_hundredths=3_215, on_day=date(2025, 12, 31), definition=_NATIONAL),
    Published("target_rpjmn", "all", percent_hundredths=4_392, on_day=date(2029, 12, 31), definition=_NATIONAL),
)
"""By what every place is measured later, as reported; the day on which they were told is assumed."""


def take_down(story: Telling, on: date, figures: Sequence[Published]) -> None:
    """The figures told on a day; what stands already is left alone."""
    founded = story.founded
    with whole_government(founded.government, by=founded.admin):
        for one in figures:
            day = one.on_day or on
            same = OfficialFigure.objects.filter(kind=one.kind, scope=one.scope, on_day=day, replaced_at__isnull=True)
            if same.exists():
                continue
            told = official.NewFigure(
                kind=one.kind, scope=one.scope, place_code=story.world.place.code, on_day=day, heads=one.heads,
                percent_hundredths=one.percent_hundredths, letter="SINTETIS: berita tentang program ini", letter_on=on,
                definition=one.definition,
            )  # fmt: skip
            official.take_down(government=founded.government, told=told, by=founded.admin, at=morning(on))
