"""Codes of claims in words, each with the tone it is shown in."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

EVENTS = {
    "accident": word("Kecelakaan kerja"),
    "disease": word("Penyakit akibat kerja"),
    "death": word("Meninggal"),
    "old_age": word("Hari tua"),
    "leaving": word("Berhenti bekerja"),
}
CASE_STATES = {
    "proposed": Meaning(word("usulan, belum diperiksa"), "wait"),
    "open": Meaning(word("berjalan"), "info"),
    "closed": Meaning(word("selesai"), "proof"),
    "dropped": Meaning(word("bukan kasus"), "info"),
}
STEPS = {
    "open": Meaning(word("mengumpulkan berkas"), "wait"),
    "approved": Meaning(word("disetujui kantor, belum diajukan"), "wait"),
    "refused": Meaning(word("tidak diajukan"), "loss"),
    "submitted": Meaning(word("diajukan ke BPJS"), "info"),
    "granted": Meaning(word("disetujui BPJS, menunggu uang"), "wait"),
    "denied": Meaning(word("ditolak BPJS"), "loss"),
    "appealed": Meaning(word("keberatan, dinilai lagi"), "wait"),
    "paid": Meaning(word("dibayar"), "proof"),
}
OUTCOMES = {"paid": word("Dibayar"), "refused": word("Ditolak"), "running": word("Berjalan")}
SPLIT = {
    "kind": word("Manfaat"),
    "segment": word("Kelompok"),
    "opd": word("OPD"),
    "kecamatan": word("Kecamatan"),
    "fund": word("Sumber dana"),
}
"""By what the numbers of claims are split."""
WHO = {
    "office": word("Kantor ini"),
    "checker": word("Orang kedua di kantor ini"),
    "bpjs": word("BPJS Ketenagakerjaan"),
    "family": word("Keluarga"),
    "nobody": word("Tidak ada"),
}
SOURCES = {
    "office": word("dibuka petugas"),
    "family": word("laporan keluarga"),
    "list": word("ditemukan di daftar"),
}
SAYS = {
    "yes": Meaning(word("terpenuhi"), "proof"),
    "warn": Meaning(word("perhatikan"), "wait"),
    "ask": Meaning(word("belum dijawab"), "wait"),
    "no": Meaning(word("tidak terpenuhi"), "loss"),
}
PAYERS = {
    "bpjs": word("BPJS Ketenagakerjaan"),
    "employer_first": word("Pemberi kerja lebih dulu, lalu ditagih ke BPJS"),
    "employer": word("Pemberi kerja sendiri"),
    "nobody": word("Tidak ada"),
}
PAID_BY = {
    "bpjs": word("BPJS kepada keluarga"),
    "employer": word("Pemberi kerja kepada keluarga"),
    "refund": word("BPJS mengganti uang pemberi kerja"),
}
CLOCKS = {
    "report_one": word("Laporan tahap I (2 x 24 jam)"),
    "report_two": word("Laporan tahap II (2 x 24 jam)"),
    "expiry": word("Batas mengajukan klaim"),
    "payout": word("Pembayaran oleh BPJS"),
    "school_year": word("Klaim beasiswa tahun berikutnya"),
}
RELATIONS = {
    "spouse": word("Istri atau suami"),
    "child": word("Anak"),
    "line": word("Orang tua, cucu, kakek, nenek"),
    "sibling": word("Saudara kandung"),
    "parent_in_law": word("Mertua"),
    "willed": word("Disebut dalam wasiat"),
    "buried": word("Yang menguburkan"),
}
JHT_REASONS = {
    "pension-age": word("Mencapai usia pensiun"),
    "total-disability": word("Cacat total tetap"),
    "death": word("Meninggal"),
    "resigned": word("Mengundurkan diri"),
    "contract-ended": word("Kontrak berakhir"),
    "dismissed": word("Diberhentikan (PHK)"),
    "bpu-stopped": word("Pekerja mandiri berhenti"),
    "home-30": word("Perumahan, 30%"),
    "retirement-10": word("Persiapan pensiun, 10%"),
}
DIFFERENCES = {"explained": word("Sudah dijelaskan BPJS"), "disputed": word("Disengketakan")}
CASE_REFUSALS = {
    "known": word("Kejadian ini sudah tercatat untuk orang ini."),
    "not_yet": word("Hari kejadian belum tiba."),
    "no_kind": word("Manfaat hanya dapat ditambah pada kasus yang berjalan."),
    "not_for_event": word("Manfaat ini bukan untuk kejadian itu."),
    "not_proposed": word("Kasus ini sudah diperiksa."),
    "claimed": word("Manfaat ini sudah diajukan dalam kasus ini."),
    "unfinished": word("Masih ada manfaat yang belum selesai."),
}
CLAIM_REFUSALS = {
    "not_open": word("Manfaat ini sudah diputuskan."),
    "waiting": word("Penilaian sebelumnya masih menunggu orang kedua."),
    "undecided": word("Masih ada pertanyaan yang belum dijawab atau dokumen yang kurang."),
    "not_approved": word("Yang diajukan hanya yang sudah disetujui."),
    "not_refused": word("Keberatan hanya untuk yang ditolak."),
}
GATHERING_REFUSALS = {
    "closed": word("Kasus ini tidak sedang berjalan."),
    "fact_unknown": word("Hal ini tidak ditanyakan."),
    "fact_unreadable": word("isian ini tidak dapat dibaca. Periksa tanggal, angka, atau pilihannya."),
    "no_parts": word("Setiap ahli waris perlu nama dan bagian."),
    "document_unknown": word("Dokumen ini tidak ada dalam daftar."),
    "too_large": word("Berkas ini terlalu besar; paling besar 6 MB."),
    "not_a_picture": word("Berkas ini bukan foto (JPG, PNG) atau PDF."),
}
PAYOUT_REFUSALS = {
    "not_submitted": word("Jawaban hanya untuk manfaat yang sudah diajukan."),
    "difference_untold": word(
        "Jumlahnya berbeda dari yang dihitung. Pilih apakah dijelaskan atau disengketakan, dan tuliskan sebabnya."
    ),
    "employer_not_liable": word("Uang kantor hanya boleh keluar bila pemberi kerja yang wajib membayar."),
    "not_granted": word("Belum ada persetujuan BPJS untuk manfaat ini."),
    "too_much": word("Jumlahnya melebihi yang disetujui."),
    "known": word("Pembayaran dengan nomor bukti ini sudah dicatat."),
    "not_last": word("Sudah ada langkah sesudahnya. Yang dapat dibatalkan hanya jawaban atau pembayaran terakhir."),
    "no_reason": word("Tulis alasannya."),
}
DROP_REASONS = {
    "other_person": word("Orangnya lain"),
    "no_event": word("Kejadiannya tidak ada"),
    "twice": word("Sudah tercatat sebagai kasus lain"),
}
