"""Programme sets as ranges: JKK, JKM, JHT, JP in the order in which Perpres 109/2013 adds them.

A spell holds a run of programmes as an int range, so that one exclusion constraint in the database promises
"at most one payer per membership, programme and month". A set with a hole is two spells.
"""

from collections.abc import Iterable

ORDER = ("JKK", "JKM", "JHT", "JP")


def as_ranges(programmes: Iterable[str]) -> list[tuple[int, int]]:
    """Half-open runs that cover exactly the named programmes: {JKK, JKM} -> [(0, 2)].

    Raises KeyError for a programme that is none.
    """
    positions = {name: index for index, name in enumerate(ORDER)}
    runs: list[tuple[int, int]] = []
    for index in sorted({positions[name] for name in programmes}):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def names(lower: int, upper: int) -> tuple[str, ...]:
    """The programmes of a run: (0, 2) -> ("JKK", "JKM")."""
    return ORDER[lower:upper]
