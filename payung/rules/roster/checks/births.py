"""Birth date and place: a day is taken when it is certain, or when the NIK settles which of two it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from payung.rules.identity import birth_dates, nik
from payung.rules.months import age_on
from payung.rules.roster.apart.frames import DATE, MOMENT, NUMBER, TEXT
from payung.rules.roster.checks.marks import dittoed
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Each, Findings, params_of

_OLDEST_AGE = 110
_OFFICIAL = r"^\d{2}-\d{2}-\d{4}$"
_ISO = r"^\d{4}-\d{2}-\d{2}$"
_PLACE_AND_OFFICIAL = r"^\s*(\p{L}[\p{L} .'()/]*?)\s*,\s*(\d{2}-\d{2}-\d{4})\s*$"
_READING = {"days": pl.List(pl.Date), "place": pl.String, "two_digit_year": pl.Boolean, "serial": pl.Boolean}


def check_births(people: pl.DataFrame, findings: Findings, *, on: date, missing_is_human: bool) -> pl.DataFrame:
    """Gives `birth_date` (Date) and `birth_place`. Needs what the NIKs say.

    The cell is that of the date or, where there is none, the one of place and date together.
    """
    together = people["birth_date"].is_null() & people["birth_place_and_date"].is_not_null()
    people = people.with_columns(
        people["birth_date"].zip_with(~together, people["birth_place_and_date"]).alias("birth"),
        people["birth_date_kind"].zip_with(~together, people["birth_place_and_date_kind"]).alias("birth_kind"),
    )
    people = people.with_columns(_plain_days(on), _split_off().alias("place_apart"))
    split = people.filter(pl.col("place_apart").is_not_null() & pl.col("day").is_not_null())
    _report_split(split, findings)
    odd = people["birth"].is_not_null() & people["day"].is_null()
    settled = _settle(people, read_once(people, "birth", odd, _reader(on), _READING), findings)
    people = people.with_columns(
        spread(people, settled, "day", people["day"]).alias("birth_date"),
        pl.coalesce("birth_place", spread(people, settled, "place", people["place_apart"])).alias("birth_place"),
    )
    _report_missing(people, findings, on=on, missing_is_human=missing_is_human)
    _report_mismatch(people, findings, on)
    return people.drop("birth_kind", "day", "place_apart")


def _plain_days(on: date) -> pl.Expr:
    """The day of cells that are right as they stand: real dates, dd-mm-yyyy, ISO; also behind a place and
    a comma.
    """
    text, kind = pl.col("birth"), pl.col("birth_kind")
    real = pl.when(kind.is_in([DATE, MOMENT])).then(text.str.slice(0, 10)).when(text.str.contains(_ISO)).then(text)
    official = pl.when((kind == TEXT) & text.str.contains(_OFFICIAL)).then(text)
    behind = pl.when(kind == TEXT).then(text.str.extract(_PLACE_AND_OFFICIAL, 2))
    day = pl.coalesce(
        real.str.to_date("%Y-%m-%d", strict=False),
        pl.coalesce(official, behind).str.to_date("%d-%m-%Y", strict=False),
    )
    return pl.when((day <= on) & (day.dt.year() >= on.year - _OLDEST_AGE)).then(day).alias("day")


def _split_off() -> pl.Expr:
    return pl.when(pl.col("birth_kind") == TEXT).then(pl.col("birth").str.extract(_PLACE_AND_OFFICIAL, 1))


def _report_split(split: pl.DataFrame, findings: Findings) -> None:
    words = params_of({"place": place} for place in split["place_apart"])
    told = split.select("person", value="birth", suggestion=pl.col("day").cast(pl.String))
    findings.add("birth_place_split", "birth_date", told.with_columns(words))


def _reader(on: date) -> Callable[[str, int], dict[str, Any]]:
    def read(text: str, kind: int) -> dict[str, Any]:
        serial = birth_dates.from_serial(int(text)) if kind == NUMBER and text.isdecimal() else None
        reading = birth_dates.DateReading((serial,)) if serial else birth_dates.read(text, on)
        days = [day for day in reading.days if day <= on and age_on(day, on) <= _OLDEST_AGE]
        return {
            "days": days,
            "place": reading.place,
            "two_digit_year": reading.two_digit_year,
            "serial": serial is not None,
        }

    return read


def _settle(people: pl.DataFrame, read: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """For every odd cell the day it means, null where that is not certain, and the place beside it."""
    told = read.join(people.select("person", "nik_day", "nik_month", "nik_year"), on="person", how="left")
    found: list[Each] = []
    days: list[date | None] = []
    for person, text, possible, place, two_digit_year, serial, *said in told.iter_rows():
        day, code = _certain_day(possible, tuple(said), two_digit_year=two_digit_year)
        code = "birth_date_serial" if serial and code == "birth_date_text" else code
        days.append(day)
        suggestion = day.isoformat() if day else None
        if place and day:
            found.append((person, "birth_place_split", text, suggestion, {"place": place}))
        if code:
            found.append((person, code, text, suggestion, _readings(possible, code)))
    findings.add_each("birth_date", found)
    return told.select("person", "place").with_columns(pl.Series("day", days, dtype=pl.Date))


def _certain_day(
    possible: list[date], said: tuple[int | None, ...], *, two_digit_year: bool
) -> tuple[date | None, str | None]:
    """The day and the code of what was done; without a code the comparison with the NIK speaks."""
    if not possible:
        return None, "birth_date_impossible"
    if len(possible) == 1 and not two_digit_year:
        return possible[0], "birth_date_text"
    fitting = [day for day in possible if (day.day, day.month, day.year % 100) == said]
    if fitting:
        return fitting[0], "birth_date_settled_by_nik"
    if len(possible) == 1 and said[0] is not None:
        return possible[0], None
    return None, "birth_date_ambiguous"


def _readings(possible: list[date], code: str) -> dict[str, Any]:
    if code != "birth_date_ambiguous":
        return {}
    return {"readings": [day.isoformat() for day in possible]}


def _report_missing(people: pl.DataFrame, findings: Findings, *, on: date, missing_is_human: bool) -> None:
    empty = people.filter(pl.col("birth").is_null() & ~dittoed(people, "birth_date"))
    told = empty.select("person", pl.lit(None).alias("value"), "nik_usable").with_columns(_nik_births(empty, on))
    helped = pl.col("suggestion").is_not_null() & (not missing_is_human)
    findings.add("birth_date_missing", "birth_date", told.filter(helped), severity="warning")
    findings.add("birth_date_missing", "birth_date", told.filter(~helped), severity="human")


def _report_mismatch(people: pl.DataFrame, findings: Findings, on: date) -> None:
    day = pl.col("birth_date")
    fits = (
        (day.dt.day() == pl.col("nik_day"))
        & (day.dt.month() == pl.col("nik_month"))
        & (day.dt.year() % 100 == pl.col("nik_year"))
    )
    apart = people.filter(~fits)
    births = _nik_births(apart, on)
    told = apart.select("person", "birth_date", value="birth").with_columns(
        births, params_of({"nik_birth": birth} for birth in births)
    )
    swapped = (day.dt.day() == pl.col("suggestion").str.slice(5, 2).cast(pl.Int8)) & (
        day.dt.month() == pl.col("suggestion").str.slice(8, 2).cast(pl.Int8)
    )
    proposal = pl.when(swapped).then("suggestion").alias("suggestion")
    findings.add("nik_birth_mismatch", "birth_date", told.with_columns(proposal))


def _nik_births(people: pl.DataFrame, on: date) -> pl.Series:
    """The birth dates in the NIKs, ISO; null where the NIK is not usable."""
    parts = people.select("nik_day", "nik_month", "nik_year").iter_rows()
    births = [
        None if day is None else nik.latest_birth_date(day, month, year, on).isoformat() for day, month, year in parts
    ]
    return pl.Series("suggestion", births, dtype=pl.String)
