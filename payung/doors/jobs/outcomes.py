"""How a job ends: with facts for its page and possibly a file, or refused in words for whoever asked."""

from dataclasses import dataclass, field
from typing import Any


class WorkRefused(Exception):
    """The work cannot be done; the message is for the person who asked."""


@dataclass
class Outcome:
    """What a job leaves behind: facts for its page, and possibly a file."""

    result: dict[str, Any] = field(default_factory=dict)
    output: bytes | None = None
    output_name: str = ""
