"""The list of a hand-over (daftar serah terima santunan): who is called up, for what, with room to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.doors.papers.claim_words import kind_said
from payung.doors.papers.letterhead import letter_lines
from payung.doors.papers.office_paper import Cell, Column, OfficePaper, Sheet, Signature
from payung.doors.papers.wording import Wording
from payung.office.claims.handing import Receiver
from payung.office.places.models import Letterhead


@dataclass(frozen=True)
class Ceremony:
    """When and where."""

    on: date
    place: str


def hand_over_paper(
    ceremony: Ceremony,
    receivers: Sequence[Receiver],
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> OfficePaper:
    """One line a receiver, with room to sign. Marks come masked, because the list lies open on a table."""
    wording = Wording(language)

    def said(key: str) -> str:
        return wording.text("hand_over", key)

    total = sum(one.amount_rupiah for one in receivers)
    columns = [
        Column(said("number"), 9),
        Column(said("member")),
        Column(said("nik"), 34),
        Column(said("kind"), 40),
        Column(said("receiver")),
        Column(said("account"), 34),
        Column(said("paid_on"), 26),
        Column(said("rupiah"), 28, figures=True),
        Column(said("signature"), 34),
    ]
    rows = [_row(number, one, wording) for number, one in enumerate(receivers, start=1)]
    sums: list[Cell] = [None, said("sum"), None, None, None, None, None, total, None]
    day = wording.long_date(ceremony.on)
    return OfficePaper(
        language=language,
        government=government_name,
        office="",
        title=said("title"),
        subject=f"{ceremony.place}, {day}",
        footer=f"{said('footer')} · {wording.text('page', 'printed_on', day=wording.long_date(printed_on))}",
        facts=[(said("receivers"), wording.number(len(receivers)))],
        sheets=[Sheet(said("sheet"), columns, rows, sums)],
        letter=letter_lines(letterhead),
        place_and_date=f"{ceremony.place}, {day}",
        signatures=[Signature(said("gives")), Signature(said("branch"))],
        notes=[said("paid_already"), said("no_fee")],
    )


def _row(number: int, one: Receiver, wording: Wording) -> list[Cell]:
    relation = wording.text("claim", f"relation_{one.relation}") if one.relation else wording.text("hand_over", "self")
    account = f"{one.bank} {one.account or ''}".strip()
    return [
        str(number),
        one.person,
        one.nik,
        kind_said(one.kind, wording.language),
        f"{one.heir} ({relation})",
        account,
        wording.long_date(one.paid_on),
        one.amount_rupiah,
        f"{number} ....................",
    ]
