"""One number that changes whenever the law, or how it is reckoned here, changes."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def law_digest() -> str:
    """SHA-256 over every table and formula of this package, in hex: two equal digests reckon the same amounts."""
    found = sha256()
    for name, file in sorted(_texts(files("payung.rules.law"), "")):
        found.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _texts(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        name = f"{before}/{item.name}"
        if item.is_dir():
            yield from _texts(item, name)
        elif item.name.endswith((".py", ".toml")):
            yield name, item
