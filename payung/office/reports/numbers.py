"""The five numbers: budgeted, decreed, registered, active, posted; each opens to exactly what it counts.

The sets are not nested. Between two of them stand those whom the second loses and those whom it gains, each with one
reason, and in rupiah also what differs for those who stand in both. A number is a sum over tallies and its list the
heads of the same tallies: `Cell` is the one question behind both. Asked in the scope of the user.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from payung.office import bulk
from payung.office.enrolment.programmes import ORDER
from payung.office.reports.coverage_cells import cells
from payung.office.reports.niks import opened
from payung.rules.months import Month

NUMBERS = ("decreed", "registered", "active", "posted")
"""Those that open to people; *budgeted* opens to budget lines (see `budgets`)."""
LOST, GAINED, BOTH = "lost", "gained", "both"
BY = {
    "opd": "t.opd_id",
    "kecamatan": "t.kecamatan_code",
    "desa": "t.desa_code",
    "segment": "t.segment",
    "fund": "k.fund_id",
}
"""By what the numbers are split -> the column that says so."""
KNOWN = {**BY, "decree": "t.decree_id", "agreement": "t.agreement_id"}
"""What may be known of a head -> the column that says so."""
AMOUNT_DIFFERS = "amount_differs"


@dataclass(frozen=True)
class Wanted:
    """Which part is asked for: months, and what is empty is not asked. `fund` is an id, `programme` a name; `nowhere`
    names of KNOWN: those of whom these are not known. `decree` and `agreement` are ids of the paper behind them, `line`
    that of the budget line which pays."""

    first: Month
    last: Month
    opd: int | None = None
    fund: int | None = None
    kecamatan: str = ""
    desa: str = ""
    segment: str = ""
    programme: str = ""
    decree: int | None = None
    agreement: int | None = None
    line: int | None = None
    nowhere: tuple[str, ...] = ()

    @property
    def of_people(self) -> bool:
        """Whether only some people are asked for: budget lines are not split by them."""
        papers = self.decree or self.agreement or self.line or self.nowhere
        return bool(self.kecamatan or self.desa or self.segment or self.programme or papers)


@dataclass(frozen=True)
class Cell:
    """One number (`side` empty), or one side of its difference to the number before it, by one reason or all."""

    number: str
    side: str = ""
    reason: str = ""

    def holds(self) -> pl.Expr:
        """Which tallies are meant."""
        if not self.side:
            return pl.col(self.number)
        before, after = pl.col(NUMBERS[NUMBERS.index(self.number) - 1]), pl.col(self.number)
        if self.side == BOTH:
            return before & after
        side = before & ~after if self.side == LOST else ~before & after
        return side & (pl.col(f"why_{self.number}") == self.reason) if self.reason else side


@dataclass(frozen=True)
class Difference:
    """What one reason takes from a number (negative) or brings to it: heads (over several months, head-months),
    rupiah."""

    side: str
    reason: str
    heads: int
    rupiah: int


@dataclass(frozen=True)
class Rung:
    """One number: the one before it and every difference add up to it, in heads and in rupiah."""

    number: str
    heads: int
    rupiah: int
    differences: Sequence[Difference]


_DUE = {"": "t.due_jkk + t.due_jkm + t.due_jht + t.due_jp", **{name: f"t.due_{name.lower()}" for name in ORDER}}
_POSTED = {
    "": "t.posted_jkk + t.posted_jkm + t.posted_jht + t.posted_jp",
    **{name: f"t.posted_{name.lower()}" for name in ORDER},
}
_FROM = """
    FROM reports_tally t LEFT JOIN agreements_budgetline k ON k.id = t.budget_line_id
    WHERE t.government_id = %(government)s AND t.month BETWEEN %(first)s AND %(last)s
      AND (%(opd)s::bigint IS NULL OR t.opd_id = %(opd)s) AND (%(fund)s::bigint IS NULL OR k.fund_id = %(fund)s)
      AND (%(kecamatan)s = '' OR t.kecamatan_code = %(kecamatan)s) AND (%(desa)s = '' OR t.desa_code = %(desa)s)
      AND (%(segment)s = '' OR t.segment = %(segment)s)
      AND (%(decree)s::bigint IS NULL OR t.decree_id = %(decree)s)
      AND (%(agreement)s::bigint IS NULL OR t.agreement_id = %(agreement)s)
      AND (%(line)s::bigint IS NULL OR t.budget_line_id = %(line)s)
      AND (%(bit)s = 0 OR t.programmes & %(bit)s > 0)
"""
_STANDING = ("decreed", "registered", "active", "posted", "why_registered", "why_active", "why_posted")
TALLIES = {
    **{name: pl.String if name.startswith("why") else pl.Boolean for name in _STANDING},
    **dict.fromkeys(("heads", "due", "posted_rupiah", "billed", "paid"), pl.Int64),
}


def _from(wanted: Wanted) -> str:
    """The tallies that are asked for. Raises KeyError for a `nowhere` that is not in KNOWN."""
    return _FROM + "".join(f" AND {KNOWN[name]} IS NULL" for name in wanted.nowhere)


def _asked(government_id: int, wanted: Wanted) -> dict[str, object]:
    return {
        "government": government_id, "first": wanted.first.first_day, "last": wanted.last.first_day,
        "opd": wanted.opd, "fund": wanted.fund, "kecamatan": wanted.kecamatan, "desa": wanted.desa,
        "segment": wanted.segment, "decree": wanted.decree, "agreement": wanted.agreement,
        "line": wanted.line,
        "bit": 1 << ORDER.index(wanted.programme) if wanted.programme else 0,
    }  # fmt: skip


def tallies(government_id: int, wanted: Wanted, *, split: str = "") -> pl.DataFrame:
    """The part's tallies summed by standing (TALLIES), with `split` also by one of BY (column `part`, as text)."""
    part = f"{BY[split]}::text, " if split else ""
    flags = ", ".join(f"t.{name}" for name in _STANDING)
    places = ", ".join(str(at) for at in range(1, len(_STANDING) + 1 + bool(split)))
    query = (
        f"SELECT {part}{flags}, sum(t.heads)::bigint, sum({_DUE[wanted.programme]})::bigint,"
        f" sum({_POSTED[wanted.programme]})::bigint, sum(t.billed_rupiah)::bigint, sum(t.paid_rupiah)::bigint"
        f"{_from(wanted)} GROUP BY {places}"
    )
    return bulk.read(query, _asked(government_id, wanted), schema={"part": pl.String, **TALLIES} if split else TALLIES)


def ladder(found: pl.DataFrame) -> list[Rung]:
    """The four numbers that open to people, from the frame of `tallies`; asserts that they add up."""
    made: list[Rung] = []
    for at, number in enumerate(NUMBERS):
        own = found.filter(Cell(number).holds())
        heads, rupiah = int(own["heads"].sum()), int(own[_amount(number)].sum())
        differences = _differences(found, number) if at else []
        if at:
            before = made[-1]
            assert before.heads + sum(one.heads for one in differences) == heads, number
            assert before.rupiah + sum(one.rupiah for one in differences) == rupiah, number
        made.append(Rung(number, heads, rupiah, tuple(differences)))
    return made


def people_active(government_id: int, month: Month) -> int:
    """The persons behind the active heads of a month: whom two budget lines pay is two heads, and one person."""
    return int(cells(government_id, "all", month, month)["heads"].sum())


def _amount(number: str) -> str:
    return "posted_rupiah" if number == "posted" else "due"


def _differences(found: pl.DataFrame, number: str) -> list[Difference]:
    before = NUMBERS[NUMBERS.index(number) - 1]
    made = []
    for side, sign, amount in ((LOST, -1, _amount(before)), (GAINED, 1, _amount(number))):
        reasons = (
            found.filter(Cell(number, side).holds())
            .group_by(pl.col(f"why_{number}").alias("reason"))
            .agg(pl.col("heads").sum(), pl.col(amount).sum().alias("rupiah"))
            .sort(["heads", "reason"], descending=[True, False])
        )
        made += [Difference(side, reason, sign * heads, sign * rupiah) for reason, heads, rupiah in reasons.iter_rows()]
    both = found.filter(Cell(number, BOTH).holds())
    changed = int(both[_amount(number)].sum()) - int(both[_amount(before)].sum())
    return [*made, Difference(BOTH, AMOUNT_DIFFERS, 0, changed)] if changed else made


@dataclass(frozen=True)
class Part:
    """The numbers of one OPD, kecamatan, desa, segment, fund or programme; `key` None where it is not known."""

    key: str | None
    heads: dict[str, int]
    rupiah: dict[str, int]


def parts(government_id: int, wanted: Wanted, by: str) -> list[Part]:
    """The numbers split by one of BY, or by `programme`: a head in two programmes stands in both then."""
    if by == "programme":
        return [
            _part(name, tallies(government_id, replace(wanted, programme=name)))
            for name in ORDER
            if wanted.programme in ("", name)
        ]
    found = tallies(government_id, wanted, split=by)
    return [
        _part(key[0], group) for key, group in sorted(found.group_by("part"), key=lambda one: str(one[0][0] or "~"))
    ]


def _part(key: object, found: pl.DataFrame) -> Part:
    own = {number: found.filter(Cell(number).holds()) for number in NUMBERS}
    return Part(
        key=None if key is None else str(key),
        heads={number: int(frame["heads"].sum()) for number, frame in own.items()},
        rupiah={number: int(frame[_amount(number)].sum()) for number, frame in own.items()},
    )


@dataclass(frozen=True)
class Behind:
    """One head behind a number. The NIK is in clear: mask it before a screen. `person_id` None: not known who."""

    id: int
    month: Month
    person_id: int | None
    name: str
    nik: str | None
    opd: str
    kecamatan_code: str | None
    desa_code: str | None
    rupiah: int
    reason: str


_BEHIND = {
    "id": pl.Int64, "tally_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "nik": pl.String,
    "opd": pl.String, "rupiah": pl.Int64,
}  # fmt: skip
_HEADS = """
    SELECT h.id, h.tally_id, h.person_id, coalesce(p.name, r.name), coalesce(p.nik_sealed, r.nik_sealed), o.short_name,
           {amount}
    FROM reports_head h JOIN reports_tally t ON t.id = h.tally_id
    LEFT JOIN registry_person p ON p.id = h.person_id LEFT JOIN files_row r ON r.id = h.row_id
    LEFT JOIN places_opd o ON o.id = t.opd_id
    WHERE h.tally_id = ANY(%(tallies)s) AND h.id > %(after)s ORDER BY h.tally_id, h.id LIMIT %(limit)s
"""
_CHOSEN = {
    "id": pl.Int64, "month": pl.Date, "kecamatan_code": pl.String, "desa_code": pl.String,
    **{name: kind for name, kind in TALLIES.items() if name in _STANDING}, "heads": pl.Int64,
}  # fmt: skip


def behind(
    government_id: int, wanted: Wanted, cell: Cell, *, after: int = 0, limit: int | None = None
) -> tuple[int, list[Behind]]:
    """How many heads a cell counts, and those after one of them, in their order."""
    flags = ", ".join(f"t.{name}" for name in _STANDING)
    query = f"SELECT t.id, t.month, t.kecamatan_code, t.desa_code, {flags}, t.heads{_from(wanted)}"
    chosen = bulk.read(query, _asked(government_id, wanted), schema=_CHOSEN).filter(cell.holds())
    amount = "h.posted_rupiah" if cell.number == "posted" and cell.side != LOST else "h.due_rupiah"
    found = bulk.read(
        _HEADS.format(amount=amount),
        {"tallies": chosen["id"].sort().to_list(), "after": after, "limit": limit},
        schema=_BEHIND,
    )
    why = chosen.select(
        pl.col("id").alias("tally_id"), "month", "kecamatan_code", "desa_code",
        (pl.col(f"why_{cell.number}") if cell.side in (LOST, GAINED) else pl.lit("")).alias("reason"),
    )  # fmt: skip
    joined = opened(found).join(why, on="tally_id", maintain_order="left")
    return int(chosen["heads"].sum()), [_behind(row) for row in joined.iter_rows(named=True)]


def _behind(row: dict[str, object]) -> Behind:
    told = {name: value for name, value in row.items() if name != "tally_id"}
    return Behind(**{**told, "month": Month.of(told["month"]), "name": told["name"] or ""})  # type: ignore[arg-type]  # the row has the fields of Behind, by name
