"""The codes of the law in words: who is insured, who pays, what a table's columns and values are called."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from payung.doors.web import figures
from payung.doors.web.components import Tone
from payung.doors.web.translation import language, t, word
from payung.rules.identity import regions
from payung.rules.law.figures import Certainty
from payung.rules.law.words import Words
from payung.rules.money import grouped

CLASSES = {
    "PU": word("menerima upah (PU)"),
    "BPU": word("tidak menerima upah (BPU)"),
    "JAKON": word("pekerja proyek jasa konstruksi"),
    "INTERN": word("magang atau siswa kerja praktik"),
}
PAYERS = {
    "self": word("peserta sendiri"),
    "employer": word("perusahaan atau pemberi kerja lain"),
    "APBD": word("APBD"),
    "APBN": word("APBN"),
    "APBDES": word("APBDes (anggaran desa)"),
    "DBHCHT": word("DBH CHT"),
    "TPP": word("TPP seorang ASN"),
    "CSR": word("CSR atau donatur"),
    "BAZNAS": word("Baznas"),
}
SECTORS = {
    "other": word("bidang lain"),
    "transport": word("transportasi: ojek, sopir, kurir"),
    "becak_delman": word("becak atau delman"),
    "labour_intensive": word("industri padat karya (PP 7/2025)"),
}
GROUPS = {
    "1": word("1: sangat rendah, termasuk jasa pemerintahan"),
    "2": word("2: rendah"),
    "3": word("3: sedang"),
    "4": word("4: tinggi, termasuk bangunan dan angkutan"),
    "5": word("5: sangat tinggi, termasuk tambang"),
}
TONES: Mapping[Certainty, Tone] = {
    Certainty.SOURCED: "proof",
    Certainty.DERIVED: "info",
    Certainty.COMMON_KNOWLEDGE: "wait",
    Certainty.DOUBTFUL: "wait",
    Certainty.NOT_YET_PUBLISHED: "wait",
}


def percent(value: Decimal) -> str:
    """0.0024 -> "0,24%"."""
    return f"{(value * 100).normalize():f}".replace(".", ",") + "%"


def plain(value: Decimal) -> str:
    """A number as Indonesians write it: 1.500 or 4,5."""
    whole, _, rest = f"{value:f}".partition(".")
    return grouped(int(whole)) + (f",{rest.rstrip('0')}" if rest.strip("0") else "")


def yes_or_no(value: Decimal) -> str:
    """1 and 0 where a table says whether something is so."""
    return t("ya") if value else t("tidak")


UNITS: Mapping[str, Callable[[Decimal], str]] = {
    "rate": percent,
    "part owed": percent,
    "part deferred": percent,
    "share": percent,
    "yes": yes_or_no,
    "rupiah": figures.published_rupiah,
    "published rupiah": figures.published_rupiah,
    "count": plain,
}
"""How a value is written, by the unit its table names."""


def value_said(unit: str, value: Decimal) -> str:
    """A value of a table: Rp16.800, 0,24%, 3."""
    return UNITS.get(unit, plain)(value)


@cache
def _codes() -> Mapping[str, Mapping[str, Words]]:
    raw = tomllib.loads((Path(__file__).parent / "words" / "law_codes.toml").read_text("utf-8"))
    return {column: {code: Words(**words) for code, words in codes.items()} for column, codes in raw.items()}


def column_said(name: str) -> str:
    """A column of a table of the law, in words."""
    said = _codes()["columns"].get(name)
    return said.say(language()) if said else name


def is_said(name: str, code: str) -> bool:
    """Whether a code of a column has its words."""
    return name == "place" or code.isdecimal() or code in _codes().get(name, {})


def code_said(name: str, code: str) -> str:
    """A code of a column, in words: a region's name, "kelompok risiko 1", "bagian pekerja"."""
    if name == "place":
        return place(code)
    said = _codes().get(name, {}).get(code)
    if said:
        return said.say(language())
    return f"{column_said(name)} {code}" if code.isdecimal() else code


def place(code: str) -> str:
    """A region code of a table as its name; an unknown one as it stands."""
    return regions.name_of(code) or code
