"""The ledger's accounts that billing posts to, and a bill's amounts by programme."""

from collections.abc import Mapping
from typing import Any

from payung.office.ledger.actions import AccountName

CASH = AccountName("kas:daerah", "Kas daerah")
PROGRAMME_OF = {
    "jkk": "JKK", "jkm": "JKM", "jht_employer": "JHT", "jht_worker": "JHT", "jp_employer": "JP", "jp_worker": "JP",
}  # fmt: skip


def expense(fund_kind: str) -> AccountName:
    """The expense account of a fund's kind."""
    return AccountName(f"beban:iuran:{fund_kind}", f"Beban iuran Jamsostek, {fund_kind}")


def payable(programme: str) -> AccountName:
    """What is owed to BPJS for a programme."""
    return AccountName(f"utang:bpjs:{programme}", f"Utang iuran {programme}")


def by_programme(amounts: Mapping[str, Any]) -> dict[str, int]:
    """Rupiah per programme, both shares together."""
    result: dict[str, int] = {}
    for column, programme in PROGRAMME_OF.items():
        result[programme] = result.get(programme, 0) + int(amounts[column] or 0)
    return {programme: amount for programme, amount in result.items() if amount}
