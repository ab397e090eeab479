"""Lists that are no lists of workers, though their rows hold people: taken for one, the dead would become members."""

from payung.rules.roster.headers import find_blocks
from payung.rules.roster.recognising import layout_of
from payung.rules.roster.workbook import Sheet, Workbook

NOT_OF_WORKERS = ("kematian", "dtsen", "dukcapil", "bpjs_posting")
"""Codes of layouts whose rows are not people to enrol."""


class BelongsElsewhere(Exception):
    """The file is another kind of list; `layout` is the code of its layout."""

    def __init__(self, layout: str) -> None:
        super().__init__(layout)
        self.layout = layout


def require_workers(workbook: Workbook) -> None:
    """Raises BelongsElsewhere when a shown sheet is a list that has a page of its own.

    A list of workers may carry a column of such a list, as a decile: what the people work as makes it theirs. Whom a
    list calls dead is never a worker.
    """
    for index, sheet in enumerate(workbook.sheets):
        known = None if sheet.hidden else layout_of(sheet)
        if known is None or known.layout.code not in NOT_OF_WORKERS:
            continue
        if known.layout.code == "kematian" or not _tells_work(sheet, index):
            raise BelongsElsewhere(known.layout.code)


def _tells_work(sheet: Sheet, index: int) -> bool:
    return any("job" in block.columns for block in find_blocks(sheet, index))
