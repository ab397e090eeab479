"""From a journal to the page of what it books."""

from collections.abc import Iterable

from django.urls import reverse

from payung.office.billing.models import Payment
from payung.office.billing.receipt_models import Holding, Refund
from payung.office.claims.models import Answer, Assessment, Payout

_OF_A_RECEIPT = {"payment": Payment, "holding": Holding, "refund": Refund}
_OF_A_CLAIM = {"klaim": Assessment, "klaim:jawaban": Answer, "klaim:bayar": Payout}


def addresses(keys: Iterable[str]) -> dict[str, str]:
    """Key of a journal -> the address of the bill, payment, statement, account of savings or claim that it books."""
    told = {key: _kind_and_id(key) for key in keys}
    receipts = {
        (kind, pk): receipt_id
        for kind, model in _OF_A_RECEIPT.items()
        for pk, receipt_id in model._default_manager.filter(pk__in=_of_kind(told, kind)).values_list("pk", "receipt_id")
    }
    cases = {
        (kind, pk): case_id
        for kind, model in _OF_A_CLAIM.items()
        for pk, case_id in model._default_manager.filter(pk__in=_of_kind(told, kind)).values_list(
            "pk", "benefit__case_id"
        )
    }
    found = {}
    for key, one in told.items():
        kind, pk = one
        if kind in ("bill", "credit"):
            found[key] = reverse("bill", args=[pk])
        elif kind == "receipt" or one in receipts:
            found[key] = reverse("receipt", args=[receipts.get(one, pk)])
        elif kind == "statement":
            found[key] = f"{reverse('receipts')}?jenis=all&rekening={pk}"
        elif one in cases:
            found[key] = reverse("claim", args=[cases[one]])
        elif kind == "jht":
            found[key] = reverse("savings")
    return found


def _kind_and_id(key: str) -> tuple[str, int]:
    """`void:bill:7` is about bill 7, `statement:3:2022-11-10` about statement 3."""
    words = key.removeprefix("void:").split(":")
    place = next((place for place, word in enumerate(words) if word.isdecimal()), None)
    return (":".join(words[:place]), int(words[place])) if place is not None else (key, 0)


def _of_kind(told: dict[str, tuple[str, int]], kind: str) -> list[int]:
    return [pk for of, pk in told.values() if of == kind]
