"""The ledger's accounts that billing posts to, and a bill's amounts by programme."""

from collections.abc import Mapping
from typing import Any

from payung.office.ledger.actions import AccountName
from payung.office.places.models import PaymentUnit
from payung.rules.money import split_by_largest_remainder

CASH = AccountName("kas:daerah", "Kas daerah")
SELF_CASH = AccountName("kas:pekerja", "Uang pekerja yang membayar sendiri (bukan kas daerah)")
SELF_EXPENSE = AccountName("beban:iuran:self", "Iuran yang dibayar pekerja sendiri (bukan belanja daerah)")
SUSPENSE = AccountName("titipan:belum-dikenal", "Titipan: pembayaran yang belum dikenal")
PROGRAMME_OF = {
    "jkk": "JKK", "jkm": "JKM", "jht_employer": "JHT", "jht_worker": "JHT", "jp_employer": "JP", "jp_worker": "JP",
}  # fmt: skip


def expense(fund_kind: str) -> AccountName:
    """The expense account of a fund's kind."""
    if fund_kind == "self":
        return SELF_EXPENSE
    return AccountName(f"beban:iuran:{fund_kind}", f"Beban iuran Jamsostek, {fund_kind}")


def cash_of(unit: PaymentUnit | None) -> AccountName:
    """Out of whose money a unit pays."""
    return SELF_CASH if unit is not None and unit.kind == PaymentUnit.SELF else CASH


def payable(programme: str) -> AccountName:
    """What is owed to BPJS for a programme."""
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
