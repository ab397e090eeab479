"""From an accident or a death to the money: checks in their order, the law's amount, two people, BPJS's answer."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from payung.office.approvals.models import Verdict
from payung.office.claims.covered import family_covered
from payung.office.claims.deciding import ClaimRefused, appeal, judged
from payung.office.claims.gathering import GatheringRefused, NewHeir, add_document, name_heirs, note_facts
from payung.office.claims.heirs import shares
from payung.office.claims.judging import Judged
from payung.office.claims.models import Answer, Assessment, Benefit, Case, Fact, Heir, Move, Payout
from payung.office.claims.opening import CaseRefused, Event, claim_benefit, close_case, open_case
from payung.office.claims.paying import Money, PayoutRefused, Said, record_answer, record_payout
from payung.office.claims.told import Told, told_of
from payung.office.files.models import Row
from payung.office.ledger.models import Entry
from payung.office.registry.models import Person
from payung.office.verification.models import Candidate, WorkStatement
from payung.rules.months import Month
from tests.office import family
from tests.office.cast import AT, OCTOBER, Cast, call_cast, hand_in, people
from tests.office.family import WIDOW, Ground, ground, member, moment, opened
from tests.office.pool import drafted

pytestmark = pytest.mark.django_db
NOVEMBER = date(2022, 11, 20)
OCT, NOV = Month(2022, 10), Month(2022, 11)


@pytest.fixture
def cast() -> Cast:
    return call_cast()


@pytest.fixture
def office(cast: Cast) -> Ground:
    """Non-ASN staff, covered from October 2022."""
    return ground(cast, "PU", OCTOBER)


def death(on: date = NOVEMBER) -> Event:
    return Event("death", on)


def reasons(found: Judged) -> dict[str, str]:
    return {one.check: one.code for one in found.reasons}


def ledger() -> dict[str, int]:
    totals: dict[str, int] = {}
    for code, amount in Entry.objects.values_list("account__code", "amount_rupiah"):
        totals[code] = totals.get(code, 0) + amount
    return {code: amount for code, amount in totals.items() if (amount and "klaim" in code) or code == "kas:daerah"}


def test_from_a_death_to_forty_two_million(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    benefit = opened(cast, person, "jkm", death(), work_accident="no")
    found = judged(benefit, on=NOVEMBER)
    assert (found.due, found.deciding.code) == (None, "heirs_missing")
    assert reasons(found)["covered"] == "cover_confirmed"
    assert found.reasons[1].facts["payer"] == "Dinas Pekerjaan Umum"
    family.complete(cast, benefit, on=NOVEMBER)
    made = family.approved(cast, benefit, on=date(2022, 11, 25))
    assert (made.due, made.expected_rupiah, made.payer) == (True, 42_000_000, "bpjs")
    family.submitted(cast, benefit, on=date(2022, 11, 28))
    assert ledger() == {"memo:klaim:seharusnya:JKM": 42_000_000, "memo:klaim:hak:JKM": -42_000_000}
    said = Said(granted=True, answered_on=date(2022, 12, 1), letter="B/1", amount_rupiah=42_000_000)
    record_answer(benefit_id=benefit.pk, said=said, by=cast.treasurer, at=AT)
    money = Money("bpjs", date(2022, 12, 2), 42_000_000, "TRF/1", heir=Heir.objects.get())
    record_payout(benefit_id=benefit.pk, money=money, by=cast.treasurer, at=AT)
    benefit.refresh_from_db()
    assert (benefit.state, benefit.moved_on) == ("paid", date(2022, 12, 2))
    assert ledger() == {"memo:klaim:diterima": 42_000_000, "memo:klaim:hak:JKM": -42_000_000}
    told = Move.objects.filter(benefit=benefit).order_by("pk").values_list("state", flat=True)
    assert list(told) == ["open", "approved", "submitted", "granted", "paid"]
    assert close_case(case_id=benefit.case_id, by=cast.admin, at=AT).state == Case.CLOSED


def test_e24_to_the_rupiah(cast: Cast) -> None:
    """A building worker killed in Purworejo in November 2021: 107,800,000 was paid (LAW 8, E24)."""
    person = member(
        cast, ground(cast, "PU", date(2021, 10, 1)), since=Month(2021, 10), paid=[Month(2021, 10), Month(2021, 11)],
        wage=1_787_500,
    )  # fmt: skip
    benefit = opened(cast, person, "jkk_death", Event("accident", date(2021, 11, 3)), at_work="yes")
    amounts = judged(benefit, on=date(2021, 11, 4)).amounts
    assert amounts.total_rupiah == 107_800_000
    assert amounts.components == {"death": 85_800_000, "periodic": 12_000_000, "funeral": 10_000_000}


@pytest.mark.parametrize(("day", "jkm", "until"), [(1, 24_000_000, "2021-12-01"), (2, 42_000_000, "2024-12-02")])
def test_the_day_of_the_event_chooses_the_law(cast: Cast, day: int, jkm: int, until: str) -> None:
    on = date(2019, 12, day)
    person = member(
        cast, ground(cast, "PU", date(2019, 10, 1)), since=Month(2019, 10), paid=[Month(2019, 11), Month(2019, 12)]
    )
    found = judged(opened(cast, person, "jkm", death(on), work_accident="no"), on=on)
    assert found.amounts.total_rupiah == jkm
    assert found.reasons[0].facts["until"] == until


def test_a_claim_lapses(cast: Cast) -> None:
    on = date(2019, 12, 1)
    person = member(cast, ground(cast, "PU", date(2019, 10, 1)), since=Month(2019, 10), paid=[Month(2019, 12)])
    benefit = opened(cast, person, "jkm", death(on), at=moment(date(2021, 12, 2)), work_accident="no")
    found = judged(benefit, on=date(2021, 12, 2))
    assert (found.due, found.deciding.code, found.deciding.certainty) == (False, "too_late", "derived")


def candidate_of(cast: Cast, person: Person) -> Candidate:
    listed = hand_in(cast, cast.heading(cast.works), people(1))
    return Candidate.objects.create(
        government=cast.government, decree=drafted(cast, quota=1, rules=()), opd=cast.works, person=person,
        row=Row.objects.get(reading=listed.reading), verdict="clean",
        name=person.name, proposed_by=cast.operator, proposed_at=AT,
    )  # fmt: skip


def test_pohuwato_registered_ill(cast: Cast) -> None:
    """A vulnerable worker whose list was taken unverified: BPJS refused; no written ground was found (FIELD 6.4)."""
    on = ground(cast, "BPU", OCTOBER)
    person = member(cast, on, since=OCT, paid=[OCT, NOV])
    WorkStatement.objects.create(
        government=cast.government, candidate=candidate_of(cast, person), stated_on=date(2022, 10, 2), working=True,
        well=False, signatory="Ketua RW 3", office="RW 3", recorded_by=cast.operator, recorded_at=AT,
    )  # fmt: skip
    benefit = opened(cast, person, "jkm", death(), work_accident="no")
    found = judged(benefit, on=NOVEMBER)
    assert (found.due, found.deciding.code, found.payer) == (False, "stated_ill", "nobody")
    assert found.certainty.value == "doubtful"
    assert "Pohuwato" in found.deciding.citation
    made = family.approved(cast, benefit, on=NOVEMBER)
    benefit.refresh_from_db()
    assert (made.due, benefit.state) == (False, "refused")
    assert appeal(benefit_id=benefit.pk, on=NOVEMBER, comment="x", by=cast.operator, at=AT).state == "appealed"


def test_sidoarjo_paid_to_july_died_in_september_settled_in_december(cast: Cast) -> None:
    """In grace on the day; the arrears must be settled; settled in December, the claim goes on (FIELD 6.3)."""
    on, died = ground(cast, "BPU", date(2022, 1, 1)), date(2022, 9, 20)
    paid = list(Month(2022, 1).until(Month(2022, 7)))
    person = member(cast, on, since=Month(2022, 1), paid=paid)
    benefit = opened(cast, person, "jkm", death(died), work_accident="no")
    found = judged(benefit, on=date(2022, 10, 5))
    assert reasons(found)["covered"] == "cover_in_grace"
    assert (found.due, found.deciding.code, found.deciding.facts) == (None, "arrears_open", {"months": "2022-08"})
    late = {Month(2022, 8): date(2022, 12, 17), Month(2022, 9): date(2022, 12, 17)}
    settled = member(cast, on, since=Month(2022, 1), paid=[*paid, *late], paid_late=late, name="SINTETIS LUNAS")
    found = judged(opened(cast, settled, "jkm", death(died), work_accident="no"), on=date(2022, 12, 18))
    assert reasons(found)["arrears"] == "arrears_paid_later"
    assert (found.deciding.code, found.certainty.value) == ("heirs_missing", "doubtful")
    assert found.amounts.total_rupiah == 42_000_000


def test_lapsed_self_employed_get_nothing_and_employees_are_paid_by_the_employer_first(cast: Cast) -> None:
    paid, died = [OCT], date(2023, 3, 10)
    alone = member(cast, ground(cast, "BPU", OCTOBER), since=OCT, paid=paid, until=Month(2023, 6))
    employed = member(cast, ground(cast, "PU", OCTOBER), since=OCT, paid=paid, wage=2_000_000, name="SINTETIS PEGAWAI")
    found = judged(opened(cast, alone, "jkm", death(died), work_accident="no"), on=died)
    assert (found.due, found.deciding.code) == (False, "cover_lapsed")
    benefit = opened(
        cast, employed, "jkk_death", Event("accident", died), at_work="yes", reported_at="2023-03-10T12:00"
    )
    assert judged(benefit, on=died).payer == "employer_first"
    assert family_covered(employed, on=died, at=moment(died)).answer == "behind"
    assert family_covered(employed, on=date(2022, 11, 10), at=moment(died)).answer == "yes"
    assert family_covered(alone, on=died, at=moment(died)).answer == "no"


def test_the_employer_pays_its_own_money_only_where_it_is_liable(cast: Cast, office: Ground) -> None:
    died = date(2022, 11, 10)
    unpaid = member(cast, office, since=OCT, wage=2_000_000, name="SINTETIS BELUM")
    benefit = opened(cast, unpaid, "jkk_death", Event("accident", died), at_work="yes", reported_at="2022-11-10T12:00")
    family.complete(cast, benefit, on=died)
    made = family.approved(cast, benefit, on=died)
    assert (made.payer, made.expected_rupiah) == ("employer", 48 * 2_000_000 + 22_000_000)
    money = Money("employer", died, made.expected_rupiah, "SP2D/1", heir=Heir.objects.get(case=benefit.case))
    record_payout(benefit_id=benefit.pk, money=money, by=cast.treasurer, at=AT)
    benefit.refresh_from_db()
    assert benefit.state == "paid"
    assert ledger()["kas:daerah"] == -made.expected_rupiah
    covered = member(cast, office, since=OCT, paid=[OCT, NOV])
    other = opened(cast, covered, "jkm", death(), work_accident="no")
    family.complete(cast, other, on=NOVEMBER)
    family.approved(cast, other, on=NOVEMBER)
    with pytest.raises(PayoutRefused, match="employer_not_liable"):
        record_payout(benefit_id=other.pk, money=Money("employer", died, 1, "SP2D/2"), by=cast.treasurer, at=AT)
    with pytest.raises(IntegrityError, match="more than is due"), transaction.atomic():
        Payout.objects.create(
            government=cast.government, benefit=other, paid_by="employer", paid_on=died, amount_rupiah=1,
            reference="x", recorded_by=cast.treasurer, recorded_at=AT,
        )  # fmt: skip


def test_a_late_report_from_2025_is_on_the_employer(cast: Cast) -> None:
    on = ground(cast, "PU", date(2025, 1, 1))
    person = member(cast, on, since=Month(2025, 1), paid=list(Month(2025, 1).until(Month(2025, 5))))
    event = Event("accident", date(2025, 5, 10), datetime(2025, 5, 10, 1, 0, tzinfo=AT.tzinfo))
    benefit = opened(cast, person, "jkk_temporary", event, at_work="yes", months="2", reported_at="2025-05-12T08:01")
    found = judged(benefit, on=date(2025, 5, 13))
    assert (reasons(found)["reported"], found.payer) == ("report_late_employer", "employer_first")
    assert found.amounts.total_rupiah == 2_000_000
    note_facts(case_id=benefit.case_id, told={"reported_at": "2025-05-12T08:00"}, by=cast.admin, at=AT)
    assert judged(benefit, on=date(2025, 5, 13)).payer == "bpjs"


def test_no_work_accident_is_refused_with_its_article(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    event = Event("accident", NOVEMBER)
    benefit = opened(cast, person, "jkk_partial", event, loss="right-index-finger", reported_at="2022-11-20T12:00")
    assert judged(benefit, on=NOVEMBER).deciding.code == "work_unknown"
    with pytest.raises(ClaimRefused, match="undecided"):
        family.assessed(cast, benefit, on=NOVEMBER)
    note_facts(case_id=benefit.case_id, told={"at_work": "no", "on_the_way": "no"}, by=cast.admin, at=AT)
    found = judged(benefit, on=NOVEMBER)
    assert (found.due, found.deciding.code, found.deciding.citation) == (False, "work_not", "PP 44/2015 Pasal 1")
    note_facts(case_id=benefit.case_id, told={"on_the_way": "yes"}, by=cast.admin, at=AT)
    assert reasons(judged(benefit, on=NOVEMBER))["work_related"] == "work_commute"
    assert judged(benefit, on=NOVEMBER).amounts.total_rupiah == 7_200_000


def test_three_months_of_the_self_employed(cast: Cast) -> None:
    on = ground(cast, "BPU", date(2025, 3, 1))
    paid = list(Month(2025, 3).until(Month(2025, 6)))
    person = member(cast, on, since=Month(2025, 3), paid=paid)
    early = judged(opened(cast, person, "jkm", death(date(2025, 5, 31)), work_accident="no"), on=date(2025, 6, 1))
    assert (reasons(early)["waiting"], early.amounts.total_rupiah) == ("waiting", 10_000_000)
    later = member(cast, on, since=Month(2025, 3), paid=paid, name="SINTETIS LAIN")
    full = judged(opened(cast, later, "jkm", death(date(2025, 6, 1)), work_accident="no"), on=date(2025, 6, 1))
    assert (reasons(full)["waiting"], full.amounts.total_rupiah) == ("waited", 42_000_000)


def test_too_old_at_registration_ended_and_unknown(cast: Cast) -> None:
    on = ground(cast, "BPU", OCTOBER)
    old = member(cast, on, since=OCT, paid=[OCT, NOV], birth=date(1957, 10, 1))
    found = judged(opened(cast, old, "jkm", death(), work_accident="no"), on=NOVEMBER)
    assert (found.due, found.deciding.code) == (False, "age_out")
    left = member(cast, on, since=OCT, paid=[OCT], until=OCT, name="SINTETIS KELUAR")
    found = judged(opened(cast, left, "jkm", death(), work_accident="no"), on=NOVEMBER)
    assert (found.deciding.code, found.deciding.facts) == ("cover_ended", {"since": "2022-10-31"})
    planned = member(cast, on, since=OCT, name="SINTETIS RENCANA")
    assert (
        judged(opened(cast, planned, "jkm", death(), work_accident="no"), on=NOVEMBER).deciding.code == "cover_planned"
    )


def test_scholarships_year_by_year(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    event = Event("accident", NOVEMBER)
    benefit = opened(cast, person, "scholarship", event)
    assert judged(benefit, on=NOVEMBER).deciding.code == "children_missing"
    child = NewHeir("child", "SINTETIS ANAK", birth_date=date(2012, 1, 5), guardian="SINTETIS IBU", school="SD:5")
    name_heirs(case_id=benefit.case_id, named=[WIDOW, child], by=cast.admin, at=AT)
    found = judged(benefit, on=NOVEMBER)
    assert reasons(found)["entitled"] == "entitled"
    schedule = found.amounts.benefits[0].schedule
    assert [(line["level"], line["amount"]) for line in schedule[:3]] == [
        ("SD", 1_500_000),
        ("SD", 1_500_000),
        ("SMP", 2_000_000),
    ]
    assert found.amounts.total_rupiah == sum(int(line["amount"]) for line in schedule) == 78_000_000
    ordinary = member(cast, office, since=OCT, paid=[OCT, NOV], name="SINTETIS SAKIT")
    short = opened(cast, ordinary, "scholarship", death())
    name_heirs(case_id=short.case_id, named=[child], by=cast.admin, at=AT)
    found = judged(short, on=NOVEMBER)
    assert (found.deciding.code, found.deciding.facts) == ("not_entitled", {"paid": 2, "needed": 36})


def test_heirs_in_the_order_of_the_law(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    benefit = opened(cast, person, "jkm", death(), work_accident="no")

    def said(*named: NewHeir) -> str:
        name_heirs(case_id=benefit.case_id, named=named, by=cast.admin, at=AT)
        return reasons(judged(benefit, on=NOVEMBER))["heirs"]

    child = NewHeir("child", "SINTETIS ANAK", birth_date=date(2012, 1, 5))
    assert said(WIDOW, NewHeir("sibling", "SINTETIS ADIK")) == "heirs_out_of_order"
    assert said(WIDOW, child) == "guardian_missing"
    assert said(WIDOW, NewHeir("child", "SINTETIS ANAK", birth_date=date(2004, 11, 20))) == "heirs_known"
    heirs = list(Heir.objects.filter(replaced_at__isnull=True))
    assert shares(42_000_001, heirs) == [21_000_001, 21_000_000]
    assert Heir.objects.count() == 6


def test_two_people_decide_and_what_was_decided_stays(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    benefit = opened(cast, person, "jkm", death(), work_accident="no")
    family.complete(cast, benefit, on=NOVEMBER)
    with pytest.raises(IntegrityError, match="does not move so"), transaction.atomic():
        Benefit.objects.filter(pk=benefit.pk).update(state="approved")
    made = family.assessed(cast, benefit, on=NOVEMBER)
    with pytest.raises(ClaimRefused, match="waiting"):
        family.assessed(cast, benefit, on=NOVEMBER)
    family.agreed(cast, made, on=NOVEMBER, verdict=Verdict.REVISE)
    again = family.assessed(cast, benefit, on=NOVEMBER)
    assert (again.version, again.proposal_id) == (2, made.proposal_id)
    family.agreed(cast, again, on=NOVEMBER)
    for change in ({"state": "open"}, {"state": "paid"}, {"kind": "jkk_death"}):
        with pytest.raises(IntegrityError, match="does not move so"), transaction.atomic():
            Benefit.objects.filter(pk=benefit.pk).update(**change)
    for model in (Assessment, Move):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model._default_manager.update(recorded_at=AT)
    with pytest.raises(DatabaseError, match="stays as it was told"), transaction.atomic():
        Case.objects.update(event_on=date(2022, 11, 21))
    with pytest.raises(DatabaseError, match="replaced, never changed"), transaction.atomic():
        Fact.objects.update(value="yes")
    with pytest.raises(CaseRefused, match="unfinished"):
        close_case(case_id=benefit.case_id, by=cast.admin, at=AT)


def test_an_answer_that_differs_is_explained_and_the_expectation_follows(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT, paid=[OCT, NOV])
    benefit = opened(cast, person, "jkm", death(), work_accident="no")
    family.complete(cast, benefit, on=NOVEMBER)
    family.approved(cast, benefit, on=NOVEMBER)
    less = Said(granted=True, answered_on=NOVEMBER, letter="B/1", amount_rupiah=10_000_000)
    with pytest.raises(PayoutRefused, match="not_submitted"):
        record_answer(benefit_id=benefit.pk, said=less, by=cast.treasurer, at=AT)
    family.submitted(cast, benefit, on=NOVEMBER)
    with pytest.raises(PayoutRefused, match="difference_untold"):
        record_answer(benefit_id=benefit.pk, said=less, by=cast.treasurer, at=AT)
    told = Said(
        granted=True, answered_on=NOVEMBER, letter="B/1", amount_rupiah=10_000_000, difference="disputed",
        comment="Dianggap belum tiga bulan",
    )  # fmt: skip
    record_answer(benefit_id=benefit.pk, said=told, by=cast.treasurer, at=AT)
    assert ledger()["memo:klaim:seharusnya:JKM"] == 10_000_000
    with pytest.raises(PayoutRefused, match="too_much"):
        record_payout(benefit_id=benefit.pk, money=Money("bpjs", NOVEMBER, 10_000_001, "x"), by=cast.treasurer, at=AT)
    right = Said(granted=True, answered_on=NOVEMBER, letter="B/2", amount_rupiah=42_000_000)
    record_answer(benefit_id=benefit.pk, said=right, by=cast.treasurer, at=AT)
    for number in (1, 2):
        half = Money("bpjs", NOVEMBER, 21_000_000, f"TRF/{number}")
        record_payout(benefit_id=benefit.pk, money=half, by=cast.treasurer, at=AT)
    assert ledger() == {"memo:klaim:diterima": 42_000_000, "memo:klaim:hak:JKM": -42_000_000}
    assert (Answer.objects.count(), Benefit.objects.get().state) == (2, "paid")


def test_papers_are_told_by_their_content(cast: Cast, office: Ground) -> None:
    benefit = opened(cast, member(cast, office, since=OCT, paid=[OCT]), "jkm", death())

    def add(content: bytes, code: str = "ktp") -> str:
        try:
            add_document(case_id=benefit.case_id, code=code, content=content, name="x", by=cast.admin, at=AT)
        except GatheringRefused as problem:
            return problem.reason
        return "kept"

    assert add(b"\x89PNG\r\n\x1a\n...") == add(b"%PDF-1.7") == add(family.PHOTO) == add(family.PHOTO) == "kept"
    assert add(b"MZ program") == add(b"") == "not_a_picture"
    assert add(b"%PDF-" + b"0" * 6 * 1024 * 1024) == "too_large"
    assert add(b"%PDF-1.7", code="rahasia") == "document_unknown"
    assert benefit.case.document_set.count() == 3


@pytest.mark.parametrize(
    ("code", "value"),
    [("loss", "third-eye"), ("months", "two"), ("land", "-5"), ("reason", "x"), ("reported_at", "kemarin"), ("x", "1")],
)
def test_a_fact_is_readable_or_refused(cast: Cast, office: Ground, code: str, value: str) -> None:
    benefit = opened(cast, member(cast, office, since=OCT), "jkk_temporary", Event("accident", NOVEMBER))
    with pytest.raises(GatheringRefused):
        note_facts(case_id=benefit.case_id, told={code: value}, by=cast.admin, at=AT)


def test_one_event_is_one_case(cast: Cast, office: Ground) -> None:
    person = member(cast, office, since=OCT)
    benefit = opened(cast, person, "jkm", death())
    assert told_of(benefit.case) == Told("SINTETIS PELAPOR", "istri")
    assert b"PELAPOR" not in bytes(benefit.case.told_sealed or b"")
    with pytest.raises(CaseRefused, match="known"):
        opened(cast, person, "jkm", death())
    with pytest.raises(CaseRefused, match="claimed"):
        claim_benefit(case_id=benefit.case_id, kind="jkm", on=NOVEMBER, by=cast.admin, at=AT)
    with pytest.raises(CaseRefused, match="not_for_event"):
        claim_benefit(case_id=benefit.case_id, kind="jkk_death", on=NOVEMBER, by=cast.admin, at=AT)
    with pytest.raises(CaseRefused, match="not_yet"):
        open_case(
            person=person, event=Event("accident", date(2022, 11, 22)), claimed=[], told=Told(), on=NOVEMBER,
            by=cast.admin, at=AT,
        )  # fmt: skip
