"""Roster, bill and posting of a month, person by person: where the three agree, and where they do not and how much.
Who stood paid before Payung (an opening list) is not awaited.

`agrees`; `not_posted`: billed and not posted; `not_billed`: posted, in the roster, never billed; `differs`: another
amount posted than billed; `dead` and `left`: posted for somebody who is not in the roster any more; `roster_only`: in
the roster, neither billed nor posted. A person stands in exactly one of them.
"""

from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.access.remembering import remembered
from payung.office.places.models import Government
from payung.rules.months import Month

AGREES = "agrees"
FAULTS = ("not_posted", "differs", "not_billed", "dead", "left", "roster_only")
_COMPARED = """
    WITH roster AS (
        SELECT DISTINCT membership_id FROM enrolment_spell
        WHERE government_id = %(government)s AND replaced_at IS NULL AND from_month <= %(month)s
          AND coalesce(until_month, 'infinity') >= %(month)s
          AND NOT EXISTS (SELECT 1 FROM enrolment_paidbefore o
                          WHERE o.membership_id = enrolment_spell.membership_id AND o.until_month >= %(month)s)
    ), billed AS (
        SELECT l.membership_id, sum(l.total_rupiah)::bigint AS rupiah
        FROM billing_bill b JOIN billing_billline l ON l.bill_id = b.id
        WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent') AND l.for_month = %(month)s
        GROUP BY 1 HAVING sum(l.total_rupiah) <> 0
    ), posted AS (
        SELECT membership_id, amount_rupiah AS rupiah FROM billing_posting
        WHERE government_id = %(government)s AND month = %(month)s
    ), died AS (
        SELECT DISTINCT m.id AS membership_id FROM agreements_entry e
        JOIN registry_membership m ON m.person_id = e.person_id
        WHERE e.government_id = %(government)s AND e.replaced_at IS NULL AND e.end_reason = 'died'
    ), compared AS (
        SELECT membership_id, coalesce(billed.rupiah, 0) AS billed, coalesce(posted.rupiah, 0) AS posted,
               CASE WHEN posted.membership_id IS NULL AND billed.membership_id IS NULL THEN 'roster_only'
                    WHEN posted.membership_id IS NULL THEN 'not_posted'
                    WHEN roster.membership_id IS NULL AND died.membership_id IS NOT NULL THEN 'dead'
                    WHEN roster.membership_id IS NULL THEN 'left'
                    WHEN billed.membership_id IS NULL THEN 'not_billed'
                    WHEN billed.rupiah <> posted.rupiah THEN 'differs'
                    ELSE 'agrees' END AS outcome
        FROM roster FULL JOIN billed USING (membership_id) FULL JOIN posted USING (membership_id)
        LEFT JOIN died USING (membership_id)
    )
"""
_COUNTED = f"""{_COMPARED}
    SELECT outcome, count(*), sum(billed)::bigint, sum(posted)::bigint FROM compared GROUP BY 1
"""  # noqa: S608  # our own text
_CHOSEN = f"""{_COMPARED}
    SELECT membership_id, billed, posted FROM compared WHERE outcome = %(outcome)s AND membership_id > %(after)s
    ORDER BY membership_id LIMIT %(limit)s
"""  # noqa: S608  # our own text
_NAMED = """
    SELECT m.id, coalesce(a.survivor_id, p.id), s.name
    FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN registry_alias a ON a.person_id = p.id JOIN registry_person s ON s.id = coalesce(a.survivor_id, p.id)
    WHERE m.id = ANY(%(chosen)s)
"""


@dataclass(frozen=True)
class Outcome:
    """How many stand so in a month, and what was billed and posted for them in rupiah."""

    name: str
    heads: int
    billed_rupiah: int
    posted_rupiah: int


@dataclass(frozen=True)
class Compared:
    """One person of a month."""

    membership_id: int
    person_id: int
    name: str
    billed_rupiah: int
    posted_rupiah: int


def outcomes(government: Government, month: Month) -> list[Outcome]:
    """`agrees`, then every fault that somebody has; what the reader's area shows."""
    found = remembered(
        _COUNTED,
        {"government": government.pk, "month": month.first_day},
        schema={"name": pl.String, "heads": pl.Int64, "billed": pl.Int64, "posted": pl.Int64},
        of_everybody=True,
    )
    by_name = {row[0]: Outcome(*row) for row in found.iter_rows()}
    return [by_name.get(AGREES, Outcome(AGREES, 0, 0, 0)), *(by_name[name] for name in FAULTS if name in by_name)]


def people(
    government: Government, month: Month, outcome: str, *, after: int = 0, limit: int | None = 50
) -> list[Compared]:
    """Who stands so, by membership, after one; without a limit all of them."""
    told = {"government": government.pk, "month": month.first_day, "outcome": outcome, "after": after, "limit": limit}
    ask = bulk.read if limit is None else remembered  # everybody is too much to keep
    chosen = ask(
        _CHOSEN,
        told,
        schema={"membership_id": pl.Int64, "billed": pl.Int64, "posted": pl.Int64},
        of_everybody=True,
    )
    named = bulk.read(
        _NAMED,
        {"chosen": chosen["membership_id"].to_list()},
        schema={"membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String},
    )
    found = chosen.join(named, on="membership_id", maintain_order="left")
    return [
        Compared(*row) for row in found.select("membership_id", "person_id", "name", "billed", "posted").iter_rows()
    ]
