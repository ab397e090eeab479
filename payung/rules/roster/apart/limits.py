"""How large and how long a file may be before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. The defaults hold 250,000 rows of 20 columns with room to spare."""

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 1_500 * MEGABYTE
    columns: int = 256
    cells: int = 12_000_000
    """Of the rectangle from the first to the last filled cell, empty ones between included."""
    sheets: int = 300
    memory_bytes: int = 1 << 30
    """Of the child process."""
    seconds: int = 60
