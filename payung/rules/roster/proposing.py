"""Proposals for an unknown sheet: which column may hold which field, from its heading and from its cells.

A proposal decides nothing. A person confirms it, and the `Mapping` it becomes is known again next time.
"""

from dataclasses import dataclass

from payung.rules.roster import headers, vocabulary
from payung.rules.roster.contents import FEWEST_CELLS, Look, Table, days_that_fit, look_at, table_below
from payung.rules.roster.headers import is_data, stacked
from payung.rules.roster.mapping import MappedColumn, Mapping, whole_heading
from payung.rules.roster.reasons import Reason
from payung.rules.roster.recognising import Recognised, layout_of
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Sheet

_HEADING_SCORE, _CONTENTS_SCORE, _FITS_NIK_SCORE = 60, 40, 10
_LOWEST_SCORE = 20
_SEARCHED_ROWS = 60
_ENOUGH = 0.5
_PROVABLE = frozenset(("nik", "kk", "nip", "birth_date", "sex", "phone", "birth_place_and_date", "name"))
"""Fields whose cells have a shape of their own, so that other cells speak against the heading."""


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column: its letter, heading as written, the field proposed (None: none), and why.

    `score` is 0 to 100; `others` are further fields that it may be, likeliest first.
    """

    letter: str
    heading: str
    field: str | None
    score: int
    reasons: tuple[Reason, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sheet as it may be read: rows of its heading (0, 0 when it has none), its columns, a layout it resembles."""

    sheet: str
    header_first: int
    header_last: int
    columns: tuple[ColumnProposal, ...]
    layout: Recognised | None

    def mapping(self) -> Mapping:
        """The mapping, if every proposal is right. Raises InvalidMapping when neither name nor NIK was found."""
        rows = self.header_last - self.header_first + 1 if self.header_last else 0
        columns = tuple(
            MappedColumn(one.letter, vocabulary.plain(one.heading), one.field) for one in self.columns if one.field
        )
        return Mapping(columns, rows)


def propose(sheet: Sheet) -> Proposal:
    """What the columns of a sheet may hold."""
    known = layout_of(sheet)
    first, last = _heading_rows(sheet, known)
    headings = _headings(sheet, first, last)
    table = table_below(sheet, last)
    looks = {letter: look_at(table, letter) for letter in sheet.letters}
    scored = {letter: _scores(headings[letter], looks[letter], known, letter) for letter in sheet.letters}
    _prefer_birth_dates(table, scored)
    chosen = _chosen(scored)
    columns = tuple(
        _proposal(letter, headings[letter], chosen.get(letter), scored[letter])
        for letter in sheet.letters
        if looks[letter].filled or any(headings[letter])
    )
    return Proposal(sheet.name, first, last, columns, known)


Scores = dict[str, tuple[int, tuple[Reason, ...]]]
"""Field -> score and reasons."""


def _heading_rows(sheet: Sheet, known: Recognised | None) -> tuple[int, int]:
    blocks = headers.find_blocks(sheet, 0)
    if blocks:
        return blocks[0].header_first, blocks[0].header_last
    if known is not None:
        return known.header_first, known.header_last
    above = 0
    for number, texts in sheet.rows(1, min(sheet.height, _SEARCHED_ROWS)):
        filled = sum(text is not None for text in texts)
        if is_data(texts) and filled > 1:
            return above, above
        above = number if filled > 1 else above
    return 0, 0


def _headings(sheet: Sheet, first: int, last: int) -> dict[str, list[str]]:
    rows = [texts for _, texts in sheet.rows(first, last)] if last else []
    return dict(zip(sheet.letters, stacked(rows) if rows else [[] for _ in sheet.letters], strict=True))


def _scores(heading: list[str], look: Look, known: Recognised | None, letter: str) -> Scores:
    scores: Scores = {}
    by_heading = vocabulary.field_of(tuple(heading)) if heading else None
    if known is not None:
        by_heading = next((field for field, at in known.columns.items() if at == letter), by_heading)
    for field, share in look.shares.items():
        percent = round(100 * share)
        if share >= _ENOUGH and by_heading != "other":
            scores[field] = (round(_CONTENTS_SCORE * share), _contents_reasons(field, percent, look))
    if by_heading in SHEET_FIELDS:
        told = Reason("heading", {"heading": " ".join(part for part in heading if part)})
        score, reasons = scores.get(by_heading, (0, ()))
        share = look.shares.get(by_heading, 0.0)
        if by_heading in _PROVABLE and look.filled >= FEWEST_CELLS and share < _ENOUGH:
            reasons = (Reason("contents_differ", {"percent": round(100 * share), "field": by_heading}),)
            score -= _CONTENTS_SCORE
        scores[by_heading] = (score + _HEADING_SCORE, (told, *reasons))
    return scores


def _contents_reasons(field: str, percent: int, look: Look) -> tuple[Reason, ...]:
    reasons = [Reason("contents", {"percent": percent, "field": field})]
    if field == "nik" and look.has_women:
        reasons.append(Reason("women"))
    if field == "kk" and look.repeats:
        reasons.append(Reason("repeats"))
    return tuple(reasons)


def _prefer_birth_dates(table: Table, scored: dict[str, Scores]) -> None:
    """Of several columns of dates, the one that agrees with the NIKs."""
    niks = max(scored, key=lambda letter: scored[letter].get("nik", (0, ()))[0], default=None)
    if niks is None or "nik" not in scored[niks]:
        return
    for letter, scores in scored.items():
        share = days_that_fit(table, niks, letter) if "birth_date" in scores else 0.0
        if share >= _ENOUGH:
            score, reasons = scores["birth_date"]
            told = Reason("fits_nik", {"percent": round(100 * share)})
            scores["birth_date"] = (score + _FITS_NIK_SCORE, (*reasons, told))


def _chosen(scored: dict[str, Scores]) -> dict[str, str]:
    """Letter -> field, the surest first; a field once, a column once."""
    pairs = [(score, letter, field) for letter, scores in scored.items() for field, (score, _) in scores.items()]
    chosen: dict[str, str] = {}
    for score, letter, field in sorted(pairs, key=lambda pair: -pair[0]):
        if score >= _LOWEST_SCORE and letter not in chosen and field not in chosen.values():
            chosen[letter] = field
    return chosen


def _proposal(letter: str, heading: list[str], field: str | None, scores: Scores) -> ColumnProposal:
    score, reasons = scores.get(field or "", (0, ()))
    others = sorted((other for other in scores if other != field), key=lambda other: -scores[other][0])
    return ColumnProposal(letter, whole_heading(heading), field, min(score, 100), reasons, tuple(others))
