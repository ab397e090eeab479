"""The steps of each kind of benefit, told from the row that `paid` reckoned.

Nothing is reckoned again here: every value is a column of the row, or a product the formula beside it shows.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from payung.rules.law.benefits.accident import SHARE_SCALE, half_years
from payung.rules.law.benefits.columns import AIDS, JHT_PARTS, JOB_LOSS_MONTHS, TRANSPORT
from payung.rules.law.benefits.job_loss import part_of
from payung.rules.law.benefits.law import number
from payung.rules.law.benefits.losses import Loss
from payung.rules.law.benefits.schooling import scholarship
from payung.rules.law.benefits.telling import Teller, percent_text, shares_text
from payung.rules.law.narration import Step
from payung.rules.law.readings import all_readings
from payung.rules.money import rupiah

Told = Iterator[Step]


def jkk_death(teller: Teller) -> Told:
    """60 % of 80 wages or the death sum of JKM, periodic money, funeral."""
    yield teller.base()
    wages, share = teller.figure("jkk_counts", "wages"), teller.figure("jkk_shares", "death")
    before, value = teller.row["unlimited_rupiah"], teller.row["death"]
    formula = _of_wages(teller, percent_text(number(share)), before)
    yield teller.step(teller.say("death_accident"), formula, before, [share, wages])
    if value != before:
        formula = teller.say("death_lowest", amount=rupiah(value))
        yield teller.step(teller.say("death_accident"), formula, value, [teller.figure("jkm_benefit", "death")])
    yield teller.amount("periodic", "periodic", teller.figure("jkk_sums", "periodic"))
    yield teller.amount("funeral", "funeral", teller.figure("jkk_sums", "funeral"))


def jkk_total(teller: Teller) -> Told:
    """70 % of 80 wages, periodic money."""
    yield teller.base()
    wages, share = teller.figure("jkk_counts", "wages"), teller.figure("jkk_shares", "total")
    value = teller.row["disability"]
    formula = _of_wages(teller, percent_text(number(share)), value)
    yield teller.step(teller.say("total_disability"), formula, value, [share, wages])
    yield teller.amount("periodic", "periodic", teller.figure("jkk_sums", "periodic"))


def jkk_losses(teller: Teller) -> Told:
    """Each loss with its row of the table, their sum held at the limit, and what it is of 80 wages."""
    yield teller.base()
    wages = teller.figure("jkk_counts", "wages")
    counted, value = teller.row["shares_counted"], teller.row["disability"]
    for loss in teller.losses:
        alone = (teller.row["base_rupiah"] * number(wages) * loss.shares + SHARE_SCALE // 2) // SHARE_SCALE
        yield teller.step(_name(teller, loss), _of_wages(teller, shares_text(loss.shares), alone), alone, [loss.figure])
    together = sum(loss.shares for loss in teller.losses)
    if counted < together:
        limit = teller.figure("jkk_shares", teller.law.key_chosen("several", "several-losses"))
        held = {"sum": shares_text(together), "limit": percent_text(number(limit))}
        formula = teller.say("losses_held_at", **held)
        yield teller.chosen_step(teller.say("losses_held"), formula, value, limit, ["several-losses"])
    readings = teller.rounding(teller.row["base_rupiah"] * number(wages) * counted, SHARE_SCALE)
    formula = _of_wages(teller, shares_text(counted), value)
    yield teller.step(teller.say("partial_disability"), formula, value, [wages], readings)


def _name(teller: Teller, loss: Loss) -> str:
    words = loss.words.say(teller.language)
    if loss.number is None:
        return words
    phrase = "loss_functional" if teller.row["kind"] == "jkk-functional" else "loss_number"
    return teller.say(phrase, loss=words, number=loss.number)


def _of_wages(teller: Teller, share: str, value: int) -> str:
    wages = number(teller.figure("jkk_counts", "wages"))
    return f"{share} x {wages} x {rupiah(teller.row['base_rupiah'])} = {rupiah(value)}"


def jkk_temporary(teller: Teller) -> Told:
    """Each half-year with its months, days and percent, and their sum."""
    yield teller.base()
    row, value = teller.row, teller.row["temporary"]
    half = teller.figure("jkk_counts", "temporary-half")
    day = teller.figure("jkk_counts", teller.law.key_chosen("day", "temporary-day"))
    product = 0
    for step, key in half_years(teller.law).items():
        months, days, figure = row[f"months_in_{step}"], row[f"days_in_{step}"], teller.figure("jkk_temporary", key)
        if months or days:
            parts = number(figure) * (months * number(day) + days * 12) * row["base_rupiah"]
            part = (parts + number(day) * 50) // (number(day) * 100)
            product += parts
            told = {"percent": percent_text(number(figure)), "base": rupiah(row["base_rupiah"])}
            phrase = "months_only" if not days else "months_and_days" if months else "days_only"
            name, formula = f"temporary_{step}", teller.say(phrase, months=months, days=days, **told)
            if figure.doubt:
                readings = ["temporary-second-half"]
                yield teller.chosen_step(teller.say(name), formula, part, figure, readings)
            else:
                yield teller.step(teller.say(name), formula, part, [figure, half])
    readings = teller.rounding(product, number(day) * 100)
    if row["days"]:
        readings = ["temporary-day", *readings]
        yield teller.chosen_step(teller.say("temporary"), rupiah(value), value, day, readings)
    else:
        yield teller.step(teller.say("temporary"), rupiah(value), value, [half], readings)


def jkk_transport(teller: Teller) -> Told:
    """Each mode used, up to its cap."""
    for mode in TRANSPORT:
        if teller.row[f"{mode}_rupiah"]:
            yield _capped(teller, f"transport_{mode}", mode)


def jkk_aids(teller: Teller) -> Told:
    """Each aid asked for, up to its cap; the prosthesis at 140 % of its price."""
    for aid in AIDS:
        cost = teller.row[f"{aid}_rupiah"]
        if cost and aid == "prosthesis":
            share, value = teller.figure("jkk_shares", "prosthesis"), teller.row["aid_prosthesis"]
            formula = f"{percent_text(number(share))} x {rupiah(cost)} = {rupiah(value)}"
            readings = teller.rounding(cost * number(share), 100)
            yield teller.step(teller.say("aid_prosthesis"), formula, value, [share], readings)
        elif cost:
            yield _capped(teller, f"aid_{aid}", aid)


def _capped(teller: Teller, component: str, item: str) -> Step:
    cap, cost = teller.figure("jkk_caps", item), teller.row[f"{item}_rupiah"]
    told = {"cost": rupiah(cost), "cap": rupiah(number(cap))}
    longest = teller.figure("jkk_counts", "home-care-months")
    months = teller.row["home_care_months"] if item == "home_care" else None
    if not number(cap):
        formula, figures = teller.say("no_benefit"), [cap]
    elif months and months > number(longest):
        formula = teller.say("home_care_long", longest=number(longest), months=months, **told)
        figures = [cap, longest]
    else:
        formula, figures = teller.say("capped", **told), [cap]
    return teller.step(teller.say(component), formula, teller.row[component], figures)


def jkm(teller: Teller) -> Told:
    """The waiting months of a BPU, then death sum, periodic money and funeral."""
    row, rests_on = teller.row, ["jkm-several-memberships"] if (teller.row["memberships"] or 1) > 1 else []
    months = teller.figure("jkm_waiting", teller.law.readings["jkm-waiting-start"])
    if row["class"] == "BPU" and _waiting_asked(teller):
        phrase = "waits_short" if row["waits"] else "waits_passed" if number(months) else "waits_not_yet"
        told = teller.say(phrase, months=number(months))
        readings = ["jkm-waiting-start", *(["jkm-three-months"] if number(months) else [])]
        readings += ["jkm-after-lapse"] if row["resumed_on"] else []
        yield teller.chosen_step(teller.say("waits"), told, 0, months, readings)
    for part in ("death", "periodic", "funeral"):
        figure = teller.figure("jkm_benefit", part)
        if row[part]:
            times = row[part] // number(figure)
            filled = {"times": times, "amount": rupiah(number(figure)), "value": rupiah(row[part])}
            formula = teller.say("times", **filled) if times > 1 else rupiah(row[part])
            yield teller.step(teller.say(part), formula, row[part], [figure], rests_on)


def _waiting_asked(teller: Teller) -> bool:
    """Whether under any reading of its start the rule of waiting months holds on the day."""
    starts = all_readings()["jkm-waiting-start"].options
    return any(number(teller.figure("jkm_waiting", start)) for start in starts)


def jht(teller: Teller) -> Told:
    """The part of the balance, and the tax that is not taken off."""
    row, share = teller.row, teller.figure("jht_payout", teller.row["reason"])
    years, value = teller.figure("jht_counts", "partial-years"), row["savings"]
    if row["reason"] in JHT_PARTS and row["member_years"] < number(years):
        yield teller.step(teller.say("savings"), teller.say("savings_too_early", years=number(years)), 0, [years])
        return
    balance = row["balance_rupiah"]
    formula = f"{percent_text(number(share))} x {rupiah(balance)} = {rupiah(value)}"
    rests_on = [share, years] if row["reason"] in JHT_PARTS else [share]
    readings = teller.rounding(balance * number(share), 100)
    yield teller.step(teller.say("savings"), formula, value, rests_on, readings)
    tax, free = teller.figure("jht_tax"), teller.figure("jht_tax_free")
    formula = teller.say("tax_formula", percent=percent_text(number(tax)), free=rupiah(number(free)))
    yield teller.step(teller.say("tax"), formula, row["tax_rupiah"], [tax, free])


def jp(teller: Teller) -> Told:
    """The formula and its limits, or the lump sum."""
    row, needed = teller.row, teller.figure("jp_counts", "monthly-from")
    short = row["paid_months"] < number(needed) and row["reason"] != "old-age"
    rests_on = ["jp-under-180"] if short else []
    if not row["pension"]:
        told = {"months": row["paid_months"], "needed": number(needed), "amount": rupiah(row["lump_sum"])}
        formula = teller.say("lump_sum_formula", **told)
        yield teller.step(teller.say("lump_sum"), formula, row["lump_sum"], [needed], rests_on)
        return
    yearly, share = teller.figure("jp_payout", "yearly"), teller.figure("jp_payout", row["reason"])
    months = max(row["paid_months"], number(needed))
    earned, wage = row["unlimited_rupiah"], row["average_yearly_wage_rupiah"]
    filled = {"yearly": percent_text(number(yearly)), "months": months, "wage": rupiah(wage), "value": rupiah(earned)}
    phrase = "pension_formula" if number(share) == 100 else "pension_formula_heir"
    formula = teller.say(phrase, share=percent_text(number(share)), **filled)
    readings = [*rests_on, *teller.rounding(wage * months * number(yearly) * number(share), 12 * 12 * 100 * 100)]
    yield teller.step(teller.say("pension_earned"), formula, earned, [yearly, share, needed], readings)
    lowest, highest = teller.figure("jp_limits", "lowest"), teller.figure("jp_limits", "highest")
    formula = teller.say("pension_limits", lowest=rupiah(number(lowest)), highest=rupiah(number(highest)))
    yield teller.step(teller.say("pension"), formula, row["pension"], [lowest, highest])


def jkp(teller: Teller) -> Told:
    """Each month's share of the wage up to the cap."""
    row, cap = teller.row, teller.figure("jkp_wage_cap")
    formula = teller.say("base_capped", wage=rupiah(row["wage_rupiah"]), cap=rupiah(number(cap)))
    yield teller.step(teller.say("base"), formula, row["base_rupiah"], [cap])
    for month in JOB_LOSS_MONTHS[: row["months"]]:
        figure, value = teller.figure("jkp_benefit", part_of(teller.law, month)), row[f"job_loss_{month}"]
        formula = f"{percent_text(number(figure))} x {rupiah(row['base_rupiah'])} = {rupiah(value)}"
        readings = teller.rounding(row["base_rupiah"] * number(figure), 100)
        yield teller.step(teller.say("job_loss", month=month), formula, value, [figure], readings)


TELLERS: Mapping[str, Callable[[Teller], Told]] = MappingProxyType(
    {
        "jkk-death": jkk_death,
        "jkk-total": jkk_total,
        "jkk-partial": jkk_losses,
        "jkk-functional": jkk_losses,
        "jkk-temporary": jkk_temporary,
        "jkk-transport": jkk_transport,
        "jkk-aids": jkk_aids,
        "jkm": jkm,
        "scholarship": scholarship,
        "jht": jht,
        "jp": jp,
        "jkp": jkp,
    }
)
