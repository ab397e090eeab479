"""BPJS Ketenagakerjaan or Taspen: who insures accident and death, by a person's dated status."""

from datetime import date
from enum import StrEnum

from payung.rules.law.answers import Answer, answer
from payung.rules.law.figures import BeforeTheLawError, NotKnownError
from payung.rules.law.readings import DEFAULT_READINGS, Readings, all_readings
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month

PART_TIME_PPPK = "pppk_paruh_waktu"


class Scheme(StrEnum):
    """Who insures."""

    BPJS = "bpjs"
    TASPEN = "taspen"


def scheme_of(
    status: str, on: date, *, readings: Readings = DEFAULT_READINGS, known_on: date | None = None
) -> Answer[Scheme]:
    """The scheme of a status on a day; part-time PPPK by the reading `pppk-paruh-waktu`.

    Raises NotKnownError for an unknown status and BeforeTheLawError before July 2015.
    """
    month = Month.of(on)
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Penyelenggara dijawab mulai Juli 2015; bulan {month} ditolak.")
    if status == PART_TIME_PPPK:
        reading = all_readings()["pppk-paruh-waktu"]
        return answer(Scheme(readings[reading.id]), [], [reading])
    for key in table("schemes").keys_in_use():
        if key[0] == status:
            return answer(Scheme(key[1]), [table("schemes").series(*key, known_on=known_on).at(month)])
    raise NotKnownError(f"Status {status!r} tidak ada di tabel schemes.")
