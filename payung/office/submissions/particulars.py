"""What the files need of people and no list tells, taken in from a workbook with the columns of the SIPP sheet."""

import re
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column, sealed_forms_column
from payung.office.access.models import User
from payung.office.files.actions import keep
from payung.office.places.models import PaymentUnit
from payung.office.places.scope import whole_government
from payung.office.submissions.actions import require_unit
from payung.office.submissions.content import PARTICULARS
from payung.office.submissions.reply_file import headings, read_columns
from payung.rules.roster.known_layouts import layout

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2}).*")
_SHAPES = {
    "start_date": r"\d{2}-\d{2}-\d{4}",
    "contract_until": r"\d{2}-\d{2}-\d{4}",
    "postal_code": r"\d{5}",
    **{field: "|".join(layout("sipp_tk_baru").column(field).codes) for field in ("married", "blood", "contract_kind")},
}
_PERSONS = """
    SELECT DISTINCT t.row, p.id FROM told_niks t JOIN registry_person p
    ON p.government_id = %(government)s AND p.nik_sealed = t.nik_sealed
    JOIN registry_membership m ON m.person_id = p.id JOIN enrolment_spell s ON s.membership_id = m.id
    JOIN places_opdunit u ON u.opd_id = s.payer_opd_id AND u.unit_id = %(unit)s
"""


@dataclass(frozen=True)
class Completed:
    """People who were completed, rows of nobody of the unit, and cells that no file could hold."""

    people: int
    unknown: int
    unfit: int


def complete_people(*, unit: PaymentUnit, content: bytes, name: str, by: User, at: datetime) -> Completed:
    """Keep what a workbook tells of each NIK; an empty cell changes nothing, a cell that does not fit is left out.

    Raises UnreadableWorkbook, NoSuchColumns, NotAllowed and SubmissionRefused.
    """
    require_unit(unit, by)
    told = read_columns(content, name, {field: headings(field) for field in ("nik", *PARTICULARS)}, needed=("nik",))
    told = told.filter(pl.col("nik").is_not_null())
    values = (
        told.unpivot(list(PARTICULARS), index=["row", "nik"], variable_name="field", value_name="value")
        .filter(pl.col("value").is_not_null() & (pl.col("value") != ""))
        .with_columns(pl.col("value").map_elements(_tidy, return_dtype=pl.String))
    )
    pairs = values.select("field", "value").iter_rows()
    fits = [bool(re.fullmatch(_SHAPES.get(field, r".{1,200}"), text)) for field, text in pairs]
    sound = values.filter(pl.Series(fits, dtype=pl.Boolean))
    with whole_government(unit.government, by=by):
        file, _ = keep(government=unit.government, content=content, name=name, by=by, at=at)
        persons = _persons(unit, told)
        _store(unit, sound.join(persons, on="row").unique(["person_id", "field"], keep="last"), at)
        outcome = Completed(persons.height, told.height - persons.height, values.height - sound.height)
        detail = {"people": outcome.people, "unknown": outcome.unknown, "unfit": outcome.unfit}
        record("complete_people", subject=f"file:{file.pk}", by=by, at=at, detail=detail)
    return outcome


def _tidy(text: str) -> str:
    """Days as SIPP writes them."""
    day = _DAY.fullmatch(text)
    return f"{day[3]}-{day[2]}-{day[1]}" if day else text


def _persons(unit: PaymentUnit, told: pl.DataFrame) -> pl.DataFrame:
    """row and the one person of the unit whose NIK it is."""
    sealed = seal_column(told["nik"], kind="nik")
    forms = pl.Series("nik_sealed", sealed_forms_column(sealed, kind="nik"), pl.List(pl.String))
    niks = told.select("row", forms).explode("nik_sealed").drop_nulls()
    bulk.stage(niks, "told_niks", {"row": "bigint", "nik_sealed": "bytea"})
    found = bulk.read(
        _PERSONS, {"government": unit.government_id, "unit": unit.pk}, schema={"row": pl.Int64, "person_id": pl.Int64}
    )
    return found.filter(pl.len().over("row") == 1)


def _store(unit: PaymentUnit, told: pl.DataFrame, at: datetime) -> None:
    sealed = told.select(
        "person_id", "field", pl.Series("value_sealed", seal_column(told["value"], kind="particular"), dtype=pl.String)
    )
    bulk.stage(sealed, "told_particulars", {"person_id": "bigint", "field": "text", "value_sealed": "bytea"})
    bulk.execute(
        """INSERT INTO submissions_particular (government_id, person_id, field, value_sealed, recorded_at)
           SELECT %s, person_id, field, value_sealed, %s FROM told_particulars
           ON CONFLICT (person_id, field) DO UPDATE
           SET value_sealed = excluded.value_sealed, recorded_at = excluded.recorded_at""",
        [unit.government_id, at],
    )
