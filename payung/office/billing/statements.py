"""The verb of a bank statement: every movement kept once, every payment a receipt, the certain ones settle their bill.

Certain is only a payment that names one bill and pays exactly what it asks. Journals are one for each day of the file.
"""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing.accounts import SUSPENSE, UNKNOWN_CASH, purse, settled
from payung.office.billing.open_bills import keys_of, open_bills, owed_of
from payung.office.billing.receipt_models import Statement
from payung.office.billing.receipts import in_turn
from payung.office.files.actions import keep
from payung.office.files.models import KeptFile
from payung.office.ledger.actions import AccountName, NewJournal, post
from payung.office.ledger.queries import open_day
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.roster.reading import read as read_workbook
from payung.rules.statements import formats, matching, tables
from payung.rules.statements.lines import Statement as Told
from payung.rules.statements.lines import identities
from payung.rules.statements.unreadable import UnreadableStatement

_LINE = {
    "row": pl.Int64, "identity": pl.String, "booked_on": pl.Date, "amount_rupiah": pl.Int64,
    "counterparty": pl.String, "reference": pl.String, "text": pl.String, "bank_id": pl.String,
}  # fmt: skip
_LONGEST = {"counterparty": 200, "reference": 200, "text": 500, "bank_id": 100}


@dataclass(frozen=True)
class TakenIn:
    """What a statement brought. `known` lines stood in an earlier one; `settled` payments needed nobody."""

    statement: Statement
    lines: int
    known: int
    payments: int
    settled: int


def read_statements(content: bytes, name: str) -> list[Told]:
    """The statements of a file in any of the formats. Raises UnreadableStatement, UnreadableWorkbook."""
    if formats.format_of(content) != formats.TABLE:
        return formats.read_text(content)
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("rekening" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = [sheet for sheet in read_workbook(path, name=name).sheets if not sheet.hidden]
    first = max(sheets, key=lambda sheet: sheet.height, default=None)
    if first is None:
        raise UnreadableStatement("not_a_statement")
    return [tables.read(list(first.rows(1, first.height)))]


def take_in(*, government: Government, content: bytes, name: str, pays: str, by: User, at: datetime) -> list[TakenIn]:
    """Take in a statement; the same file, and lines that an earlier file had, change nothing.

    `pays` says on which side payments stand: Statement.OUT for an account that pays, IN for one that is paid into.
    Raises UnreadableStatement, UnreadableWorkbook.
    """
    told = read_statements(content, name)
    with whole_government(government, by=by):
        require(by, Deed.RECEIVE_PAYMENT)
        in_turn(government.pk)
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        return [_take_in(government, file, one, pays, by, at) for one in told if one.lines]


def _take_in(government: Government, file: KeptFile, told: Told, pays: str, by: User, at: datetime) -> TakenIn:
    days = [line.booked_on for line in told.lines]
    standing = Statement.objects.filter(
        government=government, file=file, account=told.account, first_on=min(days)
    ).first()
    if standing is not None:
        return TakenIn(standing, standing.line_count, standing.line_count, 0, 0)
    lines = _lines(told)
    new = _not_known(lines)
    statement = Statement.objects.create(
        government=government, file=file, account=told.account, pays=pays, first_on=min(days), last_on=max(days),
        opening_rupiah=None if told.opening is None else int(told.opening),
        closing_rupiah=None if told.closing is None else int(told.closing),
        proved=told.checked, line_count=lines.height, known_count=lines.height - new.height,
        received_by=by, received_at=at,
    )  # fmt: skip
    sign = -1 if pays == Statement.OUT else 1
    paid = new.with_columns((pl.col("amount_rupiah") * sign).alias("amount"), _words().alias("words"))
    paid = paid.filter(pl.col("amount") > 0).with_row_index("id").with_columns(pl.col("id").cast(pl.Int64))
    shown = _typed_before(government.pk, paid)
    settles = _store(statement, paid.join(shown, on="id", how="anti"), by, at)
    _store_lines(statement, new, pl.concat([shown.join(paid, on="id").select("identity", "receipt_id"), settles.links]))
    detail = {"lines": lines.height, "known": statement.known_count, "settled": settles.count}
    record("take_in_statement", subject=f"statement:{statement.pk}", by=by, at=at, detail=detail)
    return TakenIn(statement, lines.height, statement.known_count, paid.height, settles.count)


def _words() -> pl.Expr:
    return pl.concat_str("reference", "text", "counterparty", separator=" ")


def _lines(told: Told) -> pl.DataFrame:
    rows = [
        (one.row, identity, one.booked_on, one.amount_rupiah, one.counterparty, one.reference, one.text, one.bank_id)
        for one, identity in zip(told.lines, identities(told.account, told.lines), strict=True)
    ]
    frame = pl.DataFrame(rows, schema=_LINE, orient="row").filter(pl.col("amount_rupiah") != 0)
    return frame.with_columns(pl.col(name).str.slice(0, longest) for name, longest in _LONGEST.items())


def _not_known(lines: pl.DataFrame) -> pl.DataFrame:
    bulk.stage(lines.select("identity"), "told_lines", {"identity": "text"})
    known = bulk.read(
        "SELECT l.identity FROM billing_statementline l JOIN told_lines t USING (identity)",
        schema={"identity": pl.String},
    )
    return lines.join(known, on="identity", how="anti", maintain_order="left")


def _typed_before(government_id: int, paid: pl.DataFrame) -> pl.DataFrame:
    """Pairs (id, receipt_id): payments that somebody recorded before the bank showed them."""
    receipts = bulk.read(
        """SELECT r.id, r.reference, r.amount_rupiah FROM billing_receipt r WHERE r.government_id = %s
           AND NOT r.from_bank AND r.credit_note_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM billing_statementline l WHERE l.receipt_id = r.id)""",
        [government_id],
        schema={"target": pl.Int64, "reference": pl.String, "amount": pl.Int64},
    )
    keys = receipts.select(
        "target", pl.col("reference").map_elements(matching.key_of, return_dtype=pl.String).alias("key")
    )
    found = matching.certain(paid, receipts.select("target", pl.col("amount").alias("outstanding")), keys)
    return found.rename({"target": "receipt_id"})


@dataclass(frozen=True)
class _Stored:
    links: pl.DataFrame
    count: int


def _store(statement: Statement, paid: pl.DataFrame, by: User, at: datetime) -> _Stored:
    """Receipts of the new payments, the bills that the certain ones settle, and the journals of their days."""
    government_id = statement.government_id
    bills = open_bills(government_id)
    sure = matching.certain(paid, bills.select("target", "outstanding"), keys_of(bills))
    receipts = (
        paid.join(sure, on="id", how="left")
        .join(bills.select("target", "unit_id"), on="target", how="left", maintain_order="left")
        .with_columns(
            bulk.new_ids("billing_receipt", paid.height).alias("receipt_id"),
            pl.coalesce(
                pl.col("bank_id").replace("", None), pl.format("baris {}", "row")
            ).str.slice(0, 60).alias("paper"),
        )
    )  # fmt: skip
    common = [
        pl.lit(government_id).alias("government_id"),
        pl.col("booked_on").alias("paid_on"),
        pl.lit(by.pk).alias("recorded_by_id"),
        pl.lit(at).alias("recorded_at"),
    ]
    written = receipts.select(
        *common, pl.col("receipt_id").alias("id"), "unit_id", pl.col("amount").alias("amount_rupiah"),
        pl.col("paper").alias("reference"), pl.lit(value=True).alias("from_bank"),
    )  # fmt: skip
    bulk.write(written, "billing_receipt")
    settling = receipts.filter(pl.col("target").is_not_null())
    bulk.write(
        settling.select(
            *common, pl.col("target").alias("bill_id"), "receipt_id", pl.col("amount").alias("amount_rupiah")
        ),
        "billing_payment",
    )
    bulk.refresh_statistics(receipts.height, "billing_receipt", "billing_payment")
    _post(statement, receipts, bills, at)
    return _Stored(receipts.select("identity", "receipt_id"), settling.height)


def _store_lines(statement: Statement, new: pl.DataFrame, links: pl.DataFrame) -> None:
    stored = new.join(links, on="identity", how="left", maintain_order="left").with_columns(
        pl.lit(statement.government_id).alias("government_id"), pl.lit(statement.pk).alias("statement_id")
    )
    bulk.write(stored, "billing_statementline", columns=["government_id", "statement_id", *_LINE, "receipt_id"])


def _post(statement: Statement, receipts: pl.DataFrame, bills: pl.DataFrame, at: datetime) -> None:
    owed = owed_of(receipts["target"].drop_nulls().to_list())
    before = dict(bills.select("target", "paid").iter_rows())
    kinds = dict(bills.select("target", "fund_kind").iter_rows())
    days: dict[date, dict[AccountName, int]] = {}
    for day, amount, bill_id in receipts.select("booked_on", "amount", "target").iter_rows():
        entries = days.setdefault(day, {})
        parts = {SUSPENSE: amount, UNKNOWN_CASH: -amount}
        if bill_id is not None:
            parts = {purse(kinds[bill_id]): -amount} | settled(
                owed[bill_id], before_rupiah=before[bill_id], after_rupiah=before[bill_id] + amount
            )
        for account, part in parts.items():
            entries[account] = entries.get(account, 0) + part
    journals = [
        NewJournal(
            key=f"statement:{statement.pk}:{day}", booked_on=open_day(day, government_id=statement.government_id),
            memo=f"Rekening koran {statement.account}, {day}", entries=entries,
        )
        for day, entries in sorted(days.items())
    ]  # fmt: skip
    post(government_id=statement.government_id, journals=journals, at=at)
