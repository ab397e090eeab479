"""Who told of a case, and what: sealed together, because it is about people and in their own words."""

import json
from dataclasses import asdict, dataclass

from payung.office.access.marks import unseal
from payung.office.claims.models import Case


@dataclass(frozen=True)
class Told:
    """In clear: mask it before a screen. `bond` is what the reporter is to the person."""

    reporter: str = ""
    bond: str = ""
    phone: str = ""
    chronology: str = ""


def as_text(told: Told) -> str:
    """As it is sealed."""
    return json.dumps(asdict(told))


def told_of(case: Case) -> Told:
    """What was told; nothing after an erasure."""
    text = unseal(case.told_sealed, kind="claim")
    return Told(**json.loads(text)) if text else Told()
