"""Kabupaten Bekasi, January 2023: 75,903 vulnerable workers by one decree, of whom 28,800 rice farmers.

An earlier report speaks of 26,808 farmers: as many BPJS confirms for January, and both numbers stand apart, each with
its people. From February one segment saves for old age as well.
"""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import FilePayload

from payung.doors.papers.award_paper import PAPER
from payung.doors.world.programme import load_programme
from payung.doors.world.stories.bekasi import savers as savers_of
from payung.doors.world.worlds import make
from payung.office.access.models import User
from payung.office.agreements.decree_lists import list_on
from payung.office.agreements.models import Decree
from payung.office.files.queries import content
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.reports.award_freezing import frozen_as
from payung.office.reports.award_models import AwardFile
from payung.office.reports.numbers import Cell, Wanted, behind, parts
from payung.office.savings.queries import totals
from payung.rules.money import grouped
from payung.rules.months import Month
from tests.journeys.screen import Screen, SitDown
from tests.seen import words_of

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY, FEBRUARY = Month(2023, 1), Month(2023, 2)
PER_HEAD, JHT_RUPIAH = 16_800, 20_000


@pytest.mark.parametrize("people", [150, pytest.param(75_903, marks=pytest.mark.full)])
def test_segments_of_one_decree_farmers_told_apart_and_savings_begin(
    people: int, tmp_path: Path, sit_down: SitDown
) -> None:
    report = load_programme("bekasi", seed=1, people=people, folder=tmp_path, show=lambda *told: None)
    everybody = make("bekasi", seed=1, people=people).people
    farmers, savers = everybody.filter(segment="petani").height, savers_of(everybody).height
    assert people != 75_903 or farmers == 28_800
    assert report.persons == people and list_on_has(people)
    january, february = report.months
    assert january.billed_rupiah == people * PER_HEAD
    assert (february.posted, february.billed_rupiah) == (people, people * PER_HEAD + savers * JHT_RUPIAH)
    with seen_by(User.objects.get(username="auditor")) as area:
        decreed_and_posted_stand_apart(area, farmers)
        one_segment_saves(area, savers)
        the_award_file_is_frozen_and_proves_itself(area, people, january.posted)
        decree = Decree.objects.get()
    assert "petani" in words_of("admin", "/lima-angka?tahun=2023").casefold()
    assert "calon" in words_of("desa", f"/verval/{decree.pk}/calon").casefold()
    whoever_saves_is_one_person_in_two_lists(people, savers)
    the_jury_gets_the_file_and_a_figure_opens_to_its_people(sit_down("admin"), farmers)


def the_jury_gets_the_file_and_a_figure_opens_to_its_people(screen: Screen, farmers: int) -> None:
    """The labour office downloads the frozen file, and opens the farmers of the decree behind their number."""
    screen.open("/penghargaan?tahun=2023")
    with screen.page.expect_download() as download:
        screen.follow("zip")
    pack = download.value.path().read_bytes()
    with ZipFile(BytesIO(pack)) as files:
        assert files.read(PAPER).startswith(b"%PDF")
    screen.follow("Periksa keaslian berkas")
    handed_in = FilePayload(name="berkas.zip", mimeType="application/zip", buffer=pack)
    screen.page.set_input_files("main input[type=file]", files=[handed_in])
    screen.press("Periksa")
    screen.says("Asli: sama dengan berkas tahun 2023 yang dibekukan 7 Feb 2023")
    screen.open("/penghargaan?tahun=2023")
    screen.cell("Petani", "Ditetapkan").get_by_role("link").click()
    assert screen.listed() == farmers


def whoever_saves_is_one_person_in_two_lists(people: int, savers: int) -> None:
    """Paid from two budget lines, counted in both, and said so: on the five numbers and on the first page."""
    told = words_of("admin", "/lima-angka?bulan=2023-02")
    assert f"{grouped(savers)} orang dibayar dari dua mata anggaran" in told
    assert f"Orang yang aktif: {grouped(people)}." in told
    first_page = words_of("admin", "/?bulan=2023-02")
    assert "dibayar menurut dua perjanjian" in first_page and "belum ada alasannya" not in first_page


def list_on_has(people: int) -> bool:
    """Everybody stands in the decree's list, in a place of his own."""
    with seen_by(User.objects.get(username="auditor")):
        listed = list_on(Decree.objects.get(), JANUARY.first_day)
    return listed.height == listed["slot_id"].n_unique() == people


def decreed_and_posted_stand_apart(area: Area, farmers: int) -> None:
    """28,800 farmers are decreed, 26,808 registered and posted in January; those between the two are a list."""
    wanted = Wanted(JANUARY, JANUARY, segment="petani")
    (told,) = parts(area.government.pk, wanted, "segment")
    posted = farmers * 26_808 // 28_800
    assert (told.heads["decreed"], told.heads["posted"]) == (farmers, posted)
    assert farmers != 28_800 or posted == 26_808
    count, some = behind(area.government.pk, wanted, Cell("registered", "lost"), limit=5)
    assert count == farmers - posted and some
    (later,) = parts(area.government.pk, Wanted(FEBRUARY, FEBRUARY, segment="petani"), "segment")
    assert later.heads["posted"] == farmers


def one_segment_saves(area: Area, savers: int) -> None:
    """The fishermen's first month of JHT stands on their accounts, to the rupiah."""
    (year,) = totals(area)
    assert (year.employer_rupiah, year.worker_rupiah) == (0, savers * JHT_RUPIAH)


def the_award_file_is_frozen_and_proves_itself(area: Area, people: int, posted: int) -> None:
    """What the jury gets: whole by its own manifest, printed, with everybody in it; what it still lacks is said."""
    frozen = AwardFile.objects.get(government=area.government, year=2023)
    pack = content(frozen.file)
    known, checked = frozen_as(area, pack)
    assert known == frozen and not checked.faults
    with ZipFile(BytesIO(pack)) as files:
        assert files.read(PAPER).startswith(b"%PDF")
    told = {one["name"]: one["value"] for one in frozen.content["figures"]}
    assert (told["all_decreed"], told["all_posted"]) == (people, posted)
    assert frozen.content["missing"]["claims"] == ["no_claim_paid"] and "regulations" not in frozen.content["missing"]
