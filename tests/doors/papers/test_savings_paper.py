"""The statement of a JHT account on paper: sums, doubts, and words that hold no markup."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from pdf_text import pages, squeezed

from payung.doors.papers.office_paper import OfficePaper, in_words, paper_pdf, paper_workbook
from payung.doors.papers.savings_paper import account_paper
from payung.office.savings.queries import Account, Month, Year

DAY = date(2024, 3, 1)


def account(name: str = "SINTETIS BUDI") -> Account:
    months = [Month(date(2022, 10, 1), 92_500, 50_000, apportioned=False), Month(date(2022, 11, 1), 9_000, 5_000, True)]
    first = Year(2022, 0, months, 2_300, 600_000)
    return Account(7, name, [first, Year(2023, first.closing_rupiah, [], 0, None)])


def paper(name: str = "SINTETIS BUDI", language: str = "id") -> OfficePaper:
    return account_paper(account(name), government_name="Kota Contoh", printed_on=DAY, language=language)


@pytest.mark.parametrize("name", ["SINTETIS BUDI", '#panic("x")', "=1+1", "A*B_C`"])
def test_the_sheet_says_the_balance_and_what_is_not_certain(name: str) -> None:
    told = squeezed("".join(pages(paper_pdf(paper(name), printed_on=DAY))))
    for wanted in (
        name,
        "Rp158.800",
        "Seratus lima puluh delapan ribu delapan ratus rupiah",
        "142.500",
        "6%",
        "dihitung sebanding",
    ):
        assert squeezed(wanted) in told
    assert squeezed("Tahun 2023: tingkat pengembangan belum dicatat") in told


def test_the_workbook_holds_values_and_no_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(paper_workbook(paper("=1+1"), made_on=DAY)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = [cell.value for cell in cells]
    assert 158_800 in values and 101_500 in values and "Nama: =1+1" in values


def test_english_says_the_same() -> None:
    told = squeezed("".join(pages(paper_pdf(paper(language="en"), printed_on=DAY))))
    assert squeezed("Balance as posted") in told and "Rp158,800" in told


def test_a_credit_in_words_says_so() -> None:
    assert in_words(-16_800) == "Minus enam belas ribu delapan ratus rupiah"
