"""Many persons at once: who in the registry could be the people of a list, and admitting new ones."""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.marks import sealed_forms_column, unseal_column
from payung.office.registry.judged import READS, judged, over
from payung.rules.linkage import exact

ROWS = {"key": pl.Int64, "name_key": pl.String, "birth_date": pl.Date, "nik_sealed": pl.String}
"""What linkage needs of a list's rows; `key` is the row's id in `files`."""

FORMS = pl.List(pl.String)
_CANDIDATES = """
    SELECT r.key, coalesce(a.survivor_id, p.id), r.name_key, r.birth_date, r.nik_sealed, p.name_key, p.birth_date,
        p.nik_sealed
    FROM linkage_rows r JOIN linkage_niks n USING (key)
    JOIN registry_person p ON p.government_id = %s AND p.nik_sealed = n.nik_sealed
    LEFT JOIN registry_alias a ON a.person_id = p.id
    UNION
    SELECT r.key, coalesce(a.survivor_id, p.id), r.name_key, r.birth_date, r.nik_sealed, p.name_key, p.birth_date,
        p.nik_sealed
    FROM linkage_rows r
    JOIN registry_person p ON p.government_id = %s AND p.birth_date = r.birth_date AND p.name_key = r.name_key
    LEFT JOIN registry_alias a ON a.person_id = p.id
    ORDER BY 1, 2
"""


def link(government_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """The decision for each row that may be somebody the registry knows (see `linkage.exact.decide`); what a person
    said of a row counts before it, with the reason `judged_same`.

    `rows` has the columns of ROWS. Marks are opened for candidate pairs only.
    """
    bulk.stage(
        rows,
        "linkage_rows",
        {"key": "bigint", "name_key": "text", "birth_date": "date", "nik_sealed": "bytea"},
    )
    niks = rows.select("key", pl.Series("nik_sealed", sealed_forms_column(rows["nik_sealed"], kind="nik"), FORMS))
    bulk.stage(niks.explode("nik_sealed").drop_nulls(), "linkage_niks", {"key": "bigint", "nik_sealed": "bytea"})
    pairs = bulk.read(_CANDIDATES, [government_id, government_id], schema=exact.PAIRS)
    opened = pairs.with_columns(
        pl.Series(column, unseal_column(pairs[column], kind="nik"), dtype=pl.String)
        for column in ("row_nik", "person_nik")
    )
    return over(exact.decide(opened), judged(government_id, rows.select("key", *READS)))


def admit(government_id: int, rows: pl.DataFrame, *, at: datetime) -> pl.DataFrame:
    """New persons for these rows of `files`; returns key and person_id.

    `rows` has key (the row's id) and name_key; everything else is copied inside the database.
    """
    ids = bulk.new_ids("registry_person", rows.height)
    admitted = rows.select("key", "name_key").with_columns(ids.alias("person_id"))
    bulk.stage(admitted, "admitted_rows", {"key": "bigint", "name_key": "text", "person_id": "bigint"})
    bulk.execute(
        """INSERT INTO registry_person (id, government_id, name, name_key, birth_date, birth_place, sex,
               kecamatan_code, desa_code, nik_sealed, nik_confirmed, kk_sealed, phone_sealed, mother_name_sealed,
               recorded_at)
           SELECT a.person_id, %s, r.name, a.name_key, r.birth_date, r.birth_place, r.sex,
               r.kecamatan_code, r.desa_code, r.nik_sealed, false, r.kk_sealed, r.phone_sealed, r.mother_name_sealed,
               %s
           FROM admitted_rows a JOIN files_row r ON r.id = a.key""",
        [government_id, at],
    )
    bulk.refresh_statistics(admitted.height, "registry_person")
    return admitted.select("key", "person_id")


def add_memberships(
    government_id: int, persons: pl.DataFrame, *, membership_class: str, employer_id: int | None
) -> pl.DataFrame:
    """A membership of that class for each person who has none yet; returns person_id and membership_id of all.

    One that came with an absorbed person is the survivor's; an own one goes before it.
    """
    bulk.stage(persons.select("person_id").unique(), "bound_persons", {"person_id": "bigint"})
    held = _held_memberships(membership_class, employer_id)
    unbound = persons.select("person_id").unique().join(held, on="person_id", how="anti")
    bulk.stage(unbound, "unbound_persons", {"person_id": "bigint"})
    bulk.execute(
        """INSERT INTO registry_membership (government_id, person_id, membership_class, scheme, employer_id)
           SELECT %s, person_id, %s, 'BPJS_TK', %s FROM unbound_persons""",
        [government_id, membership_class, employer_id],
    )
    bulk.refresh_statistics(unbound.height, "registry_membership")
    return _held_memberships(membership_class, employer_id)


def _held_memberships(membership_class: str, employer_id: int | None) -> pl.DataFrame:
    return bulk.read(
        """SELECT DISTINCT ON (b.person_id) b.person_id, m.id FROM bound_persons b
           JOIN (SELECT person_id, person_id AS own FROM bound_persons
                 UNION ALL SELECT survivor_id, person_id FROM registry_alias) g ON g.person_id = b.person_id
           JOIN registry_membership m ON m.person_id = g.own AND m.membership_class = %s
               AND m.scheme = 'BPJS_TK' AND m.employer_id IS NOT DISTINCT FROM %s
           ORDER BY b.person_id, m.person_id <> b.person_id, m.id""",
        [membership_class, employer_id],
        schema={"person_id": pl.Int64, "membership_id": pl.Int64},
    )


def add_evidence(government_id: int, rows: pl.DataFrame, *, at: datetime) -> None:
    """`key` (row id) speaks of `person_id`."""
    bulk.write(
        rows.select(
            pl.lit(government_id).alias("government_id"),
            pl.col("person_id"),
            pl.col("key").alias("row_id"),
            pl.lit(at.isoformat()).alias("recorded_at"),
        ),
        "registry_evidence",
    )
    bulk.refresh_statistics(rows.height, "registry_evidence")


def start_jobs(rows: pl.DataFrame, *, opd_id: int, at: datetime) -> None:
    """A job from `from_month` on for each membership_id; the row (`key`) tells post and wage.

    A column `sector` tells the law's sector; without it everybody's is `other`.
    """
    told = rows if "sector" in rows.columns else rows.with_columns(pl.lit("other").alias("sector"))
    columns = {"key": "bigint", "membership_id": "bigint", "from_month": "date", "sector": "text"}
    bulk.stage(told, "starting_jobs", columns)
    bulk.execute(
        """INSERT INTO registry_job (government_id, membership_id, opd_id, post, sector, wage_paid_rupiah, from_month,
               source_id, recorded_at)
           SELECT r.government_id, s.membership_id, %s, r.job, s.sector, r.wage_rupiah, s.from_month, r.id, %s
           FROM starting_jobs s JOIN files_row r ON r.id = s.key""",
        [opd_id, at],
    )
    bulk.refresh_statistics(rows.height, "registry_job", "registry_personopd")


def end_jobs(memberships: pl.DataFrame, *, opd_id: int, at: datetime) -> None:
    """End the current job in that OPD before `from_month` (the month of the change), keeping what was known.

    `memberships` has membership_id and from_month. A job that would become empty is only replaced.
    """
    bulk.stage(memberships, "ending_jobs", {"membership_id": "bigint", "from_month": "date"})
    bulk.execute("DROP TABLE IF EXISTS ended_jobs")
    bulk.execute(
        """CREATE TEMPORARY TABLE ended_jobs ON COMMIT DROP AS
           SELECT j.*, (e.from_month - interval '1 month')::date AS last_month
           FROM registry_job j JOIN ending_jobs e USING (membership_id)
           WHERE j.opd_id = %s AND j.replaced_at IS NULL AND coalesce(j.until_month, 'infinity') >= e.from_month""",
        [opd_id],
    )
    bulk.execute("UPDATE registry_job j SET replaced_at = %s FROM ended_jobs e WHERE j.id = e.id", [at])
    bulk.execute(
        """INSERT INTO registry_job (government_id, membership_id, opd_id, post, sector, wage_paid_rupiah,
               wage_reported_rupiah, from_month, until_month, source_id, recorded_at)
           SELECT government_id, membership_id, opd_id, post, sector, wage_paid_rupiah, wage_reported_rupiah,
               from_month, last_month, source_id, %s
           FROM ended_jobs WHERE from_month <= last_month""",
        [at],
    )
