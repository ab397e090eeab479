"""What a sheet of the sender looks like: its headings, merged cells and widths, and where our remarks go."""

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import product

from payung.rules.roster.headers import Block, find_blocks
from payung.rules.roster.workbook import Sheet

REMARKS_WIDTH = 75
"""Characters on one line of the remarks."""

_NARROWEST, _WIDEST = 5.0, 42.0
_LONGEST_HEADING_WORD = 16
_MOST_HEADING_LINES = 3
_USUAL_SHARE = 0.95
_WIDE_LETTERS = 1.1
_HIGHEST_FROZEN_ROW = 20
_LARGEST_MERGE_CELLS = 10_000


class Shape:
    """A sheet as it will be written. A column of remarks that we wrote earlier is not counted among its own."""

    def __init__(self, sheet: Sheet, *, remarks_titles: Collection[str]) -> None:
        self.sheet = sheet
        own = sheet.letters
        if own and sheet.texts[own[-1]].is_in(list(remarks_titles)).any():
            own = own[:-1]
        self.letters = own

    @property
    def width(self) -> int:
        """Columns of the sender; the remarks stand right of them."""
        return len(self.letters)

    @cached_property
    def blocks(self) -> list[Block]:
        return find_blocks(self.sheet, 0)

    def remarks_headings(self, *, noted: bool) -> frozenset[int]:
        """Rows in which the column of remarks has its title: beside each heading, else in the first row.

        A sheet without a heading has such a column only when it is `noted`: when something is said of it.
        """
        beside = frozenset(block.header_last for block in self.blocks)
        return beside or (frozenset((1,)) if noted else frozenset())

    @property
    def frozen_rows(self) -> int:
        """Rows that stay in sight: down to the first heading, unless it stands too low."""
        first = self.blocks[0].header_last if self.blocks else 0
        return first if first <= _HIGHEST_FROZEN_ROW else 0

    @property
    def filtered(self) -> tuple[int, int] | None:
        """First and last row under filter buttons, on a sheet with one table."""
        if len(self.blocks) != 1 or self.blocks[0].last_row <= self.blocks[0].header_last:
            return None
        return self.blocks[0].header_last, self.blocks[0].last_row

    def merges(self) -> Iterator[tuple[int, int, int, int]]:
        """Merged ranges inside the sender's columns; a damaged file's overlapping ones only once."""
        taken: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.sheet.merged:
            last_column, last_row = min(right, self.width), min(bottom, self.sheet.height)
            if not 1 < (last_row - top + 1) * (last_column - left + 1) <= _LARGEST_MERGE_CELLS:
                continue
            cells = set(product(range(top, last_row + 1), range(left, last_column + 1)))
            if taken.isdisjoint(cells):
                taken |= cells
                yield top, left, last_row, last_column

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a merged cell lies over this one, so that nobody sees it."""
        return (row, column) in self._covered

    def part_of(self, row: int, column: int) -> str:
        """What part a cell plays: "heading", "merged" or nothing. Rows and columns count from 1."""
        if row in self._heading_rows:
            return "heading"
        return "merged" if (row, column) in self._merge_corners else ""

    @cached_property
    def _heading_rows(self) -> frozenset[int]:
        return frozenset(row for block in self.blocks for row in range(block.header_first, block.header_last + 1))

    @cached_property
    def _merge_corners(self) -> frozenset[tuple[int, int]]:
        return frozenset((top, left) for top, left, _, _ in self.merges())

    @cached_property
    def _covered(self) -> frozenset[tuple[int, int]]:
        under = (
            cell
            for top, left, bottom, right in self.merges()
            for cell in product(range(top, bottom + 1), range(left, right + 1))
        )
        return frozenset(under) - self._merge_corners

    def heading_lines(self, row: int) -> int:
        """How many lines a heading row needs; 1 for any other row. What is merged across has room enough."""
        if row not in self._heading_rows:
            return 1
        across = {(top, left) for top, left, _, right in self.merges() if right > left}
        texts = ((at, self.sheet.texts[letter][row - 1] or "") for at, letter in enumerate(self.letters, start=1))
        widths = self.column_widths()
        needed = (1 + int(len(text) // widths[at - 1]) for at, text in texts if (row, at) not in across)
        return min(max(needed, default=1), _MOST_HEADING_LINES)

    def column_widths(self) -> list[float]:
        """Widths in characters from what most cells of a column hold, and that of the remarks."""
        widths = [
            min(max(self._usual_length(letter) * _WIDE_LETTERS + 2, _NARROWEST), _WIDEST) for letter in self.letters
        ]
        return [*widths, REMARKS_WIDTH]

    def _usual_length(self, letter: str) -> float:
        """Characters of most cells, and at least those of the longest word in a heading."""
        texts = self.sheet.texts[letter]
        words = " ".join(filter(None, (texts[row - 1] for row in self._heading_rows))).split()
        longest_word = max(map(len, words), default=0)
        return max(texts.str.len_chars().quantile(_USUAL_SHARE) or 0, min(longest_word, _LONGEST_HEADING_WORD))
