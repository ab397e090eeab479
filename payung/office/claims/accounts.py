"""The ledger's accounts of claims: what families should receive and did are memorandum; the office's own money moves
only where the employer is liable.
"""

from datetime import date

from payung.office.billing.accounts import CASH
from payung.office.claims.catalogue import kinds
from payung.office.claims.models import Answer, Assessment, Benefit, Payout
from payung.office.ledger.actions import AccountName, NewJournal

RECEIVED = AccountName("memo:klaim:diterima", "Manfaat diterima keluarga dari BPJS (memorandum)")
EXPLAINED = AccountName("memo:klaim:selisih", "Selisih manfaat yang dijelaskan atau disengketakan (memorandum)")
ADVANCED = AccountName("piutang:bpjs:klaim", "Manfaat yang didahulukan pemberi kerja, ditagih ke BPJS")
LIABILITY = AccountName("beban:klaim:pemberi-kerja", "Manfaat yang menjadi kewajiban pemberi kerja")


def expected(programme: str) -> AccountName:
    """What BPJS should pay to families."""
    return AccountName(
        f"memo:klaim:seharusnya:{programme}", f"Manfaat {programme} yang seharusnya dibayar (memorandum)"
    )


def owed(programme: str) -> AccountName:
    """What families have a right to."""
    return AccountName(f"memo:klaim:hak:{programme}", f"Hak keluarga atas manfaat {programme} (memorandum)")


def expectation(made: Assessment, on: date) -> NewJournal:
    """An approved claim: expected from BPJS, owed to the family."""
    programme = kinds()[made.benefit.kind].programme
    return NewJournal(
        key=f"klaim:{made.pk}",
        booked_on=on,
        memo=f"Klaim {made.benefit.case.reference} disetujui",
        entries={expected(programme): made.expected_rupiah, owed(programme): -made.expected_rupiah},
    )


def difference(said: Answer, before_rupiah: int) -> NewJournal | None:
    """What BPJS grants differs from what was expected (or granted before): the expectation follows."""
    programme = kinds()[said.benefit.kind].programme
    less = before_rupiah - said.amount_rupiah
    if not less:
        return None
    return NewJournal(
        key=f"klaim:jawaban:{said.pk}",
        booked_on=said.answered_on,
        memo=f"Jawaban BPJS atas klaim {said.benefit.case.reference}",
        entries={EXPLAINED: less, expected(programme): -less},
    )


def moved(paid: Payout, payer: str, benefit: Benefit) -> NewJournal:
    """Money that moved: memorandum when BPJS pays the family; cash when the employer pays, or is reimbursed."""
    if paid.paid_by == Payout.BPJS:
        entries = {RECEIVED: paid.amount_rupiah, expected(kinds()[benefit.kind].programme): -paid.amount_rupiah}
    elif paid.paid_by == Payout.EMPLOYER:
        account = LIABILITY if payer == "employer" else ADVANCED
        entries = {account: paid.amount_rupiah, CASH: -paid.amount_rupiah}
    else:
        entries = {CASH: paid.amount_rupiah, ADVANCED: -paid.amount_rupiah}
    return NewJournal(
        key=f"klaim:bayar:{paid.pk}", booked_on=paid.paid_on, memo=f"Manfaat klaim {benefit.case.reference}",
        entries=entries,
    )  # fmt: skip
