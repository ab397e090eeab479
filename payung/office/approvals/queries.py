"""Questions about proposals: what waits for whom, why something may not be said, what was said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from payung.office.access.models import User
from payung.office.access.roles import may
from payung.office.approvals.kinds import DEED
from payung.office.approvals.models import Delegation, Freeze, Proposal, Statement, Step, Verdict
from payung.office.places.models import UserArea
from payung.office.places.queries import Area

FROZEN = "frozen"


@dataclass(frozen=True)
class Waiting:
    """A proposal that a user may decide now, and with whose voice; `frozen` when only approving must wait."""

    proposal: Proposal
    voice: User
    frozen: bool


def obstacle(proposal_id: int, *, version: int, verdict: Verdict, by: User, voice: User, at: datetime) -> str | None:
    """Why this may not be said, in a word of the database's function `approvals_obstacle`; None when it may."""
    (found,) = _obstacles([(proposal_id, version)], verdict, [(by.pk, voice.pk)], at)
    return found[3]


def open_step(proposal_id: int) -> int | None:
    """The first step that is not yet agreed; None when all are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT approvals_open_step(%s)", [proposal_id])
        (step,) = cursor.fetchone()
    return int(step) if step is not None else None


def visible(area: Area) -> QuerySet[Proposal]:
    """The proposals that an area shows."""
    proposals = Proposal.objects.filter(government=area.government)
    return proposals if area.opd_ids is None else proposals.filter(opd_id__in=area.opd_ids)


def waiting_for(user: User, *, area: Area, at: datetime, proposals: QuerySet[Proposal] | None = None) -> list[Waiting]:
    """What this user may decide now, oldest first, with the own voice or a lent one."""
    kinds = [kind for kind, deed in DEED.items() if may(user, deed)]
    scope = visible(area) if proposals is None else proposals
    found = {
        proposal.pk: proposal
        for proposal in scope.filter(state=Proposal.OPEN, kind__in=kinds).select_related("made_by")
    }
    voices = {user.pk: user} | {lender.pk: lender for lender in lenders_to(user, area=area, at=at)}
    asked = [(proposal.pk, proposal.version) for proposal in found.values()]
    result: dict[int, Waiting] = {}
    for key, _, voice_id, reason in _obstacles(asked, Verdict.APPROVE, [(user.pk, pk) for pk in voices], at):
        voice, proposal = voices[voice_id], found[key]
        if reason in (None, FROZEN) and may(voice, DEED[proposal.kind]) and (key not in result or voice == user):
            result[key] = Waiting(proposal, voice, frozen=reason == FROZEN)
    return sorted(result.values(), key=lambda waiting: (waiting.proposal.made_at, waiting.proposal.pk))


def sent_back_to(user: User, *, area: Area) -> list[Proposal]:
    """The user's own proposals that wait to be changed and proposed again."""
    return list(visible(area).filter(made_by=user, state=Proposal.RETURNED).order_by("made_at", "pk"))


def lenders_to(user: User, *, area: Area, at: datetime) -> list[User]:
    """Who lends this user a voice on that day, for one kind or for all."""
    day = timezone.localtime(at).date()
    lent = Delegation.objects.filter(
        government=area.government, user=user, replaced_at=None, first_day__lte=day, last_day__gte=day
    )
    return list(User.objects.filter(pk__in=lent.values("lender"), is_active=True).order_by("pk"))


def lent_by(user: User, *, area: Area) -> QuerySet[Delegation]:
    """The user's own lendings that were not taken back, newest first."""
    lent = Delegation.objects.filter(government=area.government, lender=user, replaced_at=None)
    return lent.select_related("user").order_by("-last_day", "-pk")


def colleagues(user: User, *, area: Area) -> list[User]:
    """Who could speak for this user: active users of the government who may decide on what the user may."""
    granted = UserArea.objects.filter(government=area.government).values("user")
    deeds = [deed for deed in DEED.values() if may(user, deed)]
    others = User.objects.filter(pk__in=granted, is_active=True).exclude(pk=user.pk).order_by("full_name", "pk")
    return [one for one in others if any(may(one, deed) for deed in deeds)]


def may_decide_on(kind: str, *, area: Area) -> list[User]:
    """Active users of the government who may decide on a kind: who can stand in a step's group."""
    granted = UserArea.objects.filter(government=area.government).values("user")
    users = User.objects.filter(pk__in=granted, is_active=True).order_by("full_name", "pk")
    return [user for user in users if may(user, DEED[kind])]


def steps(area: Area, kind: str) -> dict[int, tuple[int | None, dict[int, int | None]]]:
    """The steps in force for a kind by number: how many are needed (None: all), and each decider's limit."""
    found = Step.objects.filter(government=area.government, kind=kind).order_by("number")
    return {step.number: (step.needed, dict(step.decider_set.values_list("user_id", "limit_rupiah"))) for step in found}


def freezes(area: Area) -> QuerySet[Freeze]:
    """The freezes that were not lifted, newest first."""
    return Freeze.objects.filter(government=area.government, replaced_at=None).order_by("-last_day", "-pk")


def deciders_of(proposal: Proposal, *, at: datetime) -> list[User]:
    """Everybody who may approve it now, by an own or a lent voice: whom a notice tells that it waits."""
    granted = UserArea.objects.filter(government_id=proposal.government_id)
    whole = Q(opd__isnull=True, village_code__isnull=True, own_pledges=False)
    own = Q(opd_id=proposal.opd_id) if proposal.opd_id else Q(pk__in=[])
    seeing = granted.filter(whole | own).values("user")
    deed = DEED[proposal.kind]
    users = {user.pk: user for user in User.objects.filter(pk__in=seeing, is_active=True) if may(user, deed)}
    pairs = [(pk, pk) for pk in users]
    pairs += Delegation.objects.filter(
        government_id=proposal.government_id, user__in=users, lender__in=users
    ).values_list("user_id", "lender_id")
    clear = _obstacles([(proposal.pk, proposal.version)], Verdict.APPROVE, pairs, at)
    return [users[pk] for pk in sorted({actor for _, actor, _, reason in clear if reason is None})]


def statements(proposal: Proposal) -> list[Statement]:
    """What was said of it, oldest first."""
    return list(Statement.objects.filter(proposal=proposal).select_related("by", "voice").order_by("at", "pk"))


def _obstacles(
    proposals: Sequence[tuple[int, int]], verdict: Verdict, pairs: Iterable[tuple[int, int]], at: datetime
) -> list[tuple[int, int, int, str | None]]:
    """(proposal, actor, voice, reason) for each (proposal, version) and each (actor, voice)."""
    pairs = list(pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, v.actor, v.voice, approvals_obstacle(p.id, p.version, %s, v.actor, v.voice, %s)
               FROM unnest(%s::bigint[], %s::int[]) AS p (id, version)
               CROSS JOIN unnest(%s::bigint[], %s::bigint[]) AS v (actor, voice)""",
            [verdict, at, *_columns(proposals), *_columns(pairs)],
        )
        return list(cursor.fetchall())


def _columns(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [[first for first, _ in pairs], [second for _, second in pairs]]
