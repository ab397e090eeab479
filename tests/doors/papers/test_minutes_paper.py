"""The minutes tell the numbers, their reasons and the digest, on paper and in the workbook alike."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pdf_text import pages, squeezed

from payung.doors.papers.minutes import Row, Words, minutes_pdf, minutes_workbook, rows
from payung.office.places.models import Letterhead
from payung.office.reports.minutes import digest_of

WORDS = Words({"decreed": "Ditetapkan", "registered": "Terdaftar"}, lambda side, reason: f"{side} {reason}")
DAY = date(2025, 1, 5)


def difference(heads: int, rupiah: int, reason: str = "not_sent") -> dict[str, Any]:
    return {"side": "lost", "reason": reason, "heads": heads, "rupiah": rupiah}


CONTENT: dict[str, Any] = {
    "government": "Kota =CONTOH", "first": "2024-10", "last": "2024-12", "counted": {"2024-10": "x", "2024-11": "x"},
    "billed_rupiah": 29_937_600, "paid_rupiah": 29_937_600,
    "lines": [
        {
            "code": "5.2", "name": "Iuran", "opd": None, "fund": "DBHCHT", "heads": 3_382,
            "ceiling_rupiah": 249_000_000, "decreed": 13_528, "due_rupiah": 227_270_400,
            "differences": [difference(0, -21_729_600, "unexplained")],
        }
    ],
    "numbers": [
        {"number": "decreed", "heads": 1_782, "rupiah": 29_937_600, "differences": []},
        {"number": "registered", "heads": 1_671, "rupiah": 28_072_800, "differences": [difference(-111, -1_864_800)]},
    ],
}  # fmt: skip
DIGEST = digest_of(CONTENT)


def test_a_difference_stands_before_the_number_it_leads_to() -> None:
    assert rows(CONTENT, WORDS) == [
        Row("Ditetapkan", 1_782, 29_937_600, bold=True),
        Row("lost not_sent", -111, -1_864_800, bold=False),
        Row("Terdaftar", 1_671, 28_072_800, bold=True),
    ]


def test_the_same_minutes_give_the_same_pdf() -> None:
    first, again = (
        minutes_pdf(CONTENT, sha256=DIGEST, drawn_on=DAY, words=WORDS, language=language) for language in ("id", "id")
    )
    assert first == again and first.startswith(b"%PDF")
    told = squeezed("".join(pages(first)))
    assert DIGEST in told and "−Rp1.864.800" in told and "lostunexplained:−Rp21.729.600" in told
    assert minutes_pdf(CONTENT, sha256=DIGEST, drawn_on=DAY, words=WORDS, language="en") != first


def test_the_workbook_holds_figures_and_the_digest() -> None:
    made = minutes_workbook(CONTENT, sha256=DIGEST, drawn_on=DAY, words=WORDS, language="id")
    book = load_workbook(BytesIO(made))
    numbers, lines = book.worksheets
    assert numbers["A1"].value == "PEMERINTAH KOTA =CONTOH" and DIGEST in numbers["A3"].value
    assert [tuple(cell.value for cell in row) for row in numbers.iter_rows(min_row=6)] == [
        ("Ditetapkan", 1_782, 29_937_600), ("lost not_sent", -111, -1_864_800), ("Terdaftar", 1_671, 28_072_800),
    ]  # fmt: skip
    assert [cell.value for cell in lines[2]] == [
        "5.2 · Iuran", "DBHCHT", 3_382, 249_000_000, 13_528, 227_270_400, "lost unexplained: −Rp21.729.600",
    ]  # fmt: skip


def test_the_letterhead_stands_above_and_its_officer_below() -> None:
    kop = Letterhead(
        lines=["SEKRETARIAT SINTETIS"], city="Kota", officer_post="Sekretaris", officer_name="SINTETIS SEKDA",
        officer_number="1970",
    )  # fmt: skip
    told: dict[str, Any] = {"sha256": DIGEST, "drawn_on": DAY, "words": WORDS, "language": "id", "letterhead": kop}
    shown = squeezed("".join(pages(minutes_pdf(CONTENT, **told))))
    assert "SEKRETARIATSINTETIS" in shown and "SINTETISSEKDA" in shown and "NIP1970" in shown
    sheet = load_workbook(BytesIO(minutes_workbook(CONTENT, **told))).worksheets[0]
    assert [sheet.cell(at, 1).value for at in (1, 2)] == ["PEMERINTAH KOTA =CONTOH", "SEKRETARIAT SINTETIS"]
