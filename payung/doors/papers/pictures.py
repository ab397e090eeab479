"""Pictures of figures as SVG, the same in page and paper: attributes only, the reader's own ink, and every value also
written, so that they survive a grey printer. Texts arrive translated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 640
LEFT, RIGHT, TOP, FLOOR = 8, 632, 26, 176
HEIGHT = 204
MOST_LABELS = 8
PETROL = "#0f4c5c"
INK = 'fill="currentColor" font-family="sans-serif"'
SHADES = (0.06, 0.16, 0.28, 0.42, 0.92)
"""How dark a region is, from the least to the most."""
DARK_FROM = 4


@dataclass(frozen=True)
class Point:
    """One value of a curve. `told` is the value as it is written."""

    label: str
    value: int
    told: str


def curve(points: Sequence[Point], *, whole: int, whole_told: str, title: str) -> str:
    """A curve from the first point to the last, below the line of the whole. Empty without points."""
    if not points:
        return ""
    highest = max(whole, *(point.value for point in points), 1)
    step = (RIGHT - LEFT - 40) / max(len(points) - 1, 1)
    at = [(round(LEFT + 20 + step * i, 1), _height(point.value, highest)) for i, point in enumerate(points)]
    level = _height(whole, highest)
    line = " ".join(f"{'M' if i == 0 else 'L'}{x} {y}" for i, (x, y) in enumerate(at))
    every = -(-len(points) // MOST_LABELS)
    shown = {*range(0, len(points), every), len(points) - 1} - (
        {len(points) - 1 - (len(points) - 1) % every} if (len(points) - 1) % every else set()
    )
    parts = [
        f'<path d="M{LEFT} {FLOOR}H{RIGHT}" stroke="currentColor" stroke-opacity=".4"/>',
        f'<path d="M{LEFT} {level}H{RIGHT}" stroke="currentColor" stroke-dasharray="5 4"/>',
        f'<text x="{RIGHT}" y="{level - 5}" font-size="12" text-anchor="end" {INK}>{escape(whole_told)}</text>',
        f'<path d="{line} V{FLOOR} H{at[0][0]} Z" fill="currentColor" fill-opacity=".12"/>',
        f'<path d="{line}" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    ]
    for i, ((x, y), point) in enumerate(zip(at, points, strict=True)):
        told = f"<title>{escape(point.label)}: {escape(point.told)}</title>"
        parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="currentColor">{told}</circle>')
        if i in shown:
            above = y + 18 if y - level < 22 else y - 8  # not over the line of the whole and its words
            parts.append(
                f'<text x="{x}" y="{above}" font-size="12" text-anchor="middle" {INK}>{escape(point.told)}</text>'
            )
            parts.append(
                f'<text x="{x}" y="{FLOOR + 18}" font-size="12" text-anchor="middle" {INK}>{escape(point.label)}</text>'
            )
    return _picture(title, WIDTH, HEIGHT, parts)


@dataclass(frozen=True)
class Pile:
    """One column of piled values, the lowest first; the darkest stands at the foot."""

    label: str
    values: Sequence[int]


PILED = (0.9, 0.42, 0.14)
"""How dark the first, second and third value of a pile are; each has an outline too."""


def piles(columns: Sequence[Pile], *, names: Sequence[str], title: str) -> str:
    """Columns side by side, each a pile of as many values as there are names, its sum written above; the names stand
    below. Empty without any value.
    """
    highest = max((sum(column.values) for column in columns), default=0)
    if not highest:
        return ""
    step = (RIGHT - LEFT) / len(columns)
    parts = [f'<path d="M{LEFT} {FLOOR}H{RIGHT}" stroke="currentColor" stroke-opacity=".4"/>', *_legend(names)]
    for at, column in enumerate(columns):
        left, middle, below = round(LEFT + step * at + 6, 1), round(LEFT + step * (at + 0.5), 1), 0
        for name, value, dark in zip(names, column.values, PILED, strict=True):
            top, foot = _height(below + value, highest), _height(below, highest)
            below += value
            if value:
                parts.append(
                    f'<rect x="{left}" y="{top}" width="{round(step - 12, 1)}" height="{round(foot - top, 1)}"'
                    f' fill="currentColor" fill-opacity="{dark}" stroke="currentColor">'
                    f"<title>{escape(column.label)}: {escape(name)} {value}</title></rect>"
                )
        label = f'font-size="12" text-anchor="middle" {INK}'
        parts.append(f'<text x="{middle}" y="{FLOOR + 18}" {label}>{escape(column.label)}</text>')
        if below:
            parts.append(f'<text x="{middle}" y="{_height(below, highest) - 6}" {label}>{below}</text>')
    return _picture(title, WIDTH, HEIGHT + 24, parts)


def _legend(names: Sequence[str]) -> list[str]:
    """What each shade of a pile means."""
    at = [LEFT + 150 * place for place in range(len(names))]
    return [
        f'<rect x="{x}" y="{HEIGHT + 4}" width="12" height="12" fill="currentColor" fill-opacity="{dark}"'
        f' stroke="currentColor"/><text x="{x + 18}" y="{HEIGHT + 15}" font-size="12" {INK}>{escape(name)}</text>'
        for x, name, dark in zip(at, names, PILED, strict=True)
    ]


def _height(value: int, highest: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * value / highest, 1)


Ring = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Region:
    """One region of a map: `shade` from 0 to 4 (None: nothing is known), `told` its value as written. Without `rings`
    (thousandths of the width) it is a tile.
    """

    name: str
    told: str
    shade: int | None
    href: str = ""
    rings: Sequence[Ring] = ()


def map_of(regions: Sequence[Region], *, title: str) -> str:
    """Outlines where every region has them, else a tile for each region in the order given."""
    if not regions:
        return ""
    return _outlines(regions, title) if all(region.rings for region in regions) else _tiles(regions, title)


TILE_WIDTH, TILE_HEIGHT, TILES_A_ROW = 126, 62, 5
MOST_HIGH, LETTER_WIDTH = 480, 7
"""Of outlines; a name is written where it fits."""


def _tiles(regions: Sequence[Region], title: str) -> str:
    parts = []
    for at, region in enumerate(regions):
        x, y = 2 + at % TILES_A_ROW * (TILE_WIDTH + 2), 2 + at // TILES_A_ROW * (TILE_HEIGHT + 2)
        name = region.name if len(region.name) < 18 else region.name[:16] + "…"
        body = (
            f'<rect x="{x}" y="{y}" width="{TILE_WIDTH - 2}" height="{TILE_HEIGHT - 2}" {_paint(region)}/>'
            + _text(x + 8, y + 22, 12, name, region)
            + _text(x + 8, y + 44, 15, region.told, region)
        )
        parts.append(_linked(region, body))
    rows = -(-len(regions) // TILES_A_ROW)
    return _picture(title, WIDTH, 4 + rows * (TILE_HEIGHT + 2), parts)


def _outlines(regions: Sequence[Region], title: str) -> str:
    """All regions at one scale: as wide as the picture, or as high as MOST_HIGH."""
    everything = [point for region in regions for ring in region.rings for point in ring]
    west, north = min(x for x, _ in everything), min(y for _, y in everything)
    wide, high = max(x for x, _ in everything) - west, max(y for _, y in everything) - north
    scale = min((WIDTH - 4) / max(wide, 1), (MOST_HIGH - 4) / max(high, 1))
    parts, labels, lowest = [], [], 0

    def at(point: tuple[int, int]) -> tuple[int, int]:
        return 2 + round((point[0] - west) * scale), 2 + round((point[1] - north) * scale)

    for region in regions:
        rings = [[at(point) for point in ring] for ring in region.rings]
        lowest = max(lowest, *(y for ring in rings for _, y in ring))
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
        parts.append(_linked(region, f'<path d="{path}" fill-rule="evenodd" {_paint(region)}/>'))
        xs, ys = zip(*max(rings, key=len), strict=True)
        across, down = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
        named = len(region.name) * LETTER_WIDTH < max(xs) - min(xs) and max(ys) - min(ys) > 3 * LETTER_WIDTH
        labels += [_text(across, down - 4, 10, region.name, region, anchor="middle")] if named else []
        labels.append(_text(across, down + 8 * named, 11, region.told, region, anchor="middle"))
    return _picture(title, WIDTH, lowest + 4, [*parts, *labels])


def _paint(region: Region) -> str:
    line = 'stroke="currentColor" stroke-opacity=".5"'
    if region.shade is None:
        return f'fill="none" stroke-dasharray="3 3" {line}'
    return f'fill="{PETROL}" fill-opacity="{SHADES[region.shade]}" {line}'


def _text(x: int, y: int, size: int, told: str, region: Region, *, anchor: str = "start") -> str:
    dark = region.shade is not None and region.shade >= DARK_FROM
    ink = 'fill="#fff" font-family="sans-serif"' if dark else INK
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" {ink}>{escape(told)}</text>'


def _linked(region: Region, body: str) -> str:
    whole = f"<g><title>{escape(region.name)}: {escape(region.told)}</title>{body}</g>"
    return f'<a href="{escape(region.href)}">{whole}</a>' if region.href else whole


def _picture(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    # An image has nothing to choose in it: a picture with links is a group of them.
    role = "group" if any("<a " in part for part in parts) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="{role}" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def shades(values: Sequence[int | None]) -> list[int | None]:
    """A shade for each value: five equal steps up to the largest; None where there is no value."""
    largest = max((value for value in values if value), default=0)
    return [None if value is None else min(4, 5 * value // largest) if largest else 0 for value in values]
