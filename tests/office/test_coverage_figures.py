"""Coverage: quotients as published figures have them, parts that add up, and every figure opens to its people."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.office.access.roles import NotAllowed
from payung.office.files.models import KeptFile
from payung.office.places.models import OfficialFigure
from payung.office.registry.models import Membership, Person
from payung.office.reports import coverage_cells
from payung.office.reports.boundaries import BoundariesRefused, outlines, rings_of, simplified, take_in
from payung.office.reports.counting import count_month
from payung.office.reports.coverage_cells import BY, Asked, behind, cells, count
from payung.office.reports.coverage_figures import coverage_of, parts_of
from payung.office.reports.official import FigureRefused, NewFigure, standing, take_down
from payung.office.reports.quotients import hundredths, still_covered, year_to
from payung.office.reports.traits import age_groups
from payung.rules.months import Month
from tests.office.cast import AT, OCTOBER, Cast, call_cast, enrol, people
from tests.office.staff import figures_told

OCT = Month(2022, 10)
SQUARE = [[107.0, -7.0], [107.5, -7.0], [107.5, -6.5], [107.0, -6.5], [107.0, -7.0]]


def test_quotients_are_those_of_the_articles() -> None:
    assert hundredths(355, 683) == 5198  # published as 51.57 %
    assert hundredths(36, 500) == 720  # published as 7.16 %
    assert hundredths(214_687, 684_654) == 3136
    assert hundredths(1, 0) is None


@given(st.integers(0, 10**10), st.integers(1, 10**10))
def test_a_quotient_is_the_nearest_hundredth(part: int, whole: int) -> None:
    told = hundredths(part, whole)
    assert told is not None and 2 * abs(told * whole - 10_000 * part) <= whole


@given(st.dictionaries(st.integers(0, 11).map(lambda at: OCT.shift(-at)), st.integers(0, 10**7), min_size=1))
def test_a_year_has_its_peak_its_average_and_its_december(series: dict[Month, int]) -> None:
    year = year_to(series | {OCT.shift(-12): 10**9}, OCT)
    assert year is not None and year.told == len(series) and year.peak == max(series.values())
    assert min(series.values()) <= year.average <= year.peak and series[year.peak_month] == year.peak
    assert year.december == series.get(Month(2021, 12))


@given(st.dictionaries(st.sampled_from(["", "2022-10", "2022-11", "2023-01", "2024-05"]), st.integers(0, 1000)))
def test_what_ends_never_comes_back(until: dict[str, int]) -> None:
    ahead = [heads for _, heads in still_covered(until, OCT, 12)]
    assert ahead[0] == sum(until.values()) and ahead == sorted(ahead, reverse=True)


def test_ages_turn_on_the_birthday() -> None:
    import polars as pl

    births = pl.Series([date(1997, 10, 31), date(1997, 11, 1), None, date(2030, 1, 1)], dtype=pl.Date)
    assert age_groups(births, OCT.last_day).to_list() == ["25-34", "<25", None, None]


@pytest.fixture
def cast(db: None) -> Cast:
    called = call_cast()
    enrol(called, called.heading(called.works), people(6))
    Membership.objects.update(number_issued_on=OCTOBER)
    from payung.office.billing.models import Posting

    for at, member in enumerate(Membership.objects.order_by("pk")[:5]):
        Person.objects.filter(pk=member.person_id).update(
            kecamatan_code="32.73.01" if at % 2 else None, desa_code="32.73.01.1001" if at == 1 else None,
            sex="L" if at == 0 else "P",
        )  # fmt: skip
        Posting.objects.create(
            government=called.government, membership=member, month=OCTOBER, amount_rupiah=10_000,
            file=KeptFile.objects.all()[0], recorded_at=AT,
        )  # fmt: skip
    count_month(government=called.government, month=OCT, by=called.treasurer, at=AT)
    return called


def test_every_cell_opens_to_exactly_its_people(cast: Cast) -> None:
    own, walked = cast.government.pk, 0
    for by in BY:
        found = cells(own, by, OCT, OCT)
        assert int(found["heads"].sum()) == 5, by
        for _, part, name, heads in found.iter_rows():
            asked = Asked(OCT, by, part, name)
            assert len(behind(own, asked)) == heads == count(own, asked), asked
            walked += 1
    assert walked >= len(BY)
    assert {part.key: part.total for part in parts_of(cast.government, OCT, "kecamatan")} == {"32.73.01": 2, "": 3}
    for month, heads in coverage_of(cast.government, OCT).ahead:
        asked = Asked(OCT, still=month)
        assert len(behind(own, asked)) == heads == count(own, asked)


def test_figures_stand_with_their_letters_and_quotients_beside_what_was_published(cast: Cast) -> None:
    figures_told(cast)
    found = coverage_of(cast.government, OCT)
    lines = {line.scope: line for line in found.lines}
    assert (lines["formal"].hundredths, lines["formal"].differs, lines["formal"].own) == (5198, True, 5)
    assert (lines["informal"].hundredths, lines["informal"].own) == (720, 0)
    assert lines["all"].hundredths is None and lines["all"].published is not None  # nothing is derived from two parts
    assert found.health is not None and found.health.percent_hundredths == 9800
    (target,) = found.targets
    assert target.short_hundredths == 5215 - 1020


def test_the_branch_counts_the_sum_of_its_three_parts_only_when_all_are_told(cast: Cast) -> None:
    told = {"covered_pu": 159_475, "covered_bpu": 35_814, "covered_jakon": 19_398, "workers": 684_654}
    for kind, heads in told.items():
        lines = coverage_of(cast.government, OCT).lines
        assert lines[0].covered is None
        new = NewFigure(kind, "all", "32.73", date(2022, 10, 31), heads, None, "S-2", OCTOBER, "")
        if kind != "workers":
            take_down(government=cast.government, told=new, by=cast.admin, at=AT)
        if kind == "covered_jakon":
            break
    take_down(
        government=cast.government,
        told=NewFigure("workers", "all", "32.73", OCTOBER, told["workers"], None, "S-3", OCTOBER, ""),
        by=cast.admin,
        at=AT,
    )
    line = coverage_of(cast.government, OCT).lines[0]
    assert (line.covered, line.hundredths, len(line.covered_from)) == (214_687, 3136, 3)


def test_a_figure_is_replaced_and_wrong_ones_are_refused(cast: Cast) -> None:
    figures_told(cast)
    figures_told(cast)
    assert len(standing(cast.government.pk)) == 8 and OfficialFigure.objects.count() == 16
    for place, heads, percent, reason in (
        ("32.74", 5, None, "elsewhere"), ("x", 5, None, "elsewhere"), ("32.73", None, 5, "unit"),
        ("32.73", 5, 5, "unit"),
    ):  # fmt: skip
        new = NewFigure("workers", "all", place, OCTOBER, heads, percent, "S", OCTOBER, "")
        with pytest.raises(FigureRefused) as refused:
            take_down(government=cast.government, told=new, by=cast.admin, at=AT)
        assert refused.value.reason == reason
    with pytest.raises(NotAllowed):
        take_down(government=cast.government, told=new, by=cast.operator, at=AT)


def geojson(*features: tuple[dict[str, str], list[list[float]]]) -> bytes:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}
                for told, ring in features
            ],
        }
    ).encode()


def test_outlines_are_found_by_code_or_name_and_replaced(cast: Cast) -> None:
    from payung.rules.identity import regions

    (first, _), (second, name), *_ = regions.inside("32.73")
    content = geojson(
        ({"KODE": first.replace(".", "")}, SQUARE), ({"NAMOBJ": name}, SQUARE), ({"nama": "Elsewhere"}, SQUARE)
    )
    for _ in range(2):
        take_in(
            government=cast.government,
            level="kecamatan",
            source="BIG",
            content=content,
            name="b.json",
            by=cast.admin,
            at=AT,
        )
    assert set(rings_of(cast.government.pk, "kecamatan")) == {first, second}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not_geojson"), (b'{"features": [{"geometry": null}]}', "not_geojson"), (b"[1]", "not_geojson"),
        (geojson(({"kode": "327301"}, [[1, 2]])), "not_geojson"), (geojson(({"kode": "327401"}, SQUARE)), "no_region"),
        (geojson(({"kode": "327301"}, [[700_000.0, 1.0]] * 5)), "not_geojson"),
        (b" " * (10 << 20) + b"{}", "too_large"),
        (b"[" * 100_000, "not_geojson"),
    ],
)  # fmt: skip
def test_other_files_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BoundariesRefused) as refused:
        outlines(content, "32.73", "kecamatan")
    assert refused.value.reason == reason


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=2, max_size=60))
def test_a_simplified_ring_keeps_its_ends_and_adds_nothing(ring: list[tuple[float, float]]) -> None:
    plain = simplified(ring)
    assert plain[0] == ring[0] and plain[-1] == ring[-1] and set(plain) <= set(ring)


def test_traits_of_cells_are_those_of_lists() -> None:
    assert set(coverage_cells.BY) == set(coverage_cells._PARTS)
