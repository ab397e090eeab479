"""Four formats, one normal form; overlaps are seen; whatever is no statement is refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.doors.world.bank_formats import as_camt053, as_csv, as_mt940
from payung.rules.statements import formats, tables
from payung.rules.statements.lines import Line, Statement, identities, statement
from payung.rules.statements.unreadable import UnreadableStatement

_WORDS = st.from_regex(r"[A-Z][A-Za-z0-9]{0,8}( [A-Za-z0-9]{1,8}){0,3}", fullmatch=True)
_CODES = st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True).filter(lambda code: code != "NONREF")
_LINES = st.builds(
    Line,
    row=st.just(0),
    booked_on=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    amount=st.integers(-(10**12), 10**12).filter(bool).map(lambda sen: Decimal(sen) / 100),
    counterparty=_WORDS,
    reference=_CODES,
    text=_WORDS,
    bank_id=_CODES,
)
STATEMENTS = st.builds(
    lambda lines, opening: statement(
        "0012345678", lines, opening=opening, closing=opening + sum((line.amount for line in lines), Decimal(0))
    ),
    st.lists(_LINES, min_size=1, max_size=8),
    st.integers(-(10**12), 10**12).map(Decimal),
)


def rows_of(content: bytes) -> list[tables.Row]:
    """The cells of a written CSV, as the opener of tables hands them over."""
    return [(row, text.split(";")) for row, text in enumerate(content.decode().splitlines(), start=1)]


def told(found: Statement) -> list[tuple[object, ...]]:
    """What must be the same whatever the format."""
    return [(one.booked_on, one.amount, one.counterparty, one.reference, one.bank_id) for one in found.lines]


@given(STATEMENTS)
def test_every_format_says_the_same(written: Statement) -> None:
    read = [
        formats.read_text(as_mt940(written))[0],
        formats.read_text(as_camt053(written))[0],
        tables.read(rows_of(as_csv(written))),
    ]
    for found in read:
        assert told(found) == told(written)
        assert (found.account, found.opening, found.closing) == ("0012345678", written.opening, written.closing)
        assert found.checked
        assert all(line.text.startswith(was.text) for line, was in zip(found.lines, written.lines, strict=True))
        assert identities(found.account, found.lines) == identities(written.account, written.lines)


@given(STATEMENTS, st.data())
def test_a_movement_that_is_changed_breaks_the_balance(written: Statement, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(written.lines) - 1))
    line = written.lines[at]
    other = Line(line.row, line.booked_on, line.amount + 1, line.counterparty, line.reference, line.text, line.bank_id)
    changed = Statement(
        written.account, written.opening, written.closing, (*written.lines[:at], other, *written.lines[at + 1 :]), True
    )
    whole = as_mt940(written).decode().split(":62F:")[1]
    broken = as_mt940(changed).decode().split(":62F:")[0] + ":62F:" + whole
    with pytest.raises(UnreadableStatement) as refused:
        formats.read_text(broken.encode())
    assert refused.value.reason == "balance"


@given(st.lists(_LINES, min_size=1, max_size=12), st.data())
def test_what_two_files_share_is_known_again(lines: list[Line], data: st.DataObject) -> None:
    """Whole days overlap: every shared line has its identity in both, and no two lines of a file share one."""
    ordered = sorted(lines, key=lambda line: line.booked_on)
    day = data.draw(st.sampled_from([line.booked_on for line in ordered]))
    whole, later = identities("1", ordered), [line for line in ordered if line.booked_on >= day]
    assert len(set(whole)) == len(whole)
    assert identities("1", later) == whole[len(ordered) - len(later) :]
    assert not set(whole) & set(identities("2", ordered))


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.just(b":20:x\n:60F:"))
def test_no_bytes_are_taken_for_money(content: bytes) -> None:
    for told_so in (content, b"<a>" + content):
        with pytest.raises(UnreadableStatement) as refused:
            formats.read_text(told_so)
        assert refused.value.message_in("id") != refused.value.message_in("en")


@given(STATEMENTS, st.data())
def test_a_file_that_was_cut_is_read_whole_or_refused(written: Statement, data: st.DataObject) -> None:
    for content in (as_mt940(written), as_camt053(written)):
        cut = content[: data.draw(st.integers(0, len(content) - 1))]
        try:
            (found,) = formats.read_text(cut)
        except UnreadableStatement:
            continue
        assert not found.checked or told(found) == told(written)


@given(st.lists(st.lists(st.none() | st.text(max_size=12), max_size=9), max_size=12))
def test_no_table_brings_the_reader_down(cells: list[list[str | None]]) -> None:
    header: list[tables.Row] = [
        (1, ["No. Rekening: 12345678"]),
        (2, ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"]),
    ]
    rows: list[tables.Row] = [*header, *((row, one) for row, one in enumerate(cells, start=3))]
    try:
        found = tables.read(rows)
    except UnreadableStatement as refused:
        assert refused.line is None or refused.line <= len(rows)
    else:
        assert found.lines


def test_a_document_with_its_own_definitions_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Document>&b;</Document>'
    with pytest.raises(UnreadableStatement) as refused:
        formats.read_text(bomb)
    assert (refused.value.reason, refused.value.line) == ("entities", 1)


def test_a_movement_in_parts_becomes_its_parts() -> None:
    entry = (
        '<Document xmlns="x"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>ID12</IBAN></Id></Acct>'
        '<Ntry><Amt Ccy="IDR">300</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2022-11-10</Dt></BookgDt>'
        "<AcctSvcrRef>A1</AcctSvcrRef><NtryDtls>"
        '<TxDtls><Amt Ccy="IDR">100</Amt><RmtInf><Ustrd>satu</Ustrd></RmtInf></TxDtls>'
        '<TxDtls><Amt Ccy="IDR">200</Amt><RmtInf><Ustrd>dua</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>'
        '<Ntry><Amt Ccy="IDR">9</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry>'
        "</Stmt></BkToCstmrStmt></Document>"
    )
    (found,) = formats.read_text(entry.encode())
    assert [(one.amount_rupiah, one.text, one.bank_id) for one in found.lines] == [
        (-100, "satu", "A1/1"),
        (-200, "dua", "A1/2"),
    ]


def test_a_table_whose_newest_row_stands_first() -> None:
    rows: list[tables.Row] = [
        (1, ["Rekening 00.123.456"]),
        (2, ["Tgl", "Uraian", "Mutasi", "D/K", "Saldo"]),
        (3, ["11 Nov 2022", "kedua", "50.000", "D", "40.000"]),
        (4, ["10/11/22", "pertama", "10.000,00 DB", None, "90.000"]),
        (5, [None, "Jumlah", "60.000", None, None]),
    ]
    found = tables.read(rows)
    assert [(one.booked_on, one.amount_rupiah) for one in found.lines] == [
        (date(2022, 11, 10), -10_000), (date(2022, 11, 11), -50_000),
    ]  # fmt: skip
    assert (found.account, found.checked) == ("00123456", True)
    assert (found.opening, found.closing) == (Decimal(100_000), Decimal(40_000))


@pytest.mark.parametrize(
    ("cells", "reason", "line"),
    [
        (["31/02/2022", "x", "1", "", ""], "no_date", 3),
        (["10/11/2022", "x", "1", "1", ""], "no_amount", 3),
        (["10/11/2022", "x", "", "", ""], "no_amount", 3),
        (["10/11/2022", "x", "satu", "", ""], "no_amount", 3),
    ],
)
def test_what_cannot_be_read_says_where(cells: list[str], reason: str, line: int) -> None:
    rows: list[tables.Row] = [(1, ["No. Rek: 12345678"]), (2, ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"])]
    with pytest.raises(UnreadableStatement) as refused:
        tables.read([*rows, (3, cells)])
    assert (refused.value.reason, refused.value.line) == (reason, line)
    assert refused.value.message_in("id").startswith("Baris 3: ")


def test_another_currency_is_refused() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        formats.read_text(b":20:A\n:25:1\n:60F:C221101USD1,00\n:62F:C221101USD1,00")
    assert (refused.value.reason, refused.value.line) == ("currency", 3)
