"""Who pays a claim when contributions are in arrears."""

from datetime import date
from enum import StrEnum

from payung.rules.law.answers import Answer, answer
from payung.rules.law.membership import grace_months
from payung.rules.months import Month


class Payer(StrEnum):
    """Who pays the benefit."""

    BPJS = "bpjs"
    EMPLOYER_FIRST = "employer_first"
    """the employer pays, and is reimbursed by BPJS after settling the arrears"""
    NOBODY = "nobody"
    """the membership is inactive"""


def who_pays(membership_class: str, unpaid_months: int, month: Month, *, known_on: date | None = None) -> Answer[Payer]:
    """Who pays for an event in `month` after so many full unpaid months.

    PU: BPJS up to three, beyond the employer first (LAW 3.2). BPU: nobody once three full months are unpaid (LAW 3.3).
    Raises NotKnownError for other classes and BeforeTheLawError before July 2015.
    """
    limit = grace_months(membership_class, month, known_on=known_on)
    if membership_class == "PU":
        payer = Payer.BPJS if unpaid_months <= int(limit.value) else Payer.EMPLOYER_FIRST
    else:
        payer = Payer.BPJS if unpaid_months < int(limit.value) else Payer.NOBODY
    return answer(payer, [limit])
