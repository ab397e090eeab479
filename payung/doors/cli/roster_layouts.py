"""`payung roster layouts` and `payung roster propose FILE`: the layouts known, and what an unknown sheet may hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from payung.rules.roster.known_layouts import Layout, all_layouts, layout
from payung.rules.roster.mapping import InvalidMapping, Mapping, from_dict, mapping_of
from payung.rules.roster.proposing import Proposal, propose
from payung.rules.roster.recognising import Recognised, fit
from payung.rules.roster.vocabulary import title_of
from payung.rules.roster.workbook import Workbook

CERTAINTY = {
    "id": {
        "verified": "dicocokkan dengan berkas bertanggal {day}", "reported": "menurut orang lain",
        "assumed": "perkiraan", "own": "milik Payung",
    },
    "en": {
        "verified": "verified against a file of {day}", "reported": "reported by others", "assumed": "assumed",
        "own": "Payung's own",
    },
}  # fmt: skip
REFUSALS = {
    "shape": "bentuknya bukan pemetaan kolom",
    "field_unknown": "tidak ada isian bernama {told}",
    "field_twice": "isian {told} disebut dua kali",
    "column_twice": "kolom {told!r} disebut dua kali atau tanpa nama",
    "nothing": "tidak ada kolom NIK maupun nama",
    "rows": "judul kolom paling banyak tiga baris, bukan {told}",
}


class CannotMap(Exception):
    """No mapping comes of what was asked; the sentence says why."""


def page(language: str) -> str:
    """Every known layout with how well it is known, one a line."""
    return "\n".join(
        f"{known.code:<24}{known.what[language]} ({certainty_of(known, language)})" for known in all_layouts()
    )


def certainty_of(known: Layout, language: str) -> str:
    """How well a layout is known, in words."""
    day = known.verified_on.isoformat() if known.verified_on else ""
    return CERTAINTY[language][known.certainty].format(day=day)


def proposals(workbook: Workbook, language: str) -> dict[str, Any]:
    """For every sheet its columns with proposals and reasons, and the mapping they make, for a person to mend."""
    return {"sheets": [_told(propose(sheet), language) for sheet in workbook.sheets if sheet.height]}


def mapping_in(path: Path) -> Mapping:
    """A mapping kept as JSON, as `propose` writes it. Raises CannotMap."""
    try:
        return from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as unreadable:
        raise CannotMap(f"Pemetaan {path.name} tidak dapat dibaca sebagai JSON.") from unreadable
    except InvalidMapping as refused:
        raise CannotMap(f"Pemetaan {path.name}: {REFUSALS[refused.reason].format(told=refused.told)}.") from refused


def mapping_by_layout(workbook: Workbook, code: str) -> Mapping:
    """The mapping of the first sheet with this layout. Raises CannotMap, naming the layouts or the columns missing."""
    try:
        known = layout(code)
    except LookupError:
        codes = ", ".join(known.code for known in all_layouts())
        raise CannotMap(f"Tidak ada tata letak {code}. Yang ada: {codes}.") from None
    if not known.is_of_persons:
        raise CannotMap(f"Tata letak {known.name} bukan daftar orang untuk didaftarkan.")
    found = [(match, sheet) for sheet in workbook.sheets if (match := fit(sheet, known)) is not None]
    for match, sheet in found:
        if match.is_whole:
            return mapping_of(sheet, match)
    raise CannotMap(_what_is_missing(known, [match for match, _ in found]))


def _what_is_missing(known: Layout, found: list[Recognised]) -> str:
    nearest = min((match.missing for match in found), key=len, default=None)
    if nearest is None:
        return f"Tidak ada lembar dengan tata letak {known.name}."
    return f"Tata letak {known.name} kurang kolom {', '.join(nearest)}."


def _told(proposal: Proposal, language: str) -> dict[str, Any]:
    known = proposal.layout
    return {
        "sheet": proposal.sheet,
        "header_rows": [proposal.header_first, proposal.header_last],
        "layout": known
        and {"code": known.layout.code, "score": known.score, "reasons": _said(known.reasons, language)},
        "columns": list(_columns(proposal, language)),
        "mapping": _mapping(proposal),
    }


def _columns(proposal: Proposal, language: str) -> Iterator[dict[str, Any]]:
    for one in proposal.columns:
        yield {
            "letter": one.letter,
            "heading": one.heading,
            "field": one.field,
            "title": one.field and title_of(one.field, language),
            "score": one.score,
            "reasons": _said(one.reasons, language),
            "others": list(one.others),
        }


def _said(reasons: Any, language: str) -> list[str]:
    return [reason.said(language) for reason in reasons]


def _mapping(proposal: Proposal) -> dict[str, Any] | None:
    try:
        return proposal.mapping().to_dict()
    except InvalidMapping:
        return None
