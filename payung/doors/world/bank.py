"""The bank of a synthetic world: a month's statement of the account that pays, with trouble planted, and its truth.

Kinds of payment: `exact` (names the code, pays what is asked), `no_code` (as much as asked, names nothing), `sum` (one
transfer for two bills, both named), `short` (names the code, pays too little), `double` (an exact one, paid twice),
`foreign` (not ours at all). Money that comes in is no payment.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from payung.doors.world.bank_formats import FORMATS
from payung.doors.world.chance import Dice
from payung.rules.months import Month, short_month
from payung.rules.statements.lines import Line, Statement, statement

ACCOUNT = "9900012345678"
OPENING = Decimal(50_000_000_000)
TROUBLES = ("no_code", "sum", "short", "double")
ONE_TROUBLE_IN = 8
"""Of so many bills one is paid with trouble, the kinds in turn."""
PAID_FROM, PAID_UNTIL = 2, 14
"""Days of the following month on which payments are booked."""
FOREIGN = ("Biaya listrik gedung", "Honor narasumber", "Belanja ATK")
PAYEE = "BPJS KETENAGAKERJAAN"
WRITTEN = ("csv", "sta", "xml")
"""Formats that are the same bytes each time."""
TRUTH_FILE = "rekening-kebenaran.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one payment unit is asked to pay: its number (NPP or group), its name, the *kode iuran*, rupiah."""

    unit: str
    name: str
    code: str
    rupiah: int


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment as it truly is: its mark at the bank, the kind, the units it is for, rupiah."""

    bank_id: str
    kind: str
    units: tuple[str, ...]
    rupiah: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """The statement as the bank tells it, and what is true of its payments."""

    told: Statement
    truth: tuple[Paid, ...]


def code_of(unit: str, month: Month, *, seed: int) -> str:
    """The *kode iuran* of a unit's month: eleven digits, from 99 on as no real one is known to be."""
    return f"99{Dice(seed, f'{unit}/{month} kode').below(10**9):09d}"


def simulate(asked: Sequence[Asked], month: Month, *, seed: int) -> Simulated:
    """A month's payments in the order of their days. The same seed and bills give the same statement."""
    dice = Dice(seed, f"{month} bank")
    payments = _payments(dice.shuffled(asked), dice)
    payments += [Paid("", "foreign", (), 50_000 + 1_000 * dice.below(900)) for _ in FOREIGN]
    named = {one.unit: one for one in asked}
    following = month.shift(1)
    days = sorted(PAID_FROM + dice.below(PAID_UNTIL - PAID_FROM) for _ in payments)
    lines, truth, foreign = [], [], iter(FOREIGN)
    for number, (day, paid) in enumerate(zip(days, payments, strict=True), start=1):
        bank_id = f"SINTETIS{following.index}{number:05d}"
        booked_on = date(following.year, following.month, day)
        text = next(foreign) if paid.kind == "foreign" else _text(paid, named, month)
        payee = "CV Sintetis Jaya" if paid.kind == "foreign" else PAYEE
        lines.append(Line(number, booked_on, Decimal(-paid.rupiah), payee, "", text, bank_id))
        truth.append(Paid(bank_id, paid.kind, paid.units, paid.rupiah))
    income = Line(len(lines) + 1, date(following.year, following.month, PAID_UNTIL), Decimal(1_000_000_000),
                  "KAS NEGARA", "", "Penyaluran DAU", f"SINTETIS{following.index}99999")  # fmt: skip
    lines.append(income)
    closing = OPENING + sum((line.amount for line in lines), Decimal(0))
    return Simulated(statement(ACCOUNT, lines, opening=OPENING, closing=closing), tuple(truth))


def _payments(asked: Sequence[Asked], dice: Dice) -> list[Paid]:
    """How each bill is paid; one in ONE_TROUBLE_IN with trouble, and with few bills each kind as long as they last."""
    troubled = max(len(asked) // ONE_TROUBLE_IN, min(len(TROUBLES), len(asked) - 1))
    paid, rest = [], list(asked)
    for turn in range(troubled):
        kind = TROUBLES[turn % len(TROUBLES)]
        if len(rest) < (2 if kind == "sum" else 1):
            break
        one = rest.pop()
        if kind == "sum":
            other = rest.pop()
            paid.append(Paid("", kind, (one.unit, other.unit), one.rupiah + other.rupiah))
        elif kind == "short":
            paid.append(Paid("", kind, (one.unit,), one.rupiah - max(1, one.rupiah * (5 + dice.below(30)) // 100)))
        else:
            paid += [Paid("", kind, (one.unit,), one.rupiah)] * (2 if kind == "double" else 1)
    return dice.shuffled([*paid, *(Paid("", "exact", (one.unit,), one.rupiah) for one in rest)])


def _text(paid: Paid, named: dict[str, Asked], month: Month) -> str:
    """What the treasurer wrote: the codes; where the code is missing nothing that names a bill."""
    if paid.kind == "no_code":
        return f"Pembayaran iuran Jamsostek {short_month(month)}"
    codes = " dan ".join(named[unit].code for unit in paid.units)
    return f"Iuran Jamsostek {short_month(month)} kode {codes}"


def write_statement(asked_of: pl.DataFrame, folder: Path, month: Month, *, seed: int) -> list[Path]:
    """Writes `rekening-YYYY-MM` as CSV, MT940 and camt.053, and the truth beside them; answers the paths.

    `asked_of` has one row a person: npp, office (its name) and total, as the posting has them.
    """
    sums = asked_of.group_by("npp", "office", maintain_order=True).agg(pl.col("total").sum())
    asked = [Asked(npp, name, code_of(npp, month, seed=seed), total) for npp, name, total in sums.iter_rows()]
    made = simulate(asked, month, seed=seed)
    paths = []
    for ending in WRITTEN:
        paths.append(folder / f"rekening-{month}.{ending}")
        paths[-1].write_bytes(FORMATS[ending](made.told))
    truth = {
        "keterangan": "Data sintetis. Rekening yang membayar; uang masuk bukan pembayaran iuran.",
        "rekening": ACCOUNT,
        "tagihan": [asdict(one) for one in asked],
        "pembayaran": [asdict(one) for one in made.truth],
    }
    path = folder / TRUTH_FILE
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*paths, path]
