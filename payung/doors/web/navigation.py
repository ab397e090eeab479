"""The work in its order: what the sidebar shows. An entry appears when its page exists and opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from payung.doors.web.rights import allowed
from payung.doors.web.translation import word
from payung.office.access.models import User


@dataclass(frozen=True)
class Part:
    """One part of the work, or a page within it; `name` is the page it opens."""

    label: str
    name: str
    pages: Sequence["Part"] = ()


@dataclass(frozen=True)
class Entry:
    """A part as one user sees it on one page; `here` when the current page is this one."""

    label: str
    href: str
    here: bool
    pages: Sequence["Entry"] = ()


PARTS = (
    Part(word("Beranda"), "home"),
    Part(word("Menunggu saya"), "waiting"),
    Part(
        word("Daftar & Peserta"),
        "lists",
        (
            Part(word("Unggah daftar"), "list-upload"),
            Part(word("Pembaruan bulanan"), "monthly-sheet"),
            Part(word("Cari peserta"), "people"),
            Part(word("Siapa ini?"), "identities"),
            Part(word("Daftar dari luar"), "outside-lists"),
            Part(word("Dua pembayar"), "payers"),
        ),
    ),
    Part(word("Perjanjian & SK"), "agreements", (Part(word("Kop surat"), "letterheads"),)),
    Part(word("Pekerja rentan"), "decrees", (Part(word("Program baru"), "decree-new"),)),
    Part(
        word("ASN peduli pekerja"),
        "sponsorship",
        (
            Part(word("Tanggungan"), "pledges"),
            Part(word("Tanggung seorang pekerja"), "pledge-new"),
            Part(word("Potongan TPP"), "deductions"),
            Part(word("Surat edaran"), "circular"),
            Part(word("Daftar ASN"), "servants"),
            Part(word("Peringkat OPD"), "ranking"),
            Part(word("Sosialisasi"), "outreach"),
        ),
    ),
    Part(word("Berkas BPJS"), "submissions", (Part(word("Tugas dari BPJS"), "submission-tasks"),)),
    Part(
        word("Tagihan & Bayar"),
        "bills",
        (
            Part(word("Buat tagihan"), "bill-month"),
            Part(word("Peserta mandiri"), "self-payers"),
            Part(word("Dana & anggaran"), "funds"),
            Part(word("Uang & rekening koran"), "money"),
            Part(word("Konfirmasi posting"), "posting-upload"),
            Part(word("Peserta, tagihan, posting"), "three-way"),
            Part(word("Buku besar"), "ledger"),
            Part(word("Simpanan JHT"), "savings"),
        ),
    ),
    Part(
        word("Klaim"),
        "claims",
        (
            Part(word("Laporan keluarga"), "family-reports"),
            Part(word("Daftar kecelakaan"), "claims-list"),
            Part(word("Serah terima santunan"), "claims-hand-over"),
            Part(word("Angka klaim"), "claims-figures"),
        ),
    ),
    Part(word("Lembar kepala daerah"), "month-sheet"),
    Part(word("Lima angka"), "numbers"),
    Part(
        word("Siapa belum terlindungi"),
        "coverage",
        (Part(word("Asesmen pegawai"), "assessment"), Part(word("Angka resmi dan peta"), "official-figures")),
    ),
    Part(word("Rencana anggaran"), "scenarios", (Part(word("Skenario baru"), "scenario-new"),)),
    Part(word("Berkas penghargaan"), "award", (Part(word("Periksa keaslian berkas"), "award-verify"),)),
    Part(word("Peringatan"), "warnings"),
    Part(word("Pemeriksaan"), "inspections"),
    Part(
        word("Peraturan"),
        "law",
        (
            Part(word("Hitung iuran"), "contribution"),
            Part(word("Manfaat keluarga"), "family"),
            Part(word("Lapor kejadian (keluarga)"), "family-report"),
            Part(word("Apa yang berubah"), "law-changes"),
            Part(word("Yang belum pasti"), "law-doubts"),
            Part(word("Tafsir kantor ini"), "readings"),
        ),
    ),
    Part(word("Riwayat"), "history", (Part(word("Jejak audit"), "audit"),)),
    Part(word("Pengguna"), "users", (Part(word("Tambah pengguna"), "user-new"),)),
    Part(word("Data pribadi"), "processing", (Part(word("Permintaan orang"), "requests"),)),
    Part(word("Panduan"), "guide"),
)


def entries(user: User | AnonymousUser, here: str) -> list[Entry]:
    """The parts this user may open, the open one with its pages; `here` names the page or the part that is open now."""
    return [
        Entry(
            label=part.label,
            href=reverse(part.name),
            here=part.name == here,
            pages=[
                Entry(label=page.label, href=reverse(page.name), here=page.name == here)
                for page in part.pages
                if here in {part.name, *(inner.name for inner in part.pages)} and allowed(user, page.name)
            ],
        )
        for part in PARTS
        if allowed(user, part.name)
    ]


def label_of(name: str) -> str:
    """How the sidebar calls a page (source text); empty for a page that does not stand there."""
    return next((one.label for part in PARTS for one in (part, *part.pages) if one.name == name), "")
