"""What a list says of people who are protected already, as items of its plan; and moving them to another OPD.

Somebody who leaves or dies is owed for that month still; who moves in the middle of a month moves with the next one.
"""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.enrolment.change_models import Change, MonthlyReturn
from payung.office.enrolment.models import RosterList
from payung.office.registry import frames as registry

EVERY_GROUP = ("new", *Change.KINDS)
_KINDS = {
    "not_protected_here": "already", "as_listed": "already", "before_start": "human", "no_budget_line": "human",
    "wage_changed": "wage", "moved": "move", "left": "leave", "died": "leave",
}  # fmt: skip
"""Reason -> kind of an item."""
_CHANGES = """
    SELECT c.row_id, c.kind, coalesce(a.survivor_id, m.person_id), c.membership_id, r.position, r.wage_rupiah,
        (SELECT j.wage_paid_rupiah FROM registry_job j WHERE j.membership_id = c.membership_id AND j.opd_id = %(opd)s
            AND j.replaced_at IS NULL AND j.from_month <= f.from_month
            AND coalesce(j.until_month, 'infinity') >= f.from_month ORDER BY j.from_month DESC LIMIT 1),
        f.from_month, s.first_month, c.moved_to_id,
        (SELECT t.id FROM agreements_budgetline t WHERE t.fund_id = b.fund_id AND t.year = b.year
            AND (t.opd_id = c.moved_to_id OR t.opd_id IS NULL) ORDER BY t.opd_id NULLS LAST, t.id LIMIT 1)
    FROM enrolment_change c JOIN files_row r ON r.id = c.row_id
    JOIN registry_membership m ON m.id = c.membership_id LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN agreements_budgetline b ON b.id = %(line)s
    CROSS JOIN LATERAL (SELECT CASE
        WHEN c.kind IN ('left', 'died') THEN (date_trunc('month', c.on_day) + interval '1 month')::date
        WHEN c.kind = 'moved' AND extract(day FROM c.on_day) > 1
            THEN (date_trunc('month', c.on_day) + interval '1 month')::date
        ELSE date_trunc('month', coalesce(c.on_day, %(month)s))::date END AS from_month) f
    LEFT JOIN LATERAL (SELECT min(s.from_month) AS first_month FROM enrolment_spell s
        WHERE s.membership_id = c.membership_id AND s.payer_opd_id = %(opd)s AND s.agreement_id = %(agreement)s
          AND s.replaced_at IS NULL AND coalesce(s.until_month, 'infinity') >= f.from_month) s ON true
    WHERE c.roster_list_id = %(list)s ORDER BY r.position
"""
_SCHEMA = {
    "row_id": pl.Int64, "change": pl.String, "person_id": pl.Int64, "membership_id": pl.Int64, "position": pl.Int64,
    "wage_rupiah": pl.Int64, "wage_before_rupiah": pl.Int64, "from_month": pl.Date, "first_month": pl.Date,
    "moved_to_id": pl.Int64, "budget_line_id": pl.Int64,
}  # fmt: skip
_MOVE = """
    INSERT INTO enrolment_spell (government_id, membership_id, programmes, payer_opd_id, budget_line_id, agreement_id,
        from_month, until_month, plan_id, recorded_at)
    SELECT e.government_id, e.membership_id, e.programmes, t.moved_to_id, t.budget_line_id, e.agreement_id,
        greatest(t.from_month, e.from_month), e.until_month, %s, %s
    FROM ending_spells e JOIN moving_members t USING (membership_id)
"""


def accepted(roster_list: RosterList) -> tuple[str, ...] | None:
    """The groups that go into the plan: every one of a list that nobody has to choose from, None while nobody chose."""
    found = MonthlyReturn.objects.filter(roster_list=roster_list).values_list("accepted", flat=True)
    return EVERY_GROUP if not found else (None if found[0] is None else tuple(found[0]))


def told(roster_list: RosterList) -> pl.DataFrame:
    """The accepted changes, with the first month of the new state, and of each the plan's `kind` and `reason`."""
    asked = {
        "list": roster_list.pk, "opd": roster_list.opd_id, "agreement": roster_list.agreement_id,
        "month": roster_list.month, "line": roster_list.budget_line_id,
    }  # fmt: skip
    found = bulk.read(_CHANGES, asked, schema=_SCHEMA)
    groups = accepted(roster_list) or ()
    change = pl.col("change")
    same = pl.col("wage_rupiah") == pl.col("wage_before_rupiah")
    ends = change.is_in([Change.LEFT, Change.DIED])
    early = (pl.col("from_month") < pl.col("first_month")) | ((pl.col("from_month") == pl.col("first_month")) & ends)
    reason = (
        pl.when(pl.col("first_month").is_null()).then(pl.lit("not_protected_here"))
        .when(early).then(pl.lit("before_start"))
        .when((change == Change.MOVED) & pl.col("budget_line_id").is_null()).then(pl.lit("no_budget_line"))
        .when((change == Change.WAGE) & same.fill_null(value=False)).then(pl.lit("as_listed"))
        .when(change == Change.WAGE).then(pl.lit("wage_changed"))
        .otherwise(change)
    )  # fmt: skip
    judged = found.filter(change.is_in(list(groups))).with_columns(reason.alias("reason"))
    return judged.with_columns(pl.col("reason").replace_strict(_KINDS, return_dtype=pl.String).alias("kind"))


def items(roster_list: RosterList) -> pl.DataFrame:
    """The changes as items of a plan (columns of `frames.ITEM`)."""
    after = pl.when(pl.col("kind") == "wage").then("wage_rupiah").alias("wage_after_rupiah")
    before = pl.when(pl.col("kind") == "wage").then("wage_before_rupiah").alias("wage_before_rupiah")
    return told(roster_list).select("kind", "reason", "row_id", "person_id", "membership_id", before, after, "position")


def months(roster_list: RosterList) -> pl.DataFrame:
    """From which month each changed membership is otherwise: membership_id, from_month."""
    return told(roster_list).select("membership_id", "from_month")


def move(roster_list: RosterList, at: datetime) -> pl.DataFrame:
    """The jobs of those who move go on in the other OPD; returns them. `reopen` once their spells were ended."""
    moving = told(roster_list).filter(pl.col("kind") == "move")
    registry.end_jobs(moving, opd_id=roster_list.opd_id, at=at)
    for (opd_id,), people in moving.rename({"row_id": "key"}).group_by("moved_to_id", maintain_order=True):
        registry.start_jobs(people, opd_id=int(str(opd_id)), at=at)
    return moving


def reopen(plan_id: int, moving: pl.DataFrame, at: datetime) -> None:
    """The spells that were just ended for these people (`spells.end`) go on under the OPD to which they moved."""
    columns = {"membership_id": "bigint", "moved_to_id": "bigint", "budget_line_id": "bigint", "from_month": "date"}
    bulk.stage(moving, "moving_members", columns)
    bulk.execute(_MOVE, [plan_id, at])
