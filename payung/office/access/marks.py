"""Identity marks behind one seam: sealed at rest, opened only here.

A mark (NIK, KK, KPJ, phone, mother's name ...) is stored as one byte that names its key, then AES-SIV ciphertext.
The sealing is deterministic per key and kind of mark, so that equality, uniqueness and exact search work on the
sealed form, and a dump of the database shows no mark in clear. While keys are being rotated a mark may stand under
two of them: whoever looks for one asks for `sealed_forms`. In columns a sealed mark travels as hex text.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

Sealed = bytes | memoryview


class KeyRing(Protocol):
    """Where keys come from: version -> 64 bytes in hex. The newest live key seals; retired ones only open."""

    def live(self) -> Mapping[int, str]:
        """The keys that data may be sealed with."""

    def retired(self) -> Mapping[int, str]:
        """Keys that nothing should be sealed with any more."""


class KeyMissing(LookupError):
    """Something is sealed with a key that this installation does not have."""


@lru_cache(maxsize=16)
def _cipher(key_hex: str) -> AESSIV:
    return AESSIV(bytes.fromhex(key_hex))


def live_versions() -> list[int]:
    """The versions of the live keys, the newest first: that one seals."""
    return sorted(_ring().live(), reverse=True)


def _ring() -> KeyRing:
    ring: KeyRing = settings.PAYUNG_KEY_RING
    return ring


def _newest() -> tuple[bytes, AESSIV]:
    keys = _ring().live()
    version = max(keys)
    return bytes([version]), _cipher(keys[version])


def _opener(version: int) -> AESSIV:
    ring = _ring()
    key = ring.live().get(version) or ring.retired().get(version)
    if key is None:
        raise KeyMissing(f"kunci identitas versi {version} tidak ada pada instalasi ini")
    return _cipher(key)


def seal_bytes(content: bytes, *, kind: str) -> bytes:
    """Any content sealed as that kind, with the newest key."""
    prefix, cipher = _newest()
    return prefix + cipher.encrypt(content, [kind.encode()])


def unseal_bytes(sealed: Sealed, *, kind: str) -> bytes:
    """The inverse of `seal_bytes`. Raises KeyMissing, or cryptography's InvalidTag when kind or key do not fit."""
    whole = bytes(sealed)
    return _opener(whole[0]).decrypt(whole[1:], [kind.encode()])


def seal(mark: str, *, kind: str) -> bytes:
    """The sealed form of one mark; the same mark of the same kind always seals alike with the same key."""
    return seal_bytes(mark.encode(), kind=kind)


def sealed_forms(mark: str, *, kind: str) -> list[bytes]:
    """How this mark may stand in a table: under each live key."""
    keys, content, kinds = _ring().live(), mark.encode(), [kind.encode()]
    return [bytes([version]) + _cipher(keys[version]).encrypt(content, kinds) for version in sorted(keys, reverse=True)]


def unseal(sealed: Sealed | None, *, kind: str) -> str | None:
    """The mark in clear, None for none. Raises as `unseal_bytes`."""
    return None if sealed is None else unseal_bytes(sealed, kind=kind).decode()


def seal_column(marks: Iterable[str | None], *, kind: str) -> list[str | None]:
    """Many marks at once, as PostgreSQL's bytea text (`\\x...`); None and blank stay None."""
    version, cipher = _newest()
    prefix, encrypt, kinds = "\\x" + version.hex(), cipher.encrypt, [kind.encode()]
    return [prefix + encrypt(mark.encode(), kinds).hex() if mark else None for mark in marks]


def unseal_column(sealed: Iterable[str | None], *, kind: str) -> list[str | None]:
    """The inverse of `seal_column`."""
    kinds, openers = [kind.encode()], dict[str, AESSIV]()
    opened: list[str | None] = []
    for text in sealed:
        if not text:
            opened.append(None)
            continue
        version = text[2:4]
        if version not in openers:
            openers[version] = _opener(int(version, 16))
        opened.append(openers[version].decrypt(bytes.fromhex(text[4:]), kinds).decode())
    return opened


def sealer(ring: KeyRing, *, kind: str) -> Callable[[str], str]:
    """Seals for another installation, with its newest key, as PostgreSQL's bytea text."""
    keys = ring.live()
    version = max(keys)
    cipher, kinds = _cipher(keys[version]), [kind.encode()]
    return lambda text: f"\\x{version:02x}" + cipher.encrypt(text.encode(), kinds).hex()


def sealed_forms_column(sealed: Iterable[str | None], *, kind: str) -> list[list[str]]:
    """For each sealed mark the forms it may have in a table; while one key is live that is the form it has."""
    column = list(sealed)
    versions = {text[2:4] for text in column if text}
    live = {f"{version:02x}" for version in _ring().live()}
    if len(live) == 1 and versions <= live:
        return [[text] if text else [] for text in column]
    opened = unseal_column(column, kind=kind)
    return [["\\x" + form.hex() for form in sealed_forms(mark, kind=kind)] if mark else [] for mark in opened]


def keyed_hashes(texts: Iterable[str | None], *, kind: str) -> list[int | None]:
    """An opaque number of 64 bits for each text, equal for equal texts of that kind under the newest key.

    For looking for what may be alike without opening it; nothing can be read from it, with the key or without.
    """
    keys = _ring().live()
    key = hashlib.blake2b(bytes.fromhex(keys[max(keys)]), digest_size=32, person=b"payung-hashes").digest()
    begun = hashlib.blake2b(f"{kind}:".encode(), key=key, digest_size=8)
    return [None if text is None else _number(begun, text) for text in texts]


def _number(begun: "hashlib.blake2b", text: str) -> int:
    digest = begun.copy()
    digest.update(text.encode())
    return int.from_bytes(digest.digest(), "big", signed=True)


def seal_content(content: bytes) -> bytes:
    """A whole file, sealed."""
    return seal_bytes(content, kind="file")


def unseal_content(sealed: Sealed) -> bytes:
    """The inverse of `seal_content`."""
    return unseal_bytes(sealed, kind="file")
