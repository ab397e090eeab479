"""The part of a page on which a proposal of any kind is decided: who may say what, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from payung.doors.web.components import Happening
from payung.doors.web.pages import reader
from payung.doors.web.translation import t
from payung.doors.web.vocabulary import DECISION_REFUSALS, VERDICTS_SAID, said
from payung.office.access.models import User
from payung.office.access.roles import may
from payung.office.approvals.kinds import DEED
from payung.office.approvals.models import Proposal, Verdict
from payung.office.approvals.queries import deciders_of, lenders_to, obstacle, statements
from payung.office.places.queries import area_of


@dataclass(frozen=True)
class Deciding:
    """What a reader can do with an open proposal.

    `voices` are those that may speak now, the own first; `hindrance` says why none may approve; `deciders` are the
    names of everybody who could.
    """

    voices: Sequence[User]
    may_approve: bool
    hindrance: str
    deciders: Sequence[str]


def deciding(proposal: Proposal, *, version: int, user: User) -> Deciding:
    """Asked of the database, voice by voice."""
    at, deed = timezone.now(), DEED[proposal.kind]
    known = [user, *lenders_to(user, area=area_of(user), at=at)] if may(user, deed) else []
    refusing, approving = (
        {
            voice: obstacle(proposal.pk, version=version, verdict=verdict, by=user, voice=voice, at=at)
            for voice in known
            if may(voice, deed)
        }
        for verdict in (Verdict.REFUSE, Verdict.APPROVE)
    )
    voices = sorted((one for one in refusing if refusing[one] is None), key=lambda one: approving[one] is not None)
    reason = approving[voices[0]] if voices else approving.get(user)
    return Deciding(
        voices=voices,
        may_approve=any(approving[one] is None for one in voices),
        hindrance=t(DECISION_REFUSALS[reason]) if reason else "",
        deciders=[one.full_name for one in deciders_of(proposal, at=at)],
    )


def voice_chosen(request: HttpRequest, at: datetime) -> User | None:
    """On whose behalf the form says the reader decides; None for oneself."""
    asked = request.POST.get("suara", "")
    user = reader(request)
    return next((one for one in lenders_to(user, area=area_of(user), at=at) if str(one.pk) == asked), None)


def happenings(proposal: Proposal) -> list[Happening]:
    """What was said of a proposal, as a timeline."""
    return [
        Happening(
            at=one.at,
            text=t("Versi {version}: {deed}", version=one.version, deed=said(VERDICTS_SAID, one.verdict)),
            by=one.by.full_name
            if one.voice == one.by
            else t("{name} atas nama {voice}", name=one.by.full_name, voice=one.voice.full_name),
            tone=VERDICTS_SAID[one.verdict].tone,
            note=one.comment,
        )
        for one in statements(proposal)
    ]
