"""The people of lists and papers by name, cut to an area. NIKs are in clear: mask them before a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Count, Q, QuerySet

from payung.office.access.marks import unseal
from payung.office.agreements import decree_lists
from payung.office.agreements.models import Amendment, AmendmentItem, Decree
from payung.office.places.queries import Area
from payung.office.verification.lists import due
from payung.office.verification.models import Candidate
from payung.office.verification.queries import visible_candidates


@dataclass(frozen=True)
class Listed:
    """Somebody in a list on a day."""

    entry_id: int
    number: int
    candidate_id: int
    name: str
    nik: str | None
    kecamatan_code: str | None
    desa_code: str | None
    segment: str | None
    from_day: date


@dataclass(frozen=True)
class Item:
    """Somebody whom a paper brings (`add`, from a day) or ends (`end`, on a day)."""

    kind: str
    reason: str
    number: int
    candidate_id: int
    name: str
    nik: str | None
    kecamatan_code: str | None
    desa_code: str | None
    segment: str | None
    on: date


@dataclass(frozen=True)
class Due:
    """Somebody in the list whom the rules put out: `reason` says why, `end_reason` how the paper would call it."""

    entry_id: int
    candidate_id: int
    name: str
    reason: str
    end_reason: str


def listed_people(area: Area, decree: Decree, day: date, *, limit: int) -> tuple[int, list[Listed]]:
    """How many stand in the list on a day, and the first of them, by slot."""
    elsewhere = area.opd_ids is not None and decree.opd_id not in area.opd_ids
    villages = area.villages if elsewhere else None
    first = decree_lists.list_on(decree, day, villages=villages, limit=limit)
    known = _candidates(area, decree, first["row_id"].to_list())
    return decree_lists.count_on(decree, day, villages=villages), [
        Listed(
            entry_id=row["entry_id"],
            number=row["number"],
            candidate_id=known[row["row_id"]].pk,
            name=known[row["row_id"]].name,
            nik=unseal(known[row["row_id"]].nik_sealed, kind="nik"),
            kecamatan_code=row["kecamatan_code"],
            desa_code=row["desa_code"],
            segment=row["segment"],
            from_day=row["from_day"],
        )
        for row in first.iter_rows(named=True)
        if row["row_id"] in known
    ]


def items_of(area: Area, amendment: Amendment, *, limit: int | None = None) -> list[Item]:
    """Everybody a paper brings or ends, or the first of them: who goes first, then who comes, by slot."""
    found = _items(area, amendment).select_related("slot").order_by("-kind", "slot__number")
    items = list(found if limit is None else found[:limit])
    known = _candidates(area, amendment.decree, [item.row_id for item in items])
    return [
        Item(
            kind=item.kind,
            reason=item.reason,
            number=item.slot.number,
            candidate_id=known[item.row_id].pk,
            name=known[item.row_id].name,
            nik=unseal(known[item.row_id].nik_sealed, kind="nik"),
            kecamatan_code=item.kecamatan_code,
            desa_code=item.desa_code,
            segment=item.segment,
            on=day,
        )
        for item in items
        if item.row_id in known
        and (day := item.until_day if item.kind == AmendmentItem.END else item.from_day) is not None
    ]


def item_counts(area: Area, amendment: Amendment) -> dict[str, int]:
    """`add` and `end` -> how many people of the area a paper brings or ends."""
    return dict(_items(area, amendment).values_list("kind").annotate(Count("pk")).order_by())


def _items(area: Area, amendment: Amendment) -> QuerySet[AmendmentItem]:
    found = AmendmentItem.objects.filter(amendment=amendment)
    if area.opd_ids is None or amendment.decree.opd_id in area.opd_ids:
        return found
    return found.filter(Q(kecamatan_code__in=area.villages) | Q(desa_code__in=area.villages))


def due_people(area: Area, decree: Decree, day: date) -> list[Due]:
    """Whom to replace, by slot."""
    found = due(decree, day)
    known = _candidates(area, decree, found["row_id"].to_list())
    wanted = ["entry_id", "key", "name", "reason", "end_reason"]
    shown = found.filter(pl.col("row_id").is_in(list(known))).select(wanted)
    return [Due(*row) for row in shown.iter_rows()]


def _candidates(area: Area, decree: Decree, row_ids: Iterable[int]) -> dict[int, Candidate]:
    found = visible_candidates(area).filter(decree=decree, row_id__in=list(row_ids))
    return {one.row_id: one for one in found}
