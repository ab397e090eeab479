"""`payung ledger`: verified, balanced, and added up again by a program that is not ours."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from payung.doors.cli import ledger
from payung.doors.papers.beancount import UnknownKind, account
from payung.office.ledger.actions import AccountName, NewJournal, close, post, reverse
from payung.office.places.actions import found_government
from payung.office.places.models import Government
from payung.office.places.scope import whole_government

AT = datetime(2026, 6, 1, 3, tzinfo=UTC)
CASH, OWED, SPENT = (
    AccountName("kas:daerah", "Kas daerah"),
    AccountName("utang:bpjs:JKK", "Utang iuran JKK"),
    AccountName("beban:iuran:APBD", 'Beban iuran, "APBD"'),
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def office(db: None) -> Government:
    """A bill, its payment, a second payment by mistake and its reversal; May is closed."""
    government = found_government(code="32.73", name="Kota Bandung", by=None, at=AT)
    with whole_government(government):
        events = [
            NewJournal("bill:1", date(2026, 5, 1), 'Tagihan "32.73/2026-05/0001"', {SPENT: 9_944, OWED: -9_944}),
            NewJournal("payment:1", date(2026, 5, 10), "Pembayaran", {OWED: 9_944, CASH: -9_944}),
            NewJournal("payment:2", date(2026, 5, 11), "Pembayaran", {OWED: 100, CASH: -100}),
        ]
        post(government_id=government.pk, journals=events, at=AT)
        undone = date(2026, 5, 12)
        reverse(government_id=government.pk, of_key="payment:2", key="undo:2", booked_on=undone, memo="Salah", at=AT)
        close(government_id=government.pk, through=date(2026, 5, 31), at=AT)
    return government


def test_verify_tells_head_and_break(office: Government, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger._verify({}) == 0
    assert "Kota Bandung: 4 jurnal, utuh" in capsys.readouterr().out
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"], autocommit=True) as owner:
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        owner.execute("UPDATE ledger_entry SET amount_rupiah = 2 * amount_rupiah")
        owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    assert ledger._verify({}) == 1
    assert "putus di posisi 1 (bill:1): jurnalnya diubah" in capsys.readouterr().out


def test_the_trial_balance_sums_to_zero(office: Government, capsys: pytest.CaptureFixture[str]) -> None:
    with whole_government(office):
        assert ledger._balance(office, None) == 0
    said = capsys.readouterr().out
    assert "Rp9.944" in said and said.splitlines()[-1].split() == ["jumlah", "Rp0"]


def test_bean_check_accepts_the_exported_book(office: Government, tmp_path: Path) -> None:
    out = tmp_path / "buku.beancount"
    with whole_government(office):
        assert ledger._export(office, out) == 0
    checked = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", out], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    spoilt = out.read_text("utf-8").replace("  9944 IDR", "  9945 IDR", 1)
    assert spoilt != out.read_text("utf-8")
    out.write_text(spoilt, "utf-8")
    refused = subprocess.run([sys.executable, "-m", "beancount.scripts.check", out], capture_output=True, check=False)
    assert refused.returncode == 1, "it would have noticed"


def test_an_account_of_no_kind_is_refused() -> None:
    assert account("utang:bpjs:JKK") == "Liabilities:Utang:Bpjs:JKK"
    with pytest.raises(UnknownKind):
        account("laci:meja")
