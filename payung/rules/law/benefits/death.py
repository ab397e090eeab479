"""Death that is no work accident (JKM): PP 53/2012, PP 44/2015 art. 34, PP 82/2019, Permenaker 1/2025."""

import narwhals as nw

from payung.rules.law.benefits.accident import Columns
from payung.rules.law.benefits.law import Law, month_index
from payung.rules.law.expressions import whole


def jkm(law: Law) -> Columns:
    """Death sum, periodic money and funeral; within a BPU's waiting months the funeral alone."""
    times = memberships_paid(law)
    in_full = ~nw.col("waits")
    paid = {part: law.number("jkm_benefit", part) * times for part in ("death", "periodic", "funeral")}
    return {
        "waits": waiting(law),
        "death": nw.when(in_full).then(paid["death"]).otherwise(whole(0)),
        "periodic": nw.when(in_full).then(paid["periodic"]).otherwise(whole(0)),
        "funeral": paid["funeral"],
    }


def memberships_paid(law: Law) -> nw.Expr:
    """How many benefits a person with several memberships leaves (reading jkm-several-memberships)."""
    each = law.readings["jkm-several-memberships"] == "each"
    return nw.col("memberships").fill_null(1) if each else whole(1)


def waiting_months(law: Law) -> nw.Expr:
    """The waiting months in force on the day of the death, 0 before the rule; for BPU alone."""
    start = law.readings["jkm-waiting-start"]
    return law.number("jkm_waiting", start)


def waiting(law: Law) -> nw.Expr:
    """Whether a BPU died before the waiting months had passed."""
    since = nw.col("member_since")
    if law.readings["jkm-after-lapse"] == "restart":
        since = nw.coalesce("resumed_on", "member_since")
    passed = month_index(nw.col("on")) - month_index(since)
    needed = waiting_months(law)
    short = passed < needed
    if law.readings["jkm-three-months"] == "day":
        short = short | ((passed == needed) & (nw.col("on") % 100 < since % 100))
    return ((nw.col("class") == "BPU") & (needed > 0) & short).fill_null(value=False)
