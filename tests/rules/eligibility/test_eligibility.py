"""Who is in, who is out, who must be asked, and in which order: over columns, with nothing guessed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.eligibility import catalogue
from payung.rules.eligibility.catalogue import OUTCOMES, SEVERITIES
from payung.rules.eligibility.checking import FACTS, Term, check
from payung.rules.eligibility.priority import KEYS, ranked
from payung.rules.eligibility.segments import segment_codes, segment_column, segment_of, segment_title
from payung.rules.eligibility.terms import PARAMETERS, Rule, RuleRefused, complete

FIRST = date(2025, 9, 1)
TERM = Term(FIRST, date(2025, 12, 31))
HOME = Rule("domicile", {"codes": ["32.72"]})
EVERY = tuple(HOME if code == "domicile" else Rule(code) for code in PARAMETERS)
SOUND: dict[str, Any] = {
    "key": 1, "verdict": "clean", "nik_known": True, "twice": False, "maybe_known": False, "dead": False,
    "moved_away": False, "birth_date": date(1980, 5, 5), "kecamatan_code": "32.72.01", "desa_code": "32.72.01.1001",
    "wage_earner_here": False, "wage_earner_told": False, "covered_here": False, "in_other_decree": False,
    "decile": 3, "segment": "becak", "stated_on": date(2025, 8, 20),
    "stated_working": True, "stated_well": True, "field_fit": True,
}  # fmt: skip


def judged(*rules: Rule, term: Term = TERM, **changed: Any) -> tuple[str, str | None, list[str]]:
    facts = pl.DataFrame([SOUND | changed], schema=FACTS)
    row = check(facts, rules or EVERY, term).row(0, named=True)
    return row["outcome"], row["reason"], row["reasons"]


def test_a_sound_candidate_is_valid_and_nothing_is_said() -> None:
    assert judged() == ("valid", None, [])


@pytest.mark.parametrize(
    ("changed", "outcome", "reason"),
    [
        ({"verdict": "reject"}, "out", "row_rejected"),
        ({"verdict": "human"}, "ask", "row_unsure"),
        ({"nik_known": False}, "ask", "nik_missing"),
        ({"twice": True}, "out", "twice"),
        ({"maybe_known": True}, "ask", "maybe_known"),
        ({"dead": True}, "out", "dead"),
        ({"moved_away": True}, "out", "moved_away"),
        ({"birth_date": None}, "ask", "birth_unknown"),
        ({"desa_code": "32.02.01.2001", "kecamatan_code": "32.02.01"}, "out", "elsewhere"),
        ({"desa_code": None}, "valid", None),
        ({"desa_code": None, "kecamatan_code": None}, "ask", "home_unknown"),
        ({"wage_earner_here": True}, "out", "wage_earner_here"),
        ({"wage_earner_told": True}, "out", "wage_earner_told"),
        ({"covered_here": True}, "out", "covered_here"),
        ({"in_other_decree": True}, "out", "in_other_decree"),
        ({"decile": 6}, "out", "decile_above"),
        ({"decile": 5}, "valid", None),
        ({"decile": None}, "ask", "decile_unknown"),
        ({"segment": None}, "ask", "segment_unknown"),
        ({"stated_on": None, "stated_working": None, "stated_well": None}, "ask", "statement_missing"),
        ({"stated_on": FIRST - timedelta(days=91)}, "ask", "statement_old"),
        ({"stated_on": FIRST - timedelta(days=90)}, "valid", None),
        ({"stated_working": False}, "out", "not_working"),
        ({"stated_well": False}, "out", "not_well"),
        ({"field_fit": False}, "out", "field_unfit"),
        ({"field_fit": None}, "ask", "field_missing"),
    ],
)
def test_each_fact_has_its_reason(changed: dict[str, Any], outcome: str, reason: str | None) -> None:
    assert judged(**changed)[:2] == (outcome, reason)


def test_age_turns_on_the_birthday_and_on_the_first_day_of_the_decree() -> None:
    age = Rule("age", {"minimum": 18})
    assert judged(age, birth_date=date(1960, 9, 1))[1] == "too_old"
    assert judged(age, birth_date=date(1960, 9, 2))[0] == "valid"
    assert judged(age, birth_date=date(2007, 9, 1))[0] == "valid"
    assert judged(age, birth_date=date(2007, 9, 2))[1] == "too_young"
    leap = Term(date(2024, 2, 29), None)
    assert judged(age, term=leap, birth_date=date(1959, 2, 28))[1] == "too_old"
    assert judged(age, term=leap, birth_date=date(1959, 3, 1))[0] == "valid"


def test_a_kecamatan_alone_is_no_proof_of_a_village() -> None:
    villages = Rule("domicile", {"codes": ["32.72.01.1001"]})
    assert judged(villages, desa_code=None)[1] == "home_unknown"
    assert judged(villages, desa_code="32.72.01.1002")[1] == "elsewhere"
    assert judged(villages, desa_code=None, kecamatan_code="32.72.02")[1] == "elsewhere"


def test_an_election_ends_its_segment() -> None:
    ends = Rule("segment_end", {"ends": {"petugas-pemilu": "2025-10-31"}})
    assert judged(ends, segment="petugas-pemilu") == ("valid", None, ["segment_ends_within"])
    assert judged(ends, segment="petugas-pemilu", term=Term(date(2025, 11, 1), None))[1] == "segment_ended"
    assert judged(ends)[2] == []


def test_severity_is_the_programmes_choice_but_the_unknown_is_never_out() -> None:
    assert judged(Rule("decile", severity="warn"), decile=9) == ("valid", None, ["decile_above"])
    assert judged(Rule("decile", severity="ask"), decile=9)[0] == "ask"
    assert judged(Rule("decile"), decile=None)[0] == "ask"


def test_the_first_reason_decides_and_out_goes_before_ask() -> None:
    assert judged(nik_known=False, dead=True, decile=9) == ("out", "dead", ["nik_missing", "dead", "decile_above"])


facts_of_anybody = st.fixed_dictionaries(
    {
        name: st.just(1)
        if name == "key"
        else st.none()
        | {
            pl.Boolean: st.booleans(),
            pl.Int64: st.integers(1, 10),
            pl.Date: st.dates(date(1940, 1, 1), date(2026, 1, 1)),
            pl.String: st.sampled_from(
                ["clean", "human", "reject", "becak", "petani", "32.72.01", "32.72.01.1001", "32.02"]
            ),
        }[kind]
        for name, kind in FACTS.items()
    }
)
some_rules = st.lists(st.sampled_from(EVERY), unique_by=lambda rule: rule.code)


@given(st.lists(facts_of_anybody, min_size=1, max_size=20), some_rules)
def test_outcomes_and_reasons_part_everybody_exactly(people: list[dict[str, Any]], rules: list[Rule]) -> None:
    facts = pl.DataFrame([one | {"key": key} for key, one in enumerate(people)], schema=FACTS)
    result = check(facts, rules, TERM)
    assert result["key"].to_list() == list(range(len(people)))
    counted = result.group_by("outcome", "reason").len()
    assert counted["len"].sum() == len(people) and set(counted["outcome"]) <= set(OUTCOMES)
    for row in result.iter_rows(named=True):
        assert (row["outcome"] == "valid") == (row["reason"] is None)
        assert row["reason"] is None or row["reason"] in row["reasons"]
        assert row["reasons"] == [code for code in catalogue.order() if code in row["reasons"]]
    assert check(facts.reverse(), rules, TERM).reverse().equals(result), "one candidate never depends on another"


@given(facts_of_anybody)
def test_what_is_not_known_is_never_out(person: dict[str, Any]) -> None:
    nothing = dict.fromkeys(FACTS) | {"key": 1, "verdict": person["verdict"] or "clean"}
    outcome, reason, _ = judged(**nothing)
    assert outcome == "ask" or (outcome, reason) == ("out", "row_rejected")


def test_every_reason_is_told_in_both_languages_and_belongs_to_a_rule() -> None:
    assert {reason.rule for reason in catalogue.reasons()} == set(PARAMETERS)
    for rule in complete([]) + EVERY:
        for reason in catalogue.reasons():
            if reason.rule == rule.code:
                for language in ("id", "en"):
                    text = catalogue.sentence(reason.code, rule.told, language)
                    assert text and "{" not in text and catalogue.title(reason.code, language)
                    assert catalogue.advice(reason.code, language)
                assert reason.severity("out") in SEVERITIES


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("zodiac",), "unknown_rule"),
        (("age", {"height": 3}), "unknown_parameter"),
        (("age", {"maximum": "65"}), "wrong_value"),
        (("age", {"maximum": True}), "wrong_value"),
        (("segment", {"codes": ["astronaut"]}), "wrong_value"),
        (("segment_end", {"ends": {"becak": "soon"}}), "wrong_value"),
        (("age", {}, "perhaps"), "wrong_severity"),
        (("identity", {}, "warn"), "needed"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(arguments: tuple[Any, ...], reason: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        Rule(*arguments)
    assert refused.value.reason == reason


def test_identity_and_life_are_always_asked() -> None:
    assert [rule.code for rule in complete([Rule("age")])] == ["identity", "alive", "age"]
    with pytest.raises(RuleRefused):
        complete([Rule("age"), Rule("age")])


@pytest.mark.parametrize(
    ("job", "segment"),
    [
        ("Tukang Becak", "becak"),
        ("BURUH TANI", "buruh-tani"),
        ("petani", "petani"),
        ("Ojek (pangkalan)", "ojek-pangkalan"),
        ("ojek online", "ojek-online"),
        ("Sopir  angkot 03", "sopir-angkot"),
        ("penderes nira", "penderes"),
        ("Petani dan nelayan", None),
        ("", None),
        (None, None),
        ("Astronot", None),
        ("Buruh/tani", None),
    ],
)
def test_words_of_lists_mean_segments(job: str | None, segment: str | None) -> None:
    assert segment_of(job) == segment


def test_segments_have_titles_and_own_words_and_columns_keep_their_order() -> None:
    assert all(segment_title(code, language) for code in segment_codes() for language in ("id", "en"))
    assert all(segment_of(segment_title(code)) in (code, None) for code in segment_codes())
    assert segment_column(["becak", None, "petani", "becak"]).to_list() == ["becak", None, "petani", "becak"]


CANDIDATE = {
    "key": pl.Int64,
    "decile": pl.Int64,
    "segment": pl.String,
    "breadwinner": pl.Boolean,
    "birth_date": pl.Date,
}
waiting = st.lists(
    st.tuples(
        st.none() | st.integers(1, 10),
        st.none() | st.sampled_from(segment_codes()),
        st.none() | st.booleans(),
        st.none() | st.dates(date(1950, 1, 1), date(2005, 1, 1)),
    ),
    max_size=12,
)


@given(waiting, st.lists(st.sampled_from(KEYS)), st.randoms())
def test_the_order_of_turns_does_not_depend_on_how_they_come(people: list[Any], order: list[str], chance: Any) -> None:
    rows: list[tuple[Any, ...]] = [(key, *one) for key, one in enumerate(people)]
    first: Callable[[list[tuple[Any, ...]]], list[int]] = lambda some: ranked(  # noqa: E731  # given as an argument, told by its type
        pl.DataFrame(some, schema=CANDIDATE, orient="row"), order
    )["key"].to_list()
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert first(rows) == first(shuffled)
    assert sorted(first(rows)) == list(range(len(rows)))


def test_the_poorest_come_first_and_the_unknown_last() -> None:
    frame = pl.DataFrame(
        [
            (1, None, "becak", True, None),
            (2, 4, None, None, None),
            (3, 1, None, False, None),
            (4, 1, "petani", True, None),
        ],
        schema=CANDIDATE,
        orient="row",
    )
    assert ranked(frame, ["decile", "breadwinner"])["key"].to_list() == [4, 3, 2, 1]
    assert ranked(frame, [])["turn"].to_list() == [1, 2, 3, 4]
    with pytest.raises(ValueError):
        ranked(frame, ["height"])
