"""What goes to the branch for one claim, as one zip: our data sheet, the office's letter, the papers, an index."""

import io
import zipfile
from datetime import date

from django.utils.text import slugify

from payung.doors.papers.claim_paper import data_sheet, letter_paper
from payung.doors.papers.claim_words import paper_said
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.papers.wording import Wording
from payung.office.claims.kind import Paper
from payung.office.claims.queries import Claim, Whole
from payung.office.files.queries import content
from payung.office.places.models import Letterhead

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_MADE_AT = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same bytes."""


def claim_pack(
    whole: Whole, claim: Claim, *, government_name: str, printed_on: date, language: str,
    letterhead: Letterhead | None = None,
) -> bytes:  # fmt: skip
    """The zip. Papers are numbered in the order of the checklist; the index says what each is."""
    sheet = data_sheet(
        whole, claim, government_name=government_name, printed_on=printed_on, language=language, letterhead=letterhead
    )
    files = {"01-lembar-data.pdf": paper_pdf(sheet, printed_on=printed_on)}
    if claim.agreed is not None:
        letter = letter_paper(
            whole, claim, claim.agreed, government_name=government_name, printed_on=printed_on, language=language,
            letterhead=letterhead,
        )  # fmt: skip
        files["02-surat-kantor.pdf"] = paper_pdf(letter, printed_on=printed_on)
    order = {paper.code: place for place, paper in enumerate(claim.kind.documents)}
    wanted = sorted((one for one in whole.documents if one.code in order), key=lambda one: (order[one.code], one.pk))
    said = dict.fromkeys(files, "")
    for number, one in enumerate(wanted, start=3):
        paper, _ = paper_said(Paper(one.code), language)
        name = f"{number:02d}-{slugify(paper)}.{ENDINGS[one.media_type]}"
        files[name], said[name] = content(one.file), paper
    files["00-daftar-isi.txt"] = _index(whole, said, language).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, held in sorted(files.items()):
            pack.writestr(zipfile.ZipInfo(name, _MADE_AT), held)
    return target.getvalue()


def _index(whole: Whole, said: dict[str, str], language: str) -> str:
    wording = Wording(language)
    lines = [wording.text("claim", "pack_title"), whole.case.reference, wording.text("claim", "not_official"), ""]
    lines += [f"{name}  {paper}".rstrip() for name, paper in said.items()]
    return "\n".join(lines) + "\n"
