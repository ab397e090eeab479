"""Marks in free text: found by their digits and hidden, before the text is stored in clear or logged.

File and sheet names, names with a NIK beside them, remarks and messages of errors are free text. Amounts with
their thousands apart, dates and numbers of eight digits (an NPP) stay.
"""

import re

PATTERN = (
    r"\d{9,}"  # any long number
    r"|\d(?:[ .'\-]?\d){15,}"  # a NIK or KK, however it is broken up
    r"|(?:\+?62|0)[ .\-]?8(?:[ .\-]?\d){7,12}"  # a telephone
)
"""As both Python's and Polars' regular expressions read it."""
HIDDEN = "••••••••"
_MARKS = re.compile(PATTERN)


def hide_marks(text: str) -> str:
    """The text with every number that could be a NIK, KK, KPJ, NIP, account or telephone hidden."""
    return _MARKS.sub(HIDDEN, text)
