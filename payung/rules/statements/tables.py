"""A statement as a table: CSV or a workbook's sheet, its columns known by their headings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from payung.rules.statements.amounts import amount, day
from payung.rules.statements.lines import Line, Statement, statement
from payung.rules.statements.unreadable import UnreadableStatement

Row = tuple[int, Sequence[str | None]]
"""The row's number in the file, and its cells."""
HEADER_WITHIN = 40
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": ("tanggal", "tgl", "date", "postingdate", "tanggaltransaksi", "tgltransaksi", "transactiondate",
            "tanggalposting", "posttanggal"),
    "out": ("debet", "debit", "keluar", "debetidr", "debitidr", "mutasidebet", "mutasidebit", "pengeluaran"),
    "in": ("kredit", "credit", "masuk", "kreditidr", "creditidr", "mutasikredit", "penerimaan"),
    "amount": ("jumlah", "nominal", "mutasi", "amount", "nilai"),
    "side": ("dk", "dc", "dbcr", "debetkredit", "debitkredit", "tipe", "jenis", "jenismutasi"),
    "balance": ("saldo", "balance", "saldoakhir", "runningbalance", "ledgerbalance"),
    "text": ("keterangan", "uraian", "deskripsi", "description", "berita", "remark", "remarks", "keterangantransaksi"),
    "reference": ("referensi", "noreferensi", "noref", "reference", "nosp2d", "nomorreferensi", "ref", "nobukti"),
    "counterparty": ("nama", "namapengirim", "namapenerima", "lawantransaksi", "pengirim", "penerima", "counterparty",
                     "namalawan"),
    "bank_id": ("idtransaksi", "transactionid", "nojurnal", "journalno", "nomorjurnal", "trxid", "seq", "idmutasi"),
}  # fmt: skip
_ACCOUNT = re.compile(
    r"(?i)(?:no(?:mor)?\.?\s*)?(?:rek(?:ening)?|account(?:\s*(?:no|number))?)\.?\s*[:=]?\s*([\d][\d .-]{4,30}\d)"
)
_OUT = ("d", "db", "debet", "debit", "dr", "keluar")
_IN = ("k", "kr", "c", "cr", "kredit", "credit", "masuk")


def read(rows: Sequence[Row]) -> Statement:
    """The statement that stands in these rows. Raises UnreadableStatement.

    The account stands above the header ("No. Rekening: 0012345678"). Where the balance is a column every line is
    checked by it, in the order of the file or, when the newest stands first, the other way round.
    """
    at, columns = _header(rows)
    account = _account(rows[:at])
    lines = []
    for row, cells in rows[at + 1 :]:
        told = {name: (cells[place] or "").strip() for name, place in columns.items() if place < len(cells)}
        if told.get("day"):
            lines.append(_line(row, told))
        elif _moves(told) and lines:
            raise UnreadableStatement("no_date", line=row)
    if not lines:
        raise UnreadableStatement("no_lines", line=rows[at][0])
    return _checked(account, lines, row=rows[at][0])


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    for at, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            plain = "".join(letter for letter in (cell or "").lower() if letter.isalnum())
            for name, known in HEADINGS.items():
                if plain in known and name not in columns:
                    columns[name] = place
        if "day" in columns and ("amount" in columns or {"in", "out"} <= columns.keys()):
            return at, columns
    raise UnreadableStatement("not_a_statement")


def _account(above: Iterable[Row]) -> str:
    for _, cells in above:
        joined = " ".join(cell.strip() for cell in cells if cell)
        if found := _ACCOUNT.search(joined):
            return re.sub(r"[ .-]", "", found[1])
    raise UnreadableStatement("no_account", line=1)


def _moves(told: Mapping[str, str]) -> bool:
    """A row of sums below the table has an amount, but no reference of its own and no text that is a movement."""
    return any(told.get(name) for name in ("in", "out", "amount")) and bool(told.get("reference"))


def _line(row: int, told: Mapping[str, str]) -> Line:
    balance = told.get("balance")
    return Line(
        row=row,
        booked_on=day(told["day"], row=row),
        amount=_amount(row, told),
        counterparty=_one_line(told.get("counterparty", "")),
        reference=_one_line(told.get("reference", "")),
        text=_one_line(told.get("text", "")),
        bank_id=_one_line(told.get("bank_id", "")),
        balance_after=amount(balance, row=row) if balance else None,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _amount(row: int, told: Mapping[str, str]) -> Decimal:
    if "amount" in told and not told.get("in") and not told.get("out"):
        value = told["amount"]
        side = "".join(letter for letter in told.get("side", "").lower() if letter.isalpha())
        ended = re.search(r"(?i)\s*(db|cr|dr|[dk])$", value)
        if ended:
            value, side = value[: ended.start()], ended[1].lower()
        found = amount(value, row=row)
        if side in _OUT:
            return -abs(found)
        if side in _IN or not side:
            return abs(found) if side else found
        raise UnreadableStatement("no_amount", line=row, found=side)
    came, went = (amount(told[name], row=row) if told.get(name) else Decimal(0) for name in ("in", "out"))
    if came and went:
        raise UnreadableStatement("no_amount", line=row, found=f"{told['in']} / {told['out']}")
    if not told.get("in") and not told.get("out"):
        raise UnreadableStatement("no_amount", line=row)
    return abs(came) - abs(went)


def _checked(account: str, lines: list[Line], *, row: int) -> Statement:
    balances = [line.balance_after for line in lines]
    if any(balance is None for balance in balances):
        return statement(account, [replace(line, balance_after=None) for line in lines], row=row)
    forward, backward = _break(lines), _break(lines[::-1])
    if forward is not None and (backward is not None):
        raise UnreadableStatement("balance", line=forward.row, found=str(forward.balance_after))
    ordered = lines if forward is None else lines[::-1]
    first, last = ordered[0], ordered[-1]
    assert first.balance_after is not None
    return statement(account, ordered, opening=first.balance_after - first.amount, closing=last.balance_after, row=row)


def _break(lines: Sequence[Line]) -> Line | None:
    """The first line whose balance is not the one before plus its amount."""
    standing: Decimal | None = None
    for line in lines:
        if standing is not None and standing + line.amount != line.balance_after:
            return line
        standing = line.balance_after
    return None
