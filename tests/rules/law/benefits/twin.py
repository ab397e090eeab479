"""The slow twin of the benefits: plain Decimal, one case at a time, months and school years counted one by one.

Written apart from the formulas, from what the law says: it opens the tables with its own eyes (tests/rules/law/twin.py)
and knows nothing of expressions, runs of days or integers per ten million.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from tests.rules.law.twin import base_of, rows, whole

Facts = dict[str, Any]
USED = {
    "temporary-day": "30",
    "temporary-second-half": "75",
    "several-losses": "70",
    "jkm-waiting-start": "march-2025",
    "jkm-three-months": "calendar",
    "jkm-after-lapse": "restart",
    "jkm-several-memberships": "one",
    "school-start": "tk",
    "jp-under-180": "lump-sum",
    "bracket-gap": "lower",
}
"""The readings in use; a case may bring another."""

AIDS = ("denture", "hearing_aid", "glasses")
WAITING_FROM = {"march-2025": date(2025, 3, 1), "february-2025": date(2025, 2, 1)}
LEVELS = (("TK", 2), ("SD", 6), ("SMP", 3), ("SMA", 3), ("PT", 5))


def figure(name: str, on: date, **key: str) -> Decimal:
    """The value in force on a day; a table may hold months or days ("2019-12" sorts before "2019-12-02")."""
    fitting = [row for row in rows(name) if all(row[field] == wanted for field, wanted in key.items())]
    in_force = [row for row in fitting if row["first"] <= on.isoformat()]
    return Decimal(max(in_force, key=lambda row: row["first"])["value"])


def benefit(facts: Facts, readings: dict[str, str]) -> dict[str, int]:
    """The components of one case and their total, whole rupiah."""
    read = {**USED, **readings}
    parts = {name: whole(amount) for name, amount in KINDS[facts["kind"]](facts, read).items()}
    return {**parts, "total": sum(parts.values())}


def base(facts: Facts, read: dict[str, str]) -> Decimal:
    income = int(facts["wage"])
    if facts["class"] != "BPU":
        return Decimal(income)
    next_bound = income - income % 100_000 + 100_000
    in_gap = income % 100_000 > 99_000 and any(row["income_from"] == next_bound for row in rows("bpu_brackets"))
    return base_of(next_bound if in_gap and read["bracket-gap"] == "upper" else income)


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def jkk_death(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on = facts["on"]
    wages = base(facts, read) * figure("jkk_counts", on, part="wages")
    death = max(wages * figure("jkk_shares", on, part="death"), figure("jkm_benefit", on, part="death"))
    return {"death": death, **{part: figure("jkk_sums", on, part=part) for part in ("periodic", "funeral")}}


def jkk_total(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on = facts["on"]
    wages = base(facts, read) * figure("jkk_counts", on, part="wages")
    disability = wages * figure("jkk_shares", on, part="total")
    return {"disability": disability, "periodic": figure("jkk_sums", on, part="periodic")}


def jkk_disability(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    lost = min(Decimal(facts["loss_shares"]) / 100_000, Decimal(read["several-losses"]) / 100)
    return {"disability": base(facts, read) * figure("jkk_counts", facts["on"], part="wages") * lost}


def jkk_temporary(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    """Month by month, then day by day: every thirty days begin another month."""
    on, wage = facts["on"], base(facts, read)
    months, days = facts.get("months") or 0, facts.get("days") or 0

    def share(month: int) -> Decimal:
        part = "first" if month <= 6 else f"second-{read['temporary-second-half']}" if month <= 12 else "later"
        return figure("jkk_temporary", on, part=part)

    in_months = sum((share(month) for month in range(1, months + 1)), Decimal(0))
    in_days = sum((share(months + 1 + day // 30) for day in range(days)), Decimal(0))
    daily = {"30": in_days / 30, "25": in_days / 25, "365": in_days * 12 / 365}[read["temporary-day"]]
    return {"temporary": wage * in_months + wage * daily}


def jkk_transport(facts: Facts, _: dict[str, str]) -> dict[str, Decimal]:
    return {
        f"transport_{mode}": min(Decimal(facts.get(mode) or 0), figure("jkk_caps", facts["on"], item=mode))
        for mode in ("land", "sea", "air")
    }


def jkk_aids(facts: Facts, _: dict[str, str]) -> dict[str, Decimal]:
    on = facts["on"]
    paid = {name: min(Decimal(facts.get(name) or 0), figure("jkk_caps", on, item=name)) for name in AIDS}
    care, months = Decimal(facts.get("home_care") or 0), facts.get("home_care_months") or 12
    first_year = care * min(months, 12) / months
    paid["home_care"] = min(first_year, figure("jkk_caps", on, item="home_care"))
    paid["prosthesis"] = Decimal(facts.get("prosthesis") or 0) * figure("jkk_shares", on, part="prosthesis")
    return {f"aid_{name}": amount for name, amount in paid.items()}


def jkm(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on = facts["on"]
    paid = {part: figure("jkm_benefit", on, part=part) for part in ("death", "periodic", "funeral")}
    begun = on >= WAITING_FROM[read["jkm-waiting-start"]]
    if facts["class"] == "BPU" and begun:
        since = facts["member_since"]
        if read["jkm-after-lapse"] == "restart" and facts.get("resumed_on"):
            since = facts["resumed_on"]
        if read["jkm-three-months"] == "calendar":
            since = since.replace(day=1)
        if on < months_after(since, 3):
            paid |= {"death": Decimal(0), "periodic": Decimal(0)}
    times = (facts.get("memberships") or 1) if read["jkm-several-memberships"] == "each" else 1
    return {part: amount * times for part, amount in paid.items()}


def schooling(year: int) -> str:
    """The level of a school year counted from TK 1; "" after the last."""
    for level, years in LEVELS:
        if year <= years:
            return level
        year -= years
    return ""


def for_child(birth: date, school_year: int, on: date, read: dict[str, str]) -> Decimal:
    """Year after year from the event: older by one, a grade higher, until 23."""
    amount, year, age = Decimal(0), school_year, age_on(birth, on)
    first, begins = (1, 5) if read["school-start"] == "tk" else (3, 7)
    for passed in range(40):
        if age + passed >= 23:
            break
        if school_year:
            year = school_year + passed
        elif passed and age + passed >= begins:
            year = year + 1 if year else first
        level = schooling(year) if year else ""
        amount += figure("scholarship", on, level=level) if level else 0
    return amount


def scholarship(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on, paid = facts["on"], {"child_1": Decimal(0), "child_2": Decimal(0)}
    needed = figure("scholarship_counts", on, part=f"paid-months-{facts['cause']}")
    if (facts.get("paid_months") or 0) < needed:
        return paid
    if on < date(2019, 12, 2):
        young = age_on(facts["child_1_birth"], on) < 23
        return {**paid, "child_1": figure("scholarship", on, level="once") * young}
    for child in (1, 2):
        if birth := facts.get(f"child_{child}_birth"):
            paid[f"child_{child}"] = for_child(birth, facts[f"child_{child}_school_year"], on, read)
    return paid


def jht(facts: Facts, _: dict[str, str]) -> dict[str, Decimal]:
    in_part = facts["reason"] in ("home-30", "retirement-10")
    if in_part and facts["member_years"] < 10:
        return {"savings": Decimal(0)}
    return {"savings": facts["balance"] * figure("jht_payout", facts["on"], reason=facts["reason"])}


def jp(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on, months = facts["on"], facts["paid_months"]
    counted = max(months, 180) if read["jp-under-180"] == "as-180" and facts["reason"] != "old-age" else months
    if counted < 180:
        return {"pension": Decimal(0), "lump_sum": Decimal(facts["contributions_and_return"])}
    share = figure("jp_payout", on, part=facts["reason"]) * figure("jp_payout", on, part="yearly")
    monthly = Decimal(facts["average_yearly_wage"]) * counted * share / 144
    lowest, highest = (figure("jp_limits", on, limit=limit) for limit in ("lowest", "highest"))
    return {"pension": min(max(monthly, lowest), highest), "lump_sum": Decimal(0)}


def jkp(facts: Facts, read: dict[str, str]) -> dict[str, Decimal]:
    on = facts["on"]
    counted = min(Decimal(facts["wage"]), figure("jkp_wage_cap", on))
    return {
        f"job_loss_{month}": counted * figure("jkp_benefit", on, part="first" if month <= 3 else "later")
        if month <= facts["months"]
        else Decimal(0)
        for month in range(1, 7)
    }


KINDS = {
    "jkk-death": jkk_death,
    "jkk-total": jkk_total,
    "jkk-partial": jkk_disability,
    "jkk-functional": jkk_disability,
    "jkk-temporary": jkk_temporary,
    "jkk-transport": jkk_transport,
    "jkk-aids": jkk_aids,
    "jkm": jkm,
    "scholarship": scholarship,
    "jht": jht,
    "jp": jp,
    "jkp": jkp,
}
