"""Columns that nobody has named yet: an upload waits for a person, and what was confirmed is used again for its OPD."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal, unseal
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.enrolment.models import ConfirmedLayout, WaitingUpload
from payung.office.places.models import Opd
from payung.office.places.scope import whole_government
from payung.rules.identity.hiding import hide_marks
from payung.rules.roster import mapping as roster
from payung.rules.roster.proposing import Proposal
from payung.rules.roster.reasons import Reason
from payung.rules.roster.settling import fingerprint, samples, unsettled
from payung.rules.roster.workbook import Workbook


@dataclass(frozen=True)
class Settled:
    """How a workbook's uncertain sheets are read: mappings by position, by which layouts, and what is still `open`."""

    mappings: dict[int, roster.Mapping]
    layout_ids: list[int]
    open: dict[int, Proposal]


@dataclass(frozen=True)
class ProposedColumn:
    """A column as it is proposed: `field` is "" for none. Marks in heading and samples are hidden."""

    letter: str
    heading: str
    field: str
    reasons: tuple[Reason, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True)
class ProposedSheet:
    """A sheet whose columns wait to be named; known again by `fingerprint`. 0 `heading_rows`: it has no heading."""

    sheet: str
    fingerprint: str
    heading_rows: int
    columns: tuple[ProposedColumn, ...]


def in_force(opd: Opd) -> list[ConfirmedLayout]:
    """The layouts confirmed for an OPD, the newest first."""
    found = ConfirmedLayout.objects.filter(opd=opd, replaced_at=None).select_related("confirmed_by", "opd")
    return list(found.order_by("-confirmed_at", "-pk"))


def settle(workbook: Workbook, known: Iterable[ConfirmedLayout]) -> Settled:
    """Which of the workbook's uncertain sheets these layouts settle."""
    by_fingerprint = {layout.fingerprint: layout for layout in known}
    proposals = unsettled(workbook)
    found = {index: by_fingerprint.get(fingerprint(proposal)) for index, proposal in proposals.items()}
    return Settled(
        mappings={index: roster.from_dict(layout.content) for index, layout in found.items() if layout},
        layout_ids=sorted({layout.pk for layout in found.values() if layout}),
        open={index: proposals[index] for index, layout in found.items() if layout is None},
    )


def sealed_proposal(workbook: Workbook, settled: Settled) -> bytes:
    """The open proposals with samples of their cells, as a waiting upload keeps them."""
    told = [_told(workbook, index, proposal) for index, proposal in settled.open.items()]
    return seal(json.dumps(told), kind="proposal")


def proposed(waiting: WaitingUpload) -> list[ProposedSheet]:
    """The sheets of a waiting upload whose columns a person must name."""
    told: list[dict[str, Any]] = json.loads(unseal(waiting.sealed_proposal, kind="proposal") or "[]")
    return [
        ProposedSheet(
            one["sheet"],
            one["fingerprint"],
            one["heading_rows"],
            tuple(
                ProposedColumn(
                    letter=column["letter"],
                    heading=column["heading"],
                    field=column["field"],
                    reasons=tuple(Reason(code, words) for code, words in column["reasons"]),
                    samples=tuple(column["samples"]),
                )
                for column in one["columns"]
            ),
        )
        for one in told
    ]


def mapping_of(sheet: ProposedSheet, fields: Mapping[str, str]) -> roster.Mapping:
    """The mapping of letter -> field for a proposed sheet. Raises InvalidMapping."""
    columns = tuple(
        roster.MappedColumn(column.letter, column.heading if sheet.heading_rows else "", fields[column.letter])
        for column in sheet.columns
        if fields.get(column.letter)
    )
    return roster.Mapping(columns, sheet.heading_rows)


@transaction.atomic
def confirm(
    *, waiting: WaitingUpload, mappings: Mapping[str, roster.Mapping], by: User, at: datetime
) -> list[ConfirmedLayout]:
    """Remember what the columns hold, by fingerprint, in place of what was confirmed before for the same OPD."""
    require(by, Deed.RECEIVE_LIST)
    made = []
    for known_by, content in mappings.items():
        ConfirmedLayout.objects.filter(opd=waiting.opd, fingerprint=known_by, replaced_at=None).update(replaced_at=at)
        made.append(
            ConfirmedLayout.objects.create(
                government=waiting.government,
                opd=waiting.opd,
                fingerprint=known_by,
                content=content.to_dict(),
                confirmed_by=by,
                confirmed_at=at,
            )
        )
        record("confirm_layout", subject=f"layout:{made[-1].pk}", by=by, at=at, detail={"opd": waiting.opd_id})
    return made


@transaction.atomic
def revoke(*, layout: ConfirmedLayout, by: User, at: datetime) -> None:
    """Sheets of this layout wait for a person again; lists read by it stay as they are."""
    require(by, Deed.RECEIVE_LIST)
    if ConfirmedLayout.objects.filter(pk=layout.pk, replaced_at=None).update(replaced_at=at):
        record("revoke_layout", subject=f"layout:{layout.pk}", by=by, at=at, detail={"opd": layout.opd_id})


@transaction.atomic
def drop(*, waiting: WaitingUpload, by: User, at: datetime) -> None:
    """The upload is not wanted after all: nothing waits any more, the file stays kept."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(waiting.government, by=by):
        gone = WaitingUpload.objects.filter(pk=waiting.pk, settled_at=None).update(settled_at=at, sealed_proposal=None)
        if gone:
            record("drop_upload", subject=f"upload:{waiting.pk}", by=by, at=at)


def _told(workbook: Workbook, index: int, proposal: Proposal) -> dict[str, Any]:
    shown = samples(workbook.sheets[index], proposal)
    return {
        "sheet": hide_marks(proposal.sheet),
        "fingerprint": fingerprint(proposal),
        "heading_rows": proposal.header_last - proposal.header_first + 1 if proposal.header_last else 0,
        "columns": [
            {
                "letter": column.letter,
                "heading": column.heading,
                "field": column.field or "",
                "reasons": [(reason.code, reason.words) for reason in column.reasons],
                "samples": [hide_marks(text) for text in shown[column.letter]],
            }
            for column in proposal.columns
        ],
    }
