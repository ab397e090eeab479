"""What is known of many candidates at once, and the outcome of the rules over it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.marks import sealed_forms_column
from payung.office.agreements.models import Decree
from payung.office.enrolment.programmes import as_ranges
from payung.office.registry import frames as registry
from payung.office.verification.rulesets import rules_of, term_of
from payung.rules.eligibility.checking import FACTS, check
from payung.rules.identity import names

CANDIDATE = {
    "key": pl.Int64,
    "row_id": pl.Int64,
    "name": pl.String,
    "birth_date": pl.Date,
    "nik_sealed": pl.String,
    "verdict": pl.String,
    "kecamatan_code": pl.String,
    "desa_code": pl.String,
    "segment": pl.String,
}
_CANDIDATES = f"""
    SELECT id, {", ".join(list(CANDIDATE)[1:])} FROM verification_candidate
    WHERE decree_id = %s AND taken_back_at IS NULL AND (%s::bigint[] IS NULL OR id = ANY(%s)) ORDER BY id
"""  # noqa: S608  # our own column names
ASKED = {
    "key": pl.Int64,
    "twice": pl.Boolean,
    "dead": pl.Boolean,
    "moved_away": pl.Boolean,
    "wage_earner_told": pl.Boolean,
    "decile": pl.Int64,
    "stated_on": pl.Date,
    "stated_working": pl.Boolean,
    "stated_well": pl.Boolean,
    "breadwinner": pl.Boolean,
    "finding": pl.String,
    "wage_earner_here": pl.Boolean,
    "covered_here": pl.Boolean,
    "in_other_decree": pl.Boolean,
}
_ASKED = """
    WITH candidate_persons AS (
        SELECT DISTINCT person_id, person_id AS own FROM asked_candidates WHERE person_id IS NOT NULL
        UNION ALL SELECT survivor_id, person_id FROM registry_alias
    ), told AS (
        SELECT n.key, bool_or(t.kind = 'died') AS died, bool_or(t.kind = 'moved') AS moved,
            bool_or(t.kind = 'wage_earner') AS wage_earner,
            (array_agg(t.decile ORDER BY t.told_on DESC, t.id DESC) FILTER (WHERE t.kind = 'decile'))[1] AS decile
        FROM candidate_niks n
        JOIN verification_told t ON t.government_id = %(government)s AND t.nik_sealed = n.nik_sealed
        GROUP BY n.key
    ), twice AS (
        SELECT DISTINCT n.key FROM candidate_niks n
        JOIN verification_candidate e ON e.decree_id = %(decree)s AND e.nik_sealed = n.nik_sealed AND e.id < n.key
            AND e.taken_back_at IS NULL AND e.verdict NOT IN ('human', 'reject')  -- such a row is mended by a later one
    ), stated AS (
        SELECT DISTINCT ON (s.candidate_id) s.* FROM verification_workstatement s
        JOIN asked_candidates k ON k.key = s.candidate_id
        ORDER BY s.candidate_id, s.stated_on DESC, s.id DESC
    ), visited AS (
        SELECT DISTINCT ON (v.candidate_id) v.* FROM verification_visit v
        JOIN asked_candidates k ON k.key = v.candidate_id
        ORDER BY v.candidate_id, v.visited_on DESC, v.id DESC
    ), paid AS (
        SELECT k.person_id,
            bool_or(m.membership_class = 'PU') AS wage_earner,
            bool_or(m.membership_class = %(class)s AND s.programmes && int4range(%(lower)s, %(upper)s)
                AND l.amendment_id IS DISTINCT FROM a.id) AS covered
        FROM asked_candidates k JOIN candidate_persons g USING (person_id)
        JOIN registry_membership m ON m.person_id = g.own
        JOIN enrolment_spell s ON s.membership_id = m.id AND s.replaced_at IS NULL
             AND s.from_month <= %(last)s AND coalesce(s.until_month, 'infinity') >= %(first)s
        LEFT JOIN enrolment_plan p ON p.id = s.plan_id LEFT JOIN enrolment_rosterlist l ON l.id = p.roster_list_id
        LEFT JOIN agreements_amendment a ON a.id = l.amendment_id AND a.decree_id = %(decree)s
        GROUP BY 1
    ), decreed AS (
        SELECT DISTINCT k.key FROM asked_candidates k JOIN candidate_persons g USING (person_id)
        JOIN agreements_entry e ON e.person_id = g.own
        WHERE e.decree_id <> %(decree)s AND e.replaced_at IS NULL
          AND e.from_day <= %(last)s AND coalesce(e.until_day, 'infinity') >= %(first)s
    )
    SELECT k.key, w.key IS NOT NULL, coalesce(t.died, false) OR coalesce(v.finding = 'died', false),
        coalesce(t.moved, false) OR coalesce(v.finding = 'moved', false), coalesce(t.wage_earner, false), t.decile,
        s.stated_on, s.working, s.well, s.breadwinner, v.finding,
        coalesce(p.wage_earner, false), coalesce(p.covered, false), d.key IS NOT NULL
    FROM asked_candidates k
    LEFT JOIN told t USING (key) LEFT JOIN twice w USING (key) LEFT JOIN decreed d USING (key)
    LEFT JOIN stated s ON s.candidate_id = k.key LEFT JOIN visited v ON v.candidate_id = k.key
    LEFT JOIN paid p ON p.person_id = k.person_id
    ORDER BY k.key
"""


def candidates(decree: Decree, ids: Sequence[int] | None = None) -> pl.DataFrame:
    """The decree's candidates (CANDIDATE), or those of them; each with `person_id` and `maybe_known` of linkage now."""
    chosen = None if ids is None else list(ids)
    found = bulk.read(_CANDIDATES, [decree.pk, chosen, chosen], schema=CANDIDATE)
    keyed = found.with_columns(pl.Series("name_key", [names.key(name) for name in found["name"]], dtype=pl.String))
    linked = registry.link(decree.government_id, keyed)
    return found.join(
        linked.select("key", "decision", "person_id"), on="key", how="left", maintain_order="left"
    ).select(
        *CANDIDATE,
        pl.when(pl.col("decision") == "same").then(pl.col("person_id")).alias("person_id"),
        (pl.col("decision") == "look").fill_null(value=False).alias("maybe_known"),
    )


def outcomes(decree: Decree, *, first_day: date | None = None, ids: Sequence[int] | None = None) -> pl.DataFrame:
    """Every candidate with facts, outcome, reason and reasons; nothing is stored.

    `first_day` is the day on which they would come in: the decree's, or that of an amendment. Only in a scope that
    sees the whole government, or people elsewhere in it would count as unknown.
    """
    term = term_of(decree) if first_day is None else replace(term_of(decree), first=first_day)
    found = candidates(decree, ids)
    known = found.join(_asked(decree, found, term.first, term.last or date.max), on="key", how="left")
    facts = known.with_columns(
        pl.col("nik_sealed").is_not_null().alias("nik_known"),
        (pl.col("finding") == "fit").alias("field_fit"),
    )
    result = check(facts.select(pl.col(name).cast(kind) for name, kind in FACTS.items()), rules_of(decree), term)
    return facts.join(result, on="key", how="left", maintain_order="left")


def _asked(decree: Decree, found: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """What lists, statements, visits, spells and other decrees say of them (ASKED)."""
    bulk.stage(found, "asked_candidates", {"key": "bigint", "person_id": "bigint"})
    forms = pl.Series("nik_sealed", sealed_forms_column(found["nik_sealed"], kind="nik"), pl.List(pl.String))
    niks = found.select("key").with_columns(forms).explode("nik_sealed").drop_nulls()
    bulk.stage(niks, "candidate_niks", {"key": "bigint", "nik_sealed": "bytea"})
    ranges = as_ranges(decree.agreement.programmes)
    return bulk.read(
        _ASKED,
        {
            "government": decree.government_id,
            "decree": decree.pk,
            "class": decree.agreement.membership_class,
            "lower": ranges[0][0],
            "upper": ranges[-1][1],
            "first": first,
            "last": last,
        },
        schema=ASKED,
    )


def store(decree: Decree, found: pl.DataFrame, at: datetime) -> None:
    """The outcomes in place of the earlier ones, and who is known beside the candidates."""
    kept = found.select(
        "key",
        "outcome",
        "reason",
        ("{" + pl.col("reasons").list.join(",") + "}").alias("reasons"),
        "decile",
        "breadwinner",
        "person_id",
        "maybe_known",
    )
    kinds = {
        "key": "bigint", "outcome": "text", "reason": "text", "reasons": "text[]", "decile": "smallint",
        "breadwinner": "boolean", "person_id": "bigint", "maybe_known": "boolean",
    }  # fmt: skip
    bulk.stage(kept, "new_outcomes", kinds)
    bulk.execute(
        """INSERT INTO verification_outcome
               (candidate_id, government_id, outcome, reason, reasons, decile, breadwinner, checked_at)
           SELECT key, %s, outcome, reason, reasons, decile, breadwinner, %s FROM new_outcomes
           ON CONFLICT (candidate_id) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason,
               reasons = excluded.reasons, decile = excluded.decile, breadwinner = excluded.breadwinner,
               checked_at = excluded.checked_at""",
        [decree.government_id, at],
    )
    bulk.execute(
        """UPDATE verification_candidate c SET person_id = n.person_id, maybe_known = n.maybe_known FROM new_outcomes n
           WHERE n.key = c.id AND (c.person_id, c.maybe_known) IS DISTINCT FROM (n.person_id, n.maybe_known)"""
    )
    bulk.refresh_statistics(kept.height, "verification_candidate", "verification_outcome")
