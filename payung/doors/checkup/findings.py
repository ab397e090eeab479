"""What a check says: how it stands, in one sentence, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

GOOD, WATCH, BAD = "baik", "perhatikan", "salah"


@dataclass(frozen=True)
class Finding:
    """`state` is GOOD, WATCH or BAD; `do` says what to do, empty when nothing."""

    name: str
    state: str
    told: str
    do: str = ""


@dataclass(frozen=True)
class Patient:
    """What a check may look at: the owner's connection, the data folder, and what time it is here."""

    connection: psycopg.Connection[Any]
    folder: Path
    at: datetime

    def number(self, query: str) -> int:
        """The one number that a query answers, 0 for nothing."""
        found = self.connection.execute(query.encode()).fetchone()
        return int(found[0]) if found and found[0] is not None else 0

    def column(self, query: str) -> list[str]:
        """The first column of the answer, as text."""
        return [str(row[0]) for row in self.connection.execute(query.encode())]


Check = Callable[[Patient], list[Finding]]
