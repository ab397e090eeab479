"""How large and how long a file may be before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. The defaults hold 250,000 rows of 20 columns with room to spare."""

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 1_000 * MEGABYTE
    columns: int = 256
    cells: int = 12_000_000
    """Of all sheets, each the rectangle to its last filled cell with the empty ones between."""
    text_bytes: int = 400 * MEGABYTE
    """Of all cells together, as they come over."""
    sheets: int = 300
    memory_bytes: int = 900 * MEGABYTE
    """Of the child process."""
    seconds: int = 60
