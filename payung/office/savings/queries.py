"""Questions about savings: one person's account, the totals of all, and the rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection
from django.db.models import QuerySet, Sum

from payung.office import bulk
from payung.office.approvals.models import Proposal
from payung.office.places.queries import Area
from payung.office.registry.aliases import group_of
from payung.office.registry.queries import visible
from payung.office.savings.models import Crediting, Rate


@dataclass(frozen=True)
class Month:
    """What one contribution month holds. `apportioned` when posted and billed differ."""

    month: date
    employer_rupiah: int
    worker_rupiah: int
    apportioned: bool

    @property
    def rupiah(self) -> int:
        return self.employer_rupiah + self.worker_rupiah


@dataclass(frozen=True)
class Year:
    """One year of an account. `rate_per_ten_million` is None while no rate is in force: nothing was earned then."""

    year: int
    opening_rupiah: int
    months: Sequence[Month]
    return_rupiah: int
    rate_per_ten_million: int | None

    @property
    def contribution_rupiah(self) -> int:
        return sum(month.rupiah for month in self.months)

    @property
    def closing_rupiah(self) -> int:
        return self.opening_rupiah + self.contribution_rupiah + self.return_rupiah


@dataclass(frozen=True)
class Account:
    """A person's JHT over all her memberships, oldest year first."""

    person_id: int
    name: str
    years: Sequence[Year]

    @property
    def balance_rupiah(self) -> int:
        return self.years[-1].closing_rupiah if self.years else 0


def account(area: Area, person_id: int) -> Account:
    """The statement of account of a person and of whom was merged into her. Raises Person.DoesNotExist."""
    person = visible(area).get(pk=person_id)
    moved = bulk.read(
        _OF_PERSON,
        [group_of(person_id)],
        schema={
            "month": pl.Date, "employer": pl.Int64, "worker": pl.Int64, "earned": pl.Int64, "apportioned": pl.Boolean,
        },
    )  # fmt: skip
    return Account(person.pk, person.name, _years(moved, rates_in_force(area.government.pk)))


_OF_PERSON = """
    SELECT v.month, sum(v.employer_rupiah), sum(v.worker_rupiah), sum(v.return_rupiah),
           (array_agg(v.apportioned ORDER BY v.id DESC) FILTER (WHERE v.rate_id IS NULL))[1] IS TRUE
    FROM savings_movement v JOIN registry_membership m ON m.id = v.membership_id
    WHERE m.person_id = ANY (%s) GROUP BY v.month ORDER BY v.month
"""


def balance_rupiah(person_ids: Sequence[int]) -> int:
    """What the accounts of these persons hold together: all that was credited and earned, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE, [list(person_ids)])
        (held,) = cursor.fetchone()
    return int(held)


_BALANCE = """
    SELECT coalesce(sum(v.employer_rupiah + v.worker_rupiah + v.return_rupiah), 0)
    FROM savings_movement v JOIN registry_membership m ON m.id = v.membership_id WHERE m.person_id = ANY (%s)
"""


def _years(moved: pl.DataFrame, rates: dict[int, Rate]) -> list[Year]:
    """The years from the first movement to the last, without gaps."""
    if moved.is_empty():
        return []
    years: list[Year] = []
    first, last = moved["month"].dt.year().min(), moved["month"].dt.year().max()
    assert isinstance(first, int) and isinstance(last, int)
    for number in range(first, last + 1):
        rows = list(moved.filter(pl.col("month").dt.year() == number).iter_rows(named=True))
        rate = rates.get(number)
        year = Year(
            year=number,
            opening_rupiah=years[-1].closing_rupiah if years else 0,
            months=[
                Month(row["month"], row["employer"], row["worker"], row["apportioned"])
                for row in rows
                if row["employer"] or row["worker"]
            ],
            return_rupiah=sum(row["earned"] for row in rows),
            rate_per_ten_million=rate.rate_per_ten_million if rate else None,
        )
        years.append(year)
    return years


@dataclass(frozen=True)
class YearOfAll:
    """All accounts of a government in one year."""

    year: int
    employer_rupiah: int
    worker_rupiah: int
    return_rupiah: int
    closing_rupiah: int
    rate_per_ten_million: int | None


def totals(area: Area) -> list[YearOfAll]:
    """Every year with movements, newest first; nothing for whoever sees less than the whole government."""
    sums = ("employer_rupiah", "worker_rupiah", "return_rupiah")
    found = (
        Crediting.objects.filter(government=area.government)
        .values_list("year")
        .annotate(*(Sum(name) for name in sums))
        .order_by("year")
    )
    rates, closing, years = rates_in_force(area.government.pk), 0, []
    for year, employer, worker, earned in found:
        closing += employer + worker + earned
        rate = rates[year].rate_per_ten_million if year in rates else None
        years.append(YearOfAll(year, employer, worker, earned, closing, rate))
    return years[::-1]


@dataclass(frozen=True)
class Held:
    """What one membership saved in a year, and what stood on its account at the end of it."""

    membership_id: int
    person_id: int
    name: str
    employer_rupiah: int
    worker_rupiah: int
    return_rupiah: int
    closing_rupiah: int


_HELD = """
    WITH moved AS (
        SELECT v.membership_id,
               coalesce(sum(v.employer_rupiah) FILTER (WHERE v.month >= %(first)s), 0)::bigint AS employer,
               coalesce(sum(v.worker_rupiah) FILTER (WHERE v.month >= %(first)s), 0)::bigint AS worker,
               coalesce(sum(v.return_rupiah) FILTER (WHERE v.month >= %(first)s), 0)::bigint AS earned,
               sum(v.employer_rupiah + v.worker_rupiah + v.return_rupiah)::bigint AS closing
        FROM savings_movement v
        WHERE v.government_id = %(government)s AND v.membership_id > %(after)s AND v.month <= %(last)s
        GROUP BY v.membership_id HAVING sum(v.employer_rupiah + v.worker_rupiah + v.return_rupiah) <> 0
        ORDER BY v.membership_id LIMIT %(limit)s
    )
    SELECT v.membership_id, p.id, p.name, v.employer, v.worker, v.earned, v.closing
    FROM moved v JOIN registry_membership m ON m.id = v.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id) ORDER BY 1
"""


def held(area: Area, year: int, *, after: int = 0, limit: int | None = None) -> list[Held]:
    """The accounts that stood at the end of a year, by membership, after one; what the area shows."""
    told = {
        "government": area.government.pk, "first": date(year, 1, 1), "last": date(year, 12, 31), "after": after,
        "limit": limit,
    }  # fmt: skip
    schema = {
        "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "employer": pl.Int64,
        "worker": pl.Int64, "earned": pl.Int64, "closing": pl.Int64,
    }  # fmt: skip
    return [Held(*row) for row in bulk.read(_HELD, told, schema=schema).iter_rows()]


def last_credited(area: Area) -> Crediting | None:
    """The newest act that changed an account."""
    return Crediting.objects.filter(government=area.government).order_by("-made_at", "-pk").first()


def rates_in_force(government_id: int) -> dict[int, Rate]:
    """Year -> the rate that was approved last."""
    approved = Rate.objects.filter(government_id=government_id, proposal__state=Proposal.APPROVED)
    return {rate.year: rate for rate in approved.order_by("proposal__decided_at", "pk")}


def rates(area: Area) -> QuerySet[Rate]:
    """Every rate that was proposed, the newest year and proposal first."""
    found = Rate.objects.filter(government=area.government)
    return found.select_related("proposal__made_by", "proposal__decided_by").order_by("-year", "-pk")
