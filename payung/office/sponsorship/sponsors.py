"""Verbs of sponsors: the list of civil servants is taken in, a log-in is bound to one of them."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column, unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, Role, require
from payung.office.files.actions import keep
from payung.office.places.models import Government, Opd
from payung.office.places.scope import whole_government
from payung.office.sponsorship import events, sheets
from payung.office.sponsorship.models import Service, Sponsor
from payung.rules.identity import membership_numbers

NEEDED, MORE = ("NIP", "NAMA"), ("OPD", "PANGKAT", "STATUS", "TANGGAL")
STATES = {
    "AKTIF": Service.SERVING, "BERTUGAS": Service.SERVING, "PENSIUN": Service.RETIRED, "MENINGGAL": Service.DIED,
    "MENINGGAL DUNIA": Service.DIED, "BERHENTI": Service.LEFT,
}  # fmt: skip
"""How a list tells where somebody stands; empty is serving."""
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class TakenIn:
    """What a list brought: sponsors added, moved to another OPD, serving no more, known as told; `refused` are (row,
    reason).

    Reasons: `nip_unreadable`, `nip_twice`, `name_missing`, `opd_unknown`, `status_unknown`, `date_unreadable`.
    """

    added: int
    moved: int
    ended: int
    known: int
    refused: tuple[tuple[int, str], ...]


def take_in(
    *, government: Government, content: bytes, name: str, on: date, by: User, at: datetime, opd: Opd | None = None
) -> TakenIn:
    """The civil servants of a list as they serve from a day on; whoever serves elsewhere moves, whoever serves no more
    is no sponsor any longer. Again changes nothing.

    Columns NIP and NAMA, OPD (code or short name; `opd` stands for an empty one), PANGKAT, STATUS (STATES), TANGGAL
    (the day of a row's own; else `on`). Who is missing stays.
    Raises NotAllowed, `UnreadableWorkbook` and `sheets.NoSuchColumns`.
    """
    require(by, Deed.KEEP_SPONSORS)
    told = sheets.table(content, name, needed=NEEDED, more=MORE)
    with whole_government(government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        keep(government=government, content=content, name=name, by=by, at=at)
        sound, refused = _sound(told, government, opd)
        result = _store(government, sound, on=on, by=by, at=at)
    return TakenIn(*result, refused=refused)


def bind_user(*, sponsor: Sponsor, user: User, by: User, at: datetime) -> None:
    """From now on this log-in is the sponsor's own. Raises NotAllowed, and ValueError for a user of another role."""
    require(by, Deed.KEEP_SPONSORS)
    if user.role != Role.SPONSOR.value:
        raise ValueError("only a log-in of the role sponsor")
    with whole_government(sponsor.government, by=by):
        sponsor.user = user
        sponsor.save(update_fields=["user"])
        record("bind_sponsor", subject=f"sponsor:{sponsor.pk}", by=by, at=at, detail={"user": user.pk})


def _sound(
    told: pl.DataFrame, government: Government, opd: Opd | None
) -> tuple[pl.DataFrame, tuple[tuple[int, str], ...]]:
    """The rows that can be taken in, with nip, name, rank and opd_id; and the others with their reasons."""
    known: dict[str, int] = {}
    for one in Opd.objects.filter(government=government):
        known |= {one.code.upper(): one.pk, one.short_name.upper(): one.pk, one.name.upper(): one.pk}
    names = pl.col("opd").str.to_uppercase()
    frame = told.with_columns(
        pl.Series("nip", [text and membership_numbers.nip(text) for text in told["nip"]], dtype=pl.String),
        names.replace_strict(known, default=None, return_dtype=pl.Int64)
        .fill_null(pl.when(pl.col("opd").is_null()).then(pl.lit(opd.pk if opd else None, pl.Int64)))
        .alias("opd_id"),
        pl.col("pangkat").fill_null("").str.slice(0, 40).alias("rank"),
        pl.col("status").fill_null("AKTIF").str.to_uppercase().replace_strict(
            STATES, default=None, return_dtype=pl.String
        ).alias("state"),
        pl.coalesce(
            pl.col("tanggal").str.slice(0, 10).str.to_date(day, strict=False) for day in DAYS
        ).alias("day"),
    )  # fmt: skip
    reason = (
        pl.when(pl.col("nip").is_null()).then(pl.lit("nip_unreadable"))
        .when(pl.col("nama").is_null()).then(pl.lit("name_missing"))
        .when(pl.col("opd_id").is_null()).then(pl.lit("opd_unknown"))
        .when(~pl.col("nip").is_first_distinct()).then(pl.lit("nip_twice"))
        .when(pl.col("state").is_null()).then(pl.lit("status_unknown"))
        .when(pl.col("tanggal").is_not_null() & pl.col("day").is_null()).then(pl.lit("date_unreadable"))
    )  # fmt: skip
    judged = frame.with_columns(reason.alias("reason"))
    refused = judged.drop_nulls("reason").select("row", "reason")
    return judged.filter(pl.col("reason").is_null()), tuple(refused.iter_rows())


def _store(
    government: Government, sound: pl.DataFrame, *, on: date, by: User, at: datetime
) -> tuple[int, int, int, int]:
    """Added, moved, serving no more, known as told."""
    standing = bulk.read(_STANDING, [government.pk], schema=_STANDING_TYPES)
    numbers = pl.Series("nip", unseal_column(standing["nip_sealed"], kind="nip"), dtype=pl.String)
    told = sound.with_columns(pl.col("day").fill_null(on))
    both = told.join(standing.with_columns(numbers), on="nip", how="left")
    new = both.filter(pl.col("sponsor_id").is_null())
    _add(government, new, at=at)
    known, ends = both.filter(pl.col("sponsor_id").is_not_null()), pl.col("state") != Service.SERVING
    ended = known.filter(ends & (pl.col("state") != pl.col("stands")))
    moved = known.filter(~ends & (pl.col("opd_id") != pl.col("stands_in")))
    _end(government, ended, by, at)
    _move(government, moved, by, at)
    counts = (new.height, moved.height, ended.height, known.height - moved.height - ended.height)
    detail = dict(zip(("added", "moved", "ended"), counts, strict=False))
    record("take_in_sponsors", subject=f"government:{government.pk}", by=by, at=at, detail=detail)
    return counts


_STANDING = """
    SELECT s.id, s.nip_sealed, s.opd_id, v.state FROM sponsorship_sponsor s
    LEFT JOIN LATERAL (
        SELECT w.state FROM sponsorship_service w WHERE w.sponsor_id = s.id AND w.replaced_at IS NULL
        ORDER BY w.from_day DESC LIMIT 1) v ON true
    WHERE s.government_id = %s
"""
_STANDING_TYPES = {"sponsor_id": pl.Int64, "nip_sealed": pl.String, "stands_in": pl.Int64, "stands": pl.String}


def _end(government: Government, ended: pl.DataFrame, by: User, at: datetime) -> None:
    """They serve no more, each from his day on."""
    for (kind, day), part in ended.partition_by("state", "day", as_dict=True).items():
        gone = Sponsor.objects.filter(pk__in=part["sponsor_id"].to_list()).select_related("opd")
        events.sponsors_end(government=government, sponsors=gone, kind=kind, on=day, by=by, at=at)


def _move(government: Government, moved: pl.DataFrame, by: User, at: datetime) -> None:
    """They serve in another OPD, each from his day on."""
    opds = Opd.objects.in_bulk(moved["opd_id"].unique().to_list())
    for (day,), part in moved.partition_by("day", as_dict=True).items():
        to = {sponsor_id: opds[opd_id] for sponsor_id, opd_id in part.select("sponsor_id", "opd_id").iter_rows()}
        events.sponsors_move(government=government, to=to, on=day, by=by, at=at)


def _add(government: Government, new: pl.DataFrame, *, at: datetime) -> None:
    ids = bulk.new_ids("sponsorship_sponsor", new.height)
    frame = new.select(
        ids.alias("id"),
        pl.lit(government.pk).alias("government_id"),
        "opd_id",
        pl.Series("nip_sealed", seal_column(new["nip"], kind="nip"), dtype=pl.String),
        pl.col("nama").alias("name"),
        "rank",
        pl.lit(at.isoformat()).alias("recorded_at"),
    )
    bulk.write(frame, "sponsorship_sponsor")
    services = frame.select(
        pl.col("id").alias("sponsor_id"), "government_id", "opd_id", "recorded_at",
        new["state"], new["day"].alias("from_day"),
    )  # fmt: skip
    bulk.write(services, "sponsorship_service")
    bulk.refresh_statistics(new.height, "sponsorship_sponsor", "sponsorship_service")
