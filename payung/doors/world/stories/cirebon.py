"""Kota Cirebon, read as April 2023: 1,100 of 3,600 employees at first, then OPD by OPD until everybody is in.

The personnel office's master shows in April who is missing and in which OPD; a letter gives the OPD until 31 October;
the same master in December finds nobody missing. Which OPD came when is assumed.
"""

from datetime import date

import polars as pl

from payung.doors.world import founding, listed
from payung.doors.world.facts import BudgetLine, Office
from payung.doors.world.monthly import morning
from payung.doors.world.stories.prepared import asked, keep_plans
from payung.doors.world.stories.published import TARGETS, TARGETS_TOLD_ON, take_down
from payung.doors.world.stories.telling import Telling, standing, whole_month
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.planning.actions import NewScenario
from payung.office.registry.judging import Said, judge_row
from payung.office.registry.models import Judgement
from payung.office.registry.questions import waiting_rows
from payung.office.reports.comparing import compare
from payung.office.reports.masters import Heading, Letter, set_deadline, take_in
from payung.office.reports.models import Master
from payung.rules.money import grouped
from payung.rules.months import Month
from payung.rules.planning.turns import Group

FIRST, LAST = Month(2023, 4), Month(2023, 12)
COMING = {
    Month(2023, 6): ("Disdik",),
    Month(2023, 7): ("Dinkes", "RSD"),
    Month(2023, 9): ("Satpol PP", "Setda", "DPRKP", "BPKPD", "Setwan", "Disdukcapil"),
    Month(2023, 10): ("Dinsos", "Disnaker", "Disbudpar", "DKIS", "DKUKMPP"),
}
"""Month -> the OPD that came; the kecamatan came last."""
KECAMATAN_FROM = Month(2023, 11)
DUE_ON = date(2023, 10, 31)
PER_HEAD_MONTH = 14_000
"""Rupiah that the revised budget sets aside for a head and month. Assumed."""
GAP_RUPIAH, HALF_RUPIAH = 280_000_000, 140_000_000
"""What protects those who are missing until December, and half of it. Assumed."""


def tell(story: Telling) -> None:
    """Nine months, the OPD as they come, the assessment before and after."""
    world, report, founded = story.world, story.report, story.founded
    (group,) = world.place.groups
    months = list(FIRST.until(LAST))
    for month in months:
        coming = coming_in(group.offices, month)
        if month != FIRST and coming:
            budget = BudgetLine(
                f"{group.budget.code}-P", group.budget.name, month.year, sum(office.heads for office in coming),
                sum(office.heads for office in coming) * PER_HEAD_MONTH * (13 - month.month),
            )  # fmt: skip
            founded = founding.budget_more(founded, group, budget, coming, at=morning(month.first_day))
        npps = frozenset(office.npp for office in coming)
        if npps:
            listed.hand_in_lists(world, founded, report, month, story.show, npps=npps)
            listed.hand_in_mended(world, founded, report, month, story.show, npps=npps)
        whole_month(story, founded, month)
        if month in (FIRST, LAST):
            with report.timed("asesmen"):
                _assess(story, month)
    take_down(story, TARGETS_TOLD_ON, TARGETS)
    keep_plans(story, FIRST.last_day, _plans(story))
    standing(story, months)
    heads = [f"{one.month} {grouped(one.heads)}" for one in report.months]
    report.told.append("Terlindungi: " + ", ".join(heads))


def coming_in(offices: tuple[Office, ...], month: Month) -> list[Office]:
    """Which OPD come in a month."""
    if month == FIRST:
        return [office for office in offices if office.joined]
    named = COMING.get(month, ())
    last = month == KECAMATAN_FROM
    return [
        office for office in offices
        if not office.joined and (office.short in named or (last and office.district_code is not None))
    ]  # fmt: skip


def _plans(story: Telling) -> list[NewScenario]:
    """Those who are missing in April, OPD by OPD, with the whole sum and with half of it."""
    (group,) = story.world.place.groups
    behind = {office.npp: office.short for office in group.offices if not office.joined}
    heads = story.world.people.filter(pl.col("npp").is_in(list(behind))).group_by("npp", maintain_order=True).len()
    missing = [Group(count, behind[npp]) for npp, count in heads.iter_rows()]
    months = (FIRST.shift(1), LAST)
    return [
        asked(group, "Yang belum terlindungi: sampai Desember 2023", months, GAP_RUPIAH, missing),
        asked(group, "Yang belum terlindungi: separuh anggaran", months, HALF_RUPIAH, missing),
    ]


def _assess(story: Telling, month: Month) -> None:
    """The personnel office's master beside the members of a month; after the first, the letter to the OPD behind."""
    founded, admin = story.founded, story.founded.admin
    government, at = founded.government, morning(month.last_day)
    keeper = next(opd for opd in founded.opds.values() if opd.short_name == founding.LABOUR_OFFICE_SHORT)
    taken = take_in(
        content=_master(story, month), name=f"master-bkpsdm-{month}.csv",
        heading=Heading(keeper, Master.BKPSDM, month.last_day), by=admin, at=at,
    )  # fmt: skip
    compare(master=taken.master, month=month, by=admin, at=at)
    if _answer(story, taken.master, month):
        compare(master=taken.master, month=month, by=admin, at=at)
    if month == FIRST:
        behind = [founded.opds[office.npp] for office in story.world.place.groups[0].offices if not office.joined]
        letter = Letter("SINTETIS/800/BKPSDM/2023", month.last_day, DUE_ON)
        with whole_government(government, by=admin):
            set_deadline(opds=behind, letter=letter, by=admin, at=at)


def _answer(story: Telling, master: Master, month: Month) -> int:
    """Whoever stands in the registry under a wrong NIK is asked about: a clerk says that it is the same person, by name
    and birth date. How many were answered.
    """
    government, clerk = story.founded.government, story.founded.operator
    area, answered = Area(government, None), 0
    with whole_government(government, by=clerk):
        for pair in waiting_rows(area).filter(row__reading=master.reading_id).select_related("row", "person"):
            row, person = pair.row, pair.person
            if row and row.name and (row.name.upper(), row.birth_date) == (person.name.upper(), person.birth_date):
                said = Said(Judgement.SAME, person.pk)
                judge_row(row_id=row.pk, said=said, area=area, by=clerk, at=morning(month.last_day))
                answered += 1
    return answered


def _master(story: Telling, month: Month) -> bytes:
    """Everybody whom the city employs, as the personnel office lists them."""
    names = {office.npp: office.name for group in story.world.place.groups for office in group.offices}
    rows = story.world.people.select(
        pl.col("nik").alias("NIK"), pl.col("name").alias("NAMA"), pl.col("birth_date").alias("TANGGAL LAHIR"),
        pl.col("npp").replace_strict(names).alias("UNIT KERJA"), pl.lit("Non ASN").alias("STATUS"),
        pl.lit(str(month)).alias("KEADAAN"),
    )  # fmt: skip
    return rows.write_csv(separator=";", date_format="%d-%m-%Y").encode()
