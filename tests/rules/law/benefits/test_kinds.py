"""Each kind of benefit on its ordinary days: the examples of the reference, the days of change, and what is refused."""

import pytest

from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.readings import Readings
from tests.rules.law.benefits.asked import benefit, total

OLD, NEW = "2019-12-01", "2019-12-02"


def test_a_death_by_accident_is_48_wages_and_22_million() -> None:
    answer = benefit("jkk-death", "2021-11-03", wage=1_787_500)
    assert answer.total == 107_800_000
    assert dict(answer.components) == {"death": 85_800_000, "periodic": 12_000_000, "funeral": 10_000_000}
    assert total("jkk-death", NEW, **{"class": "BPU"}, wage=1_000_000) == 70_000_000
    assert total("jkk-death", "2026-01-31", wage=3_192_807) == 175_254_736
    assert total("jkk-death", OLD, wage=1_787_500) == 85_800_000 + 4_800_000 + 3_000_000


def test_a_death_by_accident_pays_at_least_the_death_sum_of_jkm() -> None:
    assert benefit("jkk-death", NEW, wage=416_666).components["death"] == 20_000_000
    assert benefit("jkk-death", NEW, wage=416_667).components["death"] == 20_000_016
    assert benefit("jkk-death", OLD, wage=0).components["death"] == 16_200_000


def test_total_disability_is_56_wages_and_the_periodic_money() -> None:
    assert total("jkk-total", NEW, **{"class": "BPU"}, wage=1_000_000) == 68_000_000
    assert total("jkk-total", OLD, wage=1_000_000) == 60_800_000


def test_a_bpus_income_is_put_into_its_bracket() -> None:
    answer = benefit("jkk-total", NEW, **{"class": "BPU"}, wage=3_200_000)
    assert (answer.wage, answer.base) == (3_200_000, 3_450_000)
    gap = benefit("jkk-total", NEW, **{"class": "BPU"}, wage=1_099_500)
    assert (gap.base, [doubt.id for doubt in gap.doubts]) == (1_000_000, ["bracket-gap"])


def test_partial_disability_by_the_table() -> None:
    assert total("jkk-partial", "2026-02-01", wage=4_737_678, loss=["right-index-finger"]) == 34_111_282
    assert total("jkk-partial", "2026-02-01", wage=1_000_000, loss=["right-index-finger-joint"]) == 3_600_000
    assert total("jkk-partial", "2026-02-01", wage=1_000_000, loss=["right-other-finger"] * 2) == 6_400_000


def test_the_left_handed_lose_more_by_the_left_hand() -> None:
    assert total("jkk-partial", NEW, wage=1_000_000, loss=["left-thumb"], left_handed=True) == 12_000_000
    assert total("jkk-partial", NEW, wage=1_000_000, loss=["right-thumb"], left_handed=True) == 9_600_000
    assert total("jkk-partial", NEW, wage=1_000_000, loss=["big-toe"], left_handed=True) == 4_000_000


def test_several_losses_are_held_at_70_percent() -> None:
    arms = ["right-arm-shoulder", "left-arm-shoulder"]
    held = benefit("jkk-partial", NEW, wage=1_000_000, loss=arms)
    assert held.total == 56_000_000
    assert "several-losses" in [doubt.id for doubt in held.doubts]
    more = benefit("jkk-partial", NEW, wage=1_000_000, loss=arms, readings=Readings.parse(["several-losses=100"]))
    assert more.total == 60_000_000
    assert "several-losses" not in [doubt.id for doubt in more.doubts]  # not held


@pytest.mark.parametrize(
    ("loss", "percent"),
    [
        ("scalp=10", 10),
        ("scalp=30", 30),
        ("hearing-reduction-both-ears=10", 6),
        ("hearing-reduction-both-ears=39", 18),
        ("hearing-reduction-one-ear=40", 12),
        ("sight-acuity=100", 70),
        ("visual-field=25", 14),
        ("working-capacity=10", 5),
        ("working-capacity=25", 5),
        ("working-capacity=26", 20),
        ("working-capacity=50", 20),
        ("working-capacity=51", 40),
        ("working-capacity=70", 40),
    ],
)
def test_losses_that_are_told_with_a_number(loss: str, percent: int) -> None:
    assert total("jkk-partial", NEW, wage=1_000_000, loss=[loss]) == percent * 800_000


def test_loss_of_function_is_a_part_of_the_tables_percent() -> None:
    assert total("jkk-functional", NEW, wage=2_000_000, loss=["left-arm-shoulder=50"]) == 28_000_000
    assert total("jkk-functional", NEW, wage=1_000_000, loss=["right-index-finger-joint=33"]) == 1_188_000


@pytest.mark.parametrize(
    ("kind", "loss", "code"),
    [
        ("jkk-partial", "right-toe", "loss_unknown/right-toe"),
        ("jkk-partial", "scalp", "loss_needs_number/scalp"),
        ("jkk-partial", "scalp=9", "loss_out_of_range/scalp=9"),
        ("jkk-partial", "scalp=31", "loss_out_of_range/scalp=31"),
        ("jkk-partial", "scalp=2.5", "loss_number/scalp=2.5"),
        ("jkk-partial", "both-eyes=50", "loss_without_number/both-eyes"),
        ("jkk-functional", "both-eyes", "loss_percent/both-eyes"),
        ("jkk-functional", "both-eyes=101", "loss_percent/both-eyes"),
        ("jkk-functional", "scalp=20", "loss_not_functional/scalp"),
    ],
)
def test_a_loss_that_cannot_be_read_is_refused(kind: str, loss: str, code: str) -> None:
    with pytest.raises(BenefitRefusedError) as refused:
        benefit(kind, NEW, wage=1_000_000, loss=[loss])
    assert refused.value.code == code


def test_temporary_incapacity_by_the_half_years() -> None:
    assert total("jkk-temporary", NEW, wage=3_000_000, months=14) == 39_000_000
    assert total("jkk-temporary", OLD, wage=3_000_000, months=14) == 18_000_000 + 13_500_000 + 3_000_000
    assert total("jkk-temporary", NEW, wage=3_000_000, days=10) == 1_000_000
    assert total("jkk-temporary", NEW, wage=3_000_000, months=11, days=45) == 33_000_000 + 3_000_000 + 750_000
    assert total("jkk-temporary", OLD, wage=3_000_000, months=6, days=1) == 18_000_000 + 75_000


@pytest.mark.parametrize(
    ("reading", "amount"),
    [("temporary-day=30", 1_000_000), ("temporary-day=25", 1_200_000), ("temporary-day=365", 986_301)],
)
def test_the_day_of_temporary_incapacity_is_a_reading(reading: str, amount: int) -> None:
    answer = benefit("jkk-temporary", NEW, wage=3_000_000, days=10, readings=Readings.parse([reading]))
    assert answer.total == amount
    assert "temporary-day" in [doubt.id for doubt in answer.doubts]


@pytest.mark.parametrize(("option", "amount"), [("75", 4_500_000), ("100", 6_000_000), ("50", 3_000_000)])
def test_the_second_half_year_before_2019_is_a_reading(option: str, amount: int) -> None:
    readings = Readings.parse([f"temporary-second-half={option}"])
    assert total("jkk-temporary", OLD, wage=1_000_000, months=12, readings=readings) == 6_000_000 + amount
    assert total("jkk-temporary", NEW, wage=1_000_000, months=12, readings=readings) == 12_000_000


def test_each_mode_of_transport_has_its_own_cap() -> None:
    assert total("jkk-transport", NEW, land=6_000_000, air=9_000_000) == 14_000_000
    new = benefit("jkk-transport", NEW, land=99_000_000, sea=99_000_000, air=99_000_000)
    old = benefit("jkk-transport", OLD, land=99_000_000, sea=99_000_000, air=99_000_000)
    assert list(new.components.values()) == [5_000_000, 2_000_000, 10_000_000]
    assert list(old.components.values()) == [1_000_000, 1_500_000, 2_500_000]


def test_aids_and_their_caps() -> None:
    bills = {"prosthesis": 10_000_001, "denture": 9_000_000, "hearing_aid": 9_000_000, "glasses": 9_000_000}
    new = benefit("jkk-aids", NEW, **bills, home_care=50_000_000)
    old = benefit("jkk-aids", OLD, **bills, home_care=50_000_000)
    assert list(new.components.values()) == [14_000_001, 5_000_000, 2_500_000, 1_000_000, 20_000_000]
    assert list(old.components.values()) == [14_000_001, 3_000_000, 0, 0, 0]
    assert total("jkk-aids", NEW, home_care=24_000_000, home_care_months=18) == 16_000_000
    assert total("jkk-aids", NEW, home_care=12_000_001, home_care_months=12) == 12_000_001


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        ("2012-05-23", 21_000_000),
        ("2015-06-30", 21_000_000),
        ("2015-07-01", 24_000_000),
        (OLD, 24_000_000),
        (NEW, 42_000_000),
        ("2026-11-21", 42_000_000),
    ],
)
def test_jkm_in_its_three_periods(on: str, amount: int) -> None:
    assert total("jkm", on) == amount


@pytest.mark.parametrize(
    ("on", "since", "readings", "amount"),
    [
        ("2025-02-28", "2025-02-20", [], 42_000_000),
        ("2025-03-01", "2025-02-20", [], 10_000_000),
        ("2025-04-30", "2025-02-20", [], 10_000_000),
        ("2025-05-01", "2025-02-20", [], 42_000_000),
        ("2025-05-19", "2025-02-20", ["jkm-three-months=day"], 10_000_000),
        ("2025-05-20", "2025-02-20", ["jkm-three-months=day"], 42_000_000),
        ("2025-02-28", "2025-02-20", ["jkm-waiting-start=february-2025"], 10_000_000),
        ("2025-01-31", "2025-01-20", ["jkm-waiting-start=february-2025"], 42_000_000),
        ("2026-01-15", "2025-11-30", [], 10_000_000),
        ("2026-02-01", "2025-11-30", [], 42_000_000),
    ],
)
def test_a_bpu_waits_three_months(on: str, since: str, readings: list[str], amount: int) -> None:
    chosen = Readings.parse(readings)
    assert total("jkm", on, **{"class": "BPU"}, member_since=since, readings=chosen) == amount
    assert total("jkm", on, member_since=since, readings=chosen) == 42_000_000  # PU do not wait


def test_a_lapse_begins_the_three_months_anew() -> None:
    words = {"class": "BPU", "member_since": "2023-01-01", "resumed_on": "2025-06-10"}
    waits = benefit("jkm", "2025-08-31", **words)
    assert waits.total == 10_000_000
    assert "jkm-after-lapse" in [doubt.id for doubt in waits.doubts]
    goes_on = Readings.parse(["jkm-after-lapse=continue"])
    assert total("jkm", "2025-08-31", **words, readings=goes_on) == 42_000_000


def test_several_memberships_leave_one_jkm() -> None:
    assert total("jkm", NEW, memberships=2) == 42_000_000
    each = Readings.parse(["jkm-several-memberships=each"])
    assert total("jkm", NEW, memberships=2, readings=each) == 84_000_000


def test_jht_in_full_and_in_part() -> None:
    assert total("jht", "2025-01-01", balance=70_000_001, reason="resigned") == 70_000_001
    assert total("jht", "2025-01-01", balance=70_000_001, reason="home-30", member_years=10) == 21_000_000
    assert total("jht", "2025-01-01", balance=70_000_005, reason="retirement-10", member_years=30) == 7_000_001
    assert total("jht", "2025-01-01", balance=70_000_000, reason="home-30", member_years=9) == 0


def test_the_tax_on_jht_is_told_and_not_taken() -> None:
    answer = benefit("jht", "2025-01-01", balance=70_000_000, reason="pension-age")
    assert (answer.total, answer.steps[-1].value) == (70_000_000, 1_000_000)
    assert "jht_tax@2015-07-01" in [doubt.id for doubt in answer.doubts]


def test_jp_between_its_limits() -> None:
    words = {"paid_months": 240, "reason": "old-age"}
    assert total("jp", "2026-02-01", average_yearly_wage=60_000_000, **words) == 1_000_000
    assert total("jp", "2026-02-01", average_yearly_wage=12_000_000, **words) == 411_400
    assert total("jp", "2026-02-01", average_yearly_wage=900_000_000, **words) == 4_932_300
    assert total("jp", "2026-01-31", average_yearly_wage=12_000_000, **words) == 399_700
    assert total("jp", "2021-11-01", average_yearly_wage=36_000_000, paid_months=180, reason="widow") == 356_600


def test_jp_below_180_months_is_a_lump_sum() -> None:
    words = {"average_yearly_wage": 240_000_000, "paid_months": 179, "contributions_and_return": 9_000_000}
    for reason in ("old-age", "widow"):
        lump = benefit("jp", "2026-02-01", reason=reason, **words)
        assert dict(lump.components) == {"pension": 0, "lump_sum": 9_000_000}
    as_180 = Readings.parse(["jp-under-180=as-180"])
    assert total("jp", "2026-02-01", reason="widow", readings=as_180, **words) == 1_500_000
    assert total("jp", "2026-02-01", reason="old-age", readings=as_180, **words) == 9_000_000


def test_jkp_before_and_after_february_2025() -> None:
    assert total("jkp", "2025-02-07", wage=9_000_000, months=6) == 18_000_000
    old = benefit("jkp", "2025-02-06", wage=4_000_001, months=4)
    assert [line["amount"] for line in old.schedule] == [1_800_000, 1_800_000, 1_800_000, 1_000_000]
    assert total("jkp", "2021-02-02", wage=5_000_000, months=1) == 2_250_000


@pytest.mark.parametrize(
    ("kind", "on", "words", "code"),
    [
        ("jkk-death", "2015-06-30", {"wage": 1}, "event_too_early"),
        ("jkm", "2012-05-22", {}, "event_too_early"),
        ("jkp", "2021-02-01", {"wage": 1, "months": 1}, "event_too_early"),
        ("jkk-death", NEW, {}, "missing/wage"),
        ("jkk-death", NEW, {"wage": 1_000_000_001}, "out_of_range/wage"),
        ("jkk-death", NEW, {"wage": "1.000"}, "number_unreadable/wage"),
        ("jkk-death", NEW, {"wage": 1, "days": 3}, "word_not_used/days"),
        ("jkk-death", NEW, {"wage": 1, "class": "ASN"}, "class_unknown"),
        ("jkk-gone", NEW, {}, "kind_unknown"),
        ("jkk-partial", NEW, {"wage": 1}, "missing/loss"),
        ("jkk-temporary", NEW, {"wage": 1}, "none_given/months, days"),
        ("jkk-temporary", NEW, {"wage": 1, "months": 121}, "out_of_range/months"),
        ("jkk-transport", NEW, {"sea": 0}, "none_given/land, sea, air"),
        ("jkm", NEW, {"cause_work_accident": True}, "work_accident_is_jkk"),
        ("jkm", "2025-03-01", {"class": "BPU"}, "missing/member_since"),
        ("jkm", NEW, {"class": "BPU", "member_since": "2019-12-03"}, "after_event/member_since"),
        ("jkm", NEW, {"member_since": "2019-02-30"}, "day_unreadable/member_since"),
        ("jkm", NEW, {"member_since": "2019-02-02", "resumed_on": "2019-02-01"}, "resumed_before_begun"),
        ("jht", NEW, {"balance": 1, "reason": "old-age"}, "reason_unknown"),
        ("jht", NEW, {"balance": 1, "reason": "home-30"}, "missing/member_years"),
        ("jp", NEW, {"class": "BPU", "paid_months": 1}, "not_for_bpu"),
        (
            "jp",
            NEW,
            {"paid_months": 1, "average_yearly_wage": 1, "reason": "child"},
            "missing/contributions_and_return",
        ),
        ("jkp", NEW.replace("2019", "2025"), {"wage": 1, "months": 7}, "job_loss_months"),
        ("jkp", NEW.replace("2019", "2025"), {"wage": 1, "months": 1, "employer": "state"}, "not_for_state"),
        ("jkp", NEW.replace("2019", "2025"), {"wage": 1, "months": 1, "employer": "pemda"}, "employer_unknown"),
    ],
)
def test_what_has_no_answer_is_refused(kind: str, on: str, words: dict[str, object], code: str) -> None:
    with pytest.raises(BenefitRefusedError) as refused:
        benefit(kind, on, **words)
    assert refused.value.code == code
    assert "{" not in str(refused.value)
