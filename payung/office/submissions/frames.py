"""What must go out in a month, many members at once: nothing is changed here.

Who stands (a current spell in the month, paid by an OPD of the unit) is held against what BPJS took or was last seen
to know. Kinds are those of `models.KINDS`; `held` says why somebody does not go now: `open` (BPJS has not answered
yet), `refused` (must be mended first), `died` (goes by the claim, never by a file).
"""

from collections.abc import Sequence

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Agreement
from payung.office.agreements.queries import base_of
from payung.office.submissions.models import JOINING
from payung.rules.months import Month

OUTGOING = {
    "unit_id": pl.Int64, "membership_id": pl.Int64, "person_id": pl.Int64, "opd_id": pl.Int64, "kind": pl.String,
    "wage_rupiah": pl.Int64, "on_day": pl.Date, "held": pl.String,
}  # fmt: skip
UNIT_OF_OPD = """
    SELECT DISTINCT ON (opd_id) opd_id, unit_id FROM places_opdunit
    WHERE from_month <= %(month)s AND coalesce(until_month, 'infinity') >= %(month)s
    ORDER BY opd_id, from_month DESC, id DESC
"""
_STANDING = f"""
    SELECT DISTINCT ON (u.unit_id, s.membership_id) u.unit_id, s.membership_id, m.person_id, m.membership_class,
           m.kpj_sealed IS NOT NULL, s.payer_opd_id, s.agreement_id, s.from_month,
           coalesce(j.wage_reported_rupiah, j.wage_paid_rupiah)
    FROM enrolment_spell s JOIN ({UNIT_OF_OPD}) u ON u.opd_id = s.payer_opd_id
    JOIN registry_membership m ON m.id = s.membership_id
    LEFT JOIN registry_job j ON j.membership_id = s.membership_id AND j.opd_id = s.payer_opd_id
         AND j.replaced_at IS NULL AND j.from_month <= %(month)s AND coalesce(j.until_month, 'infinity') >= %(month)s
    WHERE s.replaced_at IS NULL AND s.from_month <= %(month)s AND coalesce(s.until_month, 'infinity') >= %(month)s
      AND u.unit_id = ANY(%(units)s)
    ORDER BY u.unit_id, s.membership_id, s.from_month, s.id
"""  # noqa: S608  # our own words, values are parameters
_TOLD = """
    SELECT i.unit_id, i.membership_id, m.person_id, m.membership_class,
           (array_agg(i.opd_id ORDER BY i.id DESC))[1], bool_or(i.outcome = ''),
           (array_agg(i.kind ORDER BY i.id DESC) FILTER (WHERE i.outcome = 'taken'
               AND i.kind NOT IN ('wage', 'correction')))[1],
           (array_agg(i.wage_rupiah ORDER BY i.id DESC)
               FILTER (WHERE i.outcome = 'taken' AND i.wage_rupiah IS NOT NULL))[1],
           bool_or(t.id IS NOT NULL)
    FROM submissions_item i JOIN registry_membership m ON m.id = i.membership_id
    LEFT JOIN submissions_task t ON t.item_id = i.id AND t.kind = 'fix' AND t.settled_at IS NULL
    WHERE i.unit_id = ANY(%(units)s) GROUP BY 1, 2, 3, 4
"""
_LISTED = """
    SELECT DISTINCT ON (a.unit_id, r.membership_id) a.unit_id, r.membership_id, m.person_id, m.membership_class,
           r.opd_id, r.wage_rupiah
    FROM submissions_replyrow r JOIN submissions_reply a ON a.id = r.reply_id AND a.kind = 'members'
    JOIN registry_membership m ON m.id = r.membership_id
    WHERE a.unit_id = ANY(%(units)s) ORDER BY 1, 2, a.told_on DESC, a.id DESC
"""
_CORRECTED = """
    SELECT DISTINCT c.unit_id, c.membership_id FROM submissions_correctionasked c
    WHERE c.unit_id = ANY(%(units)s) AND NOT EXISTS (
        SELECT 1 FROM submissions_item i WHERE i.membership_id = c.membership_id AND i.unit_id = c.unit_id
        AND i.kind = 'correction' AND i.outcome = 'taken' AND i.settled_at >= c.asked_at)
"""
_LAST_DAYS = """
    SELECT s.membership_id, (date_trunc('month', max(s.until_month)) + interval '1 month - 1 day')::date
    FROM enrolment_spell s JOIN leaving_members l USING (membership_id)
    WHERE s.replaced_at IS NULL AND s.until_month < %(month)s GROUP BY 1
"""
_DEAD = """
    SELECT l.membership_id FROM leaving_members l JOIN registry_membership m ON m.id = l.membership_id
    JOIN registry_person p ON p.id = m.person_id
    WHERE EXISTS (SELECT 1 FROM agreements_entry e WHERE e.person_id = p.id AND e.end_reason = 'died')
       OR EXISTS (SELECT 1 FROM enrolment_planitem i JOIN enrolment_plan n ON n.id = i.plan_id
                  JOIN approvals_proposal a ON a.id = n.proposal_id AND a.state = 'approved'
                  WHERE i.membership_id = l.membership_id AND i.reason = 'died')
       OR EXISTS (SELECT 1 FROM verification_told d WHERE d.government_id = p.government_id AND d.kind = 'died'
                  AND d.nik_sealed = p.nik_sealed)
"""
_WHO = {"unit_id": pl.Int64, "membership_id": pl.Int64, "person_id": pl.Int64, "membership_class": pl.String}


def outgoing(unit_ids: Sequence[int], month: Month) -> pl.DataFrame:
    """Everybody of whom BPJS must be told in that month, with the columns of OUTGOING, ordered by kind and member.

    Only in a scope that sees the whole of these units. Raises LawError when an agreement's wage base has no value.
    """
    both = (
        standing(unit_ids, month)
        .join(known(unit_ids), on=["unit_id", "membership_id"], how="full", coalesce=True, suffix="_known")
        .join(_corrected(unit_ids), on=["unit_id", "membership_id"], how="left")
        .with_columns(pl.col("is_known", "waits", "mends", "corrects").fill_null(False))
    )
    stands, is_known = pl.col("first_month").is_not_null(), pl.col("is_known")
    is_bpu = pl.coalesce("membership_class", "membership_class_known") == "BPU"
    changed = pl.col("told_wage").is_not_null() & (pl.col("wage_rupiah") != pl.col("told_wage"))
    kind = (
        pl.when(stands & ~is_known & is_bpu).then(pl.lit("group"))
        .when(stands & ~is_known & pl.col("numbered")).then(pl.lit("continuing"))
        .when(stands & ~is_known).then(pl.lit("new"))
        .when(~stands & is_known & is_bpu).then(pl.lit("group_leaver"))
        .when(~stands & is_known).then(pl.lit("leaver"))
        .when(stands & changed & ~is_bpu).then(pl.lit("wage"))
        .when(stands & pl.col("corrects")).then(pl.lit("correction"))
    )  # fmt: skip
    found = both.with_columns(kind.alias("kind")).filter(pl.col("kind").is_not_null())
    return (
        _held(found, month)
        .select(pl.col(name).cast(dtype) for name, dtype in OUTGOING.items())
        .sort("unit_id", "kind", "membership_id")
    )


def _corrected(unit_ids: Sequence[int]) -> pl.DataFrame:
    """Whom BPJS is asked to correct and has not taken yet."""
    schema = {"unit_id": pl.Int64, "membership_id": pl.Int64}
    return bulk.read(_CORRECTED, {"units": list(unit_ids)}, schema=schema).with_columns(corrects=True)


def standing(unit_ids: Sequence[int], month: Month) -> pl.DataFrame:
    """Who is protected in these units in that month, with the wage that BPJS is told (wage_rupiah)."""
    asked = {"units": list(unit_ids), "month": month.first_day}
    return _with_wages(bulk.read(_STANDING, asked, schema=_STANDS), month)


def known(unit_ids: Sequence[int]) -> pl.DataFrame:
    """Whom BPJS knows in these units: what it took of us, else who stood in its newest list of members."""
    asked = {"units": list(unit_ids)}
    told = bulk.read(
        _TOLD,
        asked,
        schema={
            **_WHO, "opd_id": pl.Int64, "waits": pl.Boolean, "last_kind": pl.String, "told_wage": pl.Int64,
            "mends": pl.Boolean,
        },
    )  # fmt: skip
    listed = bulk.read(_LISTED, asked, schema={**_WHO, "opd_id": pl.Int64, "listed_wage": pl.Int64})
    keys = ["unit_id", "membership_id", "person_id", "membership_class"]
    both = told.join(listed, on=keys, how="full", coalesce=True, suffix="_listed")
    in_list = pl.col("last_kind").is_null() & (
        pl.col("listed_wage").is_not_null() | pl.col("opd_id_listed").is_not_null()
    )
    return both.select(
        *keys,
        pl.coalesce("opd_id", "opd_id_listed").alias("opd_id"),
        (pl.col("last_kind").is_in(list(JOINING)).fill_null(False) | in_list).alias("is_known"),
        pl.coalesce("told_wage", "listed_wage").alias("told_wage"),
        pl.col("waits").fill_null(False),
        pl.col("mends").fill_null(False),
    )


_STANDS = {
    **_WHO, "numbered": pl.Boolean, "opd_id": pl.Int64, "agreement_id": pl.Int64, "first_month": pl.Date,
    "own_wage": pl.Int64,
}  # fmt: skip


def _with_wages(found: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The wage that is told to BPJS: the agreement's base, else the job's."""
    ids = found["agreement_id"].unique().to_list()
    bases = [
        {"agreement_id": agreement.pk, "base_wage": base.rupiah if (base := base_of(agreement, month)) else None}
        for agreement in Agreement.objects.filter(pk__in=ids).prefetch_related("addenda")
    ]
    table = pl.DataFrame(bases, schema={"agreement_id": pl.Int64, "base_wage": pl.Int64})
    return found.join(table, on="agreement_id", how="left").with_columns(
        pl.coalesce("base_wage", "own_wage").alias("wage_rupiah")
    )


def _held(found: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Days and, for those who do not go now, the reason."""
    leaving = found.filter(pl.col("kind").is_in(["leaver", "group_leaver"])).select("membership_id").unique()
    bulk.stage(leaving, "leaving_members", {"membership_id": "bigint"})
    last = bulk.read(_LAST_DAYS, {"month": month.first_day}, schema={"membership_id": pl.Int64, "last_day": pl.Date})
    dead = bulk.read(_DEAD, schema={"membership_id": pl.Int64})["membership_id"].to_list()
    held = (
        pl.when(pl.col("waits")).then(pl.lit("open"))
        .when(pl.col("mends")).then(pl.lit("refused"))
        .when(pl.col("kind").is_in(["leaver", "group_leaver"]) & pl.col("membership_id").is_in(dead))
        .then(pl.lit("died"))
    )  # fmt: skip
    # Somebody who never stood by the unit's spells leaves with the month before.
    before = month.shift(-1).last_day
    return found.join(last, on="membership_id", how="left").with_columns(
        pl.coalesce("person_id", "person_id_known").alias("person_id"),
        pl.coalesce("opd_id", "opd_id_known").alias("opd_id"),
        pl.when(pl.col("first_month").is_not_null() & ~pl.col("kind").is_in(["wage", "correction"]))
        .then(pl.col("first_month"))
        .when(pl.col("kind").is_in(["wage", "correction"]))
        .then(pl.lit(month.first_day))
        .otherwise(pl.col("last_day").fill_null(before))
        .alias("on_day"),
        held.alias("held"),
    )
