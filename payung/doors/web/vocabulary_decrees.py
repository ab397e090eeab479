"""The codes of verification in words. A new code without a word fails a test."""

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import Meaning
from payung.rules.eligibility.catalogue import title

OUTCOMES = {
    "valid": Meaning(word("memenuhi syarat"), "proof"),
    "ask": Meaning(word("perlu dilengkapi"), "wait"),
    "out": Meaning(word("tidak memenuhi syarat"), "loss"),
    "taken_back": Meaning(word("ditarik kembali"), "info"),
}
TAKEN_BACK_FOR = {
    "mistyped": word("datanya salah ketik"),
    "twice": word("diusulkan dua kali"),
    "wrong_person": word("salah orang"),
    "declined": word("orangnya tidak bersedia"),
}
STEPS = {
    "proposed": word("Diusulkan"),
    "valid": word("Memenuhi syarat"),
    "decreed": word("Ditetapkan SK"),
    "registered": word("Terdaftar di BPJS"),
    "active": word("Terlindungi"),
}
DIFFERENCES = {
    "starts_later": word("baru mulai nanti"),
    "ended": word("sudah berakhir atau diganti"),
    "paper_waits": word("ada di usulan SK yang belum berlaku"),
    "waiting": word("menunggu tempat kosong"),
    "not_proposed": word("belum diajukan ke SK"),
    "no_longer_valid": word("ditetapkan, tetapi tidak lagi memenuhi syarat"),
    "not_enrolled": word("belum didaftarkan"),
    "no_number": word("nomor BPJS belum diterima"),
    "planned": word("belum terbukti dibayar"),
    "lapsed": word("terputus"),
    "in_grace": word("iuran bulan ini belum tercatat, masih terlindungi"),
    "number_missing": word("terlindungi, nomornya belum dicatat"),
    "unexplained": word("belum ada alasannya"),
}
"""Why somebody stands in one step of the funnel and not in the next; reasons of the rules have words of their own."""
AMENDMENT_STATES = {
    "open": Meaning(word("menunggu persetujuan"), "wait"),
    "returned": Meaning(word("dikembalikan"), "wait"),
    "superseded": Meaning(word("diganti versi baru")),
    "approved": Meaning(word("disetujui, belum berlaku"), "wait"),
    "refused": Meaning(word("ditolak"), "loss"),
    "in_force": Meaning(word("berlaku"), "proof"),
}
ENDS = {
    "died": word("meninggal"),
    "moved": word("pindah"),
    "not_eligible": word("tidak lagi memenuhi syarat"),
}
ITEMS = {"listed": word("masuk"), "replacing": word("masuk sebagai pengganti"), **ENDS}
FINDINGS = {
    "fit": word("Memenuhi syarat"),
    "died": word("Meninggal"),
    "moved": word("Pindah"),
    "not_working": word("Tidak bekerja"),
    "ill": word("Sakit"),
    "not_found": word("Tidak ditemukan"),
    "other": word("Lainnya (tulis catatan)"),
}
TOLD_KINDS = {
    "wage_earner": word("Daftar ASN atau pegawai"),
    "moved": word("Daftar pindah"),
}
PRIORITIES = {
    "decile": word("desil paling rendah"),
    "risk": word("pekerjaan paling berbahaya"),
    "breadwinner": word("pencari nafkah keluarga"),
    "oldest": word("yang paling tua"),
    "youngest": word("yang paling muda"),
    "arrival": word("yang diusulkan lebih dulu"),
}
RECORD_REFUSALS = {
    "nobody": word("Pilih dulu orangnya."),
    "not_yet": word("Tanggal ini belum tiba. Isi hari ini atau hari sebelumnya."),
    "no_signatory": word("Tulis siapa yang menandatangani dan jabatannya."),
    "no_note": word("Tulis catatan untuk hasil lainnya."),
    "listed": word("Orang ini sudah ada di daftar SK atau usulannya. Minta petugas dinas mengeluarkannya dari daftar."),
    "outside_area": word("Orang ini tinggal di luar desa/kelurahan Anda."),
}


def why(code: str | None, language: str) -> str:
    """Why a candidate is in, out, or taken back; nothing when there is nothing to say."""
    if not code:
        return ""
    return t(TAKEN_BACK_FOR[code]) if code in TAKEN_BACK_FOR else title(code, language)


def difference(code: str, language: str) -> str:
    """Why somebody is lost or gained between two steps."""
    return t(DIFFERENCES[code]) if code in DIFFERENCES else title(code, language)
