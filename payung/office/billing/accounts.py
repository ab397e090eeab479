"""The ledger's accounts that billing posts to, and a bill's amounts by programme."""

from collections.abc import Mapping
from typing import Any

from payung.office.ledger.actions import AccountName
from payung.office.places.models import PaymentUnit
from payung.rules.money import split_by_largest_remainder

CASH = AccountName("kas:daerah", "Kas daerah")
UNKNOWN_CASH = AccountName("kas:belum-dikenal", "Uang yang pembayarnya belum dikenal")
EMPLOYER_CASH = AccountName("kas:pemberi-kerja", "Uang pemberi kerja lain (bukan kas daerah)")
SELF_CASH = AccountName("kas:pekerja", "Uang pekerja yang membayar sendiri (bukan kas daerah)")
SELF_EXPENSE = AccountName("beban:iuran:self", "Iuran yang dibayar pekerja sendiri (bukan belanja daerah)")
SUSPENSE = AccountName("titipan:belum-dikenal", "Titipan: pembayaran yang belum dikenal")
PENALTY = "DENDA"
"""Stands among the programmes of a bill for what it asks on top of them."""
PROGRAMME_OF = {
    "jkk": "JKK", "jkm": "JKM", "jht_employer": "JHT", "jht_worker": "JHT", "jp_employer": "JP", "jp_worker": "JP",
}  # fmt: skip


def expense(fund_kind: str) -> AccountName:
    """The expense account of a fund's kind."""
    if fund_kind == "self":
        return SELF_EXPENSE
    return AccountName(f"beban:iuran:{fund_kind}", f"Beban iuran Jamsostek, {fund_kind}")


def penalty_expense(fund_kind: str) -> AccountName:
    """What lateness cost that fund, apart from its contributions."""
    return AccountName(f"beban:denda:{fund_kind}", f"Denda keterlambatan iuran, {fund_kind}")


def cash_of(unit: PaymentUnit | None) -> AccountName:
    """Out of whose money a unit pays; nobody's while the payer is not known."""
    if unit is None:
        return UNKNOWN_CASH
    return SELF_CASH if unit.kind == PaymentUnit.SELF else CASH


def purse(fund_kind: str) -> AccountName:
    """Whose money pays a bill of this kind of fund."""
    return {"self": SELF_CASH, "employer": EMPLOYER_CASH}.get(fund_kind, CASH)


def moved(came_from: AccountName, is_of: AccountName, rupiah: int) -> dict[AccountName, int]:
    """Money that turned out to be another's: the entries beside those of what it settles, none when it was not."""
    return {} if came_from == is_of else {came_from: rupiah, is_of: -rupiah}


def payable(programme: str) -> AccountName:
    """What is owed to BPJS for a programme, or as penalty."""
    if programme == PENALTY:
        return AccountName("utang:bpjs:DENDA", "Utang denda keterlambatan iuran")
    return AccountName(f"utang:bpjs:{programme}", f"Utang iuran {programme}")


def by_programme(amounts: Mapping[str, Any]) -> dict[str, int]:
    """Rupiah per programme, both shares together."""
    result: dict[str, int] = {}
    for column, programme in PROGRAMME_OF.items():
        result[programme] = result.get(programme, 0) + int(amounts[column] or 0)
    return {programme: amount for programme, amount in result.items() if amount}


def held_for(unit_number: str | None) -> AccountName:
    """Where money stands that came and settles nothing yet: the payer's credit, or suspense while nobody knows."""
    if unit_number is None:
        return SUSPENSE
    return AccountName(f"piutang:bpjs:{unit_number}", f"Kelebihan bayar iuran {unit_number}")


def settled(owed: Mapping[str, int], *, before_rupiah: int, after_rupiah: int) -> dict[AccountName, int]:
    """What a bill's payables take when what was paid goes from one sum to another (debit positive).

    Programmes are settled in proportion; parts of many payments add up to the whole bill.
    """
    before, after = (split_by_largest_remainder(paid, list(owed.values())) for paid in (before_rupiah, after_rupiah))
    return {payable(programme): now - then for programme, now, then in zip(owed, after, before, strict=True)}
