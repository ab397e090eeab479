"""Notices by e-mail: something waits for you, yours was decided, a request's time runs. They name no person and carry
no figure.

Asked for in the transaction of the deed, so that the worker sends them after its commit and never without it.
Whoever told no address, or switched notices off, gets none.
"""

from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation

from payung.doors.jobs.queue import defer
from payung.doors.jobs.words import NOTICE
from payung.office.access.models import User
from payung.office.approvals.models import Proposal
from payung.office.approvals.policy import mailbox
from payung.office.approvals.queries import deciders_of, visible, waiting_for
from payung.office.places.queries import NoArea
from payung.office.places.scope import seen_by
from payung.office.privacy.models import Request


class NoticeNotSent(Exception):
    """The mail server did not take it; the text names no address, because queues and logs keep it."""


def tell_of(proposal: Proposal, *, by: User, at: datetime) -> int:
    """Ask for the notices that a proposal's new state calls for; returns how many were asked for."""
    if proposal.state == Proposal.OPEN:
        concerned = [user.pk for user in deciders_of(proposal, at=at)]
    else:
        concerned = [proposal.made_by_id]
    told = [user_id for user_id in concerned if user_id != by.pk]
    for user_id in told:
        defer(
            "send_notice",
            proposal_id=proposal.pk,
            version=proposal.version,
            state=proposal.state,
            user_id=user_id,
            government_id=proposal.government_id,
        )
    return len(told)


def send(*, proposal_id: int, version: int, state: str, user_id: int, government_id: int) -> bool:
    """Send one notice, in the area of whom it is for; False when it is not wanted or no longer true.

    Raises NoticeNotSent, after which the queue tries again.
    """
    user = User.objects.get(pk=user_id)
    try:
        with seen_by(user, government_id=government_id) as area:
            address, wanted = mailbox(user)
            proposals = visible(area).filter(pk=proposal_id, version=version, state=state)
            if state == Proposal.OPEN:
                still = bool(waiting_for(user, area=area, at=timezone.now(), proposals=proposals))
            else:
                still = proposals.exists()
    except NoArea:
        return False
    if not (address and wanted and still and user.is_active):
        return False
    words = _words(user)
    _mail(user, address, words["subject"], [words[state], settings.PAYUNG_ADDRESS + "/persetujuan", words["off"]])
    return True


def tell_of_request(request: Request, *, running_out: bool = False) -> None:
    """Ask for a notice to the officer who must answer a person's request."""
    defer(
        "send_request_notice",
        request_id=request.pk,
        running_out=running_out,
        user_id=request.handler_id,
        government_id=request.government_id,
    )


def send_of_request(*, request_id: int, running_out: bool, user_id: int, government_id: int) -> bool:
    """Send it while the request is open and the officer wants notices; else False. Raises NoticeNotSent."""
    user = User.objects.get(pk=user_id)
    try:
        with seen_by(user, government_id=government_id) as area:
            address, wanted = mailbox(user)
            still = Request.objects.filter(pk=request_id, government=area.government, state=Request.OPEN).exists()
    except NoArea:
        return False
    if not (address and wanted and still and user.is_active):
        return False
    words = _words(user)
    page = f"{settings.PAYUNG_ADDRESS}/data-pribadi/permintaan/{request_id}"
    _mail(
        user,
        address,
        words["subject_request"],
        [words["request_due" if running_out else "request"], page, words["off"]],
    )
    return True


def _words(user: User) -> dict[str, str]:
    return NOTICE[user.language if user.language in NOTICE else "id"]


def _mail(user: User, address: str, subject: str, parts: list[str]) -> None:
    with translation.override(user.language):
        try:
            send_mail(subject, "\n\n".join(parts), settings.DEFAULT_FROM_EMAIL, [address])
        except (SMTPException, OSError) as problem:
            raise NoticeNotSent(type(problem).__name__) from None
