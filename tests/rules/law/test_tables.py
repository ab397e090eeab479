"""What the loader refuses: a table that is incomplete, overlaps, has a hole, or leaves exact arithmetic."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from payung.rules.law.brackets import editions
from payung.rules.law.columns import CLASSES, GROUPS, PAYERS, SECTORS
from payung.rules.law.figures import Certainty, NotKnownError
from payung.rules.law.reliefs import reliefs
from payung.rules.law.statute import EXACT_BELOW, FIRST_MONTH, prove_exact, statute
from payung.rules.law.tables import FOLDER, Row, TableError, read_table, table, table_names
from payung.rules.months import Month


def _text(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def test_every_row_says_where_it_stands_and_how_sure_it_is() -> None:
    assert len(table_names()) >= 13
    for name in table_names():
        for row in table(name).rows:
            figure = row.figure
            assert figure.regulation
            assert figure.known_from <= figure.checked_on
            assert figure.checked_on >= date(2026, 11, 21)
            assert bool(figure.doubt.id) == bool(figure.doubt.en) == (figure.certainty is not Certainty.SOURCED)
            assert figure.sources or figure.certainty is not Certainty.SOURCED


def test_every_row_has_an_id_of_its_own() -> None:
    ids = [row.figure.id for name in table_names() for row in table(name).rows]
    assert len(ids) == len(set(ids))
    assert "jkk_pu/1@2015-07" in ids


def test_the_words_of_the_code_are_those_of_the_tables() -> None:
    assert set(GROUPS) == set(statute().jkk_pu)
    older = {"jkm_benefit", "jkm_waiting"}  # deaths before PP 44/2015 are answered too
    contributions = {table(name).begins for name in table_names() if table(name).begins and name not in older}
    assert min(contributions) == table("jkk_pu").begins == FIRST_MONTH
    for relief in statute().reliefs:
        assert relief.classes <= set(CLASSES)
        assert relief.sectors <= set(SECTORS)
        assert relief.payers | relief.payers_excluded <= set(PAYERS)


def test_a_row_of_the_same_month_twice_is_an_overlap() -> None:
    text = _text("jkk_bpu")
    again = text[text.index("[[rows]]") :]
    with pytest.raises(TableError, match="overlap"):
        read_table("jkk_bpu", f"{text}\n{again}")


def test_a_value_corrected_later_replaces_the_earlier_one_from_that_day_on() -> None:
    text = _text("jkk_bpu")
    again = text[text.index("[[rows]]") :].replace("2015-06-30", "2020-01-31").replace('"0.01"', '"0.02"')
    corrected = read_table("jkk_bpu", f"{text}\n{again}")
    assert corrected.series(known_on=date(2020, 1, 30)).at(Month(2016, 1)).value == Decimal("0.01")
    assert corrected.series(known_on=date(2020, 1, 31)).at(Month(2016, 1)).value == Decimal("0.02")
    assert corrected.series().at(Month(2016, 1)).value == Decimal("0.02")


def test_a_yearly_table_may_leave_out_no_year() -> None:
    text = _text("jp_ceiling").replace('first = "2019-03"', 'first = "2019-04"')
    with pytest.raises(TableError, match="a gap, no value from 2019-03"):
        read_table("jp_ceiling", text)


def test_a_table_begins_when_it_says() -> None:
    with pytest.raises(TableError, match="a gap"):
        read_table("jkm_bpu", _text("jkm_bpu").replace('first = "2015-07"', 'first = "2015-08"'))


def test_only_temporary_tables_end() -> None:
    text = _text("jkm_bpu").replace('first = "2015-07"', 'first = "2015-07"\nlast = "2020-01"')
    with pytest.raises(TableError, match="only temporary tables"):
        read_table("jkm_bpu", text)
    with pytest.raises(TableError, match="last month"):
        read_table("reliefs", _text("reliefs").replace('last = "2025-07"\n', ""))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('certainty = "sourced"', 'certainty = "doubtful"'),
        ('certainty = "sourced"', 'certainty = "sure"'),
        ('value = "6800"', "value = 6800.0"),
        ('value = "6800"', 'value = "6.800,-"'),
        ('sources = ["S16", "S20", "S37"]', "sources = []"),
        ("known_from = 2015-06-30\n", ""),
        ('first = "2015-07"', 'first = "July 2015"'),
    ],
)
def test_an_incomplete_or_unreadable_row_is_refused(before: str, after: str) -> None:
    text = _text("jkm_bpu")
    assert before in text
    with pytest.raises(TableError):
        read_table("jkm_bpu", text.replace(before, after))


def test_two_reliefs_of_the_same_months_are_an_overlap() -> None:
    text = _text("reliefs").replace('first = "2025-08"', 'first = "2025-07"')
    with pytest.raises(TableError, match="overlap"):
        reliefs(read_table("reliefs", text).rows)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("income_from = 1_300_000", "income_from = 1_400_000"),
        ("income_upto = 1_299_000", "income_upto = 1_300_000"),
        ("bracket = 7\n", "bracket = 70\n"),
        ("income_from = 0\n", "income_from = 1\n"),
    ],
)
def test_brackets_with_a_hole_or_out_of_order_are_refused(before: str, after: str) -> None:
    text = _text("bpu_brackets")
    assert text.count(before) == 1
    with pytest.raises(TableError):
        editions(read_table("bpu_brackets", text.replace(before, after)).rows)


def test_the_brackets_are_five_runs_that_give_back_all_33_rows() -> None:
    (edition,) = statute().bpu_brackets
    assert [run.brackets for run in edition.runs] == [1, 8, 11, 12, 1]
    for bracket in edition.brackets:
        for income in (bracket.income_from, bracket.income_upto or 10**9):
            run = [run for run in edition.runs if run.income_from <= income][-1]
            assert run.base(income) == bracket.base.rupiah


def test_irregular_brackets_become_runs_of_their_own() -> None:
    text = _text("bpu_brackets").replace('value = "1600000"', 'value = "1650000"')
    (edition,) = editions(read_table("bpu_brackets", text).rows)
    assert sum(run.brackets for run in edition.runs) == 33
    assert len(edition.runs) > 5


def _with_rate(row: Row, rate: str) -> Row:
    return Row(dataclasses.replace(row.figure, value=Decimal(rate)), row.more)


def test_a_rate_whose_product_would_leave_the_exact_integers_is_refused() -> None:
    law = statute()
    figure = law.jkm_pu.figures[0]
    just_too_much = dataclasses.replace(figure, value=Decimal(EXACT_BELOW) / 10**9 / 10**7)
    dear = dataclasses.replace(law, jkm_pu=dataclasses.replace(law.jkm_pu, figures=(just_too_much,)))
    with pytest.raises((TableError, ValueError)):
        prove_exact(dear)
    whole = dataclasses.replace(figure, value=Decimal("0.9008"))
    dear = dataclasses.replace(law, jkm_pu=dataclasses.replace(law.jkm_pu, figures=(whole,)))
    with pytest.raises(TableError, match="exact integers"):
        prove_exact(dear)


@pytest.mark.parametrize("part", ["0.333", "1.5", "0.005"])
def test_a_relief_that_is_no_whole_percent_is_refused(part: str) -> None:
    law = statute()
    odd = dataclasses.replace(law.reliefs[0], figure=dataclasses.replace(law.reliefs[0].figure, value=Decimal(part)))
    with pytest.raises(TableError, match="whole percent"):
        prove_exact(dataclasses.replace(law, reliefs=(odd,)))


def test_a_relieved_rate_too_fine_for_the_scale_is_refused() -> None:
    law = statute()
    fine = dataclasses.replace(law.jkm_pu.figures[0], value=Decimal("0.0030001"))
    odd = dataclasses.replace(law, jkm_pu=dataclasses.replace(law.jkm_pu, figures=(fine,)))
    with pytest.raises(TableError, match="finer"):
        prove_exact(odd)


def test_nothing_is_known_before_it_was_promulgated() -> None:
    with pytest.raises(NotKnownError):
        statute(date(2015, 6, 29))
    with pytest.raises(NotKnownError):
        table("jht").series("PMI", "worker")
