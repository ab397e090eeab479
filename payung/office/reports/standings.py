"""What somebody of a personnel master stands for: protected, listed, in no list, doubtful, insured elsewhere, gone."""

from collections.abc import Mapping

import polars as pl

from payung.office import bulk
from payung.office.agreements.queries import readings_of
from payung.office.reports.paid import staff_paid
from payung.office.reports.usual import usual
from payung.rules.law.schemes import PART_TIME_PPPK, Scheme, scheme_of
from payung.rules.months import Month
from payung.rules.roster.employment import LEFT, NON_ASN, UNKNOWN, status_codes

STANDINGS = (
    "unusable", "gone", "left", "taspen_paid", "taspen", "protected", "doubtful", "listed", "missing", "unnamed",
)  # fmt: skip
"""In the order in which they count: a row that cannot be used (mostly a second row of somebody); one who left and is
still paid, or is not; one whom Taspen insures and who is still paid here, or is not; protected; may be somebody known;
in an OPD's list and not protected yet; in no OPD's list. `unnamed`: paid, and the master does not name her."""
EXPECTED = ("protected", "doubtful", "listed", "missing")
"""Who works here and belongs to BPJS Ketenagakerjaan: those whom the comparison is about."""
GAP = ("doubtful", "listed", "missing")
STILL_PAID = ("gone", "taspen_paid", "unnamed")
DOUBTFUL = (pl.col("verdict") == "human") & (pl.col("decision").fill_null("") != "same") | (
    pl.col("decision") == "look"
)
_LISTED = """
    SELECT DISTINCT r.nik_sealed FROM files_row r JOIN enrolment_rosterlist l ON l.reading_id = r.reading_id
    WHERE l.government_id = %(government)s AND l.month <= %(month)s AND l.amendment_id IS NULL
      AND r.nik_sealed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM enrolment_rosterlist c WHERE c.predecessor_id = l.id)
      AND NOT EXISTS (
        SELECT 1 FROM enrolment_rosterlist n
        WHERE n.opd_id = l.opd_id AND n.agreement_id = l.agreement_id AND n.kind = 'complete'
          AND n.month <= %(month)s AND (n.month, n.received_at, n.id) > (l.month, l.received_at, l.id))
"""
_NAMED = "SELECT id, name, nik_sealed FROM registry_person WHERE government_id = %s"


def schemes_on(government_id: int, month: Month) -> Mapping[str, str]:
    """Status -> who insures its people, as the office reads the law. Raises BeforeTheLawError."""
    readings = readings_of(government_id).on(month)
    wanted = [code for code in status_codes() if code not in (LEFT, UNKNOWN)]
    found = {code: str(scheme_of(code, month.last_day, readings=readings).value) for code in wanted}
    return {**found, UNKNOWN: found[NON_ASN]}


def judged(rows: pl.DataFrame, government_id: int, month: Month) -> pl.DataFrame:
    """The linked rows of a master, and members whom it does not name, each with its standing and what it lacks."""
    paid = staff_paid(government_id, month)
    lists = bulk.read(
        _LISTED, {"government": government_id, "month": month.first_day}, schema={"nik_sealed": pl.String}
    )
    taspen = [status for status, scheme in schemes_on(government_id, month).items() if scheme == Scheme.TASPEN]
    certain = pl.when(pl.col("decision") == "same").then("person_id")
    placed = rows.with_columns(DOUBTFUL.fill_null(value=False).alias("doubtful"), pl.col("person_id").alias("maybe_id"))
    placed = placed.with_columns(certain.alias("person_id")).join(
        paid, on="person_id", how="left", maintain_order="left"
    )
    standing = _standing(placed, lists["nik_sealed"], taspen, month)
    told = placed.with_columns(standing.alias("standing"))
    named = pl.concat([told["person_id"].drop_nulls(), told["maybe_id"].drop_nulls()])
    people = bulk.read(
        _NAMED, [government_id], schema={"person_id": pl.Int64, "name": pl.String, "nik_sealed": pl.String}
    )
    unnamed = (
        paid.filter(~pl.col("person_id").is_in(named.unique().to_list()))
        .join(people, on="person_id", maintain_order="left")
        .with_columns(
            pl.col("payer_opd_id").alias("opd_id"), pl.lit("unnamed").alias("standing"),
            pl.lit(UNKNOWN).alias("status"), *(pl.lit("").alias(name) for name in ("status_text", "unit")),
        )
    )  # fmt: skip
    return _beside_colleagues(pl.concat([told, unnamed], how="diagonal"))


def _standing(rows: pl.DataFrame, listed_niks: pl.Series, taspen: list[str], month: Month) -> pl.Expr:
    is_paid = pl.col("membership_id").is_not_null()
    left = (pl.col("status") == LEFT) | (pl.col("until_on") < month.first_day).fill_null(value=False)
    elsewhere = pl.col("status").is_in(taspen)
    listed = pl.col("nik_sealed").is_in(listed_niks.to_list()).fill_null(value=False)
    return (
        pl.when(pl.col("verdict") == "reject").then(pl.lit("unusable"))
        .when(left & is_paid).then(pl.lit("gone"))
        .when(left).then(pl.lit("left"))
        .when(elsewhere & is_paid).then(pl.lit("taspen_paid"))
        .when(elsewhere).then(pl.lit("taspen"))
        .when(is_paid).then(pl.lit("protected"))
        .when(pl.col("doubtful")).then(pl.lit("doubtful"))
        .when(listed).then(pl.lit("listed"))
        .otherwise(pl.lit("missing"))
    )  # fmt: skip


def _beside_colleagues(rows: pl.DataFrame) -> pl.DataFrame:
    """Whether each protected row has fewer programmes, or a lower base, than is usual in its OPD and status."""
    group = pl.when(pl.col("status_text") != "").then(pl.col("status_text").str.to_lowercase()).otherwise("status")
    known = rows.with_columns(group.alias("group"))
    among = ("opd_id", "group")
    own = known.filter((pl.col("standing") == "protected") & pl.col("opd_id").is_not_null())
    for value in ("programmes", "base_rupiah"):
        known = known.join(usual(own, value, among=among), on=list(among), how="left", maintain_order="left")
    protected = pl.col("standing") == "protected"
    lacks = (pl.col("usual_programmes") & pl.col("programmes")) != pl.col("usual_programmes")
    lower = pl.col("base_rupiah") < pl.col("usual_base_rupiah")
    return known.with_columns(
        (protected & lacks.fill_null(value=False)).alias("fewer_programmes"),
        (protected & lower.fill_null(value=False)).alias("lower_base"),
    )


PART_TIME = PART_TIME_PPPK
"""The status whose insurer is doubtful: shown wherever it stands."""
