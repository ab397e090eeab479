"""Of whom a plan speaks: a decree's valid candidates as counts of people alike; and what the office's past tells."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Decree
from payung.office.claims.models import Benefit, Case, Payout
from payung.office.reports.counted import counted_months
from payung.rules.months import Month
from payung.rules.planning.expected import MONTHS_A_YEAR, PER, Rates
from payung.rules.planning.turns import Group, sector_of

_POOL = """
    SELECT coalesce(c.segment, ''), o.decile, o.breadwinner, ends.last_day, count(*)
    FROM verification_candidate c JOIN verification_outcome o ON o.candidate_id = c.id
    LEFT JOIN LATERAL (
        SELECT (max(s.until_month) + interval '1 month' - interval '1 day')::date AS last_day
        FROM registry_membership m JOIN enrolment_spell s ON s.membership_id = m.id
        WHERE m.person_id = c.person_id AND m.membership_class = 'BPU' AND s.replaced_at IS NULL
    ) ends ON true
    WHERE c.decree_id = %s AND c.taken_back_at IS NULL AND o.outcome = 'valid'
    GROUP BY 1, 2, 3, 4 ORDER BY min(c.id)
"""
POOL = {
    "segment": pl.String, "decile": pl.Int64, "breadwinner": pl.Boolean, "term_ends": pl.Date, "heads": pl.Int64,
}  # fmt: skip
PAST_MONTHS = 12


def pool(decree: Decree) -> list[Group]:
    """The decree's valid candidates, those alike together, in the order in which they were proposed."""
    found = bulk.read(_POOL, [decree.pk], schema=POOL)
    return [Group(sector=sector_of(row["segment"]), **row) for row in found.iter_rows(named=True)]


@dataclass(frozen=True)
class Past:
    """What happened to the people of the last counted months: the ground of rates of one's own."""

    first: Month
    last: Month
    person_months: int
    deaths: int
    accidents: int
    accident_rupiah: int

    @property
    def rates(self) -> Rates | None:
        """A year's rates; None while nobody was covered. An accident costs what BPJS paid for one on the average."""
        if not self.person_months:
            return None
        deaths, accidents = (
            count * PER * MONTHS_A_YEAR // self.person_months for count in (self.deaths, self.accidents)
        )
        mean = self.accident_rupiah // self.accidents if self.accidents else 0
        return Rates(deaths, accidents, mean, "")


def past(government_id: int) -> Past | None:
    """The last twelve counted months; None while none was counted."""
    counted: Sequence[Month] = sorted(counted_months(government_id))[-PAST_MONTHS:]
    if not counted:
        return None
    first, last = counted[0], counted[-1]
    heads = bulk.read(
        "SELECT coalesce(sum(heads), 0)::bigint FROM reports_tally"
        " WHERE government_id = %s AND active AND month = ANY(%s)",
        [government_id, [month.first_day for month in counted]],
        schema={"heads": pl.Int64},
    )
    cases = Case.objects.filter(
        government_id=government_id, event_on__gte=first.first_day, event_on__lte=last.last_day
    ).exclude(state__in=["proposed", "dropped"])
    accidents = cases.filter(event="accident")
    paid = Payout.objects.filter(
        government_id=government_id, paid_by=Payout.BPJS, taken_back=None,
        benefit__in=Benefit.objects.filter(case__in=accidents),
    )  # fmt: skip
    return Past(
        first=first,
        last=last,
        person_months=heads["heads"].item(),
        deaths=cases.filter(event="death").count(),
        accidents=accidents.count(),
        accident_rupiah=sum(paid.values_list("amount_rupiah", flat=True)),
    )
