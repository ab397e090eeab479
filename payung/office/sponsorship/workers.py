"""Who is the worker whom somebody would sponsor? One person typed in, or many, through the office's one reader."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.access.marks import seal_column
from payung.office.enrolment.receiving import read_and_check
from payung.office.registry import frames as registry
from payung.office.verification.intake import TYPED
from payung.rules.identity import names
from payung.rules.roster.checking import Checked

CLASS = "BPU"
FIRST_ROW = 2
"""The first line under the headings of what was typed."""
_PAYERS = """
    SELECT w.person_id, f.kind, s.agreement_id, s.from_month, s.until_month
    FROM asked_persons w
    JOIN (SELECT person_id, person_id AS own FROM asked_persons
          UNION ALL SELECT survivor_id, person_id FROM registry_alias) g ON g.person_id = w.person_id
    JOIN registry_membership m ON m.person_id = g.own AND m.membership_class = 'BPU'
    JOIN enrolment_spell s ON s.membership_id = m.id AND s.replaced_at IS NULL
         AND coalesce(s.until_month, 'infinity') >= %s
    JOIN agreements_budgetline l ON l.id = s.budget_line_id JOIN agreements_fund f ON f.id = l.fund_id
    ORDER BY w.person_id, s.from_month, s.id
"""
PAYERS = {
    "person_id": pl.Int64, "fund_kind": pl.String, "agreement_id": pl.Int64, "from_month": pl.Date,
    "until_month": pl.Date,
}  # fmt: skip


def told_as_text(told: Mapping[str, str]) -> str:
    """What was typed of a worker, as it is sealed with a pledge."""
    return json.dumps({heading: told.get(heading, "").strip() for heading in TYPED})


def as_file(told: Sequence[Mapping[str, str]]) -> bytes:
    """What was typed of workers as a small list, in their order from FIRST_ROW on."""
    text = io.StringIO()
    lines = [[one.get(heading, "").strip() for heading in TYPED] for one in told]
    csv.writer(text, delimiter=";").writerows([TYPED, *lines])
    return text.getvalue().encode()


def checked(told: Sequence[Mapping[str, str]], *, on: date, place: str) -> Checked:
    """The same checks as for every list: NIK, birth date, age, places."""
    return read_and_check(as_file(told), "diketik.csv", on=on, membership_class=CLASS, place=place)


def keyed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `name`, `birth_date`, `nik` and `key`, as linkage asks for them."""
    return rows.select(
        "key",
        pl.Series("name_key", [name and names.key(name) for name in rows["name"]], dtype=pl.String),
        "birth_date",
        pl.Series("nik_sealed", seal_column(rows["nik"], kind="nik"), dtype=pl.String),
    )


def linked(government_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """key, decision (null: somebody new), person_id and reason for each row of `keyed`."""
    return rows.select("key").join(registry.link(government_id, rows), on="key", how="left")


def other_payers(person_ids: Sequence[int], since: date) -> pl.DataFrame:
    """Who pays for these persons as BPU from a month on (PAYERS)."""
    bulk.stage(pl.DataFrame({"person_id": list(person_ids)}, schema={"person_id": pl.Int64}), "asked_persons",
               {"person_id": "bigint"})  # fmt: skip
    return bulk.read(_PAYERS, [since], schema=PAYERS)
