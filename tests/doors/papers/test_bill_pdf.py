"""The bill on paper, read back from the PDF."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_bills import EVERYTHING, PRINTED_ON, adjusted, head, line
from pdf_text import pages, squeezed
from pytest_django import Settings

from payung.doors.papers import bill_form
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.legible import legible
from payung.doors.papers.press import PaperNotPrinted, printed
from payung.office.billing.queries import BillHead, Line


def paper(of: BillHead, lines: list[Line], language: str = "id") -> bytes:
    return bill_pdf(of, lines, government_name="Kota Bandung", printed_on=PRINTED_ON, language=language)


def test_the_first_page_says_who_owes_what_and_until_when() -> None:
    lines = [line(number) for number in range(1, 121)]
    first, *rest = pages(paper(head(lines), lines))
    text = squeezed(first)
    for told in (
        "PEMERINTAH KOTA BANDUNG",
        "DINAS KESEHATAN",
        "TAGIHAN IURAN JAMINAN SOSIAL KETENAGAKERJAAN",
        "32.73/2022-10/0001",
        "JJ012345",
        "Iuran JKK dan JKM non-ASN",
        "APBD Kota Bandung",
        "Penerima Upah (PU)",
        "Oktober 2022",
        "15 November 2022",
        "120 orang",
        "Jaminan Kecelakaan Kerja (JKK)530.400",
        "Jaminan Kematian (JKM)662.880",
        "Rp1.193.280",
        "Satu juta seratus sembilan puluh tiga ribu dua ratus delapan puluh rupiah",
        "Pejabat Pelaksana Teknis Kegiatan",
        "Bendahara Pengeluaran",
        "25 Oktober 2022",
        "PP 44/2015",
        f"Halaman 1 dari {1 + len(rest)}",
    ):
        assert squeezed(told) in text, told
    assert "JHT" not in text


def test_every_line_stands_in_the_annex_and_the_sum_under_them() -> None:
    lines = [line(number) for number in range(1, 121)]
    _, *rest = pages(paper(head(lines), lines))
    assert len(rest) >= 2
    for page in rest:
        assert "Nama" in page.split("\n"), "the header stands on every page"
    text = squeezed("".join(rest))
    assert all(squeezed(one.name) in text for one in lines)
    assert squeezed(rest[-1]).count("JUMLAHSELURUHNYA530.400662.8801.193.280") == 1


def test_shares_are_apart_and_the_annex_lies_across_when_there_are_many_amounts() -> None:
    lines = [line(1, amounts=EVERYTHING)]
    pdf = paper(head(lines), lines)
    first, annex = pages(pdf)
    assert squeezed("Jaminan Hari Tua (JHT) 68.135 36.830 104.965") in squeezed(first)
    assert squeezed("1.841.487 4.420 5.524 68.135 36.830 36.830 18.415 170.154") in squeezed(annex)
    assert b"/MediaBox[0 0 841.8898 595.2756]" in pdf


def test_adjustments_are_marked_with_their_reason() -> None:
    lines = adjusted()
    first, annex = pages(paper(head(lines, sequence=2), lines))
    for told in ("Tagihan ke-2 untuk bulan ini", "Susulan: peserta terlambat masuk daftar 1 9.944"):
        assert squeezed(told) in squeezed(first)
    for told in ("+ 3 Orang Sintetis 3 Susulan: peserta terlambat masuk daftar", "Sep 2022", "-9.944"):
        assert squeezed(told) in squeezed(annex)
    assert annex.count("Pembetulan") == 2


def test_what_was_paid_and_what_remains() -> None:
    lines = [line(1)]
    first = squeezed(pages(paper(head(lines, paid_rupiah=4_000), lines))[0])
    assert squeezed("Sudah dibayar Rp4.000 Sisa yang harus dibayar Rp5.944") in first
    assert "Sudah" not in squeezed(pages(paper(head(lines), lines))[0])


@pytest.mark.parametrize(("state", "mark"), [("draft", "KONSEP"), ("void", "BATAL"), ("final", "")])
def test_a_draft_and_a_void_bill_say_so_across_every_page(state: str, mark: str) -> None:
    lines = [line(1)]
    for page in pages(paper(head(lines, state=state), lines)):
        assert ("KONSEP" in page, "BATAL" in page) == (mark == "KONSEP", mark == "BATAL")


@pytest.mark.parametrize("demo", [True, False])
def test_synthetic_data_are_named_on_every_page(settings: Settings, demo: bool) -> None:
    settings.PAYUNG_DEMO = demo
    lines = [line(1)]
    assert [("DATA SINTETIS" in page) for page in pages(paper(head(lines), lines))] == [demo, demo]


def test_a_bill_of_workers_without_a_wage_names_the_relief_that_runs() -> None:
    """June 2026: PP 50/2025 relieves privately paid workers without a wage."""
    lines = [line(1, amounts={"jkk": 10_000, "jkm": 6_800}, for_month=date(2026, 6, 1))]
    of = head(lines, membership_class="BPU", month=date(2026, 6, 1), due_on=date(2026, 6, 15))
    first = squeezed(pages(paper(of, lines))[0])
    assert "Dasar penghasilan" in " ".join(pages(paper(of, lines))[1].split())
    assert squeezed("Keringanan iuran PP 50/2025") in first
    assert squeezed("Bukan Penerima Upah (BPU)") in first
    assert "Nomorkelompok" in first


def test_doubtful_law_is_said_on_the_paper() -> None:
    """The JHT bracket of BPU members is common knowledge only (tables/jht.toml)."""
    lines = [line(1, amounts={"jht_worker": 20_000})]
    first = squeezed(pages(paper(head(lines, membership_class="BPU"), lines))[0])
    assert "Perlukonfirmasi:" in first


def test_english_by_a_switch_with_the_amount_still_in_indonesian_words() -> None:
    lines = [line(1)]
    first = squeezed(pages(paper(head(lines), lines, language="en"))[0])
    for told in ("Due date: 15 November 2022", "Rp9,944", "Sembilan ribu sembilan ratus empat puluh empat rupiah"):
        assert squeezed(told) in first


def test_the_same_bill_gives_the_same_bytes() -> None:
    lines = adjusted()
    assert paper(head(lines), lines) == paper(head(lines), lines)


def test_a_bill_is_never_printed_with_lines_missing() -> None:
    lines = [line(1), line(2)]
    with pytest.raises(AssertionError, match="every line"):
        paper(head(lines), lines[:1])


def test_a_form_that_does_not_fit_is_refused_with_the_words_of_the_press() -> None:
    with pytest.raises(PaperNotPrinted, match="title"):
        printed("bill.typ", {"banner": ""}, printed_on=PRINTED_ON, lines=0)


MARKUP = [
    '#import "x.typ": *',
    "[Asep] $x^2$ \\ *Euis* _Neng_ @ref <label> `raw`",
    "#{panic()}",
    "= Judul",
    "- butir / istilah: ~ --- ...",
    "'\"Ujang\"' // komentar /* lagi */",
    "https://contoh.invalid",
    '"}] , {"name": "lain',
    "\\u{41} &amp; %s {page} {0}",
]


def test_names_full_of_markup_are_only_names() -> None:
    lines = [line(number, name) for number, name in enumerate(MARKUP, 1)]
    text = squeezed(pages(paper(head(lines, unit=MARKUP[1], budget_line=MARKUP[2], fund=MARKUP[7]), lines))[1])
    for name in MARKUP:
        assert squeezed(name) in text, name


# Letters typst's own fonts hold: a sign that they lack is printed as an empty box, which is read back as nothing.
NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=126) | st.sampled_from("éñüßçøŠāū’ "), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=40))
def test_any_name_comes_back_as_it_went_in(names: list[str]) -> None:
    lines = [line(number, f"«{name}»") for number, name in enumerate(names, 1)]
    text = squeezed("".join(pages(paper(head(lines), lines))[1:]))
    for name in names:
        assert squeezed(f"«{name}»") in text


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=20))
def test_no_sign_of_unicode_stops_the_press(names: list[str]) -> None:
    lines = [line(number, name) for number, name in enumerate(names, 1)]
    assert len(pages(paper(head(lines), lines))) >= 2


@given(st.text())
def test_legible_text_is_one_line_of_visible_signs(text: str) -> None:
    shown = legible(text)
    assert shown == " ".join(shown.split())
    assert shown.replace("\u200b", "").isprintable()
    assert max(map(len, shown.replace("\u200b", " ").split()), default=0) < 22


def test_a_very_long_bill_goes_with_its_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_form, "LARGEST_ANNEX_LINES", 3)
    lines = [line(number) for number in range(1, 5)]
    (only,) = pages(paper(head(lines), lines))
    assert squeezed("rincian 4 baris dalam buku kerja (Excel) tagihan ini") in squeezed(only)
    assert squeezed("Halaman 1 dari 1") in squeezed(only)
    assert len(pages(paper(head(lines[:3]), lines[:3]))) == 2


def test_five_hundred_lines_take_well_under_a_second_and_little_room() -> None:
    lines = [line(number) for number in range(1, 501)]
    of = head(lines)
    seconds = []
    for _ in range(3):
        started = perf_counter()
        pdf = paper(of, lines)
        seconds.append(perf_counter() - started)
    print(f"500 lines: {min(seconds):.2f} s, {len(pdf) / 1e6:.2f} MB")
    assert min(seconds) < 1
    assert len(pdf) < 1_000_000
