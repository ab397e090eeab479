"""The receipt says who paid, how much in figures and words, and for what; nothing is lost or counted twice."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from payung.doors.papers.office_paper import paper_pdf
from payung.doors.papers.receipt_paper import receipt_paper
from payung.office.billing.money import ReceiptHead
from tests.doors.papers.pdf_text import pages

DAY = date(2022, 10, 10)


def settled(pk: int, rupiah: int, *, takes_back: int | None = None) -> Any:
    bill = SimpleNamespace(
        number=f"32.73/2022-10/000{pk}", month=date(2022, 10, 1), unit=SimpleNamespace(name="Ojek"), run=None
    )
    return SimpleNamespace(pk=pk, bill=bill, amount_rupiah=rupiah, takes_back_id=takes_back)


def head(rest: int) -> ReceiptHead:
    return ReceiptHead(
        id=1, paid_on=DAY, amount_rupiah=50_400, reference="KW-7", from_bank=False, words="KW-7", rest_rupiah=rest,
        unit_number="GR000001", unit="Kelompok Ojek Contoh", statement_id=None, credit_note_id=None,
    )  # fmt: skip


def test_a_group_of_workers_gets_its_receipt() -> None:
    parts = [settled(1, 33_600), settled(2, 5_000), settled(3, -5_000, takes_back=2)]
    paper = receipt_paper(head(16_800), parts, government_name="Kota Contoh", printed_on=DAY, language="id")
    (sheet,) = paper.sheets
    assert [row[-1] for row in sheet.rows] == [33_600, 16_800] and sheet.total[-1] == 50_400
    printed = " ".join(" ".join(pages(paper_pdf(paper, printed_on=DAY))).split())
    for told in ("KUITANSI", "Kelompok Ojek Contoh", "50.400", "Lima puluh ribu empat ratus rupiah", "10 Oktober 2022"):
        assert told in printed
