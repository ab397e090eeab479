"""The annex of a decree (lampiran SK): who comes and who goes, with masked NIK, as PDF and as workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.conf import settings

from payung.doors.papers.legible import legible
from payung.doors.papers.press import printed
from payung.doors.papers.spreadsheet import DAY, cell_text, new_workbook, print_setup
from payung.doors.papers.wording import Wording
from payung.office.agreements.models import Amendment

COLUMNS = ("number", "name", "nik", "village", "work", "change", "on")
WIDTHS = (6, 34, 20, 24, 26, 24, 13)


@dataclass(frozen=True)
class AnnexLine:
    """One person of the annex; places and words are already in the reader's language."""

    number: int
    name: str
    masked_nik: str
    village: str
    work: str
    change: str
    on: date


def annex_pdf(amendment: Amendment, *, lines: Sequence[AnnexLine], made_on: date, language: str) -> bytes:
    """The annex as PDF on A4 across. The same arguments give the same bytes. Raises PaperNotPrinted."""
    wording = Wording(language)
    form = {
        "language": language,
        "banner": _banner(wording),
        "title": wording.text("annex", "title"),
        "subject": legible(_subject(amendment, wording)),
        "decree": legible(amendment.decree.title),
        "headers": [wording.text("annex", column) for column in COLUMNS],
        "rows": [
            [
                str(line.number),
                legible(line.name),
                line.masked_nik,
                legible(line.village),
                legible(line.work),
                legible(line.change),
                wording.long_date(line.on),
            ]
            for line in lines
        ],
        "total": wording.text("annex", "people", count=wording.number(len(lines))),
        "place_and_date": wording.text("annex", "signed", day=wording.long_date(amendment.signed_on)),
        "head": wording.text("annex", "head"),
        "footer": f"{amendment.number} · {wording.text('page', 'printed_on', day=wording.long_date(made_on))}",
        "page_of": wording.text("page", "page_of"),
    }
    return printed("annex.typ", form, printed_on=made_on, lines=len(lines))


def annex_workbook(amendment: Amendment, *, lines: Sequence[AnnexLine], made_on: date, language: str) -> bytes:
    """The annex as .xlsx: texts as texts, days as days."""
    wording = Wording(language)
    target = BytesIO()
    title = f"{wording.text('annex', 'title')} {amendment.number}"
    with new_workbook(target, title=title, made_on=made_on) as book:
        sheet = book.add_worksheet(wording.text("annex", "sheet"))
        bold = book.add_format({"bold": True, "bg_color": "#F3F3F3", "bottom": 1, "text_wrap": True})
        day = book.add_format({"num_format": DAY})
        for at, (column, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, wording.text("annex", column), bold)
        sheet.freeze_panes(1, 2)
        for row, line in enumerate(lines, start=1):
            sheet.write_number(row, 0, line.number)
            shown = (line.name, line.masked_nik, line.village, line.work, line.change)
            for at, text in enumerate(shown, start=1):
                sheet.write_string(row, at, cell_text(text))
            sheet.write_datetime(row, len(COLUMNS) - 1, line.on, day)
        header = " · ".join(filter(None, (_banner(wording), _subject(amendment, wording))))
        print_setup(sheet, header=header, page_of=wording.text("page", "page_of"), repeat_row=0)
    return target.getvalue()


def _banner(wording: Wording) -> str:
    return wording.text("page", "synthetic") if settings.PAYUNG_DEMO else ""


def _subject(amendment: Amendment, wording: Wording) -> str:
    return wording.text("annex", "subject", number=amendment.number, day=wording.long_date(amendment.signed_on))
