"""Deaths found in a list become proposed cases; who died is billed no more; cases are listed and counted."""

from datetime import date

import pytest

from payung.office.access.actions import add_user
from payung.office.access.marks import seal
from payung.office.access.roles import NotAllowed, Role
from payung.office.approvals.models import Verdict
from payung.office.billing.models import BillLine, Posting
from payung.office.claims import queries
from payung.office.claims.ending import EndingRefused, decide_endings, propose_endings, to_end
from payung.office.claims.gathering import note_facts
from payung.office.claims.listed import NoSuchColumns, TakenIn, of_list, propose_deaths, take_in
from payung.office.claims.models import Benefit, Case, Document
from payung.office.claims.opening import CaseRefused, accept_case, drop_case
from payung.office.claims.told import told_of
from payung.office.enrolment.models import Spell
from payung.office.files.actions import keep
from payung.office.outside import actions as outside
from payung.office.outside.models import OutsideList
from payung.office.places.actions import grant_area
from payung.office.places.scope import seen_by
from payung.office.registry.models import Person
from payung.office.reports import claim_figures
from payung.rules.months import Month
from tests.office import family
from tests.office.cast import AT, Cast, billed, call_cast, drafted, enrol, people
from tests.office.family import moment

pytestmark = pytest.mark.django_db
TODAY = date(2022, 12, 20)
NOTHING = frozenset[date]()


@pytest.fixture
def cast() -> Cast:
    """Eight people at public works, billed and posted for October and November 2022; the eighth was not posted."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(8))
    file, _ = keep(government=called.government, content=b"p", name="p.csv", by=called.admin, at=AT)
    for month in (Month(2022, 10), Month(2022, 11)):
        lines = BillLine.objects.filter(bill__in=billed(called, month)).select_related("membership")
        for line in lines.exclude(membership__person__name=people(8)[7]["name"]):
            Posting.objects.create(
                government=called.government, membership=line.membership, month=line.for_month,
                amount_rupiah=line.total_rupiah, file=file, recorded_at=moment(month.shift(1).first_day),
            )  # fmt: skip
    return called


def told(*rows: tuple[str, ...], heading: str) -> bytes:
    return "\n".join([heading, *(";".join(row) for row in rows)]).encode()


def deaths(*rows: tuple[str, ...]) -> bytes:
    return told(*rows, heading="NIK;NAMA;TANGGAL MENINGGAL")


def taken(cast: Cast, content: bytes) -> TakenIn:
    """The list taken in as one from outside, and cases proposed for its dead."""
    list_ = outside.take_in(
        government=cast.government, content=content, name="kematian.csv", told_on=TODAY, by=cast.operator, at=AT
    ).outside_list
    return propose_deaths(outside_list=list_, on=TODAY, by=cast.operator, at=moment(TODAY))


def hurt(cast: Cast, content: bytes) -> TakenIn:
    return take_in(
        government=cast.government, content=content, name="rs.csv", on=TODAY, by=cast.operator, at=moment(TODAY)
    )


def known(*numbers: int, day: str = "20-11-2022") -> list[tuple[str, str, str]]:
    rows = people(8)
    return [(rows[number]["nik"], rows[number]["name"], day) for number in numbers]


def test_five_deaths_are_found_and_each_has_its_sum_or_the_reason_why_not(cast: Cast) -> None:
    stranger = person_of_nobody(cast)
    content = deaths(*known(0, 1, 2, 3, 7), *known(4, day="kemarin"), (stranger, "BUKAN PESERTA", "20-11-2022"))
    assert taken(cast, content) == TakenIn(proposed=5, known=0, strangers=1, unread=1)
    assert taken(cast, content) == TakenIn(proposed=0, known=5, strangers=1, unread=1)
    assert [case.state for case in Case.objects.all()] == ["proposed"] * 5
    assert queries.unclaimed_deaths(cast.area).count() == 5
    sums = []
    for case in Case.objects.order_by("pk"):
        accept_case(case_id=case.pk, claimed=["jkm"], on=TODAY, by=cast.operator, at=AT)
        benefit = Benefit.objects.get(case=case)
        note_facts(case_id=case.pk, told={"work_accident": "no"}, by=cast.operator, at=AT)
        family.complete(cast, benefit, on=TODAY)
        (claim,) = queries.whole(Case.objects.get(pk=case.pk), on=TODAY, holidays=NOTHING).claims
        sums.append((claim.judged.amounts.total_rupiah, claim.judged.payer, claim.judged.reasons[1].code))
    assert sums[:4] == [(42_000_000, "bpjs", "cover_confirmed")] * 4
    assert sums[4] == (42_000_000, "employer", "cover_employer_liable")
    family.approved(cast, Benefit.objects.order_by("pk")[0], on=TODAY)
    assert queries.unclaimed_deaths(cast.area).count() == 4


def test_who_died_is_billed_no_more_after_the_month_of_death(cast: Cast) -> None:
    taken(cast, deaths(*known(0)))
    assert to_end(cast.government.pk) == []
    with pytest.raises(EndingRefused):
        propose_endings(government=cast.government, by=cast.operator, at=AT)
    accept_case(case_id=Case.objects.get().pk, claimed=["jkm"], on=TODAY, by=cast.operator, at=AT)
    proposal = propose_endings(government=cast.government, by=cast.operator, at=AT)
    assert to_end(cast.government.pk) == []
    assert decide_endings(proposal_id=proposal.pk, verdict=Verdict.APPROVE, comment="", by=cast.admin, at=AT) == 1
    person = Case.objects.get().person_id
    (spell,) = Spell.objects.filter(membership__person=person, replaced_at__isnull=True)
    assert spell.until_month == date(2022, 11, 1)
    run = drafted(cast, Month(2022, 12))
    lines = BillLine.objects.filter(bill__run=run)
    assert lines.count() == 7
    assert not lines.filter(membership__person=person).exists()


def test_a_refused_ending_may_be_proposed_again(cast: Cast) -> None:
    taken(cast, deaths(*known(0)))
    accept_case(case_id=Case.objects.get().pk, claimed=[], on=TODAY, by=cast.operator, at=AT)
    proposal = propose_endings(government=cast.government, by=cast.operator, at=AT)
    ended = decide_endings(proposal_id=proposal.pk, verdict=Verdict.REFUSE, comment="Periksa", by=cast.admin, at=AT)
    assert (ended, len(to_end(cast.government.pk))) == (0, 1)


def person_of_nobody(cast: Cast) -> str:
    """The NIK of somebody whom the registry knows, and who never was a member."""
    nik = "3273064101800099"
    Person.objects.create(
        government=cast.government, name="BUKAN PESERTA", name_key="BUKAN PESERTA",
        nik_sealed=seal(nik, kind="nik"), recorded_at=AT,
    )  # fmt: skip
    return nik


def test_deaths_of_every_opd_are_proposed_by_whoever_sees_them_all(cast: Cast) -> None:
    taken(cast, deaths(*known(0)))
    narrow = add_user(
        username="narrow", full_name="n", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
    )
    grant_area(user=narrow, government=cast.government, opd=cast.works, by=None, at=AT)
    with pytest.raises(NotAllowed):
        propose_deaths(outside_list=OutsideList.objects.get(), on=TODAY, by=narrow, at=AT)
    assert of_list(OutsideList.objects.get()).count() == 1


def test_accidents_and_other_names(cast: Cast) -> None:
    nik, _, _ = known(0)[0]
    heading = "NIK;NAMA;TANGGAL KECELAKAAN"
    with pytest.raises(NoSuchColumns):
        hurt(cast, told((nik, "X"), heading="NIK;NAMA"))
    rows = ((nik, "BUDI SANTOSO", "2022-11-21"), (person_of_nobody(cast), "", "2022-11-20"), ("x", "", "kemarin"))
    assert hurt(cast, told(*rows, heading=heading)) == TakenIn(proposed=1, known=0, strangers=1, unread=1)
    assert hurt(cast, told(*rows, heading=heading)) == TakenIn(proposed=0, known=1, strangers=1, unread=1)
    case = Case.objects.get(event="accident")
    assert told_of(case).chronology == "Nama di daftar: BUDI SANTOSO"
    drop_case(case_id=case.pk, reason="other_person", by=cast.operator, at=AT)
    with pytest.raises(CaseRefused, match="not_proposed"):
        accept_case(case_id=case.pk, claimed=[], on=TODAY, by=cast.operator, at=AT)


def test_cases_are_listed_by_who_must_act(cast: Cast) -> None:
    taken(cast, deaths(*known(0, 1, 2)))
    first = Case.objects.order_by("pk")[0]
    accept_case(case_id=first.pk, claimed=["jkm", "scholarship"], on=TODAY, by=cast.operator, at=AT)
    benefit = Benefit.objects.get(case=first, kind="jkm")
    note_facts(case_id=first.pk, told={"work_accident": "no"}, by=cast.operator, at=AT)
    family.complete(cast, benefit, on=TODAY)
    made = family.assessed(cast, benefit, on=TODAY)
    (line,) = queries.listed(cast.area, state="open").lines
    assert (line.id, line.who, dict(line.benefits)) == (first.pk, "checker", {"jkm": "open", "scholarship": "open"})
    family.agreed(cast, made, on=TODAY)
    assert [line.id for line in queries.listed(cast.area, kind="jkm", step="approved").lines] == [first.pk]
    page = queries.listed(cast.area, limit=2)
    assert len(page.lines) == 2
    rest = queries.listed(cast.area, limit=2, after=page.after)
    assert (len(rest.lines), rest.after) == (1, "")
    assert {line.id for line in (*page.lines, *rest.lines)} == set(Case.objects.values_list("pk", flat=True))
    found = claim_figures.claims_between(cast.area, date(2022, 1, 1), TODAY)
    counted = {one.key: one for one in claim_figures.parts(found, "kind")}
    assert (counted["jkm"].claims, counted["jkm"].outcomes["running"]) == (1, 1)
    assert (counted["jkm"].expected_rupiah, counted["jkm"].received_rupiah, counted["jkm"].median_days) == (
        42_000_000,
        0,
        None,
    )
    assert {name: [one.key for one in claim_figures.parts(found, name)] for name in ("segment", "opd", "fund")} == {
        "segment": ["PU"],
        "opd": [str(cast.works.pk)],
        "fund": [str(Spell.objects.values_list("budget_line__fund", flat=True)[0])],
    }
    ratios = claim_figures.ratios(cast.government.pk, found, Month(2022, 1), Month(2022, 12))
    assert [(one.programme, one.awaited_rupiah, one.per_ten_million) for one in ratios] == [
        ("JKK", 0, None), ("JKM", 42_000_000, None), ("JHT", 0, None),
    ]  # fmt: skip


def test_an_office_sees_the_cases_and_papers_of_its_own_people(cast: Cast) -> None:
    taken(cast, deaths(*known(0)))
    case = Case.objects.get()
    accept_case(case_id=case.pk, claimed=["jkm"], on=TODAY, by=cast.operator, at=AT)
    family.complete(cast, Benefit.objects.get(), on=TODAY)
    seen = {}
    for name, opd in (("works", cast.works), ("health", cast.health)):
        user = add_user(
            username=name, full_name=name, role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=user, government=cast.government, opd=opd, by=None, at=AT)
        with seen_by(user):
            papers = list(Document.objects.select_related("file"))
            seen[name] = (Case.objects.count(), len(papers), all(bytes(one.file.sealed_content) for one in papers))
    assert seen == {"works": (1, 10, True), "health": (0, 0, True)}
