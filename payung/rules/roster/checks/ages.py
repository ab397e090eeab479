"""Age on the day protection is to begin. The years and what they rest on stand in the law's table `joining`."""

from datetime import date

import polars as pl

from payung.rules.law.joining import age_limit
from payung.rules.roster.collecting import Findings, params_of


def check_ages(people: pl.DataFrame, findings: Findings, *, on: date, has_upper_limit: bool) -> None:
    """BPU are enrolled below an age (`has_upper_limit`); whoever is too young for a KTP goes to a human."""
    born = pl.col("birth_date")
    birthday_to_come = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > on.month * 100 + on.day
    age = on.year - born.dt.year() - birthday_to_come.cast(pl.Int32)
    aged = people.select("person", value=born.cast(pl.String), age=age)
    below, holder = age_limit("bpu_age_below", on), age_limit("ktp_age", on)
    if has_upper_limit:
        _report("age_limit", below, aged.filter(pl.col("age") >= below), findings, on)
    _report("age_too_young", holder, aged.filter(pl.col("age") < holder), findings, on)


def _report(code: str, years: int, found: pl.DataFrame, findings: Findings, on: date) -> None:
    words = params_of({"age": age, "years": years, "on": on.isoformat()} for age in found["age"])
    findings.add(code, "birth_date", found.with_columns(words))
