"""Reading and matching 100,000 payments of one MT940 file, without the database: `python -m bench.payments`.

Writing what was matched (receipts, lines, journals) is not measured here.
"""

import time
from datetime import date
from decimal import Decimal

import polars as pl

from payung.doors.world.bank_formats import as_mt940
from payung.rules.statements import formats, matching
from payung.rules.statements.lines import Line, identities, statement

LINES = 100_000


def main() -> None:
    """Print the seconds of each step."""
    lines = [
        Line(number, date(2022, 11, 10), Decimal(-10_000 - number), "BPJS", "", f"iuran {number:011d}", f"TRX{number}")
        for number in range(LINES)
    ]
    content = as_mt940(statement("0012345678", lines))
    bills = pl.DataFrame({"target": range(LINES), "outstanding": [10_000 + number for number in range(LINES)]})
    keys = pl.DataFrame({"target": range(LINES), "key": [f"{number:011d}" for number in range(LINES)]})
    started = time.perf_counter()
    (told,) = formats.read_text(content)
    known = identities(told.account, told.lines)
    read = time.perf_counter()
    payments = pl.DataFrame(
        {
            "id": range(LINES),
            "words": [line.text for line in told.lines],
            "amount": [-line.amount_rupiah for line in told.lines],
        }
    )
    sure = matching.certain(payments, bills, keys)
    print(f"read {len(set(known))} lines: {read - started:.1f} s")
    print(f"matched {sure.height}: {time.perf_counter() - read:.1f} s")


if __name__ == "__main__":
    main()
