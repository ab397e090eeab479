"""The SPP-LS pack: every paper there or named as missing, sums that agree, nothing that a spreadsheet would execute."""

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from paper_bills import EVERYTHING, PRINTED_ON, adjusted, head, line
from pdf_text import pages, squeezed

from payung.doors.papers import bill_pack as papers
from payung.doors.papers.bill_notes import notes
from payung.doors.papers.bill_pack import BROUGHT, Printing, Reference, bill_pack
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.wording import Wording

PRINTING = Printing("Kota Contoh", PRINTED_ON, "id")
SCAN = b"%PDF-1.7 pindaian"
PKS = Reference("agreement", "SINTETIS/1, 26 September 2022.")


def pack(brought: dict[str, bytes], **changes: Any) -> tuple[dict[str, bytes], tuple[str, ...]]:
    lines = [*adjusted(), line(7, name="=1+1", amounts=EVERYTHING)]
    content, missing = bill_pack(
        head(lines, **changes), lines, references=[PKS, PKS], brought=brought, printing=PRINTING
    )
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, missing


def text(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


def test_what_is_missing_stands_on_the_cover_sheet_with_what_to_do() -> None:
    files, missing = pack({"agreement": SCAN})
    assert list(files) == [
        "00-lembar-kendali.pdf", "02-pks.pdf", "04-tagihan.pdf", "04-tagihan.xlsx", "05-rincian-iuran.pdf",
        "05-rincian-iuran.xlsx", "06-daftar-peserta.pdf", "06-daftar-peserta.xlsx",
    ]  # fmt: skip
    assert files["02-pks.pdf"] == SCAN
    assert missing == ("Keputusan (SK) penetapan penerima", "Berita acara")
    cover = text(files["00-lembar-kendali.pdf"])
    assert cover.count("BELUMADA") == 2
    for label in missing:
        assert squeezed(label) in cover
    assert squeezed("Lampirkan salinan SK yang sudah ditandatangani") in cover
    assert cover.count(squeezed("SINTETIS/1")) == 1


def test_with_all_scans_it_is_complete() -> None:
    files, missing = pack(dict.fromkeys(BROUGHT, SCAN))
    assert missing == () and len(files) == 10
    assert "Semuadokumenada" in text(files["00-lembar-kendali.pdf"])


def test_the_breakdown_adds_up_to_the_bill_and_executes_nothing() -> None:
    files, _ = pack({})
    total = sum(one.total_rupiah for one in [*adjusted(), line(7, amounts=EVERYTHING)])
    for name in ("05-rincian-iuran.xlsx", "06-daftar-peserta.xlsx"):
        book = openpyxl.load_workbook(BytesIO(files[name]))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert "=1+1" in [cell.value for cell in cells]
        if "rincian" in name:
            assert [cell.value for cell in cells].count(total) == 2
    grouped = Wording("id").number(total)
    assert grouped in text(files["05-rincian-iuran.pdf"]) and grouped in text(files["04-tagihan.pdf"])


@pytest.mark.parametrize("state", ["draft", "void"])
def test_a_bill_that_is_not_due_is_said_to_be_none(state: str) -> None:
    files, _ = pack({}, state=state)
    assert squeezed("Tagihan ini belum final atau sudah dibatalkan") in text(files["00-lembar-kendali.pdf"])


def test_a_very_long_list_is_a_workbook_alone_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "LARGEST_ANNEX_LINES", 3)
    files, missing = pack({})
    assert "05-rincian-iuran.pdf" not in files and "05-rincian-iuran.xlsx" in files
    assert squeezed("Terlalu panjang untuk PDF") in text(files["00-lembar-kendali.pdf"])
    assert "Rincian Iuran" not in missing


def test_a_bill_below_zero_is_a_credit_note() -> None:
    lines = [line(1, reason="ended", amounts={"jkk": -4_420, "jkm": -5_524})]
    printed = bill_pdf(head(lines), lines, government_name="Kota Contoh", printed_on=PRINTED_ON, language="id")
    told = text(printed)
    assert "NOTAKREDITIURAN" in told and "Jumlahyangdikreditkan" in told and "-Rp9.944" in told
    assert squeezed("Minus sembilan ribu sembilan ratus empat puluh empat rupiah") in told
    assert "Jatuhtempo:" not in told and squeezed("tidak meminta pembayaran") in told


@pytest.mark.parametrize(
    ("fund_kind", "groups", "cited", "relief"),
    [
        ("TPP", (1,), "JKK kelompok risiko 1 menurut PP 44/2015 Pasal 16 ayat (1) huruf a", True),
        ("APBD", (1, 3), "JKK kelompok risiko 3 menurut PP 44/2015 Pasal 16 ayat (1) huruf c", False),
    ],
)
def test_the_footnotes_cite_the_article_of_the_group_and_reliefs_of_the_fund(
    fund_kind: str, groups: tuple[int, ...], cited: str, relief: bool
) -> None:
    """In March 2026 the relief of PP 50/2025 runs for BPU, but not for what APBD pays."""
    lines = [line(1)]
    told = " ".join(notes(head(lines, fund_kind=fund_kind, jkk_groups=groups), lines, Wording("id")))
    assert cited in told
    bpu = head(lines, fund_kind=fund_kind, membership_class="BPU", month=PRINTED_ON.replace(year=2026, month=5, day=1))
    assert ("Keringanan iuran" in " ".join(notes(bpu, lines, Wording("id")))) is relief
