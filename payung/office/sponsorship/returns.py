"""The month ends: what an OPD really deducted is recorded."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record_each
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.files.models import KeptFile
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import DeductionList, Return

TOLD = {"number": pl.Int64, "amount_rupiah": pl.Int64, "arrears_rupiah": pl.Int64, "outcome": pl.String}
"""What an OPD returns: the line of the list, what was deducted for the month, and of arrears, and why not all."""
TOLD_OF_LISTS = {"list_id": pl.Int64, **TOLD}
"""The same of several lists."""


class ReturnRefused(Exception):
    """This cannot be done with what an OPD returns; `reason` is `returned_already`, `lines_missing`, `line_unknown`,
    `line_twice`, `more_than_due`, `amount_unreadable`, `outcome_unknown`, `not_returned`, `nothing_taken`, `no_reason`,
    `paid` or `arrears_settled`; `lines` are the numbers that it is about, where it is about some.
    """

    def __init__(self, reason: str, lines: Iterable[int] = ()) -> None:
        super().__init__(reason)
        self.reason, self.lines = reason, tuple(sorted(set(lines)))


_LINES = """
    SELECT d.deduction_list_id, d.id, d.number, d.pledge_id, d.due_rupiah FROM sponsorship_deduction d
    WHERE d.deduction_list_id = ANY(%s) ORDER BY d.deduction_list_id, d.number
"""
LINES = {
    "list_id": pl.Int64, "deduction_id": pl.Int64, "number": pl.Int64, "pledge_id": pl.Int64, "due_rupiah": pl.Int64,
}  # fmt: skip
ARREARS_SQL = """
    SELECT d.id, d.pledge_id, d.month, d.due_rupiah - coalesce(t.taken, 0), coalesce(t.bridged, 0)
    FROM sponsorship_deduction d
    JOIN sponsorship_return r ON r.deduction_list_id = d.deduction_list_id AND r.taken_back_at IS NULL
    LEFT JOIN LATERAL (
        SELECT sum(amount_rupiah) FILTER (WHERE outcome <> 'bridged') AS taken,
               sum(amount_rupiah) FILTER (WHERE outcome = 'bridged') AS bridged
        FROM sponsorship_taken t WHERE t.deduction_id = d.id AND t.replaced_at IS NULL) t ON true
    WHERE d.due_rupiah > coalesce(t.taken, 0) AND {where}
      AND EXISTS (SELECT 1 FROM sponsorship_order o WHERE o.pledge_id = d.pledge_id AND o.replaced_at IS NULL
                  AND o.from_month <= d.month AND coalesce(o.until_month, 'infinity') >= d.month)
    ORDER BY d.pledge_id, d.month
"""
"""What is still owed by sponsors for months in which their order stands, oldest first."""
ARREARS = {
    "deduction_id": pl.Int64, "pledge_id": pl.Int64, "month": pl.Date, "owed_rupiah": pl.Int64, "bridged": pl.Int64,
}  # fmt: skip


def lines_of_lists(list_ids: Sequence[int]) -> pl.DataFrame:
    """What is asked on some lists (LINES), in their order."""
    return bulk.read(_LINES, [list(list_ids)], schema=LINES)


def arrears_of(*lists: DeductionList) -> pl.DataFrame:
    """What the sponsors on lists of one month still owe for earlier months (ARREARS)."""
    of_lists = "SELECT pledge_id FROM sponsorship_deduction WHERE deduction_list_id = ANY(%s)"
    where = f"d.month < %s AND d.pledge_id IN ({of_lists})"
    found = [lists[0].month, [one.pk for one in lists]]
    return bulk.read(ARREARS_SQL.format(where=where), found, schema=ARREARS)


def record_return(
    *, deduction_list: DeductionList, told: pl.DataFrame, by: User, at: datetime, file: KeptFile | None = None
) -> Return:
    """What was really deducted on one list, line by line (TOLD), once; see `record_returns`."""
    of_list = told.select(*TOLD).with_columns(pl.lit(deduction_list.pk).alias("list_id"))
    (made,) = record_returns(lists=[deduction_list], told=of_list, by=by, at=at, file=file)
    return made


def record_returns(
    *, lists: Sequence[DeductionList], told: pl.DataFrame, by: User, at: datetime, file: KeptFile | None = None
) -> list[Return]:
    """What was really deducted on lists of one circular and month (TOLD_OF_LISTS), each once, all of them or none.

    Arrears settle the oldest months first. Where the circular has a bridging fund, it advances what is missing of the
    month. Raises ReturnRefused, NotAllowed.
    """
    require(by, Deed.DEDUCT)
    government, ids = lists[0].government, [one.pk for one in lists]
    with whole_government(government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        if Return.objects.filter(deduction_list__in=ids, taken_back_at=None).exists():
            raise ReturnRefused("returned_already")
        lines = lines_of_lists(ids)
        told = told.select(*TOLD_OF_LISTS).cast(TOLD_OF_LISTS)  # type: ignore[arg-type]  # polars types
        _require_sound(lines, told)
        both = lines.join(told, on=["list_id", "number"])
        taken = _taken(both, arrears_of(*lists), bridges=lists[0].circular.bridging_fund_id is not None)
        made = _store(lists, taken, file, by, at)
        missing = both.filter(pl.col("amount_rupiah") < pl.col("due_rupiah"))["list_id"].value_counts()
        _note(lists, made, dict(missing.iter_rows()), by, at)
        return made


def everybody(deduction_list: DeductionList) -> pl.DataFrame:
    """A return that says: all of it was deducted, and no arrears (TOLD)."""
    return lines_of_lists([deduction_list.pk]).select(
        "number",
        pl.col("due_rupiah").alias("amount_rupiah"),
        pl.lit(0, pl.Int64).alias("arrears_rupiah"),
        pl.lit("full").alias("outcome"),
    )


def _require_sound(lines: pl.DataFrame, told: pl.DataFrame) -> None:
    if not told["outcome"].is_in(["full", "short", "failed", "moved", "leave"]).all():
        raise ReturnRefused("outcome_unknown")
    line = ["list_id", "number"]
    wrong = (pl.col("amount_rupiah") > pl.col("due_rupiah")) | (pl.col("amount_rupiah") < 0)
    for reason, found in (
        ("line_twice", told.filter(told.select(line).is_duplicated())),
        ("line_unknown", told.join(lines, on=line, how="anti")),
        ("lines_missing", lines.join(told, on=line, how="anti")),
        ("more_than_due", lines.join(told, on=line).filter(wrong | (pl.col("arrears_rupiah") < 0))),
    ):
        if found.height:
            raise ReturnRefused(reason, found["number"])


def _spread(owed: pl.DataFrame, both: pl.DataFrame) -> pl.DataFrame:
    """What was deducted of arrears, over the months it settles, oldest first. Raises ReturnRefused."""
    paid = both.filter(pl.col("arrears_rupiah") > 0).select("list_id", "pledge_id", "arrears_rupiah")
    before = pl.col("owed_rupiah").cum_sum().over("pledge_id") - pl.col("owed_rupiah")
    part = pl.min_horizontal("owed_rupiah", pl.max_horizontal(pl.col("arrears_rupiah") - before, pl.lit(0)))
    spread = owed.join(paid, on="pledge_id", maintain_order="left").with_columns(part.alias("amount_rupiah"))
    if int(spread["amount_rupiah"].sum()) != int(paid["arrears_rupiah"].sum()):
        raise ReturnRefused("more_than_due", _beyond(spread, paid, both))
    return spread.filter(pl.col("amount_rupiah") > 0)


def _beyond(spread: pl.DataFrame, paid: pl.DataFrame, both: pl.DataFrame) -> pl.Series:
    """The lines on which more arrears were deducted than their sponsor owed."""
    settled = spread.group_by("pledge_id").agg(pl.col("amount_rupiah").sum().alias("settled"))
    over = paid.join(settled, on="pledge_id", how="left").filter(
        pl.col("arrears_rupiah") > pl.col("settled").fill_null(0)
    )
    return both.join(over, on=["list_id", "pledge_id"], how="semi")["number"]


def _taken(both: pl.DataFrame, owed: pl.DataFrame, *, bridges: bool) -> pl.DataFrame:
    """Every amount with its outcome; `repays` where the fund had advanced what is now deducted."""
    later = _spread(owed, both)
    missing = both.filter(pl.col("due_rupiah") > pl.col("amount_rupiah"))
    advanced = missing.select(
        "list_id", "deduction_id", pl.lit("bridged").alias("outcome"),
        (pl.col("due_rupiah") - pl.col("amount_rupiah")).alias("amount_rupiah"), pl.lit(value=False).alias("repays"),
    )  # fmt: skip
    return pl.concat([
        both.select("list_id", "deduction_id", "outcome", "amount_rupiah", pl.lit(value=False).alias("repays")),
        later.select(
            "list_id", "deduction_id", pl.lit("arrears").alias("outcome"), "amount_rupiah",
            (pl.col("bridged") > 0).alias("repays"),
        ),
        advanced if bridges else advanced.clear(),
    ])  # fmt: skip


def _store(
    lists: Sequence[DeductionList], taken: pl.DataFrame, file: KeptFile | None, by: User, at: datetime
) -> list[Return]:
    bridged, amount = pl.col("outcome") == "bridged", pl.col("amount_rupiah")
    sums = {
        list_id: tuple(parts)
        for list_id, *parts in taken.group_by("list_id").agg(
            amount.filter(~bridged).sum(), amount.filter(bridged).sum().alias("bridged"),
            amount.filter(pl.col("repays")).sum().alias("repaid"),
        ).iter_rows()
    }  # fmt: skip
    made = []
    for one in lists:
        taken_rupiah, bridged_rupiah, repaid_rupiah = sums.get(one.pk, (0, 0, 0))
        made.append(
            Return(
                government_id=one.government_id, deduction_list=one, file=file, taken_rupiah=taken_rupiah,
                bridged_rupiah=bridged_rupiah, repaid_rupiah=repaid_rupiah, recorded_by=by, recorded_at=at,
            )
        )  # fmt: skip
    made = Return.objects.bulk_create(made)
    of_list = pl.DataFrame(
        [(one.deduction_list_id, one.pk, one.government_id) for one in made],
        schema={"list_id": pl.Int64, "returned_id": pl.Int64, "government_id": pl.Int64}, orient="row",
    )  # fmt: skip
    rows = taken.join(of_list, on="list_id").drop("list_id", "repays")
    bulk.write(rows, "sponsorship_taken")
    bulk.refresh_statistics(rows.height, "sponsorship_taken")
    return made


def _note(
    lists: Sequence[DeductionList], made: Sequence[Return], missing: dict[int, int], by: User, at: datetime
) -> None:
    told = {
        f"opd:{one.opd_id}": {
            "list": one.pk, "taken_rupiah": back.taken_rupiah, "missing": missing.get(one.pk, 0),
        }
        for one, back in zip(lists, made, strict=True)
    }  # fmt: skip
    record_each("return_deductions", told, by=by, at=at)
