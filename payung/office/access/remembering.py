"""Answers about everybody, kept for as long as nobody did anything in the government.

Every deed leaves its link in the audit's chain when it is committed (`chain`), in the order of the commits: while the
newest link is the same, so is every answer. Signing in and looking at somebody change nothing that is counted. A kept
answer belongs to what its reader may see, never serves a transaction that has written something itself, and is asked
anew after a while, should somebody have changed a row behind the office's back.

Where everybody is a million, counting takes seconds and somebody does something every few: an answer that was slow to
come may be a little older, though never than what its reader did himself. Each process keeps its own.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.cache import cache
from django.db import connections

from payung.office import bulk

KEPT_SECONDS = 15 * 60
SLOW_SECONDS = 0.5
TIMES_AS_OLD = 30
"""A slow answer serves others' later deeds for so many times as long as it took."""
LOOKS = (
    "change_password", "open_document", "open_report", "see_marks", "set_language", "sign_in", "sign_in_locked",
    "sign_out", "use_recovery_code", "verify_chains",
)  # fmt: skip
"""Deeds after which every number is what it was."""
_DEEDS = """
    FROM access_auditlink l JOIN access_auditevent e ON e.id = l.event_id
    WHERE l.chain = nullif(current_setting('payung.government', true), '')::bigint AND e.deed <> ALL(%(looks)s)
"""
_STATE = f"""
    SELECT l.position, encode(l.link, 'hex'), concat_ws(
        ' ', current_setting('payung.government', true), current_setting('payung.opds', true),
        current_setting('payung.villages', true))
    {_DEEDS} AND pg_current_xact_id_if_assigned() IS NULL ORDER BY l.position DESC LIMIT 1
"""
_OWN_SINCE = f"""
    SELECT EXISTS (SELECT 1 {_DEEDS} AND l.position > %(position)s
                   AND e.by_id = nullif(current_setting('payung.user', true), '')::bigint)
"""


@dataclass(frozen=True)
class _Kept:
    """An answer: the newest deed when it was asked, at which second of the process's clock, and how long it took."""

    answer: pl.DataFrame
    position: int
    link: str
    asked_at: float
    seconds: float


def remembered(
    query: str, parameters: Mapping[str, Any], *, schema: bulk.Schema, of_everybody: bool = False
) -> pl.DataFrame:
    """What `bulk.read` answers, asked of the database only when something was done since it was asked last.

    For few rows without identity marks: sums and counts. The answer may depend on the parameters and on what the
    reader's area shows, on nothing else: not on the clock, and of no table whose rows one user sees and another of the
    same area does not.
    """
    state = _one(_STATE, {})
    if state is None:
        return bulk.read(query, parameters, schema=schema, of_everybody=of_everybody)
    position, link, reader = state
    asked = repr((reader, query, sorted(parameters.items())))
    key = hashlib.sha256(asked.encode()).hexdigest()
    kept: _Kept | None = cache.get(key)
    if kept is None or not (kept.link == link or _serves_still(kept)):
        started = time.monotonic()
        answer = bulk.read(query, parameters, schema=schema, of_everybody=of_everybody)
        kept = _Kept(answer, position, link, started, time.monotonic() - started)
        cache.set(key, kept, KEPT_SECONDS)
    return kept.answer


def _serves_still(kept: _Kept) -> bool:
    """Whether an answer from before the newest deed may still be told to this reader."""
    if kept.seconds < SLOW_SECONDS or time.monotonic() - kept.asked_at > kept.seconds * TIMES_AS_OLD:
        return False
    found = _one(_OWN_SINCE, {"position": kept.position})
    return found == (False,)


def _one(query: str, told: Mapping[str, Any]) -> tuple[Any, ...] | None:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, {"looks": list(LOOKS), **told})
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
