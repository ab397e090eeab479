"""The five numbers and their reasons in words. A new code without a word fails a test."""

from payung.doors.web.translation import t, word
from payung.office.reports import numbers

FIVE = {
    "budgeted": word("Dianggarkan"),
    "decreed": word("Ditetapkan"),
    "registered": word("Terdaftar di BPJS"),
    "active": word("Aktif"),
    "posted": word("Terposting"),
}
MEANINGS = {
    "budgeted": word("pagu dan jumlah orang pada mata anggaran"),
    "decreed": word("ada di daftar SK, di daftar OPD, atau ditanggung seorang ASN, pada bulan itu"),
    "registered": word("BPJS sudah memberi nomor atau memuatnya di daftar peserta"),
    "active": word("dilindungi hukum pada hari terakhir bulan itu, masa tenggang termasuk"),
    "posted": word("BPJS mengonfirmasi iuran orang ini untuk bulan itu"),
}
LOST = {
    "listed_twice": word("tercantum dua kali"),
    "over_65": word("berusia 65 tahun atau lebih"),
    "unknown_nik": word("NIK tidak diketahui atau tidak sah"),
    "dead": word("meninggal"),
    "other_payer": word("sudah dibayar pihak lain"),
    "to_decide": word("datanya perlu diputuskan orang"),
    "rejected": word("datanya tidak dapat didaftarkan"),
    "not_applied": word("belum didaftarkan di Payung"),
    "refused": word("ditolak BPJS"),
    "waits_for_answer": word("sudah dikirim, menunggu jawaban BPJS"),
    "not_sent": word("belum dikirim ke BPJS"),
    "starts_later": word("perlindungannya baru mulai nanti"),
    "paid_before": word("sudah lunas sebelum Payung, menurut daftar awal"),
    "not_billed": word("belum ditagih"),
    "not_paid": word("belum dibayar"),
    "not_posted": word("sudah dibayar, belum diposting BPJS"),
    "place_free": word("tempat di SK masih kosong"),
    "other_months": word("untuk bulan lain yang tidak dibandingkan di sini"),
    "nobody_listed": word("belum ada daftar untuk mata anggaran ini"),
    "unexplained": word("belum ada alasannya"),
}
"""Why somebody stands in one number and not in the next."""
GAINED = {
    "left_list": word("tidak ada lagi di daftar, tetapi perlindungannya berjalan"),
    "opening_list": word("dari daftar awal, tanpa SK atau daftar OPD"),
    "posted_without_spell": word("diposting BPJS, tetapi tidak terdaftar di Payung"),
    "number_missing": word("aktif, nomornya belum dicatat"),
    "starts_later": word("diposting, perlindungannya baru mulai nanti"),
    "dead": word("diposting, padahal meninggal"),
    "more_than_budgeted": word("melebihi anggaran"),
    "no_budget_line": word("dibayar dari mata anggaran tahun lain"),
    "unexplained": word("bertambah tanpa alasan yang diketahui"),
}
"""Why somebody stands in a number and not in the one before it."""
AMOUNT_DIFFERS = word("jumlah yang diposting berbeda dari iuran menurut hukum")
SPLIT = {
    "opd": word("OPD"),
    "fund": word("Sumber dana"),
    "kecamatan": word("Kecamatan"),
    "desa": word("Desa/kelurahan"),
    "segment": word("Kelompok"),
    "programme": word("Program"),
}
CLASSES = {"PU": word("Pekerja penerima upah"), "BPU": word("Pekerja bukan penerima upah")}


def reason_of(side: str, reason: str) -> str:
    """One difference in words, in the language that is set."""
    if side == numbers.BOTH:
        return t(AMOUNT_DIFFERS)
    return t((LOST if side == numbers.LOST else GAINED)[reason])
