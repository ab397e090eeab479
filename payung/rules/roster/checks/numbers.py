"""KK, KPJ, NIP and the days of work and membership: taken when they can be read, else said, never in the way of
enrolment.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from payung.rules.identity import membership_numbers
from payung.rules.roster.apart.frames import DATE, MOMENT, NUMBER
from payung.rules.roster.checks.days import certain_day, certain_month
from payung.rules.roster.checks.precision import lost_digits
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings, params_of

_READERS: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "kk": (rf"^[0-9]{{{membership_numbers.KK_LENGTH}}}$", membership_numbers.kk),
    "kpj": (rf"^[0-9]{{{membership_numbers.KPJ_LENGTH}}}$", membership_numbers.kpj),
    "nip": (rf"^[0-9]{{{membership_numbers.NIP_LENGTH}}}$", membership_numbers.nip),
}


def check_numbers(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Gives `kk`, `kpj`, `nip`: their digits, or null with a warning. Words such as "belum ada" count as
    empty.
    """
    columns = [_numbers(people, name, pattern, read, findings) for name, (pattern, read) in _READERS.items()]
    return people.with_columns(columns)


def _numbers(
    people: pl.DataFrame, name: str, pattern: str, read: Callable[[str], str | None], findings: Findings
) -> pl.Series:
    text = people[name]
    if text.null_count() == people.height:
        return text
    plain = text.str.contains(pattern).fill_null(value=False) & ~text.str.ends_with("0000").fill_null(value=False)
    if name == "nip":
        plain &= (people["nip_kind"] != NUMBER).fill_null(value=False)

    def digits(value: str, kind: int) -> dict[str, Any]:
        exact = not (name == "nip" and kind == NUMBER)
        return {"digits": read(value) if exact else None, "spoken": any(map(str.isdigit, value.strip("0 ")))}

    odd = read_once(people, name, text.is_not_null() & ~plain, digits, {"digits": pl.String, "spoken": pl.Boolean})
    found = spread(people, odd, "digits", people.select(pl.when(plain).then(pl.col(name))).to_series())
    lost = lost_digits(people, name, found) if name == "kk" else pl.repeat(value=False, n=people.height, eager=True)
    unreadable = odd.filter(pl.col("digits").is_null() & pl.col("spoken")).select("person", value="text")
    findings.add(f"{name}_unreadable", name, unreadable)
    findings.add(f"{name}_unreadable", name, people.filter(lost).select("person", value=name))
    return found.set(lost, None).alias(name)


def check_shared(people: pl.DataFrame, findings: Findings) -> None:
    """A KPJ that stands on rows of different NIKs. Needs final KPJ and NIK."""
    told = people.filter(pl.col("kpj").is_not_null() & pl.col("nik_usable"))
    first = told.group_by("kpj", maintain_order=True).agg(
        pl.col("nik", "sheet_name", "row").first().name.prefix("first_")
    )
    shared = told.join(first, on="kpj", maintain_order="left").filter(pl.col("nik") != pl.col("first_nik"))
    words = params_of(
        {"other_sheet": sheet, "other_row": row} for sheet, row in shared.select("first_sheet_name", "first_row").rows()
    )
    findings.add("kpj_shared", "kpj", shared.select("person", value="kpj").with_columns(words))


def check_days(people: pl.DataFrame, findings: Findings, field: str, *, on: date) -> pl.DataFrame:
    """Gives the field as Date: real dates and texts that can be read one way only."""
    text, kind = pl.col(field), pl.col(f"{field}_kind")
    real = pl.when(kind.is_in([DATE, MOMENT])).then(text.str.slice(0, 10))
    days = people.select(real.str.to_date("%Y-%m-%d", strict=False)).to_series()
    return _days(people, findings, field, days, lambda value, number: certain_day(value, number, on))


def check_months(people: pl.DataFrame, findings: Findings, field: str, *, on: date) -> pl.DataFrame:
    """Gives the field as the Date of a month's first day: months, and days of which the month counts."""
    plain = pl.when(pl.col(field).str.contains(r"^\d{4}-\d{2}(-\d{2}.*)?$")).then(pl.col(field).str.slice(0, 7))
    first = people.select(pl.concat_str(plain, pl.lit("-01")).str.to_date("%Y-%m-%d", strict=False)).to_series()
    return _days(people, findings, field, first, lambda value, number: certain_month(value, number, on))


def _days(
    people: pl.DataFrame, findings: Findings, field: str, days: pl.Series, read: Callable[[str, int], date | None]
) -> pl.DataFrame:
    """The field with what `days` left out read once for each text; what cannot be read is said."""
    odd = people[field].is_not_null() & days.is_null()
    told = read_once(people, field, odd, lambda value, number: {"day": read(value, number)}, {"day": pl.Date})
    findings.add(f"{field}_unreadable", field, told.filter(pl.col("day").is_null()).rename({"text": "value"}))
    return people.with_columns(spread(people, told, "day", days).alias(field))
