"""The heads of a month, one row each: what they are counted for, and why not for the rest.

A line of a decree or list takes the membership of its person under that agreement and OPD; a second line of the same
person takes none. Memberships that no line names follow, and those that BPJS posted without any spell. So a membership
is one head for each ground on which somebody pays.
"""

from datetime import date

import polars as pl

from payung.office.coverage.frames import states_on
from payung.office.reports import gathered
from payung.office.reports.funnel import COVERED
from payung.office.reports.prices import DUE, priced
from payung.office.reports.why import reasons
from payung.rules.law.joining import age_limit
from payung.rules.months import Month

POSTED = tuple(name.replace("due_", "posted_") for name in DUE)
GROUND = ["person_id", "agreement_id", "opd_id"]
WHO = ["person_id", "class"]
DIMENSIONS = ("opd_id", "budget_line_id", "agreement_id", "decree_id", "kecamatan_code", "desa_code", "segment", "mask")
FLAGS = ("decreed", "registered", "active", "posted")
WHYS = ("why_registered", "why_active", "why_posted")
RUPIAH = (*DUE, *POSTED, "billed_rupiah", "paid_rupiah")
KNOWN = ("membership_id", "person_id", "row_id", "due_rupiah", "posted_rupiah")


def heads(government_id: int, month: Month) -> pl.DataFrame:
    """Every head of the month with DIMENSIONS, FLAGS, WHYS, RUPIAH and KNOWN."""
    lines, spells = gathered.decreed(government_id, month), gathered.protected(government_id, month)
    members = gathered.members(government_id, month)
    named = _named(lines, spells, members)
    taken = named.filter(pl.col("has_spell")).select("membership_id", "agreement_id", "opd_id", "budget_line_id")
    alone = spells.join(taken, on=taken.columns, how="anti", nulls_equal=True)
    rest = _unlisted(alone)
    posted = members.filter(pl.col("posted_rupiah").is_not_null())
    bound = pl.concat([named.select("membership_id"), rest.select("membership_id")])
    bare = posted.join(bound, on="membership_id", how="anti")
    unbound = bare.select("membership_id", "person_id", "class", pl.col("class").alias("segment"))
    whole = pl.concat([named, rest, unbound], how="diagonal").with_columns(
        pl.col("mask").fill_null(0),
        pl.col("sector").fill_null("other"),
        pl.col("kind", "said").fill_null(""),
        pl.col("has_nik").fill_null(value=True),
        pl.col("decreed", "has_spell", "by_list", "twice", "elsewhere", "dead").fill_null(value=False),
    )
    return _judged(priced(whole, government_id, month), members, government_id, month)


def _named(lines: pl.DataFrame, spells: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Lines of decrees and lists, each with the spell or at least the membership that is its own."""
    known = pl.col("person_id").is_not_null()
    numbered = lines.with_row_index("line").with_columns(
        (known & pl.struct(GROUND).is_first_distinct()).alias("first_of_ground")
    )
    own = spells.unique(GROUND, keep="first", maintain_order=True).select(
        *GROUND, "membership_id", "budget_line_id", "mask", "by_list", "wage", "sector"
    )
    first = numbered.filter("first_of_ground").join(own, on=GROUND, how="left", suffix="_paid", maintain_order="left")
    first = first.with_columns(pl.coalesce("budget_line_id_paid", "budget_line_id").alias("budget_line_id")).drop(
        "budget_line_id_paid"
    )
    joined = pl.concat([first, numbered.filter(~pl.col("first_of_ground"))], how="diagonal").sort("line")
    joined = joined.with_columns(
        pl.col("mask").is_not_null().alias("has_spell"),
        pl.lit(value=True).alias("decreed"),
        pl.coalesce("wage", "row_wage").alias("wage"),
    )
    return _without_spell(joined, spells, members).drop("line", "first_of_ground", "row_wage")


def _without_spell(joined: pl.DataFrame, spells: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Lines without a spell of their own: is the person a head already, here or with another payer?"""
    known, has = pl.col("person_id").is_not_null(), pl.col("has_spell")
    order = joined.with_columns((~has).cast(pl.Int8).alias("later")).sort("later", "line")
    order = order.with_columns((known & ~has & ~pl.struct(WHO).is_first_distinct()).alias("again"))
    paid = spells.select(*WHO, pl.col("opd_id").alias("paid_by")).unique(WHO, keep="first", maintain_order=True)
    bare = known & ~has
    elsewhere = (bare & (pl.col("paid_by") != pl.col("opd_id"))).fill_null(value=False)
    here = (bare & (pl.col("paid_by") == pl.col("opd_id"))).fill_null(value=False)
    order = order.join(paid, on=WHO, how="left", maintain_order="left").with_columns(
        elsewhere.alias("elsewhere"), ((pl.col("again") & ~elsewhere) | here).alias("twice")
    )
    free = members.unique(WHO, keep="first", maintain_order=True).select(*WHO, pl.col("membership_id").alias("free_id"))
    order = order.join(free, on=WHO, how="left", maintain_order="left").with_columns(
        pl.when(has).then("membership_id")
        .when(~pl.col("twice") & ~pl.col("elsewhere")).then("free_id")
        .alias("membership_id")
    )  # fmt: skip
    mask = pl.col("mask").fill_null(_masks(order))
    return order.with_columns(mask.alias("mask")).drop("later", "again", "paid_by", "free_id").sort("line")


def _masks(frame: pl.DataFrame) -> pl.Expr:
    """The programmes of each line's agreement."""
    found = gathered.programmes_of(frame["agreement_id"].unique().to_list())
    return pl.col("agreement_id").replace_strict(found, default=0, return_dtype=pl.Int64)


def _unlisted(alone: pl.DataFrame) -> pl.DataFrame:
    """Memberships with a spell that no line names; for whoever is carried by a civil servant the pledge is the line."""
    return alone.with_columns(
        pl.lit(value=True).alias("has_spell"), pl.col("class").alias("segment"), pl.col("pledged").alias("decreed")
    )


def _judged(whole: pl.DataFrame, members: pl.DataFrame, government_id: int, month: Month) -> pl.DataFrame:
    """With FLAGS, WHYS and RUPIAH."""
    last_day = month.last_day
    bound = whole.filter("has_spell")["membership_id"].unique().to_list()
    facts = members.select(
        "membership_id",
        "numbered",
        "registered_on",
        "posted_rupiah",
        "sent",
        "paid_before",
        pl.col("dead").alias("told_dead"),
    )
    joined = (
        whole.join(facts, on="membership_id", how="left", maintain_order="left")
        .join(states_on(bound, last_day), on="membership_id", how="left", maintain_order="left")
        .join(gathered.starts(), on="agreement_id", how="left", maintain_order="left")
        .join(
            gathered.billed(government_id, month),
            on=["membership_id", "budget_line_id"], how="left", maintain_order="left",
        )
    )  # fmt: skip
    told = pl.col("registered_on") <= last_day
    flagged = joined.with_columns(
        (told | (pl.col("registered_on").is_null() & pl.col("numbered"))).fill_null(value=False).alias("registered"),
        (pl.col("has_spell") & pl.col("state").is_in(COVERED)).fill_null(value=False).alias("active"),
        pl.col("posted_rupiah").is_not_null().alias("posted"),
        (pl.col("dead") | pl.col("told_dead").fill_null(value=False)).alias("dead"),
        ((pl.col("class") == "BPU") & (pl.col("birth_date") <= _years_before(last_day))).alias("over_65"),
        (pl.max_horizontal("effective_from", "registered_on") > last_day).alias("starts_later"),
        pl.col("state").is_in(COVERED).alias("posted_ever"),
    )
    return _in_rupiah(flagged.with_columns(reasons()))


def _years_before(day: date) -> date:
    """The birthday of whoever then reaches the age at which a BPU is no longer taken in; the last of a month, so never
    29 February of no leap year."""
    return Month(day.year - age_limit("bpu_age_below", day), day.month).last_day


def _in_rupiah(found: pl.DataFrame) -> pl.DataFrame:
    """What was posted for a membership, shared out among its heads and their programmes; nothing is lost or doubled."""
    due = found.with_columns(pl.sum_horizontal(DUE).alias("due_rupiah"), pl.col("posted_rupiah").fill_null(0))
    bound = pl.col("membership_id").is_not_null()
    once = bound & pl.struct("membership_id", "budget_line_id").is_first_distinct()
    own = pl.when(bound).then(_share("posted_rupiah", "due_rupiah", over="membership_id")).otherwise(0)
    due = due.with_columns(
        own.alias("posted_rupiah"),
        *(pl.when(once).then(pl.col(name).fill_null(0)).otherwise(0).alias(name) for name in RUPIAH[-2:]),
    )
    whole = pl.col("due_rupiah")
    parts, before = [], pl.lit(0, pl.Int64)
    for name, part in zip(DUE, POSTED, strict=True):
        after = before + pl.col(name)
        share = pl.col("posted_rupiah") * after // whole - pl.col("posted_rupiah") * before // whole
        parts.append(pl.when(whole > 0).then(share).otherwise(0).alias(part))
        before = after
    split = due.with_columns(parts)
    # Posted without anything due: it stands with the first programme, so that the parts add up.
    return split.with_columns(
        pl.when(whole > 0).then(pl.col(POSTED[0])).otherwise(pl.col("posted_rupiah")).alias(POSTED[0])
    ).select(*DIMENSIONS, *FLAGS, *WHYS, *RUPIAH, *KNOWN)


def _share(amount: str, weight: str, *, over: str) -> pl.Expr:
    """A part of the amount in proportion to the weight, whole rupiah; the parts of a group add up to the amount."""
    reached, whole = pl.col(weight).cum_sum().over(over), pl.col(weight).sum().over(over)
    first = pl.col(weight).cum_count().over(over) == 1
    return (
        pl.when(whole > 0)
        .then(pl.col(amount) * reached // whole - pl.col(amount) * (reached - pl.col(weight)) // whole)
        .otherwise(pl.when(first).then(pl.col(amount)).otherwise(0))
    )
