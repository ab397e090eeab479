"""Guessing is made slow: after some failures a name, or an address, waits; each further failure doubles the wait.

A name that nobody has is treated exactly like one that somebody has, so the answer never tells which it is. The name
is kept as a keyed hash, because people type passwords into the wrong field.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from payung.office.access.actions import record
from payung.office.access.models import SignInFailures


@dataclass(frozen=True)
class Patience:
    """So many failures are free; then the wait doubles from `first` up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta


# An office shares one address: it gets more tries than a name.
PATIENCE = {
    "name": Patience(5, timedelta(minutes=1), timedelta(hours=1)),
    "address": Patience(30, timedelta(minutes=1), timedelta(hours=1)),
}
FORGOTTEN_AFTER = timedelta(days=1)


class LockedOut(Exception):
    """Too many failures: no password is looked at before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until:%H:%M:%S}")
        self.until = until


def _keys(name: str, address: str) -> dict[str, str]:
    told = {"name": name.strip().casefold(), "address": address}
    return {
        kind: salted_hmac(f"payung sign-in {kind}", text, algorithm="sha256").hexdigest()
        for kind, text in told.items()
        if text
    }


def require_patience(*, name: str, address: str, at: datetime) -> None:
    """Raises LockedOut while the name or the address must wait.

    The name's row stays locked for the transaction: guesses at one name come one after the other, however many
    are sent at once.
    """
    keys = _keys(name, address)
    if "name" in keys:
        SignInFailures.objects.bulk_create([SignInFailures(key=keys["name"], last_at=at)], ignore_conflicts=True)
        SignInFailures.objects.select_for_update().get(key=keys["name"])
    locked = SignInFailures.objects.filter(key__in=keys.values(), locked_until__gt=at).order_by("-locked_until").first()
    if locked is not None and locked.locked_until is not None:
        raise LockedOut(locked.locked_until)


@transaction.atomic
def note_failure(*, name: str, address: str, at: datetime) -> None:
    """One failure more for the name and for the address; a lock that begins is recorded."""
    SignInFailures.objects.filter(last_at__lt=at - FORGOTTEN_AFTER).delete()
    for kind, key in _keys(name, address).items():
        SignInFailures.objects.bulk_create([SignInFailures(key=key, last_at=at)], ignore_conflicts=True)
        found = SignInFailures.objects.select_for_update().get(key=key)
        patience = PATIENCE[kind]
        found.failures, found.last_at = found.failures + 1, at
        over = found.failures - patience.free
        if over >= 0:
            # Beyond ten doublings the longest wait is reached in any case.
            found.locked_until = at + min(patience.first * 2 ** min(over, 10), patience.longest)
            record("sign_in_locked", subject=f"sign-in:{key[:12]}", by=None, at=at, detail={"failures": found.failures})
        found.save()


def forget_failures(*, name: str) -> int:
    """The name signed in: its failures are forgotten; returns how many there were. The address keeps its own."""
    key = _keys(name, "")["name"]
    failures = SignInFailures.objects.filter(key=key).values_list("failures", flat=True).first() or 0
    SignInFailures.objects.filter(key=key).delete()
    return failures
