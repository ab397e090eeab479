"""A checked list as a page of text: what was recognised, the counts, and the first findings in sentences."""

from collections.abc import Iterator

import polars as pl

from payung.rules.money import grouped
from payung.rules.roster.checking import Checked
from payung.rules.roster.sentences import sentence_of, title
from payung.rules.roster.vocabulary import title_of
from payung.rules.roster.workbook import Workbook

SHOWN_FINDINGS = 40
WORDS = {
    "id": {
        "clean": "bersih", "repaired": "diperbaiki", "human": "perlu diputuskan orang",
        "reject": "tidak dapat didaftarkan", "not_a_person": "bukan orang (judul, jumlah, tanda tangan, kosong)",
        "sheet": "Lembar", "hidden": "tersembunyi", "heading": "judul kolom di baris",
        "no_heading": "judul kolom tidak ditemukan",
        "rows": "Baris", "findings": "Temuan", "more": "... dan {} temuan lain; --json memuat semuanya.",
    },
    "en": {
        "clean": "clean", "repaired": "repaired", "human": "a person must decide",
        "reject": "cannot be enrolled", "not_a_person": "not a person (titles, totals, signatures, blanks)",
        "sheet": "Sheet", "hidden": "hidden", "heading": "heading in row", "no_heading": "no heading found",
        "rows": "Rows", "findings": "Findings", "more": "... and {} more findings; --json has them all.",
    },
}  # fmt: skip


def page(workbook: Workbook, checked: Checked, language: str) -> str:
    """The page as one text."""
    return "\n".join([workbook.name, *_sheets(workbook, checked, language), *_counts(checked, language)])


def _sheets(workbook: Workbook, checked: Checked, language: str) -> Iterator[str]:
    words = WORDS[language]
    for index, sheet in enumerate(workbook.sheets):
        name = f"{words['sheet']} {sheet.name}" if sheet.name else words["sheet"]
        hidden = f" ({words['hidden']})" if sheet.hidden else ""
        blocks = [block for block in checked.blocks if block.sheet == index]
        if not blocks:
            yield f"  {name}{hidden}: {words['no_heading']}"
        for block in blocks:
            columns = ", ".join(f"{title_of(field, language)} {letter}" for field, letter in block.columns.items())
            template = f" [{block.template}]" if block.template else ""
            yield f"  {name}{hidden}: {words['heading']} {block.header_first}{template}: {columns}"


def _counts(checked: Checked, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield words["rows"]
    counts = dict(checked.rows.group_by("verdict").len().iter_rows())
    for verdict in ("clean", "repaired", "human", "reject", "not_a_person"):
        yield f"  {words[verdict]:<52}{grouped(counts.get(verdict, 0)):>9}"
    if checked.findings.is_empty():
        return
    yield words["findings"]
    codes = checked.findings.group_by("code").len().sort("len", "code", descending=[True, False])
    for code, count in codes.iter_rows():
        yield f"  {title(code, language):<52}{grouped(count):>9}"
    grave = checked.findings.filter(pl.col("severity").is_in(["reject", "human"]))
    for finding in grave.head(SHOWN_FINDINGS).iter_rows(named=True):
        yield f"- {sentence_of(finding, language)}"
    if grave.height > SHOWN_FINDINGS:
        yield words["more"].format(grouped(grave.height - SHOWN_FINDINGS))
