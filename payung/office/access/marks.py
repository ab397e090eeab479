"""Identity marks behind one seam: sealed at rest, opened only here.

A mark (NIK, KK, KPJ, phone, mother's name ...) is stored as AES-SIV ciphertext. The sealing is
deterministic per kind of mark, so that equality, uniqueness and exact search work on the sealed form,
and a dump of the database shows no mark in clear. In columns a sealed mark travels as hex text.
"""

from collections.abc import Iterable
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings


@lru_cache(maxsize=2)
def _cipher(key_hex: str) -> AESSIV:
    return AESSIV(bytes.fromhex(key_hex))


def seal(mark: str, *, kind: str) -> bytes:
    """The sealed form of one mark; the same mark of the same kind always seals alike."""
    return _cipher(settings.PAYUNG_IDENTITY_KEY).encrypt(mark.encode(), [kind.encode()])


def unseal(sealed: bytes | memoryview | None, *, kind: str) -> str | None:
    """The mark in clear, None for none. Raises cryptography's InvalidTag when kind or key do not fit."""
    if sealed is None:
        return None
    return _cipher(settings.PAYUNG_IDENTITY_KEY).decrypt(bytes(sealed), [kind.encode()]).decode()


def seal_column(marks: Iterable[str | None], *, kind: str) -> list[str | None]:
    """Many marks at once, as PostgreSQL's bytea text (`\\x...`); None and blank stay None."""
    encrypt, kinds = _cipher(settings.PAYUNG_IDENTITY_KEY).encrypt, [kind.encode()]
    return ["\\x" + encrypt(mark.encode(), kinds).hex() if mark else None for mark in marks]


def unseal_column(sealed: Iterable[str | None], *, kind: str) -> list[str | None]:
    """The inverse of `seal_column`."""
    decrypt, kinds = _cipher(settings.PAYUNG_IDENTITY_KEY).decrypt, [kind.encode()]
    return [decrypt(bytes.fromhex(text[2:]), kinds).decode() if text else None for text in sealed]


def seal_content(content: bytes) -> bytes:
    """A whole file, sealed."""
    return _cipher(settings.PAYUNG_IDENTITY_KEY).encrypt(content, [b"file"])


def unseal_content(sealed: bytes | memoryview) -> bytes:
    """The inverse of `seal_content`."""
    return _cipher(settings.PAYUNG_IDENTITY_KEY).decrypt(bytes(sealed), [b"file"])
