"""Kabupaten Bekasi, January and February 2023: 75,903 vulnerable workers by one decree, 28,800 of them rice farmers.

An earlier report speaks of 26,808 farmers. Here that is how many BPJS confirms for January; the rest follow with
February (assumed), so that what is decreed and what is posted stand apart. From February the fishermen save for old
age as well (JHT), paid by APBD: which segment began is assumed.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from payung.doors.world import decreed, founding, listed
from payung.doors.world.decreed import Village
from payung.doors.world.facts import BudgetLine
from payung.doors.world.monthly import morning
from payung.doors.world.stories.prepared import asked, freeze_file, keep_plans, saving
from payung.doors.world.stories.published import TARGETS, TARGETS_TOLD_ON, Published, take_down
from payung.doors.world.stories.telling import Telling, Withheld, standing, whole_month
from payung.office.agreements.actions import Terms, sign_agreement
from payung.office.agreements.models import Agreement
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.receiving import Heading
from payung.office.places.scope import whole_government
from payung.office.planning.actions import NewScenario
from payung.office.reports.award_freezing import Noted
from payung.office.savings.actions import credit
from payung.rules.money import grouped
from payung.rules.months import Month
from payung.rules.planning.turns import Group

FIRST, LAST = Month(2023, 1), Month(2023, 2)
VILLAGERS, FARMERS, SAVERS = "rentan", "petani", "nelayan"
FARMERS_DECREED, FARMERS_REPORTED_BEFORE = 28_800, 26_808
DECLARED_RUPIAH, SAVED_RUPIAH = 1_000_000, 20_000
"""Declared income, and the 2 % of it that go to JHT each month."""
UNTIL = date(2023, 12, 31)
TOLD_ON = date(2023, 2, 7)
"""When it was told of, and when the file for the award is frozen here."""
HEALTH = Published(
    "health", "all", percent_hundredths=9_800, definition="Kepesertaan jaminan kesehatan, seperti diberitakan"
)
FARMERS_RUPIAH, SAVING_RUPIAH = 4_840_000_000, 10_600_000_000
"""What the farmers cost from March to December, without and with JHT. Assumed."""
FOR_THE_AWARD = (
    Noted(2023, "regulation", code="Perbup", number="SINTETIS/9/2023", title="Perlindungan pekerja rentan",
          dated_on=date(2023, 1, 2)),
    Noted(2023, "innovation", title="Daftar desa diperiksa sebelum SK, satu tempat untuk satu orang"),
)  # fmt: skip


def tell(story: Telling) -> None:
    """The decree, January with the farmers in part, the file for the award, JHT for a segment, February whole."""
    founded, report = story.founded, story.report
    village = Village(story.world, story.group(VILLAGERS), founded, report, story.show)
    decreed.protect(village, FIRST, UNTIL)
    whole_month(story, founded, FIRST, in_advance=True, withheld=without_later_farmers(village))
    take_down(story, TOLD_ON, [HEALTH])
    freeze_file(story, TOLD_ON, FOR_THE_AWARD)
    keep_plans(story, TOLD_ON, _plans(village))
    with report.timed("JHT untuk satu segmen"):
        _switch_savings_on(story, village)
    whole_month(story, founded, LAST, in_advance=True)
    credited_on = LAST.first_day.replace(day=15)
    with report.timed("JHT dikreditkan"):
        credit(government=founded.government, on=credited_on, by=founded.treasurer, at=morning(credited_on))
    take_down(story, TARGETS_TOLD_ON, TARGETS)
    standing(story, [FIRST, LAST])
    shares = decreed.shares(village.group, village.people.height)
    report.told.append("Kuota SK: " + ", ".join(f"{name} {grouped(heads)}" for name, heads in shares.items()))


def without_later_farmers(village: Village) -> Withheld:
    """Takes from a confirmation the farmers whom the earlier report does not count yet."""
    people = village.people
    farmers = people.filter(pl.col("segment") == FARMERS)
    told = farmers.height * FARMERS_REPORTED_BEFORE // FARMERS_DECREED
    later = farmers["nik"].to_list()[told:]
    return lambda rows: rows.filter(~pl.col("NIK").is_in(later))


def _plans(village: Village) -> list[NewScenario]:
    """The farmers for the rest of the year, as they are and with savings for old age."""
    farmers = Group(village.people.filter(pl.col("segment") == FARMERS).height, FARMERS)
    rest = asked(
        village.group, "Petani: sampai Desember 2023", (LAST.shift(1), Month(2023, 12)), FARMERS_RUPIAH, [farmers]
    )
    return [rest, saving(rest, "Petani: ditambah JHT", SAVING_RUPIAH)]


def savers(people: pl.DataFrame) -> pl.DataFrame:
    """The fishermen who may still begin: nobody who is 65 on the first day."""
    return people.filter((pl.col("segment") == SAVERS) & (pl.col("birth_date").dt.offset_by("65y") > LAST.first_day))


def _switch_savings_on(story: Telling, village: Village) -> None:
    """An agreement on JHT of its own; who is in it is a list of additions, as for any programme."""
    month, at = LAST, morning(LAST.first_day)
    coming = savers(village.people)
    (office,) = [replace(one, heads=coming.height) for one in founding.paying(story.world.place, village.group)]
    budget = BudgetLine(
        "SINTETIS-5.1.02.02-03", "Belanja iuran jaminan hari tua bagi nelayan", month.year, coming.height,
        coming.height * SAVED_RUPIAH * (13 - month.month),
    )  # fmt: skip
    founded = founding.budget_more(story.founded, village.group, budget, [office], at=at)
    heading = Heading(
        agreement=_savings_agreement(story, month), opd=founded.opds[office.npp],
        budget_line=founded.lines[VILLAGERS, office.npp], month=month.first_day, kind=RosterList.ADDITIONS,
    )  # fmt: skip
    listed.hand_in(listed.mended(coming), f"jht-{month}.csv", heading, founded, story.report, at)
    story.report.told.append(f"JHT sejak {month}: {grouped(coming.height)} nelayan")


def _savings_agreement(story: Telling, month: Month) -> Agreement:
    founded, place = story.founded, story.world.place
    with whole_government(founded.government, by=founded.admin):
        return sign_agreement(
            government=founded.government,
            terms=Terms(
                kind=place.agreement.kind, number=f"{place.agreement.number} (JHT)",
                title="Jaminan hari tua bagi pekerja rentan", signed_on=month.first_day,
                effective_from=month.first_day, effective_until=None, membership_class="BPU", programmes=("JHT",),
                wage_base="nominal", wage_nominal_rupiah=DECLARED_RUPIAH,
                parties=(place.agreement.government_party, place.agreement.branch_party),
            ),
            by=founded.admin, at=morning(month.first_day),
        )  # fmt: skip
