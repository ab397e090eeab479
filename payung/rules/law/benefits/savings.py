"""Old age: the savings of JHT (PP 46/2015) and the pension of JP (PP 45/2015)."""

from datetime import date

import narwhals as nw

from payung.rules.law.benefits.accident import Columns
from payung.rules.law.benefits.columns import JHT_PARTS, JHT_WHOLE, JP_REASONS
from payung.rules.law.benefits.law import Law, divided, of_percent
from payung.rules.law.expressions import cases, whole
from payung.rules.law.figures import Figure
from payung.rules.law.tables import table


def jht(law: Law) -> Columns:
    """The part of the balance the reason gives; a part before leaving only after ten years of membership."""
    balance = nw.col("balance_rupiah")
    long_enough = nw.col("member_years").fill_null(0) >= law.number("jht_counts", "partial-years")
    percent = _by_reason(law, "jht_payout", (*JHT_WHOLE, *JHT_PARTS))
    has_right = ~nw.col("reason").is_in(JHT_PARTS) | long_enough
    paid = nw.when(has_right).then(of_percent(balance * percent)).otherwise(whole(0))
    taxed = nw.max_horizontal(nw.col("unlimited_rupiah") - law.number("jht_tax_free"), whole(0))
    return {
        "unlimited_rupiah": paid,
        "tax_rupiah": of_percent(taxed * law.number("jht_tax")),
        "savings": nw.col("unlimited_rupiah"),
    }


def jp(law: Law) -> Columns:
    """A month's pension within its limits after 180 paid months, else contributions and return at once."""
    needed = law.number("jp_counts", "monthly-from")
    months = months_counted(law, needed)
    product = nw.col("average_yearly_wage_rupiah") * months * law.number("jp_payout", "yearly")
    earned = divided(product * _by_reason(law, "jp_payout", JP_REASONS), 12 * 12 * 100 * 100)
    within = nw.max_horizontal(
        nw.min_horizontal("unlimited_rupiah", law.number("jp_limits", "highest")), law.number("jp_limits", "lowest")
    )
    saved = nw.col("contributions_and_return_rupiah").fill_null(0)
    return {
        "unlimited_rupiah": earned,
        "pension": nw.when(months >= needed).then(within).otherwise(whole(0)),
        "lump_sum": nw.when(months >= needed).then(whole(0)).otherwise(saved),
    }


def months_counted(law: Law, needed: nw.Expr) -> nw.Expr:
    """The paid months; for disability and survivors at least 180 where so read (jp-under-180)."""
    given = nw.col("paid_months")
    if law.readings["jp-under-180"] == "lump-sum":
        return given
    return nw.when(nw.col("reason") == "old-age").then(given).otherwise(nw.max_horizontal(given, needed))


def _by_reason(law: Law, name: str, reasons: tuple[str, ...]) -> nw.Expr:
    return cases([(nw.col("reason") == reason, law.number(name, reason)) for reason in reasons], whole(0))


def pension_age(on: date, *, known_on: date | None = None) -> Figure:
    """The age from which JP pays for old age (PP 45/2015 art. 15), on a day. Raises LawError before July 2015."""
    return table("jp_pension_age").series(known_on=known_on).on(on)
