"""Verbs of outside lists: take one in, look for whom its doubtful rows are, match again, propose to end the dead."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.enrolment.deaths import propose_deaths
from payung.office.enrolment.models import Plan
from payung.office.enrolment.receiving import Progress, opened, silent
from payung.office.files.actions import digest, keep, store_reading
from payung.office.outside.content import read_list
from payung.office.outside.matching import match
from payung.office.outside.models import OutsideList
from payung.office.places.models import Government
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.registry import doubts
from payung.office.verification.models import Told
from payung.office.verification.told import tell

_DEAD = """
    SELECT r.sheet, r.row, o.person_id, o.died_on FROM outside_outsiderow o JOIN files_row r ON r.id = o.row_id
    WHERE o.outside_list_id = %s AND o.state = 'matched' AND o.dead AND o.died_on IS NOT NULL ORDER BY r.position
"""

_TOLD = """
    SELECT r.nik_sealed, CASE WHEN o.dead THEN coalesce(o.died_on, %(on)s) ELSE %(on)s END, o.dead, o.decile
    FROM outside_outsiderow o JOIN files_row r ON r.id = o.row_id
    WHERE o.outside_list_id = %(list)s AND (o.dead OR o.decile IS NOT NULL) AND r.nik_sealed IS NOT NULL
    ORDER BY r.position
"""


@dataclass(frozen=True)
class TakenIn:
    """An outside list; `known` when the same file was taken in before and nothing changed."""

    outside_list: OutsideList
    known: bool


def take_in(
    *,
    government: Government,
    content: bytes,
    name: str,
    told_on: date,
    by: User,
    at: datetime,
    progress: Progress = silent,
) -> TakenIn:
    """Keep a list, match its rows, and ask who the doubtful ones are.

    Whom it calls dead, and whose decile it tells, is told to the checks of candidates too: where one of the dead stands
    in a decree, the next paper proposes a replacement. Raises NoOutsideList, UnreadableWorkbook and NotAllowed.
    """
    require(by, Deed.RECEIVE_LIST)
    if area_of(by).opd_ids is not None:
        raise NotAllowed("an outside list names people of every OPD")
    with whole_government(government, by=by):
        if (standing := _standing(government, content)) is not None:
            return TakenIn(standing, known=True)
    told = read_list(opened(content, name), on=told_on, place=government.code)
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        type(file).objects.select_for_update().get(pk=file.pk)
        if (standing := _standing(government, content)) is not None:
            return TakenIn(standing, known=True)
        reading = store_reading(file=file, opd=None, checked=told.checked, on=told_on, membership_class="PU", at=at)
        found = OutsideList.objects.create(
            government=government, reading=reading, kind=told.kind, told_on=told_on, received_by=by, received_at=at
        )
        _store(found, told.told)
        _tell(found, by, at)
        if _seek(found, at, progress):
            match_again(outside_list=found, by=by, at=at)
        record("take_in_outside", subject=f"file:{file.pk}", by=by, at=at, detail={"kind": told.kind})
    return TakenIn(found, known=False)


def match_again(*, outside_list: OutsideList, by: User, at: datetime) -> int:
    """Match the rows anew, after people were decided on or admitted; returns how many are otherwise now."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(outside_list.government, by=by):
        found = match(outside_list).with_columns(_as_array())
        bulk.stage(
            found, "matched_rows", {"row_id": "bigint", "person_id": "bigint", "state": "text", "differs": "varchar[]"}
        )
        changed = bulk.execute(
            """UPDATE outside_outsiderow o SET person_id = m.person_id, state = m.state, differs = m.differs
               FROM matched_rows m WHERE m.row_id = o.row_id
               AND (o.person_id, o.state, o.differs) IS DISTINCT FROM (m.person_id, m.state, m.differs)"""
        )
        detail = {"rows": changed}
        record("match_outside", subject=f"outside:{outside_list.pk}", by=by, at=at, detail=detail)
    return changed


def propose_ends(*, outside_list: OutsideList, by: User, at: datetime) -> list[Plan]:
    """For the dead who are still protected: a plan for each OPD and agreement, that a second person decides on.

    The same list again leads to the same plans. Dead without a day of death are not proposed.
    """
    require(by, Deed.RECEIVE_LIST)
    with whole_government(outside_list.government, by=by):
        schema = {"sheet": pl.String, "row": pl.UInt32, "person_id": pl.Int64, "died_on": pl.Date}
        dead = bulk.read(_DEAD, [outside_list.pk], schema=schema)
        plans = propose_deaths(file=outside_list.reading.file, dead=dead, by=by, at=at)
        detail = {"people": dead.height, "plans": [plan.pk for plan in plans]}
        record("propose_ends", subject=f"outside:{outside_list.pk}", by=by, at=at, detail=detail)
    return plans


def _standing(government: Government, content: bytes) -> OutsideList | None:
    known = OutsideList.objects.filter(government=government, reading__file__sha256=digest(content))
    return known.select_related("government").first()


def _store(found: OutsideList, told: pl.DataFrame) -> None:
    places = pl.DataFrame(
        list(found.reading.row_set.values_list("pk", "sheet", "row")),
        schema={"row_id": pl.Int64, "sheet": pl.String, "row": pl.UInt32},
        orient="row",
    )
    told_of = places.join(told, on=["sheet", "row"], how="left").drop("sheet", "row")
    whole = match(found).join(told_of, on="row_id", how="left").with_columns(pl.col("dead").fill_null(value=False))
    bulk.write(
        whole.with_columns(
            _as_array(),
            pl.lit(found.government_id).alias("government_id"),
            pl.lit(found.pk).alias("outside_list_id"),
        ),
        "outside_outsiderow",
    )
    bulk.refresh_statistics(whole.height, "outside_outsiderow")


def _tell(found: OutsideList, by: User, at: datetime) -> None:
    """The dead and the deciles, to the checks of candidates."""
    schema = {"nik_sealed": pl.String, "told_on": pl.Date, "dead": pl.Boolean, "decile": pl.Int64}
    every = bulk.read(_TOLD, {"on": found.told_on, "list": found.pk}, schema=schema)
    dead = every.filter("dead").select("nik_sealed", "told_on")
    deciles = every.filter(pl.col("decile").is_not_null()).select("nik_sealed", "told_on", "decile")
    for kind, told in ((Told.DIED, dead), (Told.DECILE, deciles)):
        if not told.is_empty():
            tell(reading=found.reading, kind=kind, told=told, by=by, at=at)


def _as_array() -> pl.Expr:
    return (pl.lit("{") + pl.col("differs").list.join(",") + pl.lit("}")).alias("differs")


def _seek(found: OutsideList, at: datetime, progress: Progress) -> int:
    """Whom the rows may be that are nobody's for sure: questions for a person, on a page of their own."""
    asked = bulk.read(
        "SELECT row_id, NULL FROM outside_outsiderow WHERE outside_list_id = %s AND state <> 'matched'",
        [found.pk],
        schema={"key": pl.Int64, "digits": pl.String},
    )
    if asked.is_empty():
        return 0
    return doubts.seek_for_rows(found.government_id, asked, opd_id=None, at=at, progress=progress).pairs
