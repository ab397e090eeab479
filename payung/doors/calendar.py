"""Indonesia's public holidays, from the `holidays` library: the rules take them as an argument.

Joint leave (cuti bersama) is left out: whether BPJS counts it is doubtful (DECISIONS: known ground).
"""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def public_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of those years, both included."""
    return frozenset(holidays.country_holidays("ID", years=range(first_year, last_year + 1)))
