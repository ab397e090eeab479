"""Identity marks in columns: they look valid, are unique within a world, and cannot be anyone's.

A registry counts serials up from 0001 for each kecamatan and birthday, so a serial from 9001 on never occurs.
"""

import polars as pl

from payung.doors.world.chance import below, draws

FIRST_SERIAL = 9001
SERIALS = 999
SERIAL_STEP = 41
"""No common divisor with `SERIALS`: the serials of one stem only repeat after all have been used."""
KPJ_STEP = 7_368_787
KPJ_NUMBERS = 10**9


def niks(prefixes: pl.Series, birth_dates: pl.Series, sexes: pl.Series) -> pl.Series:
    """NIK: six digits of a kecamatan, day (+40 for women), month and year of birth, a serial from 9001."""
    day = birth_dates.dt.day().cast(pl.UInt32) + (sexes == "P").cast(pl.UInt32) * 40
    return _numbered(_stem(prefixes, birth_dates, day)).alias("nik")


def family_cards(prefixes: pl.Series, issued: pl.Series) -> pl.Series:
    """Number of the KK: kecamatan, day of issue (never +40), a serial from 9001."""
    return _numbered(_stem(prefixes, issued, issued.dt.day().cast(pl.UInt32))).alias("kk")


def membership_numbers(numbers: pl.Series) -> pl.Series:
    """KPJ of 11 digits; 99 stands where a real one has the year of registration."""
    scattered = (numbers.cast(pl.UInt64) * KPJ_STEP + 1) % KPJ_NUMBERS
    return ("99" + scattered.cast(pl.String).str.zfill(9)).alias("kpj")


def phones(numbers: pl.Series) -> pl.Series:
    """Telephone numbers behind 0800-0, which is given to nobody."""
    return ("08000" + (numbers.cast(pl.UInt64) * KPJ_STEP % 10**7).cast(pl.String).str.zfill(7)).alias("phone")


def _stem(prefixes: pl.Series, days: pl.Series, day_numbers: pl.Series) -> pl.Series:
    return prefixes + day_numbers.cast(pl.String).str.zfill(2) + days.dt.strftime("%m%y")


def _numbered(stems: pl.Series) -> pl.Series:
    """Each stem with a serial of its own; where it starts differs from stem to stem."""
    start = below(SERIALS, draws(stems.cast(pl.UInt64), seed=0, stream="serial"))
    frame = pl.DataFrame({"stem": stems, "start": start})
    turn = pl.int_range(pl.len(), dtype=pl.UInt64).over("stem")
    if int(frame.select(turn.max()).item()) >= SERIALS:
        raise OverflowError("more people of one kecamatan and birthday than synthetic serials")
    serial = FIRST_SERIAL + (pl.col("start") + turn * SERIAL_STEP) % SERIALS
    return frame.select((pl.col("stem") + serial.cast(pl.String).str.zfill(4)).alias("mark")).to_series()
