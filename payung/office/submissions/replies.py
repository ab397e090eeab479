"""What came back: rows that failed, numbers that were issued, lists of members; each row to its member or to a person.

Nobody's identity is guessed: the NIK decides, else the KPJ; where they point to two members, or to none, a person does.
"""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column, sealed_forms_column
from payung.office.access.models import User
from payung.office.files.actions import keep
from payung.office.places.models import PaymentUnit
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership
from payung.office.submissions import effects, frames
from payung.office.submissions.actions import require_unit
from payung.office.submissions.models import Reply, ReplyRow
from payung.office.submissions.reply_file import read_reply
from payung.rules.identity import names
from payung.rules.identity.hiding import HIDDEN, PATTERN
from payung.rules.law.clocks import Holidays
from payung.rules.months import Month

_CANDIDATES = """
    SELECT m.id, i.opd_id, p.name, p.birth_date, p.nik_sealed, m.kpj_sealed, i.is_open
    FROM (
        SELECT DISTINCT ON (membership_id) membership_id, opd_id, is_open FROM (
            SELECT membership_id, opd_id, outcome = '' AS is_open, id FROM submissions_item WHERE unit_id = %(unit)s
            UNION ALL
            SELECT s.membership_id, s.payer_opd_id, false, 0 FROM enrolment_spell s
            JOIN places_opdunit u ON u.opd_id = s.payer_opd_id AND u.unit_id = %(unit)s
            WHERE s.replaced_at IS NULL
        ) told ORDER BY membership_id, is_open DESC, id DESC
    ) i
    JOIN registry_membership m ON m.id = i.membership_id JOIN registry_person p ON p.id = m.person_id
"""
_CANDIDATE = {
    "membership_id": pl.Int64, "opd_id": pl.Int64, "own_name": pl.String, "own_birth_date": pl.Date,
    "own_nik": pl.String, "own_kpj": pl.String, "is_open": pl.Boolean,
}  # fmt: skip


_ROW = "SELECT name, birth_date, nik_sealed, kpj_sealed, wage_rupiah FROM submissions_replyrow WHERE id = %s"
_ROW_TOLD = {
    "name": pl.String, "birth_date": pl.Date, "nik_sealed": pl.String, "kpj_sealed": pl.String, "wage_rupiah": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Received:
    """What became of a reply: its rows, those that a person must look at, items settled, numbers kept."""

    reply_id: int
    rows: int
    unmatched: int
    settled: int
    numbers: int
    known: bool


class RowRefused(Exception):
    """This row cannot be given to that member; `reason` is `decided` or `not_of_unit`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def receive_reply(
    *,
    unit: PaymentUnit,
    kind: str,
    told_on: date,
    content: bytes,
    name: str,
    holidays: Holidays,
    by: User,
    at: datetime,
) -> Received:
    """Take a file of BPJS in; the same file of the same kind changes nothing.

    `told_on` is its day, for numbers the day they were issued where a row does not say. Raises UnreadableWorkbook,
    NoSuchColumns, NotAllowed and SubmissionRefused.
    """
    assert kind in Reply.KINDS, kind
    require_unit(unit, by)
    told = read_reply(content, name)
    with whole_government(unit.government, by=by):
        file, _ = keep(government=unit.government, content=content, name=name, by=by, at=at)
        before = Reply.objects.filter(unit=unit, kind=kind, file=file).first()
        if before is not None:
            return Received(before.pk, ReplyRow.objects.filter(reply=before).count(), 0, 0, 0, known=True)
        reply = Reply.objects.create(
            government_id=unit.government_id, unit=unit, kind=kind, told_on=told_on, file=file, recorded_by=by,
            recorded_at=at,
        )  # fmt: skip
        matched = _match(unit, told, Month.of(told_on))
        _store(reply, matched)
        settled, numbers = effects.of_reply(reply, holidays=holidays, at=at)
        unmatched = matched["membership_id"].null_count()
        detail = {"kind": kind, "rows": told.height, "unmatched": unmatched, "settled": settled, "numbers": numbers}
        record("receive_reply", subject=f"file:{file.pk}", by=by, at=at, detail=detail)
    return Received(reply.pk, told.height, unmatched, settled, numbers, known=False)


def _match(unit: PaymentUnit, told: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Each row with its one member of the unit, how it was found, and what differs."""
    sealed = told.with_columns(
        pl.Series(f"{mark}_sealed", seal_column(told[mark], kind=mark), dtype=pl.String) for mark in ("nik", "kpj")
    )
    people = bulk.read(_CANDIDATES, {"unit": unit.pk}, schema=_CANDIDATE)
    by_nik, by_kpj = (_pairs(sealed, people, mark) for mark in ("nik", "kpj"))
    found = sealed.join(by_nik, on="row", how="left").join(by_kpj, on="row", how="left")
    clash = pl.col("of_nik").is_not_null() & pl.col("of_kpj").is_not_null() & (pl.col("of_nik") != pl.col("of_kpj"))
    # A NIK that is somebody else's, or nobody's, is not overruled by the KPJ: then a person decides.
    kpj_alone = pl.col("nik").is_null() | (pl.col("nik") == "")
    member = (
        pl.when(clash).then(None).when(pl.col("of_nik").is_not_null()).then("of_nik").when(kpj_alone).then("of_kpj")
    )
    way = pl.when(member.is_null()).then(pl.lit("")).when(pl.col("of_nik").is_not_null()).then(pl.lit("nik"))
    whole = found.with_columns(member.alias("membership_id"), way.otherwise(pl.lit("kpj")).alias("found_by"))
    # Two rows of one member: the first is hers, the second is for a person.
    again = pl.col("membership_id").is_not_null() & ~pl.col("membership_id").is_first_distinct()
    whole = whole.sort("row").with_columns(
        pl.when(again).then(None).otherwise("membership_id").alias("membership_id"),
        pl.when(again).then(pl.lit("")).otherwise("found_by").alias("found_by"),
    )
    wages = frames.standing([unit.pk], month).select("membership_id", pl.col("wage_rupiah").alias("own_wage"))
    people = people.join(wages, on="membership_id", how="left")
    return _differing(whole.join(people, on="membership_id", how="left", maintain_order="left"))


def _pairs(told: pl.DataFrame, people: pl.DataFrame, mark: str) -> pl.DataFrame:
    """row and the one member whose mark it is; rows that fit several members fit none, unless one has an open item."""
    forms = pl.Series("form", sealed_forms_column(told[f"{mark}_sealed"], kind=mark), pl.List(pl.String))
    rows = told.select("row", forms).explode("form").drop_nulls()
    pairs = rows.join(people.select("membership_id", "is_open", pl.col(f"own_{mark}").alias("form")), on="form")
    several = pl.len().over("row") > 1
    waiting = pl.col("is_open").sum().over("row") == 1
    single = pairs.filter(~several | (waiting & pl.col("is_open")))
    return single.select("row", pl.col("membership_id").alias(f"of_{mark}"))


def _differing(found: pl.DataFrame) -> pl.DataFrame:
    """`differs`: what the reply tells otherwise than the office has it. What it does not tell differs in nothing."""
    keys = {
        column: pl.Series(f"{column}_key", [names.key(text) if text else None for text in found[column]], pl.String)
        for column in ("name", "own_name")
    }
    keyed = found.with_columns(*keys.values())
    tests = {
        "wage": pl.col("wage_rupiah") != pl.col("own_wage"),
        "name": pl.col("name_key") != pl.col("own_name_key"),
        "birth_date": pl.col("birth_date") != pl.col("own_birth_date"),
        "kpj": pl.col("kpj_sealed") != pl.col("own_kpj"),
        "nik": pl.col("nik_sealed") != pl.col("own_nik"),
    }
    told = [pl.when(test.fill_null(False)).then(pl.lit(name)) for name, test in tests.items()]
    return keyed.with_columns(pl.concat_list(told).list.drop_nulls().alias("differs"))


def _differs(row: ReplyRow, mine: pl.DataFrame) -> list[str]:
    """In what a row differs from the member to whom a person gave it."""
    told = bulk.read(_ROW, [row.pk], schema=_ROW_TOLD)
    wages = frames.standing([row.reply.unit_id], Month.of(row.reply.told_on))
    own = mine.join(wages.select("membership_id", own_wage="wage_rupiah"), on="membership_id", how="left")
    return list(_differing(told.join(own, how="cross"))["differs"][0])


def _store(reply: Reply, matched: pl.DataFrame) -> None:
    bulk.write(
        matched.select(
            pl.lit(reply.government_id).alias("government_id"),
            pl.lit(reply.pk).alias("reply_id"),
            "row", "membership_id", "opd_id", "found_by", "name", "birth_date", "nik_sealed", "kpj_sealed",
            "wage_rupiah", "issued_on",
            pl.col("reason").str.replace_all(PATTERN, HIDDEN),
            (pl.lit("{") + pl.col("differs").list.join(",") + pl.lit("}")).alias("differs"),
        ),
        "submissions_replyrow",
    )  # fmt: skip
    bulk.refresh_statistics(matched.height, "submissions_replyrow")


@transaction.atomic
def decide_row(*, row_id: int, membership: Membership, holidays: Holidays, by: User, at: datetime) -> None:
    """A person says whose row it is; then it does what it would have done. Raises RowRefused."""
    row = ReplyRow.objects.select_related("reply__unit__government").get(pk=row_id)
    require_unit(row.reply.unit, by)
    with whole_government(row.reply.unit.government, by=by):
        row = ReplyRow.objects.select_for_update(of=("self",)).get(pk=row_id)
        if row.membership_id is not None:
            raise RowRefused("decided")
        people = bulk.read(_CANDIDATES, {"unit": row.reply.unit_id}, schema=_CANDIDATE)
        mine = people.filter(pl.col("membership_id") == membership.pk)
        taken = ReplyRow.objects.filter(reply_id=row.reply_id, membership=membership).exists()
        if mine.is_empty() or taken:
            raise RowRefused("not_of_unit")
        row.membership, row.opd_id, row.found_by = membership, int(mine["opd_id"][0]), "person"
        row.differs = _differs(row, mine)
        row.save(update_fields=["membership", "opd", "found_by", "differs"])
        effects.of_reply(row.reply, holidays=holidays, at=at)
        record("decide_row", subject=f"membership:{membership.pk}", by=by, at=at, detail={"row": row.pk})
