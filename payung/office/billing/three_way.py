"""Roster, bill and posting of a month, person by person: where the three agree, and where they do not and how much.
Who stood paid before Payung (an opening list) is not awaited.

`agrees`; `not_posted`: billed and not posted; `not_billed`: posted, in the roster, never billed; `differs`: another
amount posted than billed; `dead` and `left`: posted for somebody who is not in the roster any more; `roster_only`: in
the roster, neither billed nor posted. A person stands in exactly one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.access.models import User
from payung.office.access.remembering import remembered
from payung.office.access.roles import Deed, require
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
    SELECT m.id, coalesce(a.survivor_id, p.id), s.name, coalesce(stood.opd, '')
    FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN registry_alias a ON a.person_id = p.id JOIN registry_person s ON s.id = coalesce(a.survivor_id, p.id)
    LEFT JOIN (
        SELECT DISTINCT ON (e.membership_id) e.membership_id, o.short_name AS opd
        FROM enrolment_spell e JOIN places_opd o ON o.id = e.payer_opd_id
        WHERE e.membership_id = ANY(%(chosen)s) AND e.replaced_at IS NULL AND e.from_month <= %(month)s
        ORDER BY e.membership_id, e.from_month DESC
    ) stood ON stood.membership_id = m.id
    WHERE m.id = ANY(%(chosen)s)
"""
_NUMBERS = """
    SELECT m.id, m.kpj_sealed, CASE WHEN m.kpj_sealed IS NULL THEN s.nik_sealed END
    FROM registry_membership m LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person s ON s.id = coalesce(a.survivor_id, m.person_id)
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
    """One person of a month, with the OPD that pays, or paid last (empty when none ever did)."""

    membership_id: int
    person_id: int
    name: str
    opd: str
    billed_rupiah: int
    posted_rupiah: int


@dataclass(frozen=True)
class Numbers:
    """By what BPJS knows a person: the KPJ, and the NIK only where there is none."""

    kpj: str = ""
    nik: str = ""


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
        {"chosen": chosen["membership_id"].to_list(), "month": month.first_day},
        schema={"membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "opd": pl.String},
    )
    found = named.join(chosen, on="membership_id", maintain_order="right")
    return [Compared(*row) for row in found.select(*named.columns, "billed", "posted").iter_rows()]


def numbers(chosen: Sequence[Compared], *, by: User) -> dict[int, Numbers]:
    """Membership -> its numbers in clear. Raises NotAllowed; the look is recorded before (`record_look`)."""
    require(by, Deed.SEE_MARKS)
    require(by, Deed.SEE_BILLS)
    sealed = bulk.read(
        _NUMBERS,
        {"chosen": [one.membership_id for one in chosen]},
        schema={"membership_id": pl.Int64, "kpj": pl.String, "nik": pl.String},
    )
    kpj, nik = (unseal_column(sealed[kind], kind=kind) for kind in ("kpj", "nik"))
    opened = zip(sealed["membership_id"], kpj, nik, strict=True)
    return {membership: Numbers(number or "", other or "") for membership, number, other in opened}
