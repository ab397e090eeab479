"""Questions of identity that wait for a person: the queue, and one question with all its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from payung.office.places.queries import Area
from payung.office.registry import blocks
from payung.office.registry.models import Alias, Evidence, Judgement, Merge, Pair
from payung.office.registry.queries import visible
from payung.rules.linkage import model, rows, waterfall
from payung.rules.linkage.waterfall import Waterfall

OPEN, LATER = "open", "later"
STATES = (OPEN, LATER)


def asked_rows(area: Area) -> QuerySet[Pair]:
    """The questions on rows of lists that an area shows."""
    found = Pair.objects.filter(government=area.government, row__isnull=False)
    return found if area.opd_ids is None else found.filter(opd_id__in=area.opd_ids)


def asked_twins(area: Area) -> QuerySet[Pair]:
    """The questions on two persons of the registry: for whoever sees the whole government."""
    found = Pair.objects.filter(government=area.government, other__isnull=False)
    return found if area.opd_ids is None else found.none()


def waiting_rows(area: Area, state: str = OPEN) -> QuerySet[Pair]:
    """One pair, the likeliest, of each row that waits (or was put off), the likeliest first."""
    said = Judgement.objects.filter(row=OuterRef("row"), replaced_at__isnull=True)
    found = asked_rows(area).exclude(Exists(Evidence.objects.filter(row=OuterRef("row"))))
    better = (
        asked_rows(area)
        .filter(row=OuterRef("row"))
        .filter(
            Q(probability__gt=OuterRef("probability")) | Q(probability=OuterRef("probability"), pk__lt=OuterRef("pk"))
        )
    )
    return _in_state(found.exclude(Exists(better)), said, state)


def waiting_twins(area: Area, state: str = OPEN) -> QuerySet[Pair]:
    """The pairs of persons that wait (or were put off), the likeliest first; a proposed merge waits elsewhere."""
    said = Judgement.objects.filter(other=OuterRef("other"), person=OuterRef("person"), replaced_at__isnull=True)
    merging = Merge.objects.filter(
        Q(absorbed=OuterRef("other"), surviving=OuterRef("person"))
        | Q(absorbed=OuterRef("person"), surviving=OuterRef("other")),
        proposal__state="open",
    )
    merged = Alias.objects.filter(Q(person=OuterRef("other")) | Q(person=OuterRef("person")))
    return _in_state(asked_twins(area).exclude(Exists(merging)).exclude(Exists(merged)), said, state)


def _in_state(found: QuerySet[Pair], said: QuerySet[Judgement], state: str) -> QuerySet[Pair]:
    wanted = Exists(said.filter(answer=Judgement.LATER)) if state == LATER else ~Exists(said)
    return found.filter(wanted).order_by(F("probability").desc(), "pk")


@dataclass(frozen=True)
class Candidate:
    """One person beside the row; `reasons` None when the area does not show her: then nothing of her is told."""

    pair: Pair
    reasons: Waterfall | None


def candidates(area: Area, row_id: int, *, digits: str | None, on: date) -> list[Candidate]:
    """Whom the row may be, the likeliest first. Marks in clear stand in the reasons: mask them before a screen.

    Raises Pair.DoesNotExist when the area shows no question on that row.
    """
    # Not joined with the persons: a question on somebody outside the area would be lost.
    pairs = list(asked_rows(area).filter(row_id=row_id).order_by("-probability", "pk"))
    if not pairs:
        raise Pair.DoesNotExist
    table = blocks.list_rows(pl.Series([row_id], dtype=pl.Int64)).with_columns(
        pl.coalesce("nik", pl.lit(digits, pl.String)).alias("nik")
    )
    (left,) = rows.read(table, on=on).to_dicts()
    shown = set(visible(area).filter(pk__in=[pair.person_id for pair in pairs]).values_list("pk", flat=True))
    persons = _read(shown, on)
    return [
        Candidate(pair, _reasons(pair, left, persons[pair.person_id]) if pair.person_id in shown else None)
        for pair in pairs
    ]


def twins(area: Area, pair_id: int, *, on: date) -> Candidate:
    """Two persons with the reasons. Raises Pair.DoesNotExist outside the area."""
    pair = asked_twins(area).select_related("other", "person").get(pk=pair_id)
    assert pair.other_id is not None
    persons = _read({pair.other_id, pair.person_id}, on)
    return Candidate(pair, _reasons(pair, persons[pair.other_id], persons[pair.person_id]))


def _read(ids: set[int], on: date) -> dict[int, Mapping[str, object]]:
    found = rows.read(blocks.persons(pl.Series(sorted(ids), dtype=pl.Int64)), on=on)
    return {one["id"]: one for one in found.to_dicts()}


def _reasons(pair: Pair, left: Mapping[str, object], right: Mapping[str, object]) -> Waterfall:
    return waterfall.of(pair.levels, left, right, model.read(pair.model_version), prior=pair.prior)
