"""A plan and an award file of the standing cast, for the pages."""

from payung.office.planning.actions import NewScenario, keep
from payung.office.reports.award_freezing import Noted, freeze, note, packed
from payung.rules.months import Month
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group
from tests.office.cast import AT, OCTOBER, Cast


def a_plan(cast: Cast) -> dict[str, int]:
    """Two months for 28,800 farmers, which are too few: the address of its page."""
    asked = NewScenario(
        title="Dua bulan, petani",
        first=Month(2026, 11),
        last=Month(2026, 12),
        terms=Terms("BPU", ("JKK", "JKM"), "APBD", "nominal", wage_rupiah=1_000_000),
        turn_rule="most-people",
        budgets={2026: 1_000_000_000},
        groups=(Group(28_800, "petani"), Group(1_200, "ojek-online", "transport")),
    )
    return {"scenario_id": keep(area=cast.area, new=asked, by=cast.admin, at=AT).pk}


def an_award(cast: Cast) -> dict[str, int]:
    """A regulation noted for the award, and a small pack frozen: the addresses of their pages."""
    regulation = Noted(2022, "regulation", code="Perwal", number="12/2022", title="Perlindungan", dated_on=OCTOBER)
    noted = note(area=cast.area, noted=regulation, by=cast.admin, at=AT)
    pack = packed({"berkas.pdf": b"%PDF"}, {"year": 2022}, OCTOBER)
    frozen = freeze(
        area=cast.area, year=2022, on=OCTOBER, content={}, pack=pack, name="berkas.zip", by=cast.admin, at=AT
    )
    return {"note_id": noted.pk, "award_id": frozen.pk}
