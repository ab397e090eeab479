"""The exact tier: same NIK and consistent is the same person; near misses go to a human; the rest is new."""

import polars as pl

from payung.rules.identity import names

NEAR_NIK_DIGITS = 2
"""NIKs of people with one name and birth date that differ in so few digits are likely one, mistyped."""

PAIRS = {
    "key": pl.Int64,
    "person_id": pl.Int64,
    "row_name": pl.String,
    "row_birth": pl.Date,
    "row_nik": pl.String,
    "person_name": pl.String,
    "person_birth": pl.Date,
    "person_nik": pl.String,
}
"""Candidate pairs: a row (`key`) beside a person that shares its NIK, or its name and birth date."""


def decide(pairs: pl.DataFrame) -> pl.DataFrame:
    """One decision for each row that has candidates: key, decision (same | look), person_id, reason.

    Rows without a line in the answer are new. Reasons: `same_nik`, `nik_of_another` (the NIK stands on
    somebody else), `several_persons` (more than one fits), `nearly_same_nik` (name and birth date agree, the
    NIK differs in a digit or two, or is missing on one side).
    """
    judged = [
        {"key": pair["key"], "person_id": pair["person_id"], "reason": reason}
        for pair in pairs.iter_rows(named=True)
        if (reason := _judge(pair)) is not None
    ]
    if not judged:
        return pl.DataFrame(schema={"key": pl.Int64, "decision": pl.String, "person_id": pl.Int64, "reason": pl.String})
    frame = pl.DataFrame(judged, schema={"key": pl.Int64, "person_id": pl.Int64, "reason": pl.String})
    certain = frame.filter(pl.col("reason") == "same_nik")
    counted = certain.group_by("key").agg(pl.col("person_id").first(), pl.col("person_id").n_unique().alias("fitting"))
    doubted = frame.filter(pl.col("reason") != "same_nik").group_by("key", maintain_order=True).first()
    same = counted.filter(pl.col("fitting") == 1).select(
        "key", pl.lit("same").alias("decision"), "person_id", pl.lit("same_nik").alias("reason")
    )
    several = counted.filter(pl.col("fitting") > 1).select(
        "key", pl.lit("look").alias("decision"), "person_id", pl.lit("several_persons").alias("reason")
    )
    looked = doubted.join(counted, on="key", how="anti").select(
        "key", pl.lit("look").alias("decision"), "person_id", "reason"
    )
    return pl.concat([same, several, looked])


def _judge(pair: dict[str, object]) -> str | None:
    """What one candidate pair says: a reason, or None when they are different people."""
    alike = pair["row_name"] == pair["person_name"] or names.similar(str(pair["row_name"]), str(pair["person_name"]))
    births = (pair["row_birth"], pair["person_birth"])
    births_agree = None in births or births[0] == births[1]
    row_nik, person_nik = pair["row_nik"], pair["person_nik"]
    if row_nik and row_nik == person_nik:
        return "same_nik" if alike and births_agree else "nik_of_another"
    if not (alike and births_agree):
        return None
    if not row_nik or not person_nik:
        return "nearly_same_nik"
    apart = sum(a != b for a, b in zip(str(row_nik), str(person_nik), strict=False))
    return "nearly_same_nik" if apart <= NEAR_NIK_DIGITS else None
