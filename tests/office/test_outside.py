"""Lists of others beside the registry: each row in one group, the dead proposed to a second person, nobody changed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.actions import add_user
from payung.office.access.roles import NotAllowed, Role
from payung.office.agreements.decree_lists import list_on
from payung.office.enrolment.actions import apply_leavers
from payung.office.enrolment.models import Plan, Spell
from payung.office.files.models import Row
from payung.office.outside import queries
from payung.office.outside.actions import match_again, propose_ends, take_in
from payung.office.outside.content import NoOutsideList
from payung.office.outside.models import OutsideList, OutsideRow
from payung.office.places.actions import grant_area
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.registry.judging import Said, judge_row
from payung.office.registry.models import Membership, Pair, Person
from payung.office.verification.actions import check_again
from payung.office.verification.lists import due, propose_list
from payung.office.verification.models import Candidate
from payung.rules.eligibility.terms import Rule
from tests.office import pool
from tests.office.cast import AT, Cast, approve, call_cast, enrol, people

pytestmark = pytest.mark.django_db
ON = date(2022, 10, 20)


@pytest.fixture
def cast() -> Cast:
    """Three people at public works, two at health."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(3))
    enrol(called, called.heading(called.health), people(2, first=10))
    return called


def took(cast: Cast, text: str, name: str = "luar.csv") -> OutsideList:
    taken = take_in(government=cast.government, content=text.encode(), name=name, told_on=ON, by=cast.operator, at=AT)
    return taken.outside_list


def deaths(*told: tuple[int, str]) -> str:
    """A list of deaths: whom (of `people`) and the day as written."""
    lines = ["NIK;NAMA;TANGGAL MENINGGAL"]
    for number, day in told:
        (one,) = people(1, first=number)
        lines.append(f"{one['nik']};{one['name']};{day}")
    return "\n".join(lines)


def told(found: OutsideList) -> dict[str, int]:
    return {group: count for group, count in queries.counts(found).items() if count}


def test_members_by_group_and_who_is_missing_on_either_side(cast: Cast) -> None:
    first, second, third = people(3)
    lines = [
        "KPJ;NIK;NAMA;TANGGAL LAHIR;STATUS KEPESERTAAN",
        f"22000000001;{first['nik']};{first['name']};{first['birth_date']};AKTIF",
        f"22000000002;{second['nik']};{second['name']};1979-12-31;AKTIF",
        f"22000000003;{third['nik']};{third['name']}S;{third['birth_date']};AKTIF",
        "22000000004;3273061208900001;SINTETIS BUKAN SIAPA;12-08-1990;AKTIF",
    ]
    found = took(cast, "\n".join(lines))
    assert found.kind == "members"
    assert told(found) == {"confirmed": 1, "birth_date": 1, "name": 1, "unknown_here": 1, "unknown_there": 2}
    (differs,) = queries.people(found, "birth_date")
    assert (differs.name, differs.differs, differs.row) == (second["name"], ("birth_date",), 3)
    assert {one.name for one in queries.people(found, "unknown_there")} == {one["name"] for one in people(2, first=10)}
    assert Membership.objects.filter(kpj_sealed__isnull=False).count() == 0, "a list changes nobody"


def test_dukcapil_confirms_and_tells_the_dead(cast: Cast) -> None:
    first, second, _ = people(3)
    lines = [
        "NIK;NAMA;HASIL PADAN;KETERANGAN",
        f"{first['nik']};{first['name']};PADAN;",
        f"{second['nik']};{second['name']};PADAN;MENINGGAL",
        f"{people(1, first=10)[0]['nik']};{people(1, first=10)[0]['name']};PADAN;BELUM MENINGGAL",
    ]
    found = took(cast, "\n".join(lines))
    assert told(found) == {"confirmed": 2, "dead": 1} and queries.undated_deaths(found) == 1
    (dead,) = queries.matched_deaths(cast.government.pk).to_dicts()
    assert (dead["person_id"], dead["died_on"]) == (Person.objects.get(name=second["name"]).pk, None)
    assert propose_ends(outside_list=found, by=cast.operator, at=AT) == [], "no day, no proposal"


def test_deciles_are_read(cast: Cast) -> None:
    first, *_ = people(1)
    found = took(cast, f"NIK;NAMA;DESIL\n{first['nik']};{first['name']};Desil 3\n")
    assert [one.decile for one in queries.people(found, "confirmed")] == [3]


def test_the_dead_end_by_plans_that_a_second_person_approves_and_never_silently(cast: Cast) -> None:
    found = took(cast, deaths((1, "05-10-2022"), (10, "30-09-2022"), (2, "2022-11-20")))
    assert told(found) == {"dead": 3}
    before = list(Spell.objects.order_by("pk").values())
    plans = propose_ends(outside_list=found, by=cast.operator, at=AT)
    assert list(Spell.objects.order_by("pk").values()) == before
    assert sorted(plan.roster_list.opd.code for plan in plans) == ["KES", "PU"]
    of_works = next(plan for plan in plans if plan.roster_list.opd == cast.works)
    of_health = next(plan for plan in plans if plan.roster_list.opd == cast.health)
    assert of_works.counts == {"leave": 2}
    assert of_health.planitem_set.get().reason == "before_start", "dead before protection began: a person decides"
    approve(cast, of_works.proposal, by=cast.admin)
    assert apply_leavers(plan_id=of_works.pk, by=cast.admin, at=AT) == 2
    ends = Spell.objects.filter(payer_opd=cast.works, replaced_at=None).order_by("until_month")
    assert list(ends.values_list("until_month", flat=True)) == [date(2022, 10, 1), date(2022, 11, 1), None]
    again = propose_ends(outside_list=found, by=cast.operator, at=AT)
    assert of_health in again and Plan.objects.filter(roster_list__reading__file=found.reading.file).count() == 2


def test_a_doubtful_row_waits_for_a_person_and_counts_once_decided(cast: Cast) -> None:
    first, *_ = people(1)
    found = took(cast, f"NIK;NAMA;TANGGAL LAHIR;TANGGAL MENINGGAL\n;{first['name']};{first['birth_date']};05-10-2022\n")
    assert told(found) == {"waits": 1} and queries.matched_deaths(cast.government.pk).is_empty()
    pair = Pair.objects.get(row__reading=found.reading)
    assert pair.row_id is not None
    judge_row(row_id=pair.row_id, said=Said("same", pair.person_id), area=cast.area, by=cast.operator, at=AT)
    assert match_again(outside_list=found, by=cast.operator, at=AT) == 1
    assert told(found) == {"dead": 1} and queries.matched_deaths(cast.government.pk).height == 1
    assert match_again(outside_list=found, by=cast.operator, at=AT) == 0


def test_the_same_file_again_is_known_and_another_file_is_refused(cast: Cast) -> None:
    text = deaths((1, "05-10-2022"))
    assert took(cast, text) == took(cast, text, name="lain.csv")
    for text, looks_like, missing in (
        ("NIK;NAMA\n3273061208900001;SINTETIS BUDI\n", "", ()),
        ("NIP;NAMA;UNIT KERJA\n199001012015031001;SINTETIS BUDI;Dinas\n", "asn", ()),
        ("NAMA;TANGGAL LAHIR;TANGGAL MENINGGAL\nSINTETIS BUDI;12-08-1990;05-10-2022\n", "kematian", ("NIK",)),
    ):
        with pytest.raises(NoOutsideList) as refused:
            took(cast, text)
        assert (refused.value.looks_like, refused.value.missing) == (looks_like, missing)


def test_a_list_of_deaths_needs_no_names(cast: Cast) -> None:
    first, *_ = people(1)
    found = took(cast, f"NIK;TANGGAL MENINGGAL\n{first['nik']};05-10-2022\n")
    assert told(found) == {"dead": 1}
    assert [(one.name, one.died_on) for one in queries.people(found, "dead")] == [("", date(2022, 10, 5))]


def test_its_rows_are_seen_by_the_whole_government_alone_whatever_the_role(cast: Cast) -> None:
    first, *_ = people(1)
    found = took(cast, f"NIK;NAMA;TANGGAL LAHIR;TANGGAL MENINGGAL\n;{first['name']};{first['birth_date']};05-10-2022\n")
    for role in Role:
        for reach, opd, expected in (("whole", None, 1), ("works", cast.works, 0)):
            name = f"{role.value}-{reach}"
            user = add_user(username=name, full_name=name, role=role, password="rahasia-panjang", by=None, at=AT)
            grant_area(user=user, government=cast.government, opd=opd, by=None, at=AT)
            with seen_by(user):
                rows = Row.objects.filter(reading=found.reading_id)
                seen = (rows, OutsideRow.objects.all(), OutsideList.objects.all(), Pair.objects.all())
                assert [one.count() for one in seen] == [expected] * 4, name


def test_a_death_is_told_to_the_decree_and_the_next_paper_proposes_who_follows(cast: Cast) -> None:
    decree = pool.drafted(cast, quota=2, rules=(Rule("age"),))
    pool.propose(cast, decree, [pool.Villager(number) for number in range(1, 4)])
    check_again(decree=decree, by=cast.operator, at=pool.NOW)
    made = propose_list(decree=decree, paper=pool.paper(), by=cast.operator, at=pool.NOW)
    pool.in_force(cast, made)
    before = list(list_on(decree, pool.FIRST)["entry_id"])
    dead = Candidate.objects.get(decree=decree, name=pool.Villager(1).name)
    first, second = pool.Villager(1), pool.Villager(2)
    lines = [f"{first.nik};{first.name};15-10-2022;MATI", f"{second.nik};{second.name};;HIDUP"]
    took(cast, "\n".join(["NIK;NAMA;TANGGAL PERISTIWA;STATUS DASAR", *lines]))
    (ending,) = due(decree, pool.FIRST).to_dicts()
    assert (ending["key"], ending["end_reason"], ending["last_day"]) == (dead.pk, "died", date(2022, 10, 31))
    assert list(list_on(decree, pool.FIRST)["entry_id"]) == before, "told, not ended"


def test_only_who_sees_the_whole_government_sees_it_and_what_it_says_stays(cast: Cast) -> None:
    found = took(cast, deaths((1, "05-10-2022")))
    assert list(queries.visible(cast.area)) == [found]
    narrow = Area(cast.government, (cast.works.pk,))
    assert not queries.visible(narrow).exists()
    with pytest.raises(NotAllowed):
        take_in(government=cast.government, content=b"x", name="x.csv", told_on=ON, by=cast.auditor, at=AT)
    for change in ({"dead": False}, {"died_on": ON}):
        with pytest.raises(DatabaseError), transaction.atomic():
            OutsideRow.objects.update(**change)
