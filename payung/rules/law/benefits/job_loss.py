"""Loss of a job (JKP): PP 37/2021 art. 21, from 7 February 2025 PP 6/2025. For workers of an entrepreneur."""

import narwhals as nw

from payung.rules.law.benefits.accident import BASE, Columns
from payung.rules.law.benefits.columns import JOB_LOSS_MONTHS
from payung.rules.law.benefits.law import Law, number, of_percent
from payung.rules.law.expressions import whole


def jkp(law: Law) -> Columns:
    """Each month without a job: a share of the wage up to the cap, one share first and one later."""
    longest = law.number("jkp_counts", "months")
    amounts = {month: of_percent(BASE * law.number("jkp_benefit", part_of(law, month))) for month in JOB_LOSS_MONTHS}
    return {
        "base_rupiah": nw.min_horizontal("wage_rupiah", law.number("jkp_wage_cap")),
        **{
            f"job_loss_{month}": nw.when(nw.min_horizontal("months", longest) >= month).then(amount).otherwise(whole(0))
            for month, amount in amounts.items()
        },
    }


def part_of(law: Law, month: int) -> str:
    """Whether a month counts among the first or the later ones: a key of jkp_benefit."""
    return "first" if month <= number(law.history("jkp_counts", "first-months").figures[-1]) else "later"
