"""What JKK refunds: transport by mode, and aids and home care (Lampiran III PP 44/2015)."""

import narwhals as nw

from payung.rules.law.benefits.accident import Columns
from payung.rules.law.benefits.columns import AIDS, TRANSPORT
from payung.rules.law.benefits.law import Law, divided, of_percent
from payung.rules.law.expressions import whole


def transport(law: Law) -> Columns:
    """Each mode of transport up to its own cap, several modes in one case added up."""
    return {f"transport_{mode}": _capped(law, mode, _cost(mode)) for mode in TRANSPORT}


def aids(law: Law) -> Columns:
    """A prosthesis at 140 % of the hospital centre's price; the others as paid, up to their caps."""
    paid = {f"aid_{aid}": _capped(law, aid, _cost(aid)) for aid in AIDS if aid not in ("prosthesis", "home_care")}
    prosthesis = of_percent(_cost("prosthesis") * law.number("jkk_shares", "prosthesis"))
    return {**paid, "aid_prosthesis": prosthesis, "aid_home_care": _capped(law, "home_care", _home_care(law))}


def _home_care(law: Law) -> nw.Expr:
    """The part of the bill that falls in the first twelve months, a longer bill spread evenly."""
    longest = law.number("jkk_counts", "home-care-months")
    months = nw.max_horizontal(nw.col("home_care_months").fill_null(1), longest)
    return divided(_cost("home_care") * longest, months)


def _cost(name: str) -> nw.Expr:
    return nw.col(f"{name}_rupiah").fill_null(0)


def _capped(law: Law, item: str, cost: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(nw.min_horizontal(cost, law.number("jkk_caps", item)), whole(0))
