"""A plan and an award file of the standing cast, for the pages and for the matrix of who may."""

from datetime import datetime

from payung.office.access.models import User
from payung.office.planning.actions import NewScenario, keep
from payung.office.planning.models import Scenario
from payung.office.reports.award_freezing import Noted, freeze, note, packed
from payung.office.reports.award_models import AwardEntry, AwardFile
from payung.rules.months import Month
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group
from tests.office.cast import AT, OCTOBER, Cast


def kept_plan(cast: Cast, *, by: User, at: datetime = AT) -> Scenario:
    """Two months for 28,800 farmers, which are too few."""
    asked = NewScenario(
        title="Dua bulan, petani",
        first=Month(2026, 11),
        last=Month(2026, 12),
        terms=Terms("BPU", ("JKK", "JKM"), "APBD", "nominal", wage_rupiah=1_000_000),
        turn_rule="most-people",
        budgets={2026: 1_000_000_000},
        groups=(Group(28_800, "petani"), Group(1_200, "ojek-online", "transport")),
    )
    return keep(area=cast.area, new=asked, by=by, at=at)


def noted_regulation(cast: Cast, *, by: User, at: datetime = AT) -> AwardEntry:
    """A regulation of 2022."""
    regulation = Noted(2022, "regulation", code="Perwal", number="12/2022", title="Perlindungan", dated_on=OCTOBER)
    return note(area=cast.area, noted=regulation, by=by, at=at)


def frozen_award(cast: Cast, *, by: User, at: datetime = AT) -> AwardFile:
    """A small pack."""
    pack = packed({"berkas.pdf": b"%PDF"}, {"year": 2022}, OCTOBER)
    return freeze(area=cast.area, year=2022, on=OCTOBER, content={}, pack=pack, name="berkas.zip", by=by, at=at)


def a_plan(cast: Cast) -> dict[str, int]:
    """The parts of its address."""
    return {"scenario_id": kept_plan(cast, by=cast.admin).pk}


def an_award(cast: Cast) -> dict[str, int]:
    """The parts of their addresses."""
    return {"note_id": noted_regulation(cast, by=cast.admin).pk, "award_id": frozen_award(cast, by=cast.admin).pk}
