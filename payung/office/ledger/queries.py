"""Questions to the ledger."""

from django.db.models import Sum

from payung.office.ledger.models import Entry


def balance(*, government_id: int, code_prefix: str) -> int:
    """Rupiah standing on the accounts whose code starts so: debit positive."""
    total = Entry.objects.filter(account__government=government_id, account__code__startswith=code_prefix).aggregate(
        total=Sum("amount_rupiah")
    )["total"]
    return int(total or 0)


def trial_balance(*, government_id: int) -> dict[str, int]:
    """Account code -> balance; the balances sum to zero."""
    rows = (
        Entry.objects.filter(account__government=government_id)
        .values_list("account__code")
        .annotate(total=Sum("amount_rupiah"))
        .order_by("account__code")
    )
    return {code: int(total) for code, total in rows}
