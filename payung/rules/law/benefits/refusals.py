"""Questions about benefits the law has no answer to, each with its code (refusals.toml has the sentences)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType

import narwhals as nw

from payung.rules.law.benefits.columns import (
    CAUSES,
    CHILDREN,
    CLASSES,
    EMPLOYERS,
    FACTS,
    JHT_PARTS,
    JHT_WHOLE,
    JOB_LOSS_MONTHS,
    JP_REASONS,
    KINDS,
    Fact,
    Unit,
)
from payung.rules.law.benefits.death import waiting_months
from payung.rules.law.benefits.law import Law, day_number
from payung.rules.law.benefits.savings import months_counted
from payung.rules.law.benefits.scholarship import age_at_event
from payung.rules.law.expressions import cases
from payung.rules.law.figures import LawError
from payung.rules.law.words import Language, words_in
from payung.rules.money import grouped

SENTENCES = "benefits/refusals.toml"

Condition = tuple[str, nw.Expr]
"""A code and what must hold. An empty cell holds nowhere."""


class BenefitRefusedError(LawError):
    """The law has no answer to the question about a benefit; `code` is one of refusals.toml."""

    def __init__(self, code: str, language: Language = "id") -> None:
        super().__init__(sentence(code, language))
        self.code = code


def sentence(code: str, language: Language = "id") -> str:
    """The sentence of a code such as "missing/wage": what stands behind the stroke is named in it."""
    name, _, about = code.partition("/")
    fact = FACTS.get(about)
    low, high = (grouped(bound) for bound in (fact.lowest, fact.highest)) if fact else ("", "")
    return words_in(SENTENCES)[name].say(language, about=about.replace("_", "-"), low=low, high=high)


def refusal(law: Law, first_days: Mapping[str, date]) -> nw.Expr:
    """The code of the first condition that does not hold, empty where all do. `first_days` of the kinds known."""
    code = nw.lit(None, nw.String)
    for name, condition in reversed([*_common(first_days), *_facts(first_days), *_special(law, first_days)]):
        code = nw.when(condition).then(code).otherwise(nw.lit(name))
    return code


def of_kind(*kinds: str) -> nw.Expr:
    """Whether the row asks for one of these kinds."""
    return reduce(or_, [nw.col("kind") == kind for kind in kinds])


def _common(first_days: Mapping[str, date]) -> Iterator[Condition]:
    begins = cases([(of_kind(kind), nw.lit(day_number(day))) for kind, day in first_days.items()], nw.lit(0))
    yield "kind_unknown", nw.col("kind").is_in(tuple(KINDS))
    yield "not_known", nw.col("kind").is_in(tuple(first_days))
    yield "class_unknown", nw.col("class").is_in(CLASSES)
    yield "missing/on", ~nw.col("on").is_null()
    yield "event_too_early", nw.col("on") >= begins
    yield "not_for_bpu", ~(of_kind("jp", "jkp") & (nw.col("class") == "BPU"))


def _facts(known: Mapping[str, date]) -> Iterator[Condition]:
    """What each kind needs is there, and what it uses lies within its bounds."""
    for fact in FACTS.values():
        needing = [name for name in known if fact.name in KINDS[name].needs]
        using = [name for name in known if fact.name in KINDS[name].facts]
        if needing:
            yield f"missing/{_told(fact.name)}", ~(of_kind(*needing) & nw.col(fact.column).is_null())
        if using and fact.unit in (Unit.RUPIAH, Unit.COUNT):
            yield f"out_of_range/{fact.name}", ~of_kind(*using) | _within(fact)
    for name in known:
        if KINDS[name].one_of:
            given = (nw.col(FACTS[fact].column).fill_null(0) > 0 for fact in KINDS[name].one_of)
            yield f"none_given/{', '.join(KINDS[name].one_of)}", ~of_kind(name) | reduce(or_, given)


def _told(fact: str) -> str:
    """A child's and a loss's columns are made of one word each."""
    return "child" if fact.startswith("child") else "loss" if fact == "loss_shares" else fact


def _within(fact: Fact) -> nw.Expr:
    return nw.col(fact.column).is_null() | nw.col(fact.column).is_between(fact.lowest, fact.highest)


def _special(law: Law, known: Mapping[str, date]) -> Iterator[Condition]:
    """What a kind asks of its own facts together."""
    for kind, conditions in SPECIAL.items():
        if kind in known:
            yield from ((code, ~of_kind(kind) | holds) for code, holds in conditions(law))


def _jkm(law: Law) -> Iterator[Condition]:
    """A BPU's JKM, where the rule of waiting months holds, turns on when the membership began."""
    yield "work_accident_is_jkk", ~nw.col("cause_work_accident").fill_null(value=False)
    waits = (nw.col("class") == "BPU") & (waiting_months(law) > 0)
    yield "missing/member_since", ~(waits & nw.col("member_since").is_null())
    for day in ("member_since", "resumed_on"):
        yield f"after_event/{day}", (nw.col(day) <= nw.col("on")).fill_null(value=True)
    yield "resumed_before_begun", (nw.col("resumed_on") >= nw.col("member_since")).fill_null(value=True)


def _scholarship(law: Law) -> Iterator[Condition]:
    """A child has a birth and a school year, was born, and at school age goes to school."""
    for child in CHILDREN:
        birth, school_year = nw.col(f"child_{child}_birth"), nw.col(f"child_{child}_school_year")
        yield "missing/child", birth.is_null() == school_year.is_null()
        yield "after_event/child", (birth <= nw.col("on")).fill_null(value=True)
        of_school_age = age_at_event(child) >= law.number("scholarship_counts", "start-sd")
        yield "child_not_at_school", ~((school_year == 0) & of_school_age).fill_null(value=False)
    yield "cause_unknown", nw.col("cause").is_in(CAUSES)
    yield "missing/paid_months", (nw.col("cause") != "jkm") | ~nw.col("paid_months").is_null()


def _jht(_law: Law) -> Iterator[Condition]:
    yield "reason_unknown", nw.col("reason").is_in((*JHT_WHOLE, *JHT_PARTS))
    yield "missing/member_years", ~nw.col("reason").is_in(JHT_PARTS) | ~nw.col("member_years").is_null()


def _jp(law: Law) -> Iterator[Condition]:
    yield "reason_unknown", nw.col("reason").is_in(JP_REASONS)
    needed = law.number("jp_counts", "monthly-from")
    saved = nw.col("contributions_and_return_rupiah")
    yield "missing/contributions_and_return", (months_counted(law, needed) >= needed) | ~saved.is_null()


def _jkp(_law: Law) -> Iterator[Condition]:
    yield "job_loss_months", nw.col("months").is_between(JOB_LOSS_MONTHS[0], JOB_LOSS_MONTHS[-1])
    yield "employer_unknown", nw.col("employer").fill_null("private").is_in(EMPLOYERS)
    yield "not_for_state", nw.col("employer").fill_null("private") != "state"


SPECIAL: Mapping[str, Callable[[Law], Iterator[Condition]]] = MappingProxyType(
    {"jkm": _jkm, "scholarship": _scholarship, "jht": _jht, "jp": _jp, "jkp": _jkp}
)
