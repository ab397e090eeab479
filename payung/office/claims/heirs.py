"""Who receives in the order of the law, and who of them are children at school."""

from collections.abc import Sequence
from datetime import date

from payung.office.claims.models import Heir
from payung.rules.money import split_by_largest_remainder
from payung.rules.months import age_on

OF_AGE = 18
RANK = {"spouse": 1, "child": 1, "line": 2, "sibling": 3, "parent_in_law": 4, "willed": 5, "buried": 6}
"""The order of PP 44/2015 art. 37(5): widow, widower, child; blood relatives in line; siblings; parents-in-law; named
in a will; without any of them, whoever buried receives the funeral money alone."""


def of_one_rank(heirs: Sequence[Heir]) -> bool:
    """A later rank receives only where an earlier one is empty."""
    return len({RANK[heir.relation] for heir in heirs}) == 1


def missing_guardian(heirs: Sequence[Heir], on: date) -> bool:
    """A child, or a child without a birth date, receives through a guardian."""
    return any(is_minor(heir, on) and not heir.guardian for heir in heirs)


def is_minor(heir: Heir, on: date) -> bool:
    """Under 18 on the day; a child whose birth date is not known counts as one."""
    if heir.birth_date is None:
        return heir.relation == Heir.CHILD
    return age_on(heir.birth_date, on) < OF_AGE


def schoolchildren(heirs: Sequence[Heir]) -> list[Heir]:
    """Children for whom a scholarship can be asked, in the order in which the family named them."""
    return [
        heir
        for heir in heirs
        if heir.relation == Heir.CHILD and heir.birth_date and heir.school and not heir.married_or_working
    ]


def shares(amount_rupiah: int, heirs: Sequence[Heir]) -> list[int]:
    """What each heir receives, by the parts that the family's papers say; together the whole amount.

    Funeral money alone for whoever buried is told by the amount that is asked.
    """
    return list(split_by_largest_remainder(amount_rupiah, [heir.parts for heir in heirs])) if heirs else []
