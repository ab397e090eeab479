"""Questions about those who are asked: OPD by OPD how many serve and sponsor, and the civil servants themselves."""

import re
from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.places.queries import Area
from payung.office.sponsorship.models import Circular
from payung.rules.months import Month


@dataclass(frozen=True)
class Asked:
    """An OPD that the circular asks: civil servants who serve there, those who sponsor in a month, their workers."""

    opd_id: int
    opd: str
    servants: int
    sponsors: int
    workers: int


_ASKED = """
    WITH serving AS (
        SELECT v.opd_id, count(*) AS heads FROM (
            SELECT DISTINCT ON (w.sponsor_id) w.state, w.opd_id FROM sponsorship_service w
            WHERE w.government_id = %(government)s AND w.replaced_at IS NULL AND w.from_day <= %(last)s
            ORDER BY w.sponsor_id, w.from_day DESC) v
        WHERE v.state = 'serving' GROUP BY 1)
    SELECT o.id, o.name, coalesce(max(g.heads), 0), count(DISTINCT p.sponsor_id), count(p.id)
    FROM sponsorship_scope c JOIN places_opd o ON o.id = c.opd_id LEFT JOIN serving g ON g.opd_id = o.id
    LEFT JOIN sponsorship_order r ON r.opd_id = o.id AND r.replaced_at IS NULL AND r.from_month <= %(first)s
        AND coalesce(r.until_month, 'infinity') >= %(first)s
    LEFT JOIN sponsorship_pledge p ON p.id = r.pledge_id AND p.circular_id = c.circular_id
    WHERE c.circular_id = %(circular)s GROUP BY o.id, o.name ORDER BY o.name
"""


def asked(circular: Circular, month: Month) -> list[Asked]:
    """Every OPD that is asked, by name."""
    found = bulk.read(
        _ASKED,
        {
            "circular": circular.pk, "government": circular.government_id, "first": month.first_day,
            "last": month.last_day,
        },
        schema={"opd_id": pl.Int64, "opd": pl.String, "servants": pl.Int64, "sponsors": pl.Int64, "workers": pl.Int64},
    )  # fmt: skip
    return [Asked(*row) for row in found.iter_rows()]


@dataclass(frozen=True)
class Servant:
    """A civil servant as the list shows him: where he stands, and how many workers he carries in a month."""

    sponsor_id: int
    name: str
    opd: str
    rank: str
    workers: int
    login: str


_LISTED = """
    SELECT s.id, s.name, o.short_name, s.rank, c.workers, coalesce(u.username, '')
    FROM sponsorship_sponsor s JOIN places_opd o ON o.id = s.opd_id LEFT JOIN access_user u ON u.id = s.user_id
    LEFT JOIN LATERAL (
        SELECT w.state, w.opd_id FROM sponsorship_service w
        WHERE w.sponsor_id = s.id AND w.replaced_at IS NULL AND w.from_day <= %(last)s
        ORDER BY w.from_day DESC LIMIT 1) v ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS workers, count(*) FILTER (WHERE %(opd)s::bigint IS NULL OR r.opd_id = %(opd)s) AS here
        FROM sponsorship_pledge p JOIN sponsorship_order r ON r.pledge_id = p.id
        WHERE p.sponsor_id = s.id AND r.replaced_at IS NULL AND r.from_month <= %(first)s
          AND coalesce(r.until_month, 'infinity') >= %(first)s) c
    WHERE s.government_id = %(government)s AND s.id > %(after)s AND s.name ILIKE ALL (%(words)s::text[])
      AND CASE %(only)s
        WHEN 'carrying' THEN c.here > 0
        WHEN 'serving' THEN v.state = 'serving' AND (%(opd)s::bigint IS NULL OR v.opd_id = %(opd)s)
        ELSE %(opd)s::bigint IS NULL OR s.opd_id = %(opd)s END
    ORDER BY s.id LIMIT %(limit)s
"""
SERVING, CARRYING = "serving", "carrying"


def listed(
    area: Area, month: Month, *, opd_id: int | None, after: int, limit: int, only: str = "", named: str = ""
) -> list[Servant]:
    """The civil servants whom the area shows, of one OPD or of all, in the order in which they became known.

    `only` those who serve at the end of the month (SERVING), or who carry a worker in it (CARRYING): as many as
    `asked` counts of an OPD. `named` only those in whose name every one of these words stands.
    """
    words = [re.sub(r"([\\%_])", r"\\\1", word) for word in named.split()]
    values = {
        "government": area.government.pk, "first": month.first_day, "last": month.last_day, "after": after,
        "opd": opd_id, "only": only, "limit": limit, "words": [f"%{word}%" for word in words],
    }  # fmt: skip
    found = bulk.read(
        _LISTED, values,
        schema={
            "sponsor_id": pl.Int64, "name": pl.String, "opd": pl.String, "rank": pl.String, "workers": pl.Int64,
            "login": pl.String,
        },
    )  # fmt: skip
    return [Servant(*row) for row in found.iter_rows()]
