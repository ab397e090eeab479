"""What a list implies, row by row, as one frame: nothing is changed here.

Kinds: `join` (starts a spell), `already` (protected as listed), `wage` (the wage paid changed), `leave` (protected
until now, not in a complete list, or said to have left or died), `move` (goes on in another OPD), `human` (a person
must decide), `reject` (cannot be enrolled).
"""

import polars as pl

from payung.office import bulk
from payung.office.enrolment import changing, listed_again, opening
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.programmes import as_ranges
from payung.office.registry import frames as registry
from payung.office.registry.judged import READS, SAME_BY_PERSON, judged
from payung.rules.identity import names

ITEM = {
    "kind": pl.String,
    "reason": pl.String,
    "row_id": pl.Int64,
    "person_id": pl.Int64,
    "membership_id": pl.Int64,
    "wage_before_rupiah": pl.Int64,
    "wage_after_rupiah": pl.Int64,
    "position": pl.Int64,
}

LINKAGE_REASONS = ("nik_of_another", "nearly_same_nik", "several_persons", listed_again.REASON)
"""Reasons for which a sound row waits because of who it is."""

LEAVERS_FROM = 1_000_000_000
"""Leavers stand in no row of the sheet: their positions start behind every sheet's end."""

_ROWS = """
    SELECT id, position, verdict, name, birth_date, nik_sealed, wage_rupiah
    FROM files_row r WHERE reading_id = %s
      AND NOT EXISTS (SELECT 1 FROM enrolment_change c WHERE c.row_id = r.id)
    ORDER BY position
"""
_ONLY_NIK = """
    SELECT r.id FROM files_row r WHERE r.reading_id = %(reading)s AND r.verdict = 'human' AND r.name IS NOT NULL
      AND EXISTS (SELECT 1 FROM files_finding f WHERE f.reading_id = r.reading_id AND f.position = r.position
                  AND f.severity = 'human')
      AND NOT EXISTS (SELECT 1 FROM files_finding f WHERE f.reading_id = r.reading_id AND f.position = r.position
                      AND f.severity IN ('human', 'reject') AND f.field <> 'nik')
    ORDER BY r.position
"""
_FIRST_FINDINGS = """
    SELECT DISTINCT ON (position) position, code FROM files_finding
    WHERE reading_id = %s AND severity IN ('reject', 'human')
    ORDER BY position, severity DESC, id
"""
_HELD = """
    SELECT w.person_id, m.id, s.payer_opd_id, s.agreement_id,
           (SELECT j.wage_paid_rupiah FROM registry_job j
            WHERE j.membership_id = m.id AND j.opd_id = s.payer_opd_id AND j.replaced_at IS NULL
              AND j.from_month <= %s AND coalesce(j.until_month, 'infinity') >= %s
            ORDER BY j.from_month DESC, j.id DESC LIMIT 1)
    FROM planned_persons w
    JOIN (SELECT person_id, person_id AS own FROM planned_persons
          UNION ALL SELECT survivor_id, person_id FROM registry_alias) g ON g.person_id = w.person_id
    JOIN registry_membership m ON m.person_id = g.own AND m.membership_class = %s
    JOIN enrolment_spell s ON s.membership_id = m.id AND s.replaced_at IS NULL
         AND s.programmes && int4range(%s, %s)
         AND coalesce(s.until_month, 'infinity') >= %s
"""
_ENDED = """
    SELECT coalesce(a.survivor_id, m.person_id), m.id,
        (date_trunc('month', e.until_day) + interval '1 month')::date
    FROM agreements_entry e CROSS JOIN LATERAL registry_group(e.person_id) g
    JOIN registry_membership m ON m.person_id = g AND m.membership_class = %s
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    WHERE e.ended_by_id = %s AND e.replaced_at IS NULL
      AND EXISTS (SELECT 1 FROM enrolment_spell s WHERE s.membership_id = m.id AND s.replaced_at IS NULL
          AND s.agreement_id = %s AND s.payer_opd_id = %s AND coalesce(s.until_month, 'infinity') > e.until_day)
    ORDER BY 2
"""
_LEAVERS = """
    SELECT coalesce(a.survivor_id, m.person_id), m.id, p.name_key
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    WHERE s.agreement_id = %s AND s.payer_opd_id = %s AND s.replaced_at IS NULL
      AND s.from_month <= %s AND coalesce(s.until_month, 'infinity') >= %s
    GROUP BY 1, 2, 3 ORDER BY 2
"""


def items(roster_list: RosterList) -> pl.DataFrame:
    """The list's plan items with the columns of ITEM, in the sheet's own order, leavers last."""
    rows = bulk.read(
        _ROWS,
        [roster_list.reading_id],
        schema={
            "key": pl.Int64, "position": pl.Int64, "verdict": pl.String, "name": pl.String,
            "birth_date": pl.Date, "nik_sealed": pl.String, "wage_after_rupiah": pl.Int64,
        },
    )  # fmt: skip
    sound, unsound = _told_apart(roster_list, rows)
    if "new" not in (changing.accepted(roster_list) or ()):
        sound = sound.clear()
    decisions = registry.link(roster_list.agreement.government_id, sound)
    linked = _asked_within(roster_list, sound.join(decisions, on="key", how="left"))
    frame = pl.concat([_unsound(roster_list, unsound), _linked(roster_list, linked)]).sort("position")
    if roster_list.kind == RosterList.OPENING:
        frame = opening.judged(roster_list, frame)
    if roster_list.kind == RosterList.COMPLETE:
        frame = pl.concat([frame, _leavers(roster_list, frame, rows)])
    if roster_list.amendment_id is not None:
        ended = ended_in_decree(roster_list).drop("from_month")
        frame = pl.concat([frame, _leave(ended, "ended_in_decree", first=rows.height + 1)])
    if roster_list.kind == RosterList.CHANGES:
        frame = pl.concat([frame, changing.items(roster_list).select(frame.columns)]).sort("position")
    return frame.select(pl.col(name).cast(kind) for name, kind in ITEM.items())


def _asked_within(roster_list: RosterList, linked: pl.DataFrame) -> pl.DataFrame:
    """The same rows; who would be new and may be somebody else of this very list must be looked at first."""
    waiting = listed_again.waiting(roster_list.agreement.government_id, linked, on=roster_list.month)
    marked = linked.join(waiting.with_columns(pl.lit(True).alias("waits")), on="key", how="left", maintain_order="left")
    return marked.with_columns(
        pl.when("waits").then(pl.lit("look")).otherwise("decision").alias("decision"),
        pl.when("waits").then(pl.lit(listed_again.REASON)).otherwise("reason").alias("reason"),
        pl.when("waits").then("beside_id").otherwise("person_id").alias("person_id"),
    ).drop("waits", "beside_id")


def _told_apart(roster_list: RosterList, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that linkage can ask about, with name_key, and the others.

    A row that waits because of its NIK alone is sound once somebody said whose it is.
    """
    verdict = pl.col("verdict").is_in(["clean", "repaired"])
    only_nik = bulk.read(_ONLY_NIK, {"reading": roster_list.reading_id}, schema={"key": pl.Int64})
    keyed = rows.with_columns(
        pl.Series("name_key", [name and names.key(name) for name in rows["name"]], dtype=pl.String)
    )
    asked = keyed.join(only_nik, on="key", how="semi")
    told = judged(roster_list.agreement.government_id, asked.select("key", *READS)).drop_nulls("person_id")
    known = verdict | pl.col("key").is_in(told["key"].to_list())
    return keyed.filter(known), keyed.filter(~known).drop("name_key")


def _unsound(roster_list: RosterList, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that the roster left to a human or rejected keep the code of their worst finding as reason."""
    first = bulk.read(_FIRST_FINDINGS, [roster_list.reading_id], schema={"position": pl.Int64, "reason": pl.String})
    return (
        rows.filter(pl.col("verdict").is_in(["human", "reject"]))
        .join(first, on="position", how="left")
        .select(
            pl.col("verdict").alias("kind"),
            pl.col("reason").fill_null("unexplained"),
            pl.col("key").alias("row_id"),
            pl.lit(None, pl.Int64).alias("person_id"),
            pl.lit(None, pl.Int64).alias("membership_id"),
            pl.lit(None, pl.Int64).alias("wage_before_rupiah"),
            "wage_after_rupiah",
            "position",
        )
    )


def _linked(roster_list: RosterList, linked: pl.DataFrame) -> pl.DataFrame:
    """Sound rows: joined, already in, changed, or paid by somebody else (which a human resolves)."""
    held = _held(roster_list, linked)
    same = pl.col("decision") == "same"
    mine = (pl.col("payer_opd_id") == roster_list.opd_id) & (pl.col("agreement_id") == roster_list.agreement_id)
    changed = pl.col("wage_after_rupiah").is_not_null() & pl.col("wage_after_rupiah").ne_missing(
        pl.col("wage_before_rupiah")
    )
    twice = (pl.col("reason") == SAME_BY_PERSON) & pl.col("person_id").is_duplicated()
    kind = (
        pl.when((pl.col("decision") == "look") | twice).then(pl.lit("human"))
        .when(pl.col("decision").is_null()).then(pl.lit("join"))
        .when(same & pl.col("payer_opd_id").is_null()).then(pl.lit("join"))
        .when(~mine).then(pl.lit("human"))
        .when(changed).then(pl.lit("wage"))
        .otherwise(pl.lit("already"))
    )  # fmt: skip
    reason = (
        pl.when(twice).then(pl.lit("person_twice"))
        .when(pl.col("decision") == "look").then(pl.col("reason"))
        .when(pl.col("decision").is_null()).then(pl.lit("new_person"))
        .when(pl.col("payer_opd_id").is_null()).then(pl.lit("known_person"))
        .when(~mine).then(pl.lit("other_payer"))
        .when(changed).then(pl.lit("wage_changed"))
        .otherwise(pl.lit("as_listed"))
    )  # fmt: skip
    frame = linked.join(held, on="person_id", how="left").with_columns(kind.alias("kind"), reason.alias("reason"))
    return frame.select(
        "kind",
        "reason",
        pl.col("key").alias("row_id"),
        "person_id",
        "membership_id",
        "wage_before_rupiah",
        "wage_after_rupiah",
        "position",
    )


def _held(roster_list: RosterList, linked: pl.DataFrame) -> pl.DataFrame:
    """The spell that each known person already holds in one of the agreement's programmes from that month on."""
    persons = linked.filter(pl.col("person_id").is_not_null()).select("person_id").unique()
    schema = {
        "person_id": pl.Int64, "membership_id": pl.Int64, "payer_opd_id": pl.Int64, "agreement_id": pl.Int64,
        "wage_before_rupiah": pl.Int64,
    }  # fmt: skip
    if persons.is_empty():
        return pl.DataFrame(schema=schema)
    bulk.stage(persons, "planned_persons", {"person_id": "bigint"})
    agreement, month = roster_list.agreement, roster_list.month
    if roster_list.kind == RosterList.OPENING:
        month = opening.first_month(roster_list)
    ranges = as_ranges(agreement.programmes)
    held = bulk.read(
        _HELD,
        [month, month, agreement.membership_class, ranges[0][0], ranges[-1][1], month],
        schema=schema,
    )
    # Several spells of one person: one of this OPD first, so that "already" wins over "other payer".
    mine = (pl.col("payer_opd_id") == roster_list.opd_id) & (pl.col("agreement_id") == agreement.pk)
    return (
        held.with_columns(mine.alias("mine"))
        .sort("mine", descending=True)
        .unique("person_id", keep="first")
        .drop("mine")
    )


def _leavers(roster_list: RosterList, frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Members of this OPD under this agreement whom the complete list does not name.

    A member whose name stands in a row that still waits for a human is not gone: that row may be theirs.
    """
    members = bulk.read(
        _LEAVERS,
        [roster_list.agreement_id, roster_list.opd_id, roster_list.month, roster_list.month],
        schema={"person_id": pl.Int64, "membership_id": pl.Int64, "name_key": pl.String},
    )
    waiting = rows.filter(pl.col("verdict").is_in(["human", "reject"]) & pl.col("name").is_not_null())
    waiting_keys = {names.key(name) for name in waiting["name"]}
    named = frame.filter(pl.col("person_id").is_not_null()).select("person_id").unique()
    gone = members.join(named, on="person_id", how="anti").filter(~pl.col("name_key").is_in(list(waiting_keys)))
    return _leave(gone, "not_in_complete_list", first=rows.height + 1)


def ended_in_decree(roster_list: RosterList) -> pl.DataFrame:
    """Whom the list's amendment ends while their spell goes on: person_id, membership_id, first month without."""
    agreement = roster_list.agreement
    return bulk.read(
        _ENDED,
        [agreement.membership_class, roster_list.amendment_id, agreement.pk, roster_list.opd_id],
        schema={"person_id": pl.Int64, "membership_id": pl.Int64, "from_month": pl.Date},
    )


def _leave(gone: pl.DataFrame, reason: str, *, first: int) -> pl.DataFrame:
    """Items that leave, with positions behind the sheet's end."""
    return gone.with_row_index("offset", offset=first).select(
        pl.lit("leave").alias("kind"),
        pl.lit(reason).alias("reason"),
        pl.lit(None, pl.Int64).alias("row_id"),
        "person_id",
        "membership_id",
        pl.lit(None, pl.Int64).alias("wage_before_rupiah"),
        pl.lit(None, pl.Int64).alias("wage_after_rupiah"),
        (pl.lit(LEAVERS_FROM) + pl.col("offset").cast(pl.Int64)).alias("position"),
    )
