"""A code from the user's own telephone beside the password: TOTP (RFC 6238), with recovery codes.

Everything here runs where the database was told the user (row-level security shows these rows to nobody else).
A code is good for its half minute and the ones beside it, and only once.
"""

import base64
import hashlib
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal, unseal
from payung.office.access.models import RecoveryCode, SecondFactor, User

STEP_SECONDS, DIGITS, SECRET_BYTES, SKEW_STEPS = 30, 6, 20, 1
RECOVERY_CODES, RECOVERY_BYTES = 10, 10
ISSUER = "Payung"


class WrongCode(Exception):
    """Not the code of this moment, or one that was used before."""


def has_second_factor(user: User) -> bool:
    """Whether this user confirmed one."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def waiting_secret(user: User) -> bytes:
    """The secret to be shown until it is confirmed; made when there is none. Raises WrongCode once confirmed."""
    made = seal(secrets.token_bytes(SECRET_BYTES).hex(), kind="second_factor")
    found, _ = SecondFactor.objects.get_or_create(user=user, defaults={"secret_sealed": made})
    if found.confirmed_at is not None:
        raise WrongCode("confirmed already: the secret is never shown again")
    return _secret(found)


def address_of(secret: bytes, user: User) -> str:
    """What the QR code says to an authenticator."""
    return _totp(secret).get_provisioning_uri(user.username, ISSUER)


def typed_form(secret: bytes) -> str:
    """The secret for whoever cannot photograph, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def confirm(*, user: User, code: str, at: datetime) -> list[str]:
    """The first right code makes the second factor stand; returns the recovery codes, which are shown only now.

    Raises WrongCode.
    """
    found = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    if found is None:
        raise WrongCode("nothing waits to be confirmed")
    _use(found, code, at)
    found.confirmed_at = at
    found.save()
    record("add_second_factor", subject=f"user:{user.pk}", by=user, at=at)
    return _new_recovery_codes(user)


@transaction.atomic
def check(*, user: User, code: str, at: datetime) -> None:
    """A code from the authenticator or a recovery code; either is used up by it. Raises WrongCode."""
    found = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if found is None:
        raise WrongCode("no second factor")
    typed = "".join(code.split()).replace("-", "").upper()
    if len(typed) > DIGITS:
        unused = RecoveryCode.objects.filter(user=user, code_hash=_hash(user, typed), used_at__isnull=True)
        if not unused.update(used_at=at):
            raise WrongCode("no such recovery code")
        record("use_recovery_code", subject=f"user:{user.pk}", by=user, at=at)
        return
    _use(found, typed, at)
    found.save()


@transaction.atomic
def remove(*, user: User, by: User | None, at: datetime) -> bool:
    """The user signs in by password alone until a new one is added. False when there was none."""
    RecoveryCode.objects.filter(user=user).delete()
    deleted, _ = SecondFactor.objects.filter(user=user).delete()
    if deleted:
        record("remove_second_factor", subject=f"user:{user.pk}", by=by, at=at)
    return bool(deleted)


def recovery_codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def _use(found: SecondFactor, code: str, at: datetime) -> None:
    """Notes the step of a right code that was not used before. Raises WrongCode."""
    typed = "".join(code.split()).encode()
    now, totp = int(at.timestamp()) // STEP_SECONDS, _totp(_secret(found))
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        if secrets.compare_digest(totp.generate(step * STEP_SECONDS), typed) and step > found.last_step:
            found.last_step = step
            return
    raise WrongCode("wrong or used")


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  # what authenticators speak; HMAC-SHA1 stands


def _secret(found: SecondFactor) -> bytes:
    opened = unseal(found.secret_sealed, kind="second_factor")
    assert opened is not None
    return bytes.fromhex(opened)


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes])
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]


def _hash(user: User, code: str) -> str:
    # Eighty random bits need no slow hash: nobody tries them all.
    return hashlib.sha256(f"payung recovery {user.pk} {code}".encode()).hexdigest()
