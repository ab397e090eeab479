"""Age on the day protection is to begin. The years and what they rest on stand in `findings.toml`."""

from datetime import date

import polars as pl

from payung.rules.roster.catalogue import years_of
from payung.rules.roster.collecting import Findings, params_of


def check_ages(people: pl.DataFrame, findings: Findings, *, on: date, has_upper_limit: bool) -> None:
    """BPU are not enrolled from 65 on (`has_upper_limit`); anybody below 17 goes to a human."""
    born = pl.col("birth_date")
    birthday_to_come = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > on.month * 100 + on.day
    age = on.year - born.dt.year() - birthday_to_come.cast(pl.Int32)
    aged = people.select("person", value=born.cast(pl.String), age=age)
    if has_upper_limit:
        _report("age_limit", aged.filter(pl.col("age") >= years_of("age_limit")), findings, on)
    _report("age_too_young", aged.filter(pl.col("age") < years_of("age_too_young")), findings, on)


def _report(code: str, found: pl.DataFrame, findings: Findings, on: date) -> None:
    years = years_of(code)
    words = params_of({"age": age, "years": years, "on": on.isoformat()} for age in found["age"])
    findings.add(code, "birth_date", found.with_columns(words))
