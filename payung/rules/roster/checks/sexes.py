"""Sex: L or P. Old lists write P for pria and W for wanita; which habit a sheet has, the sheet itself
shows.
"""

from typing import Any

import polars as pl

from payung.rules.roster.checks.marks import dittoed
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings, params_of

_MALE = frozenset(
    ("l", "lk", "lki", "laki", "laki laki", "lakilaki", "lelaki", "pria", "pa", "m", "male", "1", "cowok")
)
_FEMALE = frozenset(("p", "pr", "prp", "perempuan", "wanita", "w", "wnt", "wa", "pi", "f", "female", "2", "prempuan"))
_PRIA_WANITA = r"(?i)^\s*(?:w|wnt|wanita)\b"
_LAKI = r"(?i)^\s*l"
_NUMBER = r"^\s*[12]\.?\s*$"
_READING = {"sex": pl.String}


def check_sexes(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Gives `sex`: "L", "P" or null. Needs what the NIKs say."""
    text = people["sex"]
    pria = _sheets_of_pria(people)
    plain = text.is_in(["L", "P"]) & ~(pria & (text == "P"))
    odd = text.is_not_null() & ~plain.fill_null(value=False)
    read = read_once(people, "sex", odd, _read, _READING)
    sex = spread(people, read, "sex", text)
    p_is_pria = pria & text.str.strip_chars(" .").str.to_uppercase().eq("P").fill_null(value=False)
    sex = sex.set(p_is_pria, "L")
    sex = sex.set(p_is_pria & people["nik_sex"].is_null(), None)
    _report(people, sex, odd, p_is_pria, findings)
    settled = odd & sex.is_null()
    return people.with_columns(sex.zip_with(~settled, people["nik_sex"]).alias("sex"))


def _report(people: pl.DataFrame, sex: pl.Series, odd: pl.Series, pria: pl.Series, findings: Findings) -> None:
    told = people.select("person", "nik_sex", pl.col("sex").alias("value")).with_columns(
        sex.alias("sex"), odd.alias("odd"), pria.alias("pria")
    )
    in_sheet = people["has_sex"]
    empty = in_sheet & people["sex"].is_null() & ~dittoed(people, "sex")
    findings.add("sex_missing", "sex", told.filter(empty).with_columns(pl.col("nik_sex").alias("suggestion")))
    told = told.filter(pl.col("value").is_not_null())
    differs = pl.col("sex").is_not_null() & pl.col("nik_sex").is_not_null() & (pl.col("sex") != pl.col("nik_sex"))
    mismatch = told.filter(differs)
    said = params_of({"nik_sex": sex} for sex in mismatch["nik_sex"])
    findings.add("nik_sex_mismatch", "sex", mismatch.with_columns(said))
    findings.add("sex_unreadable", "sex", told.filter(pl.col("sex").is_null() & pl.col("nik_sex").is_null()))
    settled = pl.col("sex").fill_null(pl.col("nik_sex"))
    mended = told.filter(pl.col("odd") & settled.is_not_null() & ~differs).with_columns(settled.alias("suggestion"))
    number = pl.col("value").str.contains(_NUMBER)
    findings.add("sex_pria", "sex", mended.filter("pria"))
    findings.add("sex_number", "sex", mended.filter(~pl.col("pria") & number))
    findings.add("sex_cleaned", "sex", mended.filter(~pl.col("pria") & ~number))


def _sheets_of_pria(people: pl.DataFrame) -> pl.Series:
    """Whether the sheet of a row writes W for women and never L: there P means pria."""
    women = pl.col("sex").str.contains(_PRIA_WANITA).any().over("sheet")
    men = pl.col("sex").str.contains(_LAKI).any().over("sheet")
    return people.select((women & ~men).fill_null(value=False)).to_series()


def _read(text: str, kind: int) -> dict[str, Any]:
    word = " ".join(text.lower().replace("-", " ").replace(".", " ").replace("_", " ").split())
    if word in _MALE:
        return {"sex": "L"}
    return {"sex": "P" if word in _FEMALE else None}
