"""What stands in the files, cell by cell: every column of the kind's layout as text, null where it is not known.

The layouts are those by which such files are read (`rules/roster/layouts`): a column that is required and null is
what is missing, and `Missing.supplier` says who has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.places.models import PaymentUnit
from payung.office.submissions.models import CORRECTION
from payung.office.submissions.settings import settings_of
from payung.rules.months import Month
from payung.rules.roster.known_layouts import Layout, layout

LAYOUTS = {
    "new": "sipp_tk_baru",
    "continuing": "sipp_tk_lanjutan",
    "wage": "sipp_upah",
    "leaver": "sipp_tk_na",
    "group": "bpu_kelompok",
    "group_leaver": "bpu_kelompok_berhenti",
    "correction": "koreksi_identitas",
}
PARTICULARS = (
    "employee_number", "married", "blood", "address", "postal_code", "start_date", "contract_kind", "contract_until",
    "email", "worker_code",
)  # fmt: skip
"""Fields that nobody else tells: asked of the OPD, kept by person."""
BY_UNIT = ("kabkota", "contract_kind", "contract_until", "postal_code", "reason_code")
"""Fields that the unit's setting fills where the person's own is not told."""
CODES = ("kabkota", "reason_code")
"""Fields that only the unit's setting knows: while one is empty, nothing goes out that needs it."""
FOR_LIFE = "01-01-2090"
"""How the validity of an e-KTP, which is for life, is written."""
_DAY = "%d-%m-%Y"
_PEOPLE = """
    SELECT w.membership_id, p.id, p.name, p.birth_date, p.birth_place, p.sex, p.nik_sealed, p.phone_sealed,
           p.mother_name_sealed, m.kpj_sealed,
           (SELECT j.post FROM registry_job j WHERE j.membership_id = m.id AND j.replaced_at IS NULL
            ORDER BY j.from_month DESC, j.id DESC LIMIT 1)
    FROM written_members w JOIN registry_membership m ON m.id = w.membership_id
    JOIN registry_person p ON p.id = m.person_id
"""
_PARTICULARS = """
    SELECT f.person_id, f.field, f.value_sealed FROM submissions_particular f
    WHERE f.value_sealed IS NOT NULL AND f.person_id IN (
        SELECT m.person_id FROM written_members w JOIN registry_membership m ON m.id = w.membership_id)
"""
_BY_BPJS = """
    SELECT DISTINCT ON (c.membership_id) c.membership_id, r.nik_sealed, r.name, r.birth_date,
        array_to_string(c.fields, ',')
    FROM submissions_correctionasked c JOIN submissions_replyrow r ON r.id = c.row_id
    JOIN written_members w ON w.membership_id = c.membership_id WHERE c.unit_id = %s
    ORDER BY c.membership_id, c.id DESC
"""
_CORRECTED = {"nik": "NIK", "name": "NAMA", "birth_date": "TANGGAL LAHIR"}
_MARKS = {"nik": "nik", "phone": "phone", "mother_name": "mother_name", "kpj": "kpj"}


@dataclass(frozen=True)
class Missing:
    """A required column that is empty for so many people; `supplier` is `unit` (a setting) or `opd` (its people)."""

    kind: str
    field: str
    heading: str
    count: int
    supplier: str


def layout_of(kind: str) -> Layout:
    """The layout of a kind of file."""
    return layout(LAYOUTS[kind])


def cells(unit: PaymentUnit, kind: str, members: pl.DataFrame, month: Month, *, in_clear: bool = True) -> pl.DataFrame:
    """One line for each of `members` (membership_id, wage_rupiah, on_day), in their order, with the layout's fields.

    Marks are in clear for a recorded look; else they stay sealed, which is enough to see what is missing.
    """
    bulk.stage(members, "written_members", {"membership_id": "bigint"})
    people = bulk.read(
        _PEOPLE,
        schema={
            "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "birth_date": pl.Date,
            "birth_place": pl.String, "sex": pl.String, **{f"{name}_sealed": pl.String for name in _MARKS},
            "job": pl.String,
        },
    )  # fmt: skip
    people = people.with_columns(
        pl.Series(name, unseal_column(people[f"{name}_sealed"], kind=mark) if in_clear else people[f"{name}_sealed"])
        .cast(pl.String)
        .alias(name)
        for name, mark in _MARKS.items()
    )
    frame = members.join(people, on="membership_id", how="left", maintain_order="left").join(
        _told_particulars(), on="person_id", how="left", maintain_order="left"
    )
    values = _values(unit, settings_of(unit), month)
    if kind == CORRECTION:
        frame = frame.join(_by_bpjs(unit, in_clear=in_clear), on="membership_id", how="left", maintain_order="left")
        values |= {name: pl.col(name) for name in ("told_nik", "told_name", "told_birth_date", "corrected")}
    return frame.select("membership_id", *(_value(column.field, values) for column in layout_of(kind).columns))


def _by_bpjs(unit: PaymentUnit, *, in_clear: bool) -> pl.DataFrame:
    """What BPJS has of those whom it is asked to correct, and what of it."""
    schema = {
        "membership_id": pl.Int64, "sealed": pl.String, "told_name": pl.String, "born": pl.Date, "fields": pl.String
    }  # fmt: skip
    told = bulk.read(_BY_BPJS, [unit.pk], schema=schema)
    niks = unseal_column(told["sealed"], kind="nik") if in_clear else told["sealed"]
    named = [", ".join(_CORRECTED[field] for field in fields.split(",")) for fields in told["fields"]]
    return told.select(
        "membership_id",
        "told_name",
        pl.Series("told_nik", niks, dtype=pl.String),
        pl.col("born").dt.strftime(_DAY).alias("told_birth_date"),
        pl.Series("corrected", named, dtype=pl.String),
    )


def missing(kind: str, written: pl.DataFrame) -> list[Missing]:
    """Which required columns are empty, and for how many."""
    lines = written.select(*_is_missing(kind, written).values())
    return [
        Missing(kind, field, layout_of(kind).column(field).heading, int(lines[field].sum()), _supplier(field))
        for field in lines.columns
        if lines[field].any()
    ]


def complete(kind: str, written: pl.DataFrame) -> pl.Series:
    """Whether each line has everything that is required."""
    return written.select((~pl.any_horizontal(_is_missing(kind, written).values())).alias("complete"))["complete"]


def _is_missing(kind: str, written: pl.DataFrame) -> dict[str, pl.Expr]:
    """Field -> whether it is missing."""
    needed: dict[str, pl.Expr] = {}
    for column in layout_of(kind).columns:
        if column.required:
            needed[column.field] = pl.col(column.field).is_null().alias(column.field)
        elif column.field == "contract_until" and "contract_kind" in written.columns:
            # Only a contract for a term (PKWT) ends on a day.
            empty = pl.col(column.field).is_null() & (pl.col("contract_kind") == "Y").fill_null(False)
            needed[column.field] = empty.alias(column.field)
    return needed


def _supplier(field: str) -> str:
    return "unit" if field in CODES else "opd"


def _told_particulars() -> pl.DataFrame:
    """person_id and a column for each particular."""
    told = bulk.read(_PARTICULARS, schema={"person_id": pl.Int64, "field": pl.String, "value": pl.String})
    told = told.with_columns(pl.Series("value", unseal_column(told["value"], kind="particular"), dtype=pl.String))
    return told.group_by("person_id").agg(
        pl.col("value").filter(pl.col("field") == field).first().alias(f"own_{field}") for field in PARTICULARS
    )


def _values(unit: PaymentUnit, settings: Mapping[str, str], month: Month) -> dict[str, pl.Expr]:
    """Field -> what is written, for everything that is not simply a column of the person."""
    fixed = {
        "identity_kind": "KTP",
        "identity_until": FOR_LIFE,
        "letters_to": "S",
        "country": "ID",
        "arrears_rupiah": "0",
        "month": f"{month.month:02d}/{month.year}",
        "npp": unit.number,
    }
    by_unit = {name: pl.lit(settings.get(name), pl.String) for name in BY_UNIT}
    own = {name: pl.coalesce(f"own_{name}", by_unit.get(name, pl.lit(None, pl.String))) for name in PARTICULARS}
    return {
        **{name: pl.lit(text) for name, text in fixed.items()},
        **by_unit,
        **own,
        **{name: pl.col(name) for name in ("name", "birth_place", "sex", "job", *_MARKS)},
        "birth_date": pl.col("birth_date").dt.strftime(_DAY),
        "event_date": pl.col("on_day").dt.strftime(_DAY),
        "wage": pl.when(pl.col("wage_rupiah") > 0).then(pl.col("wage_rupiah").cast(pl.String)),
    }


def _value(field: str, values: Mapping[str, pl.Expr]) -> pl.Expr:
    """Blank is unknown; columns that the office leaves empty stay so."""
    text = values.get(field, pl.lit(None, pl.String)).str.strip_chars()
    return pl.when(text != "").then(text).alias(field)
