"""The monthly sheet of an OPD: sent with a line for each of its people, taken back as changes in groups.

Nobody is changed here: what was accepted, group by group, becomes a plan as any list does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.enrolment.change_models import Change, MonthlyReturn, MonthlySheet
from payung.office.enrolment.layouts import Settled
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.receiving import Heading, Received, handed_in_before, store
from payung.office.files.actions import keep
from payung.office.files.models import KeptFile, Row
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.rules.identity.nik import masked
from payung.rules.roster import monthly as rules
from payung.rules.roster.answer import ROWS_SCHEMA
from payung.rules.roster.catalogue import SEVERITIES
from payung.rules.roster.checking import Checked
from payung.rules.roster.collecting import FINDINGS_SCHEMA
from payung.rules.roster.vocabulary import plain
from payung.rules.roster.workbook import Workbook

NEW = "new"
GROUPS = (NEW, *Change.KINDS)
"""What somebody accepts or refuses, each as a whole."""
UNITS_SHEET = "Unit"
"""The sheet that lists to which OPD somebody may move; nobody is read from it."""
_PRESENT = """
    SELECT DISTINCT ON (m.id) m.id, p.name, p.nik_sealed, j.wage_paid_rupiah
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
    LEFT JOIN registry_job j ON j.membership_id = m.id AND j.opd_id = s.payer_opd_id AND j.replaced_at IS NULL
         AND j.from_month <= %(month)s AND coalesce(j.until_month, 'infinity') >= %(month)s
    WHERE s.agreement_id = %(agreement)s AND s.payer_opd_id = %(opd)s AND s.replaced_at IS NULL
      AND s.from_month <= %(month)s AND coalesce(s.until_month, 'infinity') >= %(month)s
    ORDER BY m.id, j.from_month DESC NULLS LAST
"""
_SENT = """
    SELECT DISTINCT ON (l.number) l.number, l.membership_id, l.wage_rupiah, p.name, p.birth_date, p.nik_sealed, j.post
    FROM enrolment_monthlyline l JOIN registry_membership m ON m.id = l.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
    LEFT JOIN registry_job j ON j.membership_id = m.id AND j.opd_id = %(opd)s AND j.replaced_at IS NULL
    WHERE l.sheet_id = %(sheet)s ORDER BY l.number, j.from_month DESC NULLS LAST
"""


class SheetRefused(Exception):
    """A sheet is not made, or not taken back; `reason` is `nobody` (the OPD protects nobody), `unknown_sheet` (no key
    of this government), `other_opd` (it was sent to another one), or `chosen` (a plan was made of it already).
    """

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(f"{reason} {told}".strip())
        self.reason, self.told = reason, told


@dataclass(frozen=True)
class SentSheet:
    """What goes out: the lines as `rules.roster.monthly.lines` writes them, and where somebody may move to."""

    sheet: MonthlySheet
    expected: pl.DataFrame
    units: tuple[str, ...]


def send(*, opd: Opd, agreement: Agreement, budget_line: BudgetLine, month: date, by: User, at: datetime) -> SentSheet:
    """A sheet with everybody whom the OPD protects in that month. Raises SheetRefused and NotAllowed."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(opd.government, by=by):
        asked = {"month": month, "agreement": agreement.pk, "opd": opd.pk}
        schema = {"membership_id": pl.Int64, "name": pl.String, "nik_sealed": pl.String, "wage_rupiah": pl.Int64}
        present = bulk.read(_PRESENT, asked, schema=schema).sort("name", "membership_id")
        if present.is_empty():
            raise SheetRefused("nobody")
        sheet = MonthlySheet.objects.create(
            government=opd.government, opd=opd, agreement=agreement, budget_line=budget_line, month=month, made_by=by,
            made_at=at,
        )  # fmt: skip
        numbered = present.with_row_index("number", offset=1)
        owned = numbered.with_columns(
            pl.lit(sheet.pk).alias("sheet_id"), pl.lit(opd.government_id).alias("government_id")
        )
        columns = ["government_id", "sheet_id", "number", "membership_id", "wage_rupiah"]
        bulk.write(owned, "enrolment_monthlyline", columns=columns)
        record("send_sheet", subject=f"opd:{opd.pk}", by=by, at=at, detail={"people": present.height})
        units = tuple(_units(sheet))
    return SentSheet(sheet, _expected(sheet.pk, numbered), units)


def take_back(workbook: Workbook, content: bytes, *, name: str, heading: Heading, by: User, at: datetime) -> Received:
    """Keep what came back: its changes, its new people, its findings. The same file again changes nothing.

    Raises SheetRefused, and NotAnUpdate when it has no such sheet.
    """
    government = heading.agreement.government
    with whole_government(government, by=by):
        sheet = _sheet_of(workbook, heading)
        told = replace(
            heading, agreement=sheet.agreement, budget_line=sheet.budget_line, month=sheet.month,
            kind=RosterList.CHANGES,
        )  # fmt: skip
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        KeptFile.objects.select_for_update().get(pk=file.pk)
        standing = handed_in_before(content, told)
        if standing is not None:
            return Received(standing, known=True)
        return Received(_store(sheet, workbook, file, told, by, at), known=False)


@transaction.atomic
def choose(*, roster_list: RosterList, accepted: Sequence[str], by: User, at: datetime) -> None:
    """These groups go into the plan, the others do not. Raises SheetRefused once a plan stands or was applied."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(roster_list.government, by=by):
        found = MonthlyReturn.objects.select_for_update(of=("self",)).get(roster_list=roster_list)
        if roster_list.plan_set.exclude(proposal__state__in=("refused", "returned")).exists():
            raise SheetRefused("chosen")
        found.accepted, found.chosen_by, found.chosen_at = [one for one in GROUPS if one in accepted], by, at
        found.save(update_fields=["accepted", "chosen_by", "chosen_at"])
        record("choose_changes", subject=f"list:{roster_list.pk}", by=by, at=at, detail={"code": found.accepted})


def key_of(sheet_id: int, number: int) -> str:
    """What stands in the locked column."""
    return f"K{sheet_id}-{number}"


def _sheet_of(workbook: Workbook, heading: Heading) -> MonthlySheet:
    """The sheet of which most keys are."""
    told = [key[1:].partition("-")[0] for key in rules.keys(workbook) if key.startswith("K")]
    ids = {int(one) for one in told if one.isdecimal() and len(one) < 19}
    found = MonthlySheet.objects.filter(government=heading.agreement.government, pk__in=ids)
    known = {one.pk: one for one in found.select_related("opd", "agreement__government", "budget_line")}
    if not known:
        raise SheetRefused("unknown_sheet")
    sheet = known[max(known, key=lambda pk: told.count(str(pk)))]
    if sheet.opd_id != heading.opd.pk:
        raise SheetRefused("other_opd", sheet.opd.name)
    return sheet


def _units(sheet: MonthlySheet) -> list[str]:
    others = Opd.objects.filter(government_id=sheet.government_id).exclude(pk=sheet.opd_id)
    return list(others.order_by("short_name").values_list("short_name", flat=True))


def _expected(sheet_id: int, lines: pl.DataFrame) -> pl.DataFrame:
    niks = unseal_column(lines["nik_sealed"], kind="nik")
    return lines.select(
        pl.format(f"K{sheet_id}-{{}}", "number").alias("key"),
        pl.Series("nik_shown", [nik and masked(nik) for nik in niks], dtype=pl.String),
        "name",
        pl.col("wage_rupiah").alias("wage_now"),
    )


def _store(
    sheet: MonthlySheet, workbook: Workbook, file: KeptFile, heading: Heading, by: User, at: datetime
) -> RosterList:
    sent = bulk.read(
        _SENT,
        {"opd": sheet.opd_id, "sheet": sheet.pk},
        schema={
            "number": pl.Int64, "membership_id": pl.Int64, "wage_rupiah": pl.Int64, "name": pl.String,
            "birth_date": pl.Date, "nik_sealed": pl.String, "job": pl.String,
        },
    )  # fmt: skip
    units = {one.pk: (one.short_name, one.name) for one in Opd.objects.filter(government_id=sheet.government_id)}
    told = rules.read_update(
        Workbook(workbook.name, tuple(one for one in workbook.sheets if one.name != UNITS_SHEET)),
        _expected(sheet.pk, sent),
        on=max(sheet.month, sheet.agreement.effective_from),
        membership_class=sheet.agreement.membership_class,
        place=heading.agreement.government.code,
        units=[name for pk, both in units.items() if pk != sheet.opd_id for name in both],
    )
    roster_list = store(file, heading, _checked(sheet, sent, told), Settled({}, [], {}), by=by, at=at)
    by_name = {plain(name): pk for pk, both in units.items() for name in both}
    store_changes(roster_list, _with_line(told.changes, sent), by_name)
    MonthlyReturn.objects.create(
        government_id=sheet.government_id, roster_list=roster_list, sheet=sheet, unchanged=told.unchanged,
        left_out=told.left_out,
    )  # fmt: skip
    return roster_list


def _with_line(told: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """Lines of the workbook with what is known of their people (`known_name`, birth date, NIK, post, membership)."""
    number = pl.col("key").str.extract(r"-(\d+)$").cast(pl.Int64, strict=False).alias("number")
    known = sent.rename({"name": "known_name", "wage_rupiah": "known_wage"})
    return told.with_columns(number).join(known, on="number", how="left", maintain_order="left")


def _checked(sheet: MonthlySheet, sent: pl.DataFrame, told: rules.Update) -> Checked:
    """The lines that say something and the new people as rows of one list, with the findings of both."""
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    worst = told.findings.group_by("sheet", "row").agg(
        pl.col("severity").sort_by(pl.col("severity").replace_strict(ranks)).last().alias("verdict")
    )
    doubtful = _with_line(told.doubtful, sent).join(worst, on=["sheet", "row"], how="left", maintain_order="left")
    changed = _with_line(told.changes, sent).with_columns(
        pl.lit("clean").alias("verdict"),
        pl.lit(None, pl.String).alias("name"),
        pl.coalesce("wage_rupiah", "known_wage").alias("wage"),
    )
    lines = [as_rows(changed), as_rows(doubtful.with_columns(pl.lit(None, pl.Int64).alias("wage")))]
    new = [(told.new.rows, told.new.findings)] if told.new else []
    rows = pl.concat([*lines, *(rows for rows, _ in new)])
    findings = pl.concat([told.findings, *(found for _, found in new)])
    return Checked(rows, findings.select(*FINDINGS_SCHEMA), ())


def as_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of known people (`known_name`, `nik_sealed`) as rows of a list."""
    niks = pl.Series("nik", unseal_column(lines["nik_sealed"], kind="nik"), dtype=pl.String)
    names = [name for name in ("known_name", "name") if name in lines.columns]
    named = lines.with_columns(niks, pl.coalesce(names).alias("name"))
    return named.select(
        (pl.col(name) if name in named.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in ROWS_SCHEMA.items()
    )


def store_changes(roster_list: RosterList, changes: pl.DataFrame, units: dict[str, int]) -> None:
    """The changes, each with its row: they are the first rows of the list, in their order."""
    ids = dict(Row.objects.filter(reading=roster_list.reading_id).values_list("position", "pk"))
    moves = [
        units[plain(name)] if kind == Change.MOVED else None for kind, name in changes.select("kind", "moved_to").rows()
    ]
    bulk.write(
        changes.select(
            pl.lit(roster_list.government_id).alias("government_id"),
            pl.lit(roster_list.pk).alias("roster_list_id"),
            pl.Series("row_id", [ids[position] for position in range(changes.height)], dtype=pl.Int64),
            "membership_id",
            "kind",
            pl.col("on").alias("on_day"),
            pl.Series("moved_to_id", moves, dtype=pl.Int64),
        ),
        "enrolment_change",
    )
