"""Figures that others publish about the place: taken down from a letter, and which of them stand on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Government, OfficialFigure
from payung.rules.identity.regions import normal_code
from payung.rules.months import Month


class FigureRefused(Exception):
    """This cannot be taken down; `reason` is `elsewhere` (no place of this government) or `unit` (a head count where a
    percentage belongs, or the reverse).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewFigure:
    """A figure as a letter tells it: `heads` or `percent_hundredths`, whichever was published."""

    kind: str
    scope: str
    place_code: str
    on_day: date
    heads: int | None
    percent_hundredths: int | None
    letter: str
    letter_on: date
    definition: str


@transaction.atomic
def take_down(*, government: Government, told: NewFigure, by: User, at: datetime) -> OfficialFigure:
    """Keep a figure with its letter; one of the same kind, scope, place and day is replaced. Raises FigureRefused."""
    require(by, Deed.SET_OFFICE)
    try:
        place = normal_code(told.place_code)
    except LookupError as wrong:
        raise FigureRefused("elsewhere") from wrong
    if place != government.code and not place.startswith(government.code + "."):
        raise FigureRefused("elsewhere")
    counts = told.kind == OfficialFigure.WORKERS or told.kind.startswith(OfficialFigure.COVERED)
    wrong_unit = told.heads is None if counts else told.percent_hundredths is None
    either = told.kind == OfficialFigure.HEALTH
    if (told.heads is None) == (told.percent_hundredths is None) or (wrong_unit and not either):
        raise FigureRefused("unit")
    same = OfficialFigure.objects.filter(
        government=government, kind=told.kind, scope=told.scope, place_code=place, on_day=told.on_day, replaced_at=None
    )
    same.update(replaced_at=at)
    made = OfficialFigure.objects.create(
        government=government, kind=told.kind, scope=told.scope, place_code=place, on_day=told.on_day,
        heads=told.heads, percent_hundredths=told.percent_hundredths, letter=told.letter, letter_on=told.letter_on,
        definition=told.definition, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    detail = {"kind": told.kind, "on_day": told.on_day.isoformat(), "heads": told.heads}
    record("take_down_figure", subject=f"figure:{made.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def withdraw(*, figure: OfficialFigure, by: User, at: datetime) -> None:
    """The figure was taken down wrongly: it counts no more."""
    require(by, Deed.SET_OFFICE)
    if OfficialFigure.objects.filter(pk=figure.pk, replaced_at=None).update(replaced_at=at):
        record("withdraw_figure", subject=f"figure:{figure.pk}", by=by, at=at)


def standing(government_id: int) -> list[OfficialFigure]:
    """Every figure that stands, the newest day first."""
    found = OfficialFigure.objects.filter(government_id=government_id, replaced_at=None)
    return list(found.order_by("-on_day", "kind", "scope", "place_code"))


def newest(found: Sequence[OfficialFigure], kind: str, scope: str, place: str, day: date) -> OfficialFigure | None:
    """The newest of a kind at or before a day; never one of another place or scope."""
    fitting = (one for one in found if (one.kind, one.scope, one.place_code) == (kind, scope, place))
    return max((one for one in fitting if one.on_day <= day), key=lambda one: one.on_day, default=None)


def monthly(found: Sequence[OfficialFigure], kind: str, scope: str, place: str) -> dict[Month, int]:
    """Month -> the heads told for it; of several days of a month the last."""
    fitting = [one for one in found if (one.kind, one.scope, one.place_code) == (kind, scope, place)]
    return {Month.of(one.on_day): one.heads or 0 for one in sorted(fitting, key=lambda one: one.on_day)}
