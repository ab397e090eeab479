"""How long what is kept: the record of processing as data, and until when one person's data must stay."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from payung.office.registry.aliases import group_of

PERSON_KEYS = ("membership", "contributions", "files")
"""The rules that bind what is held on a worker."""


@dataclass(frozen=True)
class Processing:
    """One line of the record of processing. Texts by language; `years` 0 means that it is never erased."""

    key: str
    purpose: Mapping[str, str]
    ground: Mapping[str, str]
    data: Mapping[str, str]
    subjects: Mapping[str, str]
    recipients: Mapping[str, str]
    years: int
    counted_from: Mapping[str, str]
    certainty: str


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("retention.toml").read_text(encoding="utf-8"))


@cache
def record_of_processing() -> tuple[Processing, ...]:
    """The whole record (UU 27/2022 art. 31), from retention.toml."""
    return tuple(Processing(**entry) for entry in _content()["processing"])


def job_output_lasts() -> timedelta:
    """How long a file that a job made can be fetched."""
    return timedelta(days=_content()["job_output_days"])


def years_kept(key: str) -> int:
    """The years of one line of the record of processing."""
    return next(one.years for one in record_of_processing() if one.key == key)


@dataclass(frozen=True)
class Kept:
    """Until when a person's data must be kept; `until` is None while she is still covered."""

    until: date | None

    def allows_erasure(self, on: date) -> bool:
        """Whether the duty to keep has ended on that day."""
        return self.until is not None and on > self.until


_LAST = """
    WITH own AS (SELECT id FROM registry_membership WHERE person_id = ANY (%(persons)s))
    SELECT EXISTS (SELECT 1 FROM enrolment_spell WHERE membership_id IN (SELECT id FROM own)
                   AND replaced_at IS NULL AND until_month IS NULL),
           greatest(
               (SELECT max(until_month) FROM enrolment_spell WHERE membership_id IN (SELECT id FROM own)
                    AND replaced_at IS NULL),
               (SELECT max(for_month) FROM billing_billline WHERE membership_id IN (SELECT id FROM own)),
               (SELECT max(month) FROM billing_posting WHERE membership_id IN (SELECT id FROM own)),
               (SELECT max(g.read_at)::date FROM registry_evidence e JOIN files_row r ON r.id = e.row_id
                    JOIN files_reading g ON g.id = r.reading_id WHERE e.person_id = ANY (%(persons)s)),
               (SELECT max(recorded_at)::date FROM registry_person WHERE id = ANY (%(persons)s)))
"""


def kept(person_id: int) -> Kept:
    """The longest of the rules that bind this person's data and that of whom was merged into her, from the end of the
    last year that anything is about.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"persons": group_of(person_id)})
        covered, last = cursor.fetchone()
    if covered or last is None:
        return Kept(None)
    years = max(one.years for one in record_of_processing() if one.key in PERSON_KEYS)
    return Kept(date(last.year + years, 12, 31))
