"""Outlines of kecamatan or desa from a GeoJSON file that an office hands in: checked, simplified, drawn by the map."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.files.actions import keep
from payung.office.places.models import Government
from payung.office.reports.models import Boundaries, Outline
from payung.rules.identity import regions

LARGEST_BYTES = 10 << 20
MOST_REGIONS, MOST_POINTS = 2_000, 1_000_000
WIDTH = 1_000
CODES = ("kode", "code", "kode_kec", "kode_kecamatan", "kode_desa", "kdcpum", "kdepum", "kd_kecamatan", "kd_desa")
NAMES = ("nama", "name", "kecamatan", "namobj", "wadmkc", "desa", "kelurahan", "wadmkd")
Point = tuple[float, float]


class BoundariesRefused(Exception):
    """This file is not taken; `reason` is `too_large`, `not_geojson`, or `no_region` (none of this place in it)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def take_in(
    *, government: Government, level: str, source: str, content: bytes, name: str, by: User, at: datetime
) -> Boundaries:
    """Keep the outlines of a level in place of those before. Raises BoundariesRefused."""
    require(by, Deed.SET_OFFICE)
    assert level in Boundaries.LEVELS, level
    found = outlines(content, government.code, level)
    file, _ = keep(government=government, content=content, name=name, by=by, at=at)
    Boundaries.objects.filter(government=government, level=level, replaced_at=None).update(replaced_at=at)
    made = Boundaries.objects.create(
        government=government, file=file, level=level, source=source, recorded_by=by, recorded_at=at
    )
    Outline.objects.bulk_create(
        Outline(government=government, boundaries=made, code=code, rings=rings) for code, rings in found.items()
    )
    detail = {"level": level, "count": len(found)}
    record("take_in_boundaries", subject=f"boundaries:{made.pk}", by=by, at=at, detail=detail)
    return made


def rings_of(government_id: int, level: str) -> dict[str, list[list[tuple[int, int]]]]:
    """Code -> its rings, of the set in force; empty without one."""
    found = Outline.objects.filter(
        boundaries__government_id=government_id, boundaries__level=level, boundaries__replaced_at=None
    )
    return {one.code: [[(x, y) for x, y in ring] for ring in one.rings] for one in found}


def outlines(content: bytes, place: str, level: str) -> dict[str, list[list[tuple[int, int]]]]:
    """Code -> rings in thousandths of the picture's width, north up. Raises BoundariesRefused."""
    if len(content) > LARGEST_BYTES:
        raise BoundariesRefused("too_large")
    rings: dict[str, list[list[Point]]] = {}
    points = 0
    for at, (properties, polygons) in enumerate(_features(content)):
        code = _code(properties, place, level)
        points += sum(len(ring) for ring in polygons)
        if at >= MOST_REGIONS or points > MOST_POINTS:
            raise BoundariesRefused("too_large")
        if code is not None:
            rings.setdefault(code, []).extend(polygons)
    if not rings:
        raise BoundariesRefused("no_region")
    return _drawn(rings)


def _features(content: bytes) -> Iterator[tuple[Mapping[str, Any], list[list[Point]]]]:
    """Properties and rings of each region. Raises BoundariesRefused."""
    try:
        told = json.loads(content)
        for feature in told["features"]:
            shape = feature["geometry"]
            polygons = {"Polygon": lambda c: [c], "MultiPolygon": list}[shape["type"]](shape["coordinates"])
            yield feature.get("properties") or {}, [_ring(ring) for polygon in polygons for ring in polygon]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as wrong:
        raise BoundariesRefused("not_geojson") from wrong


def _ring(points: Sequence[Sequence[Any]]) -> list[Point]:
    ring = [(float(point[0]), float(point[1])) for point in points]
    if len(ring) < 4 or not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise ValueError("not a ring of degrees")
    return ring


def _code(properties: Mapping[str, Any], place: str, level: str) -> str | None:
    """The code of a region of this place and level: as written, else by its name."""
    told = {str(name).casefold(): str(value) for name, value in properties.items() if value is not None}
    digits = 8 if level == Boundaries.KECAMATAN else 13
    for name in CODES:
        try:
            code = regions.normal_code(told.get(name, ""))
        except LookupError:
            continue
        if len(code) == digits and code.startswith(place + "."):
            return code
    find = regions.find_kecamatan if level == Boundaries.KECAMATAN else regions.find_village
    names = NAMES if level == Boundaries.KECAMATAN else tuple(reversed(NAMES))
    found = (find(told[name], place) for name in names if told.get(name))
    return next((match.code for match in found if match), None)


def _drawn(rings: Mapping[str, list[list[Point]]]) -> dict[str, list[list[tuple[int, int]]]]:
    """Degrees become thousandths: east and north at one scale, each ring as plain as its picture allows."""
    everything = [point for each in rings.values() for ring in each for point in ring]
    west, east = min(x for x, _ in everything), max(x for x, _ in everything)
    north, south = max(y for _, y in everything), min(y for _, y in everything)
    flat = math.cos(math.radians((north + south) / 2))
    scale = WIDTH / max((east - west) * flat, (north - south), 1e-9)

    def at(point: Point) -> Point:
        return (point[0] - west) * flat * scale, (north - point[1]) * scale

    return {
        code: kept
        for code, each in rings.items()
        if (kept := [whole for ring in each if len(whole := _whole(simplified([at(one) for one in ring]))) > 2])
    }


def _whole(ring: Sequence[Point]) -> list[tuple[int, int]]:
    """Rounded to thousandths, without points that fall together."""
    rounded = [(round(x), round(y)) for x, y in ring]
    return [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]


def simplified(ring: Sequence[Point], *, tolerance: float = 1.5) -> list[Point]:
    """The ring without points that lie nearer than the tolerance to the line between those kept."""
    kept, work = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while work:
        first, last = work.pop()
        far, distance = 0, tolerance
        for at in range(first + 1, last):
            if (away := _distance(ring[at], ring[first], ring[last])) > distance:
                far, distance = at, away
        if far:
            kept.add(far)
            work += [(first, far), (far, last)]
    return [ring[at] for at in sorted(kept)]


def _distance(point: Point, one: Point, other: Point) -> float:
    """From a point to the line between two others, or to them where they fall together."""
    (x, y), (a, b), (c, d) = point, one, other
    length = math.hypot(c - a, d - b)
    return abs((c - a) * (b - y) - (a - x) * (d - b)) / length if length else math.hypot(x - a, y - b)
