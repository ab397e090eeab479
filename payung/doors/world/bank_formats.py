"""A statement written as a bank would hand it out: CSV, workbook, MT940 and camt.053."""

import csv
import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter

from payung.rules.money import grouped
from payung.rules.statements.lines import Statement

HEADINGS = ("Tanggal", "Keterangan", "Penerima", "Referensi", "ID Transaksi", "Debet", "Kredit", "Saldo")


def _rows(told: Statement) -> list[list[str]]:
    rows = [["Rekening koran (SINTETIS)"], [f"No. Rekening: {told.account}"], [], list(HEADINGS)]
    balance = told.opening or Decimal(0)
    for line in told.lines:
        balance += line.amount
        rows.append([
            line.booked_on.strftime("%d/%m/%Y"), line.text, line.counterparty, line.reference, line.bank_id,
            _printed(-line.amount) if line.amount < 0 else "", _printed(line.amount) if line.amount >= 0 else "",
            _printed(balance),
        ])  # fmt: skip
    return rows


def as_csv(told: Statement) -> bytes:
    """Indonesian grouping, semicolons: amounts have commas."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(_rows(told))
    return out.getvalue().encode()


def as_workbook(told: Statement) -> bytes:
    """The same table as an .xlsx of texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Mutasi")
        for at, row in enumerate(_rows(told)):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def as_mt940(told: Statement) -> bytes:
    """One message; the text of a movement stands in :86:, its name in a subfield."""
    opened = min((line.booked_on for line in told.lines), default=None)
    day = f"{opened:%y%m%d}" if opened else "220101"
    closing = (told.opening or Decimal(0)) + sum((line.amount for line in told.lines), Decimal(0))
    out = [":20:SINTETIS", f":25:{told.account}", ":28C:1/1", f":60F:{_balance(told.opening or Decimal(0), day)}"]
    for line in told.lines:
        side = "C" if line.amount >= 0 else "D"
        own = f"//{line.bank_id}" if line.bank_id else ""
        out.append(
            f":61:{line.booked_on:%y%m%d}{line.booked_on:%m%d}{side}{_comma(line.amount)}NTRF"
            f"{line.reference or 'NONREF'}{own}"
        )
        out.append(f":86:{line.text}?32{line.counterparty}" if line.counterparty else f":86:{line.text}")
    return "\r\n".join([*out, f":62F:{_balance(closing, day)}", "-", ""]).encode()


def as_camt053(told: Statement) -> bytes:
    """The version of 2019 (camt.053.001.08), one entry for each movement."""
    closing = (told.opening or Decimal(0)) + sum((line.amount for line in told.lines), Decimal(0))
    entries = "".join(_entry(line.amount, line.booked_on.isoformat(), line.bank_id, line.reference, line.text,
                             line.counterparty) for line in told.lines)  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>SINTETIS</Id>'
        f"<Acct><Id><Othr><Id>{escape(told.account)}</Id></Othr></Id><Ccy>IDR</Ccy></Acct>"
        f"{_bal('OPBD', told.opening or Decimal(0))}{_bal('CLBD', closing)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


FORMATS: Mapping[str, Callable[[Statement], bytes]] = {
    "csv": as_csv, "xlsx": as_workbook, "sta": as_mt940, "xml": as_camt053,
}  # fmt: skip
"""Ending of the file -> who writes it."""


def _printed(amount: Decimal) -> str:
    whole, sen = divmod(abs(amount) * 100, 100)
    return f"{'-' if amount < 0 else ''}{grouped(int(whole))},{int(sen):02d}"


def _comma(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", ",")


def _balance(amount: Decimal, day: str) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day}IDR{_comma(amount)}"


def _side(amount: Decimal) -> str:
    return "CRDT" if amount >= 0 else "DBIT"


def _money(amount: Decimal) -> str:
    return f'<Amt Ccy="IDR">{abs(amount):.2f}</Amt><CdtDbtInd>{_side(amount)}</CdtDbtInd>'


def _bal(code: str, amount: Decimal) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_money(amount)}</Bal>"


def _entry(amount: Decimal, day: str, own: str, reference: str, text: str, name: str) -> str:
    party = "Dbtr" if amount >= 0 else "Cdtr"
    return (
        f"\n<Ntry>{_money(amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<AcctSvcrRef>{escape(own)}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{escape(reference or 'NOTPROVIDED')}</EndToEndId></Refs>"
        f"<RltdPties><{party}><Pty><Nm>{escape(name)}</Nm></Pty></{party}></RltdPties>"
        f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
