"""The verb of proof: take in what BPJS says it posted, person by person."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import sealed_forms_column
from payung.office.access.models import User
from payung.office.billing import posting_file
from payung.office.files.actions import keep
from payung.office.places.models import Government
from payung.office.places.scope import whole_government


@dataclass(frozen=True)
class Confirmed:
    """What a posting file brought: rows by outcome. `unknown` names file rows that fit nobody."""

    rows: int
    posted: int
    already: int
    different: int
    unknown: tuple[int, ...]


def confirm_posted(*, government: Government, content: bytes, name: str, by: User, at: datetime) -> Confirmed:
    """Take in BPJS's confirmation, person by person and month by month; the same file twice changes nothing.

    Rows are matched by NIK. A KPJ that the file tells is kept. `different` counts rows whose amount is not the
    one billed (they are stored as confirmed). Raises `UnreadableWorkbook` or `posting_file.NoPostingColumns`.
    """
    told = posting_file.read_postings(content, name)
    with whole_government(government, by=by):
        return _confirm_posted(government, told, content, name, by, at)


def _confirm_posted(
    government: Government, told: pl.DataFrame, content: bytes, name: str, by: User, at: datetime
) -> Confirmed:
    file, _ = keep(government=government, content=content, name=name, by=by, at=at)
    bulk.stage(
        told,
        "told_postings",
        {"row": "bigint", "nik_sealed": "bytea", "kpj_sealed": "bytea", "month": "date", "amount": "bigint"},
    )
    forms = pl.Series("nik_sealed", sealed_forms_column(told["nik_sealed"], kind="nik"), pl.List(pl.String))
    niks = told.select("row", forms).explode("nik_sealed").drop_nulls()
    bulk.stage(niks, "told_niks", {"row": "bigint", "nik_sealed": "bytea"})
    matched = bulk.read(_MATCHED, [government.pk], schema=_MATCHED_TYPES)
    known = matched.filter(pl.col("membership_id").is_not_null()).unique(["membership_id", "month"], keep="first")
    bulk.stage(known, "matched_postings", {"row": "bigint", "membership_id": "bigint"})
    posted = bulk.execute(
        """INSERT INTO billing_posting (government_id, membership_id, month, amount_rupiah, file_id, recorded_at)
           SELECT %s, k.membership_id, t.month, t.amount, %s, %s
           FROM matched_postings k JOIN told_postings t USING (row)
           ON CONFLICT (membership_id, month) DO NOTHING""",
        [government.pk, file.pk, at],
    )
    bulk.refresh_statistics(posted, "billing_posting")
    bulk.execute(
        """UPDATE registry_membership m SET kpj_sealed = t.kpj_sealed
           FROM matched_postings k JOIN told_postings t USING (row)
           WHERE m.id = k.membership_id AND m.kpj_sealed IS NULL AND t.kpj_sealed IS NOT NULL"""
    )
    outcome = Confirmed(
        rows=told.height,
        posted=posted,
        already=known.height - posted,
        different=known.filter(pl.col("amount") != pl.col("billed").fill_null(0)).height,
        unknown=tuple(matched.filter(pl.col("membership_id").is_null())["row"].sort().to_list()),
    )
    record(
        "confirm_posted",
        subject=f"file:{file.pk}",
        by=by,
        at=at,
        detail={"rows": outcome.rows, "posted": outcome.posted, "unknown": len(outcome.unknown)},
    )
    return outcome


_MATCHED = """
    SELECT DISTINCT ON (t.row) t.row, m.id, t.month, t.amount,
           (SELECT sum(l.total_rupiah)::bigint FROM billing_billline l
            WHERE l.membership_id = m.id AND l.for_month = t.month)
    FROM told_postings t
    LEFT JOIN told_niks n USING (row)
    LEFT JOIN registry_person p ON p.government_id = %s AND p.nik_sealed = n.nik_sealed
    LEFT JOIN registry_alias a ON a.person_id = p.id
    LEFT JOIN (SELECT survivor_id AS person_id, person_id AS own FROM registry_alias
               UNION ALL SELECT survivor_id, survivor_id FROM registry_alias) g
        ON g.person_id = coalesce(a.survivor_id, p.id)
    LEFT JOIN registry_membership m ON m.person_id = coalesce(g.own, p.id)
         AND EXISTS (SELECT 1 FROM enrolment_spell s WHERE s.membership_id = m.id AND s.replaced_at IS NULL
                     AND s.from_month <= t.month AND coalesce(s.until_month, 'infinity') >= t.month)
    ORDER BY t.row, m.id
"""
_MATCHED_TYPES = {
    "row": pl.Int64, "membership_id": pl.Int64, "month": pl.Date, "amount": pl.Int64, "billed": pl.Int64,
}  # fmt: skip
