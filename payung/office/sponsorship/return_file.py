"""What an OPD sends back: the deduction list with what was really taken written beside each line."""

import polars as pl

from payung.office.sponsorship import sheets
from payung.office.sponsorship.returns import TOLD, ReturnRefused

NEEDED, MORE = ("NO", "DIPOTONG"), ("TUNGGAKAN DIPOTONG", "KETERANGAN")
OUTCOMES = {"": "", "penuh": "full", "kurang": "short", "gagal": "failed", "pindah": "moved", "cuti": "leave"}
"""The words an OPD writes; an empty cell is read from the amounts."""


def read_return(content: bytes, name: str, *, due: dict[int, int]) -> pl.DataFrame:
    """The lines of the file (`returns.TOLD`); `due` is what the list asks, by line.

    An empty remark means all, less or nothing by the amount. Rows without a line number are passed over (the sum, the
    signature). Raises ReturnRefused `amount_unreadable` or `outcome_unknown`, `sheets.NoSuchColumns` and
    `UnreadableWorkbook`.
    """
    told = sheets.table(content, name, needed=NEEDED, more=MORE)
    lines = told.with_columns(pl.col("no").cast(pl.Int64, strict=False).alias("number")).drop_nulls("number")
    amounts = lines.with_columns(
        _rupiah("dipotong").alias("amount_rupiah"), _rupiah("tunggakan dipotong").alias("arrears_rupiah")
    )
    unread = amounts.filter(pl.any_horizontal(pl.col("amount_rupiah", "arrears_rupiah").is_null()))
    if unread.height:
        raise ReturnRefused("amount_unreadable", unread["number"])
    words = pl.col("keterangan").fill_null("").str.to_lowercase().str.strip_chars()
    unknown = amounts.filter(~words.is_in(list(OUTCOMES)))
    if unknown.height:
        raise ReturnRefused("outcome_unknown", unknown["number"])
    asked = pl.col("number").replace_strict(due, default=0, return_dtype=pl.Int64)
    by_amount = (
        pl.when(pl.col("amount_rupiah") >= asked).then(pl.lit("full"))
        .when(pl.col("amount_rupiah") > 0).then(pl.lit("short"))
        .otherwise(pl.lit("failed"))
    )  # fmt: skip
    said = words.replace_strict(OUTCOMES, return_dtype=pl.String)
    return amounts.with_columns(pl.when(said == "").then(by_amount).otherwise(said).alias("outcome")).select(*TOLD)


def _rupiah(column: str) -> pl.Expr:
    """Whole rupiah as people write them; empty is nothing, the unreadable stays empty."""
    text = pl.col(column).fill_null("0").str.replace_all(r"(?i)rp\.?|[\s.]|,-$", "")
    return pl.when(text == "").then(pl.lit("0")).otherwise(text).cast(pl.Int64, strict=False)
