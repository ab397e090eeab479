"""How long a membership protects when contributions stop."""

from payung.rules.law.figures import BeforeTheLawError, Figure
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month


def grace_months(membership_class: str, month: Month) -> Figure:
    """How many whole months after the last paid one cover still holds, with its citation and doubt.

    PU: arrears up to three months leave the claim with BPJS; beyond, the employer pays first (PP 44/2015, LAW 3.2).
    BPU: three full unpaid months, then inactive (LAW 3.3). Raises NotKnownError for an unknown class and
    BeforeTheLawError before July 2015.
    """
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Masa tenggang dihitung mulai Juli 2015; bulan {month} ditolak.")
    return table("arrears").series(membership_class).at(month)
