"""The lists of a world's offices through the office's real actions: received, planned, approved, applied.

What a list did not bring in, because its row was wrong, its office sends once more, mended.
"""

from datetime import datetime
from pathlib import Path

import polars as pl

from payung.doors.world.founding import Founded
from payung.doors.world.monthly import morning
from payung.doors.world.report import Report, Show
from payung.doors.world.truth import ROWS_FILE
from payung.doors.world.worlds import World
from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Proposal, Verdict
from payung.office.enrolment.actions import apply, plan
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.receiving import Heading, receive
from payung.office.places.scope import whole_government
from payung.rules.months import Month

MENDED = "perbaikan"
COLUMNS = {
    "nik": "NIK", "name": "Nama", "birth_place": "Tempat Lahir", "birth_date": "Tanggal Lahir",
    "sex": "Jenis Kelamin", "job": "Pekerjaan", "district": "Kecamatan", "village": "Desa/Kelurahan",
    "wage_rupiah": "Upah",
}  # fmt: skip
"""Of a mended list."""
_MEMBERS = """
    SELECT p.nik_sealed, p.name, p.birth_date FROM registry_person p WHERE p.nik_sealed IS NOT NULL AND EXISTS (
        SELECT 1 FROM registry_membership m JOIN enrolment_spell s ON s.membership_id = m.id
        WHERE m.person_id = p.id AND s.replaced_at IS NULL)
"""


def lists_of(world: World, folder: Path) -> pl.DataFrame:
    """The files of the world in their order: file, npp, group."""
    truth = pl.read_parquet(folder / ROWS_FILE, columns=["file", "npp", "group"])
    return truth.group_by("file", maintain_order=True).agg(
        pl.col("npp").first(), pl.col("group").first(), pl.len().alias("rows")
    )


def hand_in_lists(
    world: World, founded: Founded, report: Report, month: Month, show: Show, *, npps: frozenset[str] | None = None
) -> None:
    """Each office's list for the month, from file to applied plan: all who have a budget line, or only `npps`."""
    files = lists_of(world, report.folder)
    done = 0
    for file, npp, group, rows in files.iter_rows():
        done += rows
        if (group, npp) not in founded.lines or (npps is not None and npp not in npps):
            continue
        heading = _heading(founded, group, npp, month, RosterList.COMPLETE)
        path = report.folder / file
        hand_in(path.read_bytes(), path.name, heading, founded, report, morning(month.first_day))
        show(f"daftar masuk: {founded.opds[npp].short_name}", done, int(files["rows"].sum()))


def hand_in_mended(
    world: World, founded: Founded, report: Report, month: Month, show: Show, *, npps: frozenset[str]
) -> None:
    """Whoever of these offices is not in yet for a row that could not be used, on a list of additions put right."""
    own = world.people.filter(pl.col("npp").is_in(list(npps)))
    standing = members(founded)
    # A wrong NIK that nobody could see stands for somebody, too: by name and birth date.
    unseen = standing.join(world.people, on="nik", how="anti").select("name", "birth_date")
    missing = own.join(standing, on="nik", how="anti").with_columns(pl.col("name").str.to_uppercase().alias("upper"))
    missing = missing.join(
        unseen, left_on=["upper", "birth_date"], right_on=["name", "birth_date"], how="anti", maintain_order="left"
    ).drop("upper")
    parts = missing.partition_by("group", "npp", as_dict=True, maintain_order=True)
    for number, ((group, npp), rows) in enumerate(parts.items(), start=1):
        heading = _heading(founded, str(group), str(npp), month, RosterList.ADDITIONS)
        name = f"{MENDED}-{month}-{npp}.csv"
        hand_in(mended(rows), name, heading, founded, report, morning(month.first_day.replace(day=3)))
        show("daftar perbaikan", number, len(parts))


def mended(rows: pl.DataFrame) -> bytes:
    """People as a list without a fault."""
    return rows.select(*COLUMNS).rename(COLUMNS).write_csv(separator=";", date_format="%d-%m-%Y").encode()


def members(founded: Founded) -> pl.DataFrame:
    """nik, name (in capitals) and birth_date of everybody who is protected, or will be."""
    with whole_government(founded.government):
        found = bulk.read(_MEMBERS, schema={"nik_sealed": pl.String, "name": pl.String, "birth_date": pl.Date})
    niks = pl.Series("nik", unseal_column(found["nik_sealed"], kind="nik"), dtype=pl.String)
    return found.select(niks, pl.col("name").str.to_uppercase(), "birth_date")


def _heading(founded: Founded, group: str, npp: str, month: Month, kind: str) -> Heading:
    return Heading(
        agreement=founded.agreements[group],
        opd=founded.opds[npp],
        budget_line=founded.lines[group, npp],
        month=month.first_day,
        kind=kind,
    )


def hand_in(content: bytes, name: str, heading: Heading, founded: Founded, report: Report, at: datetime) -> None:
    """One office's list, from file to applied plan."""
    with whole_government(founded.government):
        with report.timed("berkas dibaca, diperiksa, disimpan"):
            received = receive(content=content, name=name, heading=heading, by=founded.operator, at=at)
        counts = received.roster_list.reading.counts
        report.files += 1
        report.files_new += not received.known
        report.rows += counts["rows"]
        report.verdicts.update(counts["verdicts"])
        report.findings.update(counts["codes"])
        standing = Plan.objects.filter(roster_list=received.roster_list).exclude(proposal__state=Proposal.REFUSED)
        with report.timed("rencana dihitung"):
            made = standing.last() or plan(roster_list=received.roster_list, by=founded.operator, at=at)
        report.plan.update(made.counts)
        carry_out(made, founded, report, at)


def carry_out(made: Plan, founded: Founded, report: Report, at: datetime) -> None:
    """A plan approved by a second person and applied."""
    if made.proposal.state == Proposal.OPEN:
        with whole_government(founded.government, by=founded.admin):
            decide(
                proposal_id=made.proposal_id, version=made.version, verdict=Verdict.APPROVE, comment="Sesuai daftar.",
                by=founded.admin, at=at,
            )  # fmt: skip
    with report.timed("rencana diterapkan"):
        apply(plan_id=made.pk, by=founded.admin, at=at)
