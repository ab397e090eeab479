"""Joining, cover, lapse, arrears, schemes, penalties and clocks: on the day of every change, and the day before."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.law.arrears import who_pays
from payung.rules.law.clocks import (
    cards_by,
    construction_register_by,
    data_change_by,
    employer_liable,
    expires_on,
    hand_over_by,
    late_payout,
    pay_by,
    register_by,
    report_by,
    working_days_after,
)
from payung.rules.law.figures import BeforeTheLawError, Certainty, NotKnownError
from payung.rules.law.joining import may_join, obstacle
from payung.rules.law.membership import State, cover_begins, grace_months, months_running, standing
from payung.rules.law.penalties import months_late, penalty
from payung.rules.law.readings import Readings
from payung.rules.law.schemes import scheme_of
from payung.rules.law.words import words_in
from payung.rules.months import Month

NO_HOLIDAYS: frozenset[date] = frozenset()
JUNE = date(2026, 6, 1)
BORN_1961 = date(1961, 6, 1)


def obstacles(programme: str, klass: str, facts: dict[str, Any], on: date = JUNE) -> str | None:
    return may_join(programme, klass, on, **facts).value


@pytest.mark.parametrize(
    ("programme", "klass", "facts", "code"),
    [
        ("JKK", "BPU", {"birth": BORN_1961}, "too_old"),
        ("JKK", "BPU", {"birth": BORN_1961 + timedelta(days=1)}, None),
        ("JHT", "BPU", {}, "birth_unknown"),
        ("JP", "BPU", {"birth": date(1990, 1, 1)}, "programme_not_open"),
        ("JKK", "PU", {}, None),
        ("JKM", "PU", {"birth": date(1940, 1, 1)}, None),
        ("JP", "PU", {"birth": date(1967, 6, 1)}, "too_old"),
        ("JP", "PU", {"birth": date(1967, 6, 2)}, None),
        ("JKP", "PU", {"birth": date(1990, 1, 1)}, "no_entrepreneur"),
        ("JKP", "PU", {"birth": date(1972, 6, 1), "employer": "entrepreneur"}, "too_old"),
        ("JKP", "PU", {"birth": date(1972, 6, 2), "employer": "entrepreneur"}, None),
        ("JKP", "PU", {"birth": date(1990, 1, 1), "employer": "entrepreneur", "citizen": False}, "not_a_citizen"),
        ("JKP", "BPU", {"birth": date(1990, 1, 1), "employer": "entrepreneur"}, "programme_not_open"),
        ("JKK", "PU", {"citizen": False}, "stay_too_short"),
        ("JKK", "PU", {"citizen": False, "months_in_indonesia": 5}, "stay_too_short"),
        ("JKK", "PU", {"citizen": False, "months_in_indonesia": 6}, None),
        ("JHT", "JAKON", {}, "programme_not_open"),
        ("JKM", "INTERN", {}, None),
        ("JHT", "PMI", {}, None),
        ("JP", "PMI", {}, "programme_not_open"),
    ],
)
def test_who_may_join(programme: str, klass: str, facts: dict[str, Any], code: str | None) -> None:
    assert obstacles(programme, klass, facts) == code
    if code:
        assert obstacle(code) and obstacle(code, "en")


def test_joining_says_how_sure_it_is() -> None:
    grown = may_join("JKK", "BPU", JUNE, birth=date(1990, 1, 1))
    assert (grown.certainty, len(grown.doubts)) == (Certainty.DOUBTFUL, 1)
    young = may_join("JKK", "BPU", JUNE, birth=date(2009, 1, 1))
    assert (young.value, len(young.doubts)) == (None, 2)
    assert may_join("JHT", "PU", JUNE, employer="government").certainty is Certainty.DOUBTFUL
    assert may_join("JHT", "PU", JUNE, employer="entrepreneur").certainty is Certainty.SOURCED
    assert may_join("JKK", "INTERN", JUNE).certainty is Certainty.COMMON_KNOWLEDGE


def test_jkp_begins_and_unknown_words_are_refused() -> None:
    facts = {"birth": date(1990, 1, 1), "employer": "entrepreneur"}
    assert obstacles("JKP", "PU", facts, date(2021, 1, 31)) == "programme_not_open"
    assert obstacles("JKP", "PU", facts, date(2021, 2, 28)) is None
    with pytest.raises(BeforeTheLawError):
        may_join("JKK", "PU", date(2015, 6, 30))
    for words in (("JPK", "PU"), ("JKK", "PNS")):
        with pytest.raises(NotKnownError):
            may_join(*words, JUNE)


def test_every_obstacle_has_its_words() -> None:
    assert all(words.id and words.en for words in words_in("obstacles.toml").values())


@pytest.mark.parametrize(
    ("effective", "issued", "posted", "begins"),
    [
        (date(2022, 11, 1), date(2022, 10, 20), None, date(2022, 11, 1)),
        (date(2022, 11, 1), date(2022, 11, 9), Month(2022, 11), date(2022, 11, 9)),
        (date(2022, 11, 1), None, Month(2022, 12), date(2022, 12, 1)),
        (date(2022, 11, 1), None, None, None),
        (None, date(2022, 11, 9), None, date(2022, 11, 9)),
    ],
)
def test_cover_begins_with_the_later_of_ground_and_number(
    effective: date | None, issued: date | None, posted: Month | None, begins: date | None
) -> None:
    assert cover_begins(effective, issued, posted).value == begins


MARCH, APRIL, JULY = Month(2026, 3), Month(2026, 4), Month(2026, 7)


@pytest.mark.parametrize(
    ("on", "state", "unpaid", "running"),
    [
        (date(2026, 4, 30), State.ACTIVE, 0, MARCH),
        (date(2026, 5, 1), State.IN_GRACE, 0, MARCH),
        (date(2026, 7, 31), State.IN_GRACE, 2, MARCH),
        (date(2026, 8, 1), State.LAPSED, 3, None),
    ],
)
def test_three_full_unpaid_months_end_it(on: date, state: State, unpaid: int, running: Month | None) -> None:
    stands = standing("BPU", [MARCH, APRIL], on).value
    assert (stands.state, stands.unpaid_months, stands.running_since) == (state, unpaid, running)
    assert stands.protected_until == date(2026, 7, 31)


def test_a_hole_of_two_months_does_not_interrupt_and_one_of_three_does() -> None:
    on = date(2026, 8, 20)
    assert standing("BPU", [MARCH, APRIL, JULY], on).value.running_since == MARCH
    assert standing("BPU", [MARCH, JULY], on).value.running_since == JULY
    restored = [MARCH, APRIL, JULY]
    assert standing("BPU", restored, on).value.running_since == MARCH
    assert standing("BPU", [], on).value.state is State.NEVER
    assert standing("BPU", [MARCH], on, first=APRIL).value.state is State.NEVER


@pytest.mark.parametrize(("on", "months"), [(date(2026, 5, 31), 2), (date(2026, 6, 1), 3), (date(2026, 8, 1), 0)])
def test_months_that_have_run(on: date, months: int) -> None:
    told = months_running("BPU", [MARCH, APRIL], on)
    assert (told.value, told.certainty) == (months, Certainty.DOUBTFUL)


histories = st.sets(st.integers(Month(2023, 1).index, Month(2026, 6).index), min_size=1, max_size=40)


@given(histories, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_standing_against_counting_month_by_month(paid: set[int], on: date) -> None:
    grace = int(grace_months("BPU", Month.of(on)).value)
    since, gap, last = None, 0, max(paid)
    for month in range(min(paid), Month.of(on).index):
        if month in paid:
            since = month if since is None else since
            gap = 0
        else:
            gap += 1
            since = None if gap >= grace else since
    if Month.of(on).index in paid and since is None:
        since = Month.of(on).index
    stands = standing("BPU", [Month.from_index(month) for month in paid], on).value
    if last <= Month.of(on).index:
        assert stands.last_paid == Month.from_index(last)
        assert (stands.running_since.index if stands.running_since else None) == since
        assert (stands.state is State.LAPSED) == (since is None)


@given(histories, st.integers(Month(2023, 1).index, Month(2026, 6).index), st.dates(date(2026, 7, 1), date(2027, 1, 1)))
def test_paying_a_missing_month_never_harms(paid: set[int], more: int, on: date) -> None:
    before = months_running("BPU", [Month.from_index(month) for month in paid], on).value
    after = months_running("BPU", [Month.from_index(month) for month in paid | {more}], on).value
    assert after >= before


@pytest.mark.parametrize(
    ("klass", "unpaid", "payer"),
    [("PU", 3, "bpjs"), ("PU", 4, "employer_first"), ("BPU", 2, "bpjs"), ("BPU", 3, "nobody")],
)
def test_who_pays_a_claim_in_arrears(klass: str, unpaid: int, payer: str) -> None:
    assert who_pays(klass, unpaid, MARCH).value == payer
    with pytest.raises(BeforeTheLawError):
        who_pays(klass, unpaid, Month(2015, 6))


def test_bpjs_or_taspen() -> None:
    told = {status: scheme_of(status, JUNE).value for status in ("pns", "cpns", "pppk", "non_asn", "bpu", "village")}
    assert told == {
        "pns": "taspen", "cpns": "taspen", "pppk": "taspen", "non_asn": "bpjs", "bpu": "bpjs", "village": "bpjs",
    }  # fmt: skip
    part_time = scheme_of("pppk_paruh_waktu", JUNE)
    assert (part_time.value, part_time.certainty) == ("bpjs", Certainty.DOUBTFUL)
    assert scheme_of("pppk_paruh_waktu", JUNE, readings=Readings.parse(["pppk-paruh-waktu=taspen"])).value == "taspen"
    with pytest.raises(NotKnownError):
        scheme_of("honorer", JUNE)
    with pytest.raises(BeforeTheLawError):
        scheme_of("pns", date(2015, 6, 30))


DUE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("paid", "months"),
    [
        (date(2026, 6, 14), 0), (DUE, 0), (date(2026, 6, 16), 1), (date(2026, 7, 15), 1), (date(2026, 7, 16), 2),
        (date(2027, 6, 15), 12), (date(2027, 6, 16), 13),
    ],
)  # fmt: skip
def test_a_started_month_counts_in_full(paid: date, months: int) -> None:
    assert months_late(DUE, paid) == months
    assert penalty(1_000_000, DUE, paid, month=Month(2026, 5)).value == 20_000 * months


def test_penalties_of_governments_and_members() -> None:
    late, may = date(2026, 9, 1), Month(2026, 5)
    assert penalty(1_000_000, DUE, late, month=may, employer="government").value == 0
    assert penalty(1_000_000, DUE, late, month=may, employer="government").certainty is Certainty.DOUBTFUL
    as_private = Readings.parse(["penalty-government=as-private"])
    assert penalty(1_000_000, DUE, late, month=may, employer="government", readings=as_private).value == 60_000
    assert penalty(1_000_000, DUE, late, month=may, employer="none").value == 0
    with pytest.raises(NotKnownError):
        penalty(1, DUE, late, month=may, employer="somebody")


@pytest.mark.parametrize(
    ("month", "sector", "rupiah"),
    [
        ("2020-07", "other", 20_000), ("2020-08", "other", 5_000), ("2021-01", "other", 5_000),
        ("2021-02", "other", 20_000), ("2025-01", "labour_intensive", 20_000), ("2025-02", "labour_intensive", 5_000),
        ("2025-02", "other", 20_000), ("2025-07", "labour_intensive", 5_000), ("2025-08", "labour_intensive", 20_000),
    ],
)  # fmt: skip
def test_the_lower_penalty_of_the_reliefs(month: str, sector: str, rupiah: int) -> None:
    due = Month.parse(month).shift(1).first_day
    asked: dict[str, Any] = {"month": Month.parse(month), "sector": sector}
    paid = due + timedelta(days=1)
    assert penalty(1_000_000, due, paid, **asked).value == rupiah
    normal = Readings.parse(["penalty-relief=normal"])
    assert penalty(1_000_000, due, paid, **asked, readings=normal).value == 20_000


@given(st.integers(0, 10**9), st.dates(date(2016, 1, 1), date(2027, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_waiting_never_makes_it_cheaper(unpaid: int, due: date, days: int, more: int) -> None:
    early, late = due + timedelta(days=days), due + timedelta(days=days + more)
    month = Month.of(due).shift(-1)
    assert penalty(unpaid, due, early, month=month).value <= penalty(unpaid, due, late, month=month).value


NEW_YEAR = date(2026, 1, 1)


def test_reports_and_their_hours() -> None:
    event = datetime(2026, 6, 5, 22, 30)
    assert report_by(event).value == datetime(2026, 6, 7, 22, 30)
    assert not employer_liable(event, datetime(2026, 6, 7, 22, 30)).value
    assert employer_liable(event, datetime(2026, 6, 7, 22, 31)).value
    assert not employer_liable(datetime(2025, 1, 31, 8), datetime(2025, 6, 1)).value
    assert employer_liable(datetime(2025, 2, 1, 8), datetime(2025, 6, 1)).certainty is Certainty.DERIVED
    with pytest.raises(BeforeTheLawError):
        report_by(datetime(2015, 6, 30))


def test_working_days_from_a_friday_over_a_holiday() -> None:
    friday = date(2025, 12, 26)
    holidays = frozenset({NEW_YEAR})
    assert hand_over_by(friday, holidays).value == date(2025, 12, 31)
    assert cards_by(friday, holidays).value == date(2026, 1, 7)
    assert data_change_by(friday, holidays).value == date(2026, 1, 7)
    assert construction_register_by(friday, holidays).value == date(2026, 1, 16)
    assert register_by(friday, holidays).value == date(2026, 2, 9)
    assert pay_by("JKM", friday, holidays).value == date(2025, 12, 31)
    assert pay_by("JKK", friday, holidays).value == date(2026, 1, 7)
    assert pay_by("JP", friday, NO_HOLIDAYS).value == date(2026, 1, 16)
    with pytest.raises(NotKnownError):
        pay_by("JHT", friday, holidays)


@given(
    st.dates(date(2016, 1, 1), date(2027, 1, 1)),
    st.integers(1, 60),
    st.sets(st.dates(date(2016, 1, 1), date(2027, 6, 1)), max_size=30),
)
def test_so_many_working_days_lie_between(day: date, count: int, holidays: set[date]) -> None:
    last = working_days_after(day, count, frozenset(holidays))
    between = [day + timedelta(days=step) for step in range(1, (last - day).days + 1)]
    assert sum(each.weekday() < 5 and each not in holidays for each in between) == count
    assert last.weekday() < 5 and last not in holidays


def test_one_percent_for_each_late_day() -> None:
    complete = date(2026, 11, 20)
    asked = [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)]
    assert [late_payout("JKM", 42_000_000, complete, day, NO_HOLIDAYS).value for day in asked] == [0, 420_000, 840_000]
    assert late_payout("JKK", 150, complete, date(2026, 12, 2), NO_HOLIDAYS).value == 2
    with pytest.raises(NotKnownError):
        late_payout("JP", 1, complete, complete, NO_HOLIDAYS)


@pytest.mark.parametrize(
    ("programme", "event", "last"),
    [
        ("JKK", date(2019, 12, 1), date(2021, 12, 1)), ("JKK", date(2019, 12, 2), date(2024, 12, 2)),
        ("JKM", date(2019, 12, 1), date(2021, 12, 1)), ("JKM", date(2019, 12, 2), date(2024, 12, 2)),
        ("JKK", date(2024, 2, 29), date(2029, 2, 28)), ("JKP", date(2025, 8, 31), date(2026, 2, 28)),
    ],
)  # fmt: skip
def test_claims_lapse(programme: str, event: date, last: date) -> None:
    assert expires_on(programme, event).value == last


def test_what_does_not_lapse_or_had_not_begun() -> None:
    for programme in ("JHT", "JP"):
        with pytest.raises(NotKnownError):
            expires_on(programme, JUNE)
    with pytest.raises(BeforeTheLawError):
        expires_on("JKP", date(2021, 2, 1))
    assert expires_on("JKK", date(2019, 12, 5), known_on=date(2019, 12, 1)).value == date(2021, 12, 5)


def test_everything_respects_what_was_known() -> None:
    before = date(2015, 6, 29)
    for ask in (
        lambda: may_join("JKK", "PU", JUNE, known_on=before),
        lambda: standing("BPU", [MARCH], JUNE, known_on=before),
        lambda: who_pays("PU", 1, MARCH, known_on=before),
        lambda: scheme_of("pns", JUNE, known_on=before),
        lambda: penalty(1, DUE, JUNE, month=MARCH, known_on=before),
        lambda: report_by(datetime(2026, 6, 1), known_on=before),
        lambda: register_by(JUNE, NO_HOLIDAYS, known_on=before),
        lambda: late_payout("JKK", 1, JUNE, JUNE, NO_HOLIDAYS, known_on=before),
        lambda: expires_on("JKK", JUNE, known_on=before),
    ):
        with pytest.raises(NotKnownError):
            ask()
