"""Verbs that set how a government decides: steps and limits, freezes, lent voices, and where notices go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal, unseal
from payung.office.access.models import User
from payung.office.access.roles import Deed, may, require
from payung.office.approvals.kinds import DEED
from payung.office.approvals.models import Decider, Delegation, Freeze, Mailbox, Step
from payung.office.places.models import Government


class SettingRefused(Exception):
    """This rule cannot be: `reason` is `too_few_deciders`, `not_allowed_to_decide`, `own_voice` or `not_yours`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewStep:
    """How many of these must agree (None: all who may), each up to a limit in rupiah (None: any amount)."""

    needed: int | None
    deciders: Mapping[int, int | None] = field(default_factory=dict)


@transaction.atomic
def set_steps(*, government: Government, kind: str, steps: Sequence[NewStep], by: User, at: datetime) -> None:
    """The steps by which a kind is decided from now on, in their order; none: any one user with the deed.

    Proposals that are open are decided by the new steps. Raises NotAllowed, and SettingRefused when more voices are
    needed than the group has, or when one of the group may not decide on the kind.
    """
    require(by, Deed.SET_APPROVALS)
    for step in steps:
        if len(step.deciders) < (step.needed or 1):
            raise SettingRefused("too_few_deciders")
        if not all(may(user, DEED[kind]) for user in User.objects.filter(pk__in=step.deciders)):
            raise SettingRefused("not_allowed_to_decide")
    Step.objects.filter(government=government, kind=kind).delete()
    for number, step in enumerate(steps, start=1):
        made = Step.objects.create(government=government, kind=kind, number=number, needed=step.needed)
        Decider.objects.bulk_create(
            Decider(government=government, step=made, user_id=user_id, limit_rupiah=limit)
            for user_id, limit in step.deciders.items()
        )
    told = [
        {"needed": step.needed, "limits": {str(pk): limit for pk, limit in step.deciders.items()}} for step in steps
    ]
    record("set_steps", subject=f"approvals:{government.pk}:{kind}", by=by, at=at, detail={"steps": told})


@transaction.atomic
def freeze(
    *, government: Government, kind: str, first_day: date, last_day: date, reason: str, by: User, at: datetime
) -> Freeze:
    """Nothing of that kind (empty: of any) is approved from the first to the last day. Raises NotAllowed."""
    require(by, Deed.SET_APPROVALS)
    made = Freeze.objects.create(
        government=government, kind=kind, first_day=first_day, last_day=last_day, reason=reason, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    detail = {"freeze": made.pk, "first_day": str(first_day), "last_day": str(last_day)}
    record("freeze", subject=f"approvals:{government.pk}:{kind}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def lift_freeze(*, freeze_id: int, by: User, at: datetime) -> None:
    """End a freeze now; lifting it again changes nothing. Raises NotAllowed."""
    require(by, Deed.SET_APPROVALS)
    found = Freeze.objects.select_for_update(of=("self",)).get(pk=freeze_id)
    if found.replaced_at is None:
        found.replaced_at = at
        found.save(update_fields=["replaced_at"])
        subject = f"approvals:{found.government_id}:{found.kind}"
        record("lift_freeze", subject=subject, by=by, at=at, detail={"freeze": found.pk})


@transaction.atomic
def lend_voice(
    *, government: Government, to: User, kind: str, first_day: date, last_day: date, by: User, at: datetime
) -> Delegation:
    """Let somebody decide on one's behalf from the first to the last day, on one kind or (empty) on all.

    Both must themselves be allowed to decide: a right of one's role is never lent. Raises SettingRefused.
    """
    if to == by:
        raise SettingRefused("own_voice")
    deeds = [DEED[kind]] if kind else list(DEED.values())
    if not any(may(by, deed) and may(to, deed) for deed in deeds):
        raise SettingRefused("not_allowed_to_decide")
    made = Delegation.objects.create(
        government=government, lender=by, user=to, kind=kind, first_day=first_day, last_day=last_day, recorded_at=at
    )
    detail = {"to": to.pk, "kind": kind, "first_day": str(first_day), "last_day": str(last_day)}
    record("lend_voice", subject=f"user:{by.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def take_voice_back(*, delegation_id: int, by: User, at: datetime) -> None:
    """End one's own lending now; ending it again changes nothing. Raises SettingRefused for another's."""
    found = Delegation.objects.filter(pk=delegation_id, lender=by).first()
    if found is None:
        raise SettingRefused("not_yours")
    if found.replaced_at is None:
        found.replaced_at = at
        found.save(update_fields=["replaced_at"])
        record("take_voice_back", subject=f"user:{by.pk}", by=by, at=at, detail={"delegation": found.pk})


@transaction.atomic
def set_mailbox(*, address: str, wanted: bool, by: User, at: datetime) -> None:
    """Where one's own notices go, and whether they go at all."""
    sealed = seal(address, kind="email")
    Mailbox.objects.update_or_create(user=by, defaults={"address_sealed": sealed, "wanted": wanted})
    record("set_mailbox", subject=f"user:{by.pk}", by=by, at=at, detail={"wanted": wanted})


def mailbox(user: User) -> tuple[str, bool]:
    """One's own address and whether notices are wanted; ("", False) when none was ever told."""
    found = Mailbox.objects.filter(user=user).first()
    return (unseal(found.address_sealed, kind="email") or "", found.wanted) if found else ("", False)
