"""Which OPD does best: share of civil servants who sponsor, workers protected, and who lasts. No names of people."""

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from payung.office import bulk
from payung.office.sponsorship.models import Circular
from payung.rules.months import Month

PERSISTENCY_MONTHS = (3, 6, 12)
FULL_POINTS = 100


@dataclass(frozen=True)
class Ranked:
    """An OPD in a month. `sponsors` are civil servants with enough workers by the circular; `lasting` says of the
    orders begun at least 3, 6 and 12 months ago how many still stand so long after (stood, begun).

    `points` follow the circular's weights; whoever has the most is first, and equal points share a rank.
    """

    rank: int
    opd_id: int
    opd: str
    servants: int
    sponsors: int
    workers: int
    lasting: tuple[tuple[int, int], ...]
    points: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.sponsors, self.servants) if self.servants else Fraction(0)


_SERVANTS = """
    SELECT v.opd_id, count(*) FROM (
        SELECT DISTINCT ON (w.sponsor_id) w.sponsor_id, w.state, w.opd_id FROM sponsorship_service w
        WHERE w.government_id = %(government)s AND w.replaced_at IS NULL AND w.from_day <= %(last)s
        ORDER BY w.sponsor_id, w.from_day DESC) v
    WHERE v.state = 'serving' GROUP BY 1
"""
_STANDING = """
    SELECT o.opd_id, p.sponsor_id, count(*) FROM sponsorship_order o JOIN sponsorship_pledge p ON p.id = o.pledge_id
    WHERE p.circular_id = %(circular)s AND o.replaced_at IS NULL AND o.from_month <= %(first)s
      AND coalesce(o.until_month, 'infinity') >= %(first)s GROUP BY 1, 2
"""
_LASTING = """
    SELECT f.opd_id, count(*),
           count(*) FILTER (WHERE EXISTS (
               SELECT 1 FROM sponsorship_order o WHERE o.pledge_id = f.pledge_id AND o.replaced_at IS NULL
                 AND o.from_month <= f.begun + make_interval(months => %(months)s)
                 AND coalesce(o.until_month, 'infinity') >= f.begun + make_interval(months => %(months)s)))
    FROM (SELECT DISTINCT ON (o.pledge_id) o.pledge_id, o.opd_id, o.from_month AS begun
          FROM sponsorship_order o JOIN sponsorship_pledge p ON p.id = o.pledge_id
          WHERE p.circular_id = %(circular)s AND o.replaced_at IS NULL ORDER BY o.pledge_id, o.from_month) f
    WHERE f.begun + make_interval(months => %(months)s) <= %(first)s GROUP BY 1
"""


def ranking(circular: Circular, month: Month) -> list[Ranked]:
    """Every OPD that is asked, best first; in a scope that sees the whole government."""
    values = {
        "circular": circular.pk, "government": circular.government_id, "first": month.first_day,
        "last": month.last_day,
    }  # fmt: skip
    servants = _pairs(_SERVANTS, values)
    standing = bulk.read(_STANDING, values, schema={"opd_id": pl.Int64, "sponsor_id": pl.Int64, "workers": pl.Int64})
    workers = dict(standing.group_by("opd_id").agg(pl.col("workers").sum()).iter_rows())
    enough = standing.filter(pl.col("workers") >= circular.minimum_per_asn)
    sponsors = dict(enough.group_by("opd_id").len().iter_rows())
    lasting = [_lasting(values, months) for months in PERSISTENCY_MONTHS]
    found = [
        (
            opd_id, name, servants.get(opd_id, 0), sponsors.get(opd_id, 0), int(workers.get(opd_id, 0)),
            tuple(one.get(opd_id, (0, 0)) for one in lasting),
        )
        for opd_id, name in bulk.read(
            """SELECT o.id, o.name FROM sponsorship_scope s JOIN places_opd o ON o.id = s.opd_id
               WHERE s.circular_id = %(circular)s ORDER BY o.name""",
            values, schema={"opd_id": pl.Int64, "name": pl.String},
        ).iter_rows()
    ]  # fmt: skip
    return _ranked(circular, found)


Measured = tuple[int, str, int, int, int, tuple[tuple[int, int], ...]]


def _ranked(circular: Circular, found: list[Measured]) -> list[Ranked]:
    most = max((workers for *_, workers, _ in found), default=0)
    scored = sorted(((_points(circular, one, most), one) for one in found), key=lambda pair: (-pair[0], pair[1][1]))
    return [Ranked(1 + sum(other > points for other, _ in scored), *one, points=points) for points, one in scored]


def _points(circular: Circular, one: Measured, most_workers: int) -> int:
    """Whole points of a hundred: each part of the whole it could reach, weighed as the circular says."""
    _, _, servants, sponsors, workers, lasting = one
    share = Fraction(min(sponsors, servants), servants) if servants else Fraction(0)
    size = Fraction(workers, most_workers) if most_workers else Fraction(0)
    begun = sum(total for _, total in lasting)
    lasts = Fraction(sum(stood for stood, _ in lasting), begun) if begun else Fraction(0)
    weighed = share * circular.share_weight + size * circular.workers_weight + lasts * circular.persistency_weight
    return round(weighed * FULL_POINTS / 100)


def _lasting(values: dict[str, object], months: int) -> dict[int, tuple[int, int]]:
    found = bulk.read(
        _LASTING, {**values, "months": months}, schema={"opd_id": pl.Int64, "begun": pl.Int64, "stood": pl.Int64}
    )
    return {opd_id: (stood, begun) for opd_id, begun, stood in found.iter_rows()}


def _pairs(query: str, values: dict[str, object]) -> dict[int, int]:
    return dict(bulk.read(query, values, schema={"opd_id": pl.Int64, "count": pl.Int64}).iter_rows())


@dataclass(frozen=True)
class Standing:
    """A month of the whole programme: workers with a standing order, sponsors, orders begun and ended in it."""

    month: Month
    workers: int
    sponsors: int
    begun: int
    ended: int


_OVER_TIME = """
    SELECT m.month::date,
        count(*) FILTER (WHERE o.from_month <= m.month AND coalesce(o.until_month, 'infinity') >= m.month),
        count(DISTINCT p.sponsor_id)
            FILTER (WHERE o.from_month <= m.month AND coalesce(o.until_month, 'infinity') >= m.month),
        count(*) FILTER (WHERE o.from_month = m.month),
        count(*) FILTER (WHERE o.until_month = m.month)
    FROM generate_series(%s::timestamp, %s::timestamp, interval '1 month') AS m (month)
    LEFT JOIN (sponsorship_order o JOIN sponsorship_pledge p ON p.id = o.pledge_id AND p.circular_id = %s)
        ON o.replaced_at IS NULL
    GROUP BY 1 ORDER BY 1
"""


def over_time(circular: Circular, first: Month, last: Month) -> list[Standing]:
    """How the programme grew, month by month; a pledge that changed OPD ends and begins."""
    found = bulk.read(
        _OVER_TIME, [first.first_day, last.first_day, circular.pk],
        schema={"month": pl.Date, "workers": pl.Int64, "sponsors": pl.Int64, "begun": pl.Int64, "ended": pl.Int64},
    )  # fmt: skip
    return [Standing(Month.of(month), *counts) for month, *counts in found.iter_rows()]
