"""Answers about everybody, kept for as long as nobody did anything in the government.

Every deed leaves its link in the audit's chain when it is committed (`chain`), in the order of the commits: while the
newest link is the same, so is every answer. Signing in and looking at somebody change nothing that is counted. A kept
answer belongs to what its reader may see, never serves a transaction that has written something itself, and is asked
anew after a while, should somebody have changed a row behind the office's back. Each process keeps its own.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import polars as pl
from django.core.cache import cache
from django.db import connections

from payung.office import bulk

KEPT_SECONDS = 15 * 60
LOOKS = (
    "change_password", "open_document", "open_report", "see_marks", "set_language", "sign_in", "sign_in_locked",
    "sign_out", "use_recovery_code",
)  # fmt: skip
"""Deeds after which every number is what it was."""
_STATE = """
    SELECT encode(l.link, 'hex'), current_setting('payung.government', true), current_setting('payung.opds', true),
           CASE WHEN current_setting('payung.opds', true) <> '*' THEN concat(
               current_setting('payung.villages', true), ' ', current_setting('payung.user', true)) END
    FROM access_auditlink l JOIN access_auditevent e ON e.id = l.event_id
    WHERE l.chain = nullif(current_setting('payung.government', true), '')::bigint AND e.deed <> ALL(%s)
      AND pg_current_xact_id_if_assigned() IS NULL
    ORDER BY l.position DESC LIMIT 1
"""


def remembered(
    query: str, parameters: Mapping[str, Any], *, schema: bulk.Schema, of_everybody: bool = False
) -> pl.DataFrame:
    """What `bulk.read` answers, asked of the database only when something was done since it was asked last.

    For few rows without identity marks: sums and counts. The answer may depend on the parameters and on what the
    reader's area shows, on nothing else (not on the clock).
    """
    state = _state()
    if state is None:
        return bulk.read(query, parameters, schema=schema, of_everybody=of_everybody)
    asked = repr((state, query, sorted(parameters.items())))
    key = hashlib.sha256(asked.encode()).hexdigest()
    kept: pl.DataFrame | None = cache.get(key)
    if kept is None:
        kept = bulk.read(query, parameters, schema=schema, of_everybody=of_everybody)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _state() -> tuple[Any, ...] | None:
    """The newest deed of the reader's government and what the reader sees; None where nothing may be kept."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_STATE, [list(LOOKS)])
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
