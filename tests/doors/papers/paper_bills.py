"""Bills for the papers to print: synthetic heads and lines, made without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from payung.office.billing.models import AMOUNTS
from payung.office.billing.queries import BillHead, Line

PRINTED_ON = date(2022, 10, 25)
JKK_JKM = {"jkk": 4_420, "jkm": 5_524}
EVERYTHING = JKK_JKM | {"jht_employer": 68_135, "jht_worker": 36_830, "jp_employer": 36_830, "jp_worker": 18_415}


def line(number: int, name: str = "", amounts: dict[str, int] = JKK_JKM, **changes: Any) -> Line:
    """One line; of October 2022 unless told otherwise."""
    paid = dict.fromkeys(AMOUNTS, 0) | amounts
    made = Line(
        id=number,
        person_id=number,
        name=name or f"Orang Sintetis {number}",
        opd="Dinkes",
        for_month=date(2022, 10, 1),
        reason="regular",
        wage_rupiah=1_841_487,
        amounts=paid,
        total_rupiah=sum(paid.values()),
        posted=False,
    )
    return replace(made, **changes)


def head(lines: Sequence[Line], **changes: Any) -> BillHead:
    """The head that these lines add up to."""
    made = BillHead(
        id=1,
        number="32.73/2022-10/0001",
        unit="Dinas Kesehatan",
        unit_number="JJ012345",
        budget_line="Iuran JKK dan JKM non-ASN",
        fund="APBD Kota Bandung",
        membership_class="PU",
        month=date(2022, 10, 1),
        sequence=1,
        state="final",
        due_on=date(2022, 11, 15),
        heads=len({line.person_id for line in lines}),
        total_rupiah=sum(line.total_rupiah for line in lines),
        paid_rupiah=0,
        amounts={name: sum(line.amounts[name] for line in lines) for name in AMOUNTS},
    )
    return replace(made, **changes)


def adjusted() -> list[Line]:
    """Two regular lines and one of each adjustment, for September."""
    reduced = {name: -amount for name, amount in JKK_JKM.items()}
    september = date(2022, 9, 1)
    return [
        line(1),
        line(2),
        line(3, reason="late_entry", for_month=september),
        line(4, reason="wage_change", for_month=september, amounts={"jkk": 12}),
        line(5, reason="rate_change", for_month=september, amounts={"jkk": -7}),
        line(6, reason="ended", for_month=september, amounts=reduced),
    ]
