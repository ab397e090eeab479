"""Agreements, their papers, funds and warnings in words."""

from dataclasses import dataclass

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import Meaning

PAPER_KINDS = {
    "PKS": word("Perjanjian kerja sama (PKS)"),
    "nota kesepakatan": word("Nota kesepakatan"),
    "surat edaran": word("Surat edaran"),
    "peraturan": word("Peraturan kepala daerah"),
    "lainnya": word("Surat lain"),
}
"""What an agreement may be; others, as loaded, are shown as they stand."""

WAGE_BASES = {
    "UMP": word("Upah minimum provinsi (UMP)"),
    "UMK": word("Upah minimum kota/kabupaten (UMK)"),
    "honorarium": word("Honorarium tiap orang"),
    "nominal": word("Jumlah yang disebut di suratnya"),
}
ATTACHMENT_KINDS = {
    "scan": word("hasil pindai"),
    "list": word("daftar orang"),
    "other": word("berkas lain"),
}
STANDINGS = {
    "ending": Meaning(word("segera berakhir"), "wait"),
    "running": Meaning(word("berlaku"), "proof"),
    "coming": Meaning(word("belum mulai"), "info"),
    "ended": Meaning(word("berakhir"), "loss"),
}
PAPER_REFUSALS = {
    "starts_too_early": word("Perubahan tidak dapat berlaku sebelum surat yang diubahnya."),
    "number_taken": word("Nomor ini sudah tercatat pada perjanjian ini."),
    "no_document": word("Sebut dokumen dasarnya."),
    "below_nothing": word("Pagu tidak dapat menjadi kurang dari nol."),
    "more_than_left": word("Yang dibawa melebihi sisa mata anggaran asalnya."),
}


def kind_said(kind: str) -> str:
    """The kind of a paper; one that was loaded under its own name is shown by it."""
    return t(PAPER_KINDS[kind]) if kind in PAPER_KINDS else kind


def wage_base_said(base: str) -> str:
    """The wage base in words."""
    return t(WAGE_BASES[base])


FUND_KINDS = {
    "APBD": word("APBD"),
    "APBN": word("APBN"),
    "APBDES": word("APBDes"),
    "DBHCHT": word("DBHCHT (bagi hasil cukai tembakau)"),
    "TPP": word("Potongan TPP pegawai"),
    "CSR": word("CSR perusahaan"),
    "BAZNAS": word("Baznas"),
    "self": word("Iuran pekerja sendiri"),
    "employer": word("Pemberi kerja lain (BLUD, BUMD, yayasan)"),
}
"""Kinds of money, each one that a payer may be."""


@dataclass(frozen=True)
class Advice:
    """A kind of warning: what it is, and what to do about it (source texts)."""

    title: str
    advice: str


WARNINGS = {
    "short_cover": Advice(
        word("Perlindungan terlalu pendek untuk JKM penuh"),
        word(
            "Perlindungan mereka berakhir sebelum masa tunggu JKM lewat: bila meninggal, keluarganya hanya menerima"
            " sebagian. Perpanjang SK atau perjanjiannya."
        ),
    ),
    "gap": Advice(
        word("Ada bulan kosong yang mengulang masa tunggu"),
        word(
            "Di antara dua masa perlindungan ada bulan tanpa pembayar, lalu masa tunggu mulai dari awal. Usulkan daftar"
            " untuk bulan yang kosong itu sebelum lewat."
        ),
    ),
    "grace_ends": Advice(
        word("Menunggak, perlindungannya segera gugur"),
        word("Bulan terakhir yang diposting hampir melewati batas tunggakan. Bayar tunggakannya sebelum batas itu."),
    ),
    "cover_ends": Advice(
        word("Segera berakhir tanpa kelanjutan"),
        word("Perpanjang perjanjian atau SK-nya, lalu unggah daftar bulan berikutnya."),
    ),
    "past_year": Advice(
        word("Masih dibayar dari anggaran tahun lalu"),
        word("Tetapkan mata anggaran tahun ini, lalu unggah daftar lengkap OPD-nya dengan mata anggaran itu."),
    ),
}
"""Warnings about people, in the order of a page."""
