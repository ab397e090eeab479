"""The lists behind the award file. Of people there are opaque numbers only: names are looked up in Payung."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.places.models import Government
from payung.office.reports.award_models import AwardEntry
from payung.rules.months import Month

NUMBERS = ("decreed", "registered", "active", "posted")
LINE_KEYS = ("segment", "fund_id", "decree_id", "agreement_id")
AGREEMENTS = {
    "kind": pl.String, "number": pl.String, "title": pl.String, "signed_on": pl.String, "effective_from": pl.String,
    "effective_until": pl.String, "scanned": pl.Boolean,
}  # fmt: skip
_AGREEMENTS = """
    SELECT a.kind, a.number, a.title, a.signed_on, a.effective_from, agreements_until(a.id),
        EXISTS (SELECT 1 FROM agreements_attachment t WHERE t.agreement_id = a.id AND t.kind = 'scan')
    FROM agreements_agreement a
    WHERE a.government_id = %(government)s AND a.effective_from <= %(last)s
      AND coalesce(agreements_until(a.id), 'infinity') >= %(first)s
    UNION ALL
    SELECT 'SK', m.number, d.title, m.signed_on, m.effective_from, d.effective_until,
        EXISTS (SELECT 1 FROM agreements_attachment t WHERE t.amendment_id = m.id AND t.kind = 'scan')
    FROM agreements_amendment m JOIN agreements_decree d ON d.id = m.decree_id
    WHERE m.government_id = %(government)s AND m.in_force_at IS NOT NULL AND m.effective_from <= %(last)s
      AND coalesce(d.effective_until, 'infinity') >= %(first)s
    ORDER BY 4, 2
"""
SEGMENTS = {
    "segment": pl.String, "fund_id": pl.Int64, "decree_id": pl.Int64, "agreement_id": pl.Int64, "fund_kind": pl.String,
    "fund": pl.String, "paper": pl.String, **dict.fromkeys(NUMBERS, pl.Int64),
}  # fmt: skip
_SEGMENTS = """
    SELECT t.segment, f.id, t.decree_id, t.agreement_id, coalesce(f.kind, ''), coalesce(f.name, ''),
        coalesce((SELECT string_agg(m.number, ', ' ORDER BY m.sequence) FROM agreements_amendment m
                  WHERE m.decree_id = t.decree_id AND m.in_force_at IS NOT NULL), max(a.number), ''),
        coalesce(sum(t.heads) FILTER (WHERE t.decreed), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.registered), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.active), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.posted), 0)::bigint
    FROM reports_tally t LEFT JOIN agreements_budgetline k ON k.id = t.budget_line_id
    LEFT JOIN agreements_fund f ON f.id = k.fund_id LEFT JOIN agreements_agreement a ON a.id = t.agreement_id
    WHERE t.government_id = %(government)s AND t.month = %(month)s
    GROUP BY 1, 2, 3, 4, f.kind, f.name ORDER BY 8 DESC, 1, 6, 7
"""
PEOPLE = {
    "segment": pl.String, "fund_id": pl.Int64, "decree_id": pl.Int64, "agreement_id": pl.Int64, "person": pl.String,
    "opd": pl.String, "desa": pl.String, **dict.fromkeys(NUMBERS, pl.Boolean),
}  # fmt: skip
_PEOPLE = """
    SELECT t.segment, k.fund_id, t.decree_id, t.agreement_id,
        coalesce(h.person_id::text, 'baris ' || h.row_id), coalesce(o.short_name, ''),
        coalesce(t.desa_code, t.kecamatan_code, ''), t.decreed, t.registered, t.active, t.posted
    FROM reports_head h JOIN reports_tally t ON t.id = h.tally_id
    LEFT JOIN agreements_budgetline k ON k.id = t.budget_line_id LEFT JOIN places_opd o ON o.id = t.opd_id
    WHERE t.government_id = %(government)s AND t.month = %(month)s ORDER BY h.id
"""
MONTHS = {"month": pl.String, **dict.fromkeys((*NUMBERS, "members"), pl.Int64)}
"""`members` are the active ones, once each: whoever stands in two papers (JHT by an agreement, the rest by a decree)
counts in both under `active`."""
_MONTHS = """
    SELECT to_char(c.month, 'YYYY-MM'),
        coalesce(sum(t.heads) FILTER (WHERE t.decreed), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.registered), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.active), 0)::bigint,
        coalesce(sum(t.heads) FILTER (WHERE t.posted), 0)::bigint,
        coalesce((SELECT sum(v.heads) FROM reports_coveragecell v
                  WHERE v.government_id = c.government_id AND v.month = c.month AND v.by = 'all'), 0)::bigint
    FROM reports_countedmonth c
    LEFT JOIN reports_tally t ON t.government_id = c.government_id AND t.month = c.month
    WHERE c.government_id = %(government)s AND c.month BETWEEN %(first)s AND %(last)s
    GROUP BY c.government_id, c.month ORDER BY c.month
"""
FUNDS = {"fund_kind": pl.String, "fund": pl.String, **dict.fromkeys(("due_rupiah", "posted_rupiah"), pl.Int64)}
_FUNDS = """
    SELECT coalesce(f.kind, ''), coalesce(f.name, ''),
        sum(t.due_jkk + t.due_jkm + t.due_jht + t.due_jp)::bigint,
        sum(t.posted_jkk + t.posted_jkm + t.posted_jht + t.posted_jp)::bigint
    FROM reports_tally t LEFT JOIN agreements_budgetline k ON k.id = t.budget_line_id
    LEFT JOIN agreements_fund f ON f.id = k.fund_id
    WHERE t.government_id = %(government)s AND t.month BETWEEN %(first)s AND %(last)s
    GROUP BY 1, 2 ORDER BY 1, 2
"""
CLAIMS = {"case": pl.String, "benefit": pl.String, "paid_on": pl.String, "rupiah": pl.Int64, "reference": pl.String}
_CLAIMS = """
    SELECT c.reference, b.kind, p.paid_on, p.amount_rupiah, p.reference
    FROM claims_payout p JOIN claims_benefit b ON b.id = p.benefit_id JOIN claims_case c ON c.id = b.case_id
    WHERE p.government_id = %(government)s AND p.paid_by = 'bpjs' AND p.taken_back_id IS NULL
      AND p.paid_on BETWEEN %(first)s AND %(last)s
    ORDER BY p.paid_on, p.id
"""
OFFICIAL = {
    "kind": pl.String, "scope": pl.String, "place": pl.String, "on_day": pl.String, "heads": pl.Int64,
    "percent_hundredths": pl.Int64, "letter": pl.String, "letter_on": pl.String, "definition": pl.String,
}  # fmt: skip
_OFFICIAL = """
    SELECT kind, scope, place_code, on_day, heads, percent_hundredths, letter, letter_on, definition
    FROM places_officialfigure
    WHERE government_id = %(government)s AND replaced_at IS NULL AND on_day BETWEEN %(first)s AND %(last)s
    ORDER BY on_day, kind, scope, place_code
"""


def lists(government: Government, year: int, month: Month, entries: Sequence[AwardEntry]) -> dict[str, pl.DataFrame]:
    """Every list but that of the people, by name; `segments` have their lines numbered from 1."""
    asked = {
        "government": government.pk, "first": date(year, 1, 1), "last": date(year, 12, 31), "month": month.first_day,
    }  # fmt: skip
    segments = bulk.read(_SEGMENTS, asked, schema=SEGMENTS).with_row_index("line", offset=1)
    return {
        "regulations": _noted(entries, AwardEntry.REGULATION, ("code", "number", "title", "dated_on")),
        "agreements": bulk.read(_AGREEMENTS, asked, schema=AGREEMENTS),
        "segments": segments.with_columns(pl.col("line").cast(pl.Int64)),
        "months": bulk.read(_MONTHS, asked, schema=MONTHS),
        "official": bulk.read(_OFFICIAL, asked, schema=OFFICIAL),
        "funds": bulk.read(_FUNDS, asked, schema=FUNDS),
        "claims": payouts(government, year),
        "innovations": _noted(entries, AwardEntry.INNOVATION, ("title",)),
    }


def payouts(government: Government, year: int) -> pl.DataFrame:
    """What BPJS paid in a year, payment by payment (CLAIMS): the list behind the file's benefits."""
    asked = {"government": government.pk, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    return bulk.read(_CLAIMS, asked, schema=CLAIMS)


def _noted(entries: Sequence[AwardEntry], kind: str, fields: Sequence[str]) -> pl.DataFrame:
    rows = [[str(getattr(one, field) or "") for field in fields] for one in entries if one.kind == kind]
    return pl.DataFrame(rows, schema=dict.fromkeys(fields, pl.String), orient="row")


def people(government: Government, month: Month, segments: pl.DataFrame) -> pl.DataFrame:
    """Every head of the month, with the line of `segments` it stands in; its standing as 1 and 0."""
    asked = {"government": government.pk, "month": month.first_day}
    found = bulk.read(_PEOPLE, asked, schema=PEOPLE)
    lines = segments.select(*LINE_KEYS, "line")
    return found.join(lines, on=LINE_KEYS, how="left", nulls_equal=True, maintain_order="left").select(
        "line", "person", "segment", "opd", "desa", *(pl.col(number).cast(pl.Int64) for number in NUMBERS)
    )
