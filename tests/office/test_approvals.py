"""A second pair of eyes: what the database lets be said, by whom, up to how much, and when it is enough."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from payung.office.access.actions import add_user
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import NotAllowed, Role
from payung.office.approvals import policy
from payung.office.approvals.actions import DecisionRefused, decide, propose, propose_again, remark
from payung.office.approvals.models import Delegation, Proposal, Statement, Step, Verdict
from payung.office.approvals.policy import NewStep, SettingRefused
from payung.office.approvals.queries import deciders_of, sent_back_to, statements, waiting_for
from payung.office.places.actions import NewOpd, add_opds, found_government, grant_area
from payung.office.places.models import Government, Opd
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by, whole_government
from tests.office.cast import AT

TODAY = date(2022, 10, 3)
YES, NO, AGAIN = Verdict.APPROVE, Verdict.REFUSE, Verdict.REVISE


@dataclass(frozen=True)
class Board:
    """A government with one who proposes and several who may decide."""

    government: Government
    maker: User
    deciders: tuple[User, ...]

    @contextmanager
    def as_(self, user: User) -> Iterator[None]:
        with whole_government(self.government, by=user):
            yield

    def propose(self, *, amount: int | None = 0, opd: Opd | None = None) -> Proposal:
        with self.as_(self.maker):
            return propose(government=self.government, kind="plan", amount_rupiah=amount, opd=opd, by=self.maker, at=AT)

    def say(self, proposal: Proposal, verdict: Verdict, by: User, **more: Any) -> Proposal:
        told = {"version": proposal.version, "comment": "Periksa lagi.", "at": AT, **more}
        with self.as_(by):
            return decide(proposal_id=proposal.pk, verdict=verdict, by=by, **told)

    def refused(self, proposal: Proposal, verdict: Verdict, by: User, **more: Any) -> str:
        with pytest.raises(DecisionRefused) as refusal:
            self.say(proposal, verdict, by, **more)
        return refusal.value.reason

    def now(self, proposal: Proposal) -> Proposal:
        with self.as_(self.maker):
            return Proposal.objects.get(pk=proposal.pk)

    def steps(self, *steps: NewStep) -> None:
        with self.as_(self.deciders[0]):
            policy.set_steps(government=self.government, kind="plan", steps=steps, by=self.deciders[0], at=AT)

    def waiting(self, user: User, *, at: Any = AT) -> list[int]:
        with seen_by(user) as area:
            return [waiting.proposal.pk for waiting in waiting_for(user, area=area, at=at)]

    def lend(self, lender: User, to: User, first: date = TODAY, last: date = TODAY) -> Delegation:
        with self.as_(lender):
            return policy.lend_voice(
                government=self.government, to=to, kind="plan", first_day=first, last_day=last, by=lender, at=AT
            )

    def freeze(self, first: date, last: date) -> int:
        with self.as_(self.deciders[0]):
            return policy.freeze(
                government=self.government, kind="", first_day=first, last_day=last, reason="Tutup buku",
                by=self.deciders[0], at=AT,
            ).pk  # fmt: skip


def call_board(size: int = 4) -> Board:
    government = found_government(code="32.73", name="Kota Contoh", by=None, at=AT)
    maker, *deciders = (user(f"pemutus-{number}", Role.GOVERNMENT_ADMIN) for number in range(size + 1))
    with whole_government(government):
        for one in (maker, *deciders):
            grant_area(user=one, government=government, opd=None, by=None, at=AT)
    return Board(government, maker, tuple(deciders))


def user(name: str, role: Role) -> User:
    return add_user(username=name, full_name=name.title(), role=role, password="rahasia-panjang", by=None, at=AT)


@pytest.fixture
def board(db: None) -> Board:
    return call_board()


def test_without_steps_any_one_with_the_deed_decides(board: Board) -> None:
    proposal = board.propose()
    first, second = board.deciders[:2]
    decided = board.say(proposal, YES, first)
    assert (decided.state, decided.decided_by) == (Proposal.APPROVED, first)
    assert board.refused(proposal, NO, second) == "already_decided"
    treasurer = user("bendahara", Role.TREASURER)
    with pytest.raises(NotAllowed):
        board.say(board.propose(), YES, treasurer)


def test_a_no_says_why(board: Board) -> None:
    proposal = board.propose()
    assert board.refused(proposal, NO, board.deciders[0], comment="") == "no_comment"
    assert board.say(proposal, NO, board.deciders[0]).comment == "Periksa lagi."
    assert board.now(proposal).state == Proposal.REFUSED


def test_sent_back_it_waits_for_its_maker_and_returns_as_the_next_version(board: Board) -> None:
    proposal, (first, second, *_) = board.propose(amount=5), board.deciders
    board.say(proposal, AGAIN, first)
    assert board.refused(proposal, YES, second) == "sent_back"
    with seen_by(board.maker) as area:
        assert sent_back_to(board.maker, area=area) == [proposal]
        with pytest.raises(DecisionRefused, match="not_the_maker"):
            propose_again(proposal_id=proposal.pk, amount_rupiah=7, comment="", by=first, at=AT)
        again = propose_again(proposal_id=proposal.pk, amount_rupiah=7, comment="Sudah.", by=board.maker, at=AT)
        assert sent_back_to(board.maker, area=area) == []
    assert (again.version, again.amount_rupiah, again.state) == (2, 7, Proposal.OPEN)
    assert board.refused(proposal, YES, second, version=1) == "old_version"
    assert board.say(again, YES, first).state == Proposal.APPROVED
    with board.as_(first):
        told = [(one.version, one.verdict, one.by) for one in statements(proposal)]
    assert told == [
        (1, "propose", board.maker), (1, "revise", first), (2, "propose", board.maker), (2, "approve", first)
    ]  # fmt: skip


def test_a_remark_decides_nothing(board: Board) -> None:
    proposal = board.propose()
    with board.as_(board.maker):
        remark(proposal_id=proposal.pk, comment="Mohon segera.", by=board.maker, at=AT)
        with pytest.raises(DecisionRefused, match="no_comment"):
            remark(proposal_id=proposal.pk, comment="", by=board.maker, at=AT)
    assert board.now(proposal).state == Proposal.OPEN


@pytest.mark.parametrize(("needed", "voices"), [(1, 1), (2, 2), (3, 3), (None, 4)])
def test_any_n_or_all_of_a_group(board: Board, needed: int | None, voices: int) -> None:
    board.steps(NewStep(needed, {one.pk: None for one in (*board.deciders, board.maker)}))
    proposal = board.propose()
    for number, one in enumerate(board.deciders[:voices], start=1):
        assert board.say(proposal, YES, one).state == (Proposal.APPROVED if number == voices else Proposal.OPEN)
    assert board.now(proposal).decided_by == board.deciders[voices - 1]


def test_one_no_of_a_group_is_enough(board: Board) -> None:
    board.steps(NewStep(2, {one.pk: None for one in board.deciders}))
    proposal = board.propose()
    board.say(proposal, YES, board.deciders[0])
    assert board.refused(proposal, YES, board.deciders[0]) == "already_said"
    assert board.say(proposal, NO, board.deciders[1]).state == Proposal.REFUSED


def test_steps_follow_each_other(board: Board) -> None:
    first, second, third, _ = board.deciders
    board.steps(NewStep(1, {first.pk: None, second.pk: None}), NewStep(1, {third.pk: None, first.pk: None}))
    proposal = board.propose()
    assert board.refused(proposal, YES, third) == "not_a_decider"
    assert board.waiting(third) == []
    assert board.say(proposal, YES, first).state == Proposal.OPEN
    assert board.refused(proposal, YES, first) == "already_said"
    assert (board.waiting(second), board.waiting(third)) == ([], [proposal.pk])
    assert board.say(proposal, YES, third).state == Proposal.APPROVED


def test_limits_by_amount_hold_for_saying_yes_only(board: Board) -> None:
    small, large, *_ = board.deciders
    board.steps(NewStep(1, {small.pk: 1_000_000, large.pk: None}))
    within, above, unknown = (board.propose(amount=amount) for amount in (1_000_000, 1_000_001, None))
    assert board.waiting(small) == [within.pk]
    assert board.waiting(large) == [within.pk, above.pk, unknown.pk]
    assert board.refused(above, YES, small) == "over_limit"
    assert board.refused(unknown, YES, small) == "over_limit"
    assert board.say(within, YES, small).state == Proposal.APPROVED
    assert board.say(above, NO, small).state == Proposal.REFUSED
    assert board.say(unknown, YES, large).state == Proposal.APPROVED


def test_a_lent_voice_counts_on_its_days_and_never_for_ones_own(board: Board) -> None:
    lender, friend, outsider, other = board.deciders
    board.steps(NewStep(1, {lender.pk: 500}), NewStep(1, {other.pk: None}))
    proposal = board.propose(amount=500)
    assert board.refused(proposal, YES, friend, on_behalf_of=lender) == "not_lent"
    lent = board.lend(lender, friend)
    board.lend(lender, board.maker)
    assert board.waiting(friend) == [proposal.pk]
    assert board.waiting(friend, at=AT + timedelta(days=1)) == []
    assert board.refused(proposal, YES, friend, on_behalf_of=lender, at=AT + timedelta(days=1)) == "not_lent"
    assert board.refused(proposal, YES, board.maker, on_behalf_of=lender) == "own_proposal"
    assert board.refused(proposal, YES, outsider, on_behalf_of=lender) == "not_lent"
    assert board.refused(board.propose(amount=501), YES, friend, on_behalf_of=lender) == "over_limit"
    with board.as_(friend):
        assert friend in deciders_of(proposal, at=AT)
    board.say(proposal, YES, friend, on_behalf_of=lender)
    assert board.refused(proposal, YES, lender) == "already_said"
    with board.as_(lender):
        spoken = Statement.objects.get(proposal=proposal, verdict="approve")
        assert (spoken.by, spoken.voice, spoken.step) == (friend, lender, 1)
        policy.take_voice_back(delegation_id=lent.pk, by=lender, at=AT)
    assert board.refused(board.propose(amount=1), YES, friend, on_behalf_of=lender) == "not_lent"


def test_the_makers_voice_is_never_lent_for_the_makers_proposal(board: Board) -> None:
    friend = board.deciders[0]
    board.lend(board.maker, friend)
    assert board.refused(board.propose(), YES, friend, on_behalf_of=board.maker) == "own_proposal"


def test_only_ones_own_voice_is_lent_and_taken_back(board: Board) -> None:
    first, second, *_ = board.deciders
    lent = board.lend(first, second)
    with board.as_(second):
        with pytest.raises(SettingRefused, match="not_yours"):
            policy.take_voice_back(delegation_id=lent.pk, by=second, at=AT)
        assert Delegation.objects.filter(pk=lent.pk).update(replaced_at=AT) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Delegation.objects.create(
                government=board.government, lender=first, user=second, first_day=TODAY, last_day=TODAY, recorded_at=AT
            )
    with board.as_(first), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Delegation.objects.filter(pk=lent.pk).update(last_day=TODAY + timedelta(days=300))


def test_nothing_is_approved_in_a_freeze_but_refused_it_may_be(board: Board) -> None:
    proposal, (first, *_) = board.propose(), board.deciders
    frozen = board.freeze(TODAY, TODAY + timedelta(days=3))
    assert board.refused(proposal, YES, first) == "frozen"
    assert board.refused(proposal, YES, first, at=AT + timedelta(days=3)) == "frozen"
    assert board.waiting(first) == [proposal.pk]
    assert board.say(board.propose(), NO, first).state == Proposal.REFUSED
    with board.as_(first):
        policy.lift_freeze(freeze_id=frozen, by=first, at=AT)
    assert board.say(proposal, YES, first).state == Proposal.APPROVED


def test_rules_that_nobody_could_follow_are_refused(board: Board) -> None:
    first = board.deciders[0]
    treasurer = user("bendahara", Role.TREASURER)
    with pytest.raises(SettingRefused, match="too_few_deciders"):
        board.steps(NewStep(2, {first.pk: None}))
    with pytest.raises(SettingRefused, match="not_allowed_to_decide"):
        board.steps(NewStep(1, {treasurer.pk: None}))
    with board.as_(treasurer), pytest.raises(NotAllowed):
        policy.set_steps(government=board.government, kind="plan", steps=[], by=treasurer, at=AT)
    with board.as_(first):
        assert not Step.objects.exists()


def write(board: Board, proposal: Proposal, **fields: Any) -> None:
    """A statement written past all Python, as a hand in the serving role could."""
    told = {"verdict": "approve", "version": 1, "government": board.government, "at": AT, **fields}
    told.setdefault("voice", told["by"])
    with transaction.atomic():
        Statement.objects.create(proposal=proposal, **told)


def test_the_database_alone_keeps_every_rule(board: Board) -> None:
    small, second, *_ = board.deciders
    board.steps(NewStep(2, {small.pk: 10, second.pk: None}))
    proposal = board.propose(amount=11)
    with board.as_(small):
        for match, told in (
            ("over_limit", {"by": small}),
            ("row-level security", {"by": second}),
            ("not_lent", {"by": small, "voice": second}),
            ("old_version", {"by": small, "version": 2}),
            ("not_the_maker", {"by": small, "verdict": "propose"}),
        ):
            with pytest.raises(DatabaseError, match=match):
                write(board, proposal, **told)
    with board.as_(board.maker), pytest.raises(DatabaseError, match="own_proposal"):
        write(board, proposal, by=board.maker)
    with board.as_(second):
        write(board, proposal, by=second)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Statement.objects.update(comment="lain")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Statement.objects.all().delete()


@pytest.mark.parametrize(
    "bent",
    [
        {"state": "approved"}, {"state": "refused"}, {"state": "returned", "decided_by": None, "decided_at": None},
        {"state": "open", "amount_rupiah": 1, "decided_by": None, "decided_at": None},
        {"state": "open", "version": 2, "decided_by": None, "decided_at": None},
    ],
)  # fmt: skip
def test_a_proposal_is_only_what_was_said_of_it(board: Board, bent: dict[str, Any]) -> None:
    first, second, *_ = board.deciders
    board.steps(NewStep(2, {first.pk: None, second.pk: None}))
    proposal = board.propose(amount=99)
    board.say(proposal, YES, first)
    with board.as_(first), pytest.raises(DatabaseError, match="is what was said of it"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**({"decided_by": first, "decided_at": AT} | bent))


def test_what_was_decided_stays(board: Board) -> None:
    proposal = board.say(board.propose(amount=99), YES, board.deciders[0])
    with board.as_(board.deciders[0]):
        for bent in ({"amount_rupiah": 1}, {"comment": "lain"}, {"made_by": board.deciders[1]}):
            with pytest.raises(DatabaseError, match="is what was said of it"), transaction.atomic():
                Proposal.objects.filter(pk=proposal.pk).update(**bent)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk)._raw_delete("default")  # past the ORM's own checks


def test_an_office_sees_its_own_proposals_only(board: Board) -> None:
    with board.as_(board.maker):
        opds = add_opds(
            government=board.government, unit_kind="npp", from_month=TODAY, by=None, at=AT,
            opds=[NewOpd("A", "Dinas A", "A", "JJ1"), NewOpd("B", "Dinas B", "B", "JJ2")],
        )  # fmt: skip
    narrow = user("sempit", Role.GOVERNMENT_ADMIN)
    with board.as_(board.maker):
        grant_area(user=narrow, government=board.government, opd=opds["A"], by=None, at=AT)
    own, others, whole = board.propose(opd=opds["A"]), board.propose(opd=opds["B"]), board.propose()
    assert board.waiting(narrow) == [own.pk]
    assert board.waiting(board.deciders[0]) == [own.pk, others.pk, whole.pk]
    with seen_by(narrow):
        assert set(Statement.objects.values_list("proposal", flat=True)) == {own.pk}
        with pytest.raises(Proposal.DoesNotExist):
            decide(proposal_id=others.pk, version=1, verdict=YES, comment="", by=narrow, at=AT)
    with board.as_(board.maker):
        assert narrow in deciders_of(own, at=AT)
        assert narrow not in deciders_of(others, at=AT)
        assert board.maker not in deciders_of(own, at=AT)


def all_at_once(board: Board, proposal: Proposal) -> list[str]:
    """Everybody approves in the same instant, each over an own connection; what each was told."""
    ready = threading.Barrier(len(board.deciders))

    def approve(one: User) -> str:
        try:
            with seen_by(one):
                ready.wait(timeout=60)
                decide(proposal_id=proposal.pk, version=1, verdict=YES, comment="", by=one, at=AT)
            return "counted"
        except DecisionRefused as refusal:
            return refusal.reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(board.deciders)) as pool:
        return sorted(pool.map(approve, board.deciders))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("needed", [None, 3])
def test_fifty_approvals_at_once_give_one_result(needed: int | None) -> None:
    with transaction.atomic():
        board = call_board(50)
        if needed:
            board.steps(NewStep(needed, {one.pk: None for one in board.deciders}))
        proposal = board.propose()
    told, counted = all_at_once(board, proposal), needed or 1
    assert told == ["already_decided"] * (50 - counted) + ["counted"] * counted
    with board.as_(board.maker):
        assert board.now(proposal).state == Proposal.APPROVED
        assert Statement.objects.filter(proposal=proposal, verdict="approve").count() == counted
        assert AuditEvent.objects.filter(subject=f"proposal:{proposal.pk}", deed="approve").count() == counted


def test_a_government_never_decides_for_another(board: Board) -> None:
    proposal = board.propose()
    other = found_government(code="32.74", name="Kota Lain", by=None, at=AT)
    stranger = user("asing", Role.GOVERNMENT_ADMIN)
    with whole_government(other, by=stranger):
        grant_area(user=stranger, government=other, opd=None, by=None, at=AT)
        assert waiting_for(stranger, area=Area(other, None), at=AT) == []
        with pytest.raises(Proposal.DoesNotExist):
            decide(proposal_id=proposal.pk, version=1, verdict=YES, comment="", by=stranger, at=AT)
        with pytest.raises(DatabaseError, match=r"row-level security|not_found"), transaction.atomic():
            Statement.objects.create(
                government=other, proposal=proposal, version=1, verdict="approve", by=stranger, voice=stranger, at=AT
            )
