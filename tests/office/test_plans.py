"""Scenarios of a budget: kept and set aside, from counts entered or from a decree's pool, at rates of one's own."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.models import AuditEvent
from payung.office.access.roles import NotAllowed
from payung.office.agreements.actions import confirm_reading
from payung.office.places.queries import Area
from payung.office.planning.actions import NewScenario, ScenarioRefused, keep, set_aside
from payung.office.planning.models import Scenario
from payung.office.planning.pools import Past, past, pool
from payung.office.planning.queries import outcome, scenarios
from payung.office.reports.counting import count_month
from payung.office.verification.actions import check_again
from payung.office.verification.models import Told
from payung.rules.law.figures import Certainty
from payung.rules.law.wages import NoMinimumWageError
from payung.rules.months import Month
from payung.rules.planning.expected import Rates
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group
from tests.office.cast import AT, Cast, call_cast, enrol, people
from tests.office.pool import Villager, drafted, propose, state, tell_of

pytestmark = pytest.mark.django_db
VULNERABLE = Terms("BPU", ("JKK", "JKM"), "APBD", "nominal", wage_rupiah=1_000_000)
BEKASI = NewScenario(
    title="Setahun penuh",
    first=Month(2026, 1),
    last=Month(2026, 12),
    terms=VULNERABLE,
    turn_rule="most-people",
    budgets={2026: 15_302_044_800},
    groups=(Group(28_800, "petani"), Group(47_103, "Segmen lain")),
)
TWO_MONTHS = replace(BEKASI, title="Dua bulan", first=Month(2026, 11), budgets={2026: 2_550_340_800})


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def kept(cast: Cast, new: NewScenario = BEKASI) -> Scenario:
    return keep(area=cast.area, new=new, by=cast.admin, at=AT)


def test_bekasi_a_year_for_75_903_people_and_two_months_for_the_same(cast: Cast) -> None:
    year, short = outcome(kept(cast)), outcome(kept(cast, TWO_MONTHS))
    assert (year.heads, year.rupiah, year.person_months) == (75_903, 15_302_044_800, 910_836)
    assert (short.heads, short.rupiah) == (75_903, 2_550_340_800)
    assert not year.first_worth.short
    assert [run.death_rupiah for run in year.first_worth.runs] == [10_000_000, 42_000_000]
    assert short.first_worth.short
    assert [run.death_rupiah for run in short.first_worth.runs] == [10_000_000]
    assert year.certainty is Certainty.DOUBTFUL
    assert {"jkm-three-months"} <= {doubt.id for doubt in year.doubts}


def test_a_plan_of_years_has_a_budget_and_heads_for_each(cast: Cast) -> None:
    many = replace(BEKASI, last=Month(2028, 6), budgets={2026: 2_016_000, 2027: 1_008_000, 2028: 2_016_000})
    found = outcome(kept(cast, many))
    assert [(one.year, one.months, one.heads) for one in found.years] == [(2026, 12, 10), (2027, 12, 5), (2028, 6, 20)]
    assert [[(str(one.joined), one.heads) for one in year] for year in found.cohorts] == [
        [("2026-01", 10)], [("2026-01", 5)], [("2026-01", 5), ("2028-01", 15)],
    ]  # fmt: skip
    assert (found.heads, found.rupiah, found.budget_rupiah) == (5, 5_040_000, 5_040_000)
    assert sorted(map(str, found.worth)) == ["2026-01", "2028-01"]


def test_the_readings_of_the_office_count(cast: Cast) -> None:
    private = replace(BEKASI, terms=replace(VULNERABLE, payer="CSR"))
    before = kept(cast, private)
    assert {price.rupiah for price in outcome(before).prices} == {16_800, 8_400}
    confirm_reading(
        government=cast.government, reading="pp50-csr", option="excluded", from_month=Month(2026, 1),
        confirmed_by="Cabang, surat 1/2026", by=cast.admin, at=AT,
    )  # fmt: skip
    assert {price.rupiah for price in outcome(before).prices} == {16_800}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"first": Month(2027, 1)}, "no_months"),
        ({"last": Month(2031, 1)}, "too_long"),
        ({"groups": ()}, "no_people"),
        ({"groups": (Group(0, "petani"),)}, "no_people"),
        ({"budgets": {}}, "no_budget"),
        ({"budgets": {2026: 0}}, "no_budget"),
        ({"budgets": {2026: 1, 2027: 1}}, "no_budget"),
        ({"terms": replace(VULNERABLE, programmes=())}, "nothing_covered"),
    ],
)
def test_what_cannot_be_reckoned_is_not_kept(cast: Cast, change: dict[str, object], reason: str) -> None:
    with pytest.raises(ScenarioRefused, match=reason):
        kept(cast, replace(BEKASI, **change))  # type: ignore[arg-type]  # each case names fields of its own
    assert not Scenario.objects.exists()


def test_a_place_without_minimum_wage_and_a_title_twice_are_refused(cast: Cast) -> None:
    with pytest.raises(NoMinimumWageError):
        kept(cast, replace(BEKASI, terms=Terms("PU", ("JKK",), "APBD", "UMK", "99.99")))
    kept(cast)
    with pytest.raises(ScenarioRefused, match="title_known"):
        kept(cast)


def test_a_scenario_is_set_aside_once_and_never_changed(cast: Cast) -> None:
    made = kept(cast)
    with pytest.raises(DatabaseError, match="replaced, never changed"), transaction.atomic():
        Scenario.objects.update(title="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Scenario.objects.all().delete()
    set_aside(area=cast.area, scenario_id=made.pk, by=cast.admin, at=AT)
    assert not scenarios(cast.area).exists()
    with pytest.raises(Scenario.DoesNotExist):
        set_aside(area=cast.area, scenario_id=made.pk, by=cast.admin, at=AT)
    assert [event.deed for event in AuditEvent.objects.filter(subject=f"scenario:{made.pk}").order_by("pk")] == [
        "keep_scenario", "set_aside_scenario",
    ]  # fmt: skip
    assert kept(cast).title == made.title


def test_who_sees_a_part_of_the_government_plans_nothing(cast: Cast) -> None:
    part = Area(cast.government, (cast.works.pk,))
    with pytest.raises(NotAllowed):
        keep(area=part, new=BEKASI, by=cast.admin, at=AT)


def test_expected_claims_stand_beside_the_contributions(cast: Cast) -> None:
    """75,903 people, 4 in a thousand: 75.903 deaths in the waiting quarter at 10 million, 227.709 after at 42."""
    claims = outcome(kept(cast, replace(BEKASI, rates=Rates(4_000, 0, 0, "Cabang")))).claims
    assert claims is not None
    assert (claims.deaths_thousandths, claims.deaths_rupiah) == (303_612, 10_322_808_000)
    assert outcome(kept(cast, TWO_MONTHS)).claims is None


def test_the_offices_own_past_gives_rates_and_none_without_people(cast: Cast) -> None:
    assert past(cast.government.pk) is None
    enrol(cast, cast.heading(cast.works), people(10))
    count_month(government=cast.government, month=Month(2022, 10), by=cast.treasurer, at=AT)
    found = past(cast.government.pk)
    assert found is not None
    assert (found.first, found.last, found.deaths) == (Month(2022, 10), Month(2022, 10), 0)
    assert (found.person_months == 0) == (found.rates is None)


def test_own_rates_are_cases_by_person_months(cast: Cast) -> None:
    rates = Past(Month(2022, 10), Month(2022, 12), 37_200, 5, 2, 9_000_000).rates
    assert rates == Rates(1_612, 645, 4_500_000, "")


def test_a_decrees_valid_candidates_are_the_people(cast: Cast) -> None:
    """Two becak drivers, one of whom feeds a family, an ojek driver, and somebody too old, who is no candidate."""
    decree = drafted(cast, quota=10)
    villagers = [Villager(1), Villager(2), Villager(3, job="Ojek online"), Villager(4, birth=date(1950, 1, 1))]
    propose(cast, decree, villagers)
    state(cast, decree)
    tell_of(cast, Told.DECILE, [(villagers[1].nik, "1")])
    check_again(decree=decree, by=cast.operator, at=AT)
    assert [(one.segment, one.sector, one.decile, one.heads) for one in pool(decree)] == [
        ("becak", "becak_delman", None, 1), ("becak", "becak_delman", 1, 1), ("ojek-online", "transport", None, 1),
    ]  # fmt: skip
    poorest = replace(BEKASI, groups=(), decree=decree, turn_rule="poorest", budgets={2026: 12 * 16_800})
    made = kept(cast, poorest)
    assert made.counted_at == AT
    found = outcome(made)
    assert (found.groups[0].decile, found.years[0].taken) == (1, (1, 0, 0))
