"""Words for the codes of bills and payments."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

MONEY_STATES = {
    "unpaid": Meaning(word("belum dibayar"), "wait"),
    "partly": Meaning(word("dibayar sebagian"), "wait"),
    "paid": Meaning(word("dibayar"), "proof"),
    "credit": Meaning(word("nota kredit"), "wait"),
    "nothing": Meaning(word("tidak ada yang harus dibayar")),
    "draft": Meaning(word("konsep, belum disetujui"), "wait"),
    "void": Meaning(word("dibatalkan"), "loss"),
}
BILL_STATES = {
    "draft": Meaning(word("konsep")),
    "final": Meaning(word("final")),
    "sent": Meaning(word("terkirim")),
    "void": Meaning(word("dibatalkan"), "loss"),
}
LINE_REASONS = {
    "regular": Meaning(word("bulan ini")),
    "advance": Meaning(word("dibayar di muka"), "info"),
    "late_entry": Meaning(word("terlambat masuk"), "wait"),
    "month_unbilled": Meaning(word("bulan itu belum pernah ditagih"), "wait"),
    "rebilled": Meaning(word("ditagih ulang setelah pembatalan"), "wait"),
    "wage_change": Meaning(word("upah berubah"), "wait"),
    "rate_change": Meaning(word("tarif atau keringanan berubah"), "wait"),
    "ended": Meaning(word("sudah berakhir"), "wait"),
    "died": Meaning(word("meninggal"), "wait"),
}
RUN_STATES = {
    "open": Meaning(word("menunggu persetujuan"), "wait"),
    "returned": Meaning(word("dikembalikan untuk diperbaiki"), "wait"),
    "approved": Meaning(word("disetujui"), "wait"),
    "final": Meaning(word("final"), "proof"),
    "void": Meaning(word("dibatalkan"), "loss"),
}
"""A month's bills: what was decided while they are a draft, then what became of them."""
RUN_CHANGES = {
    "joined": Meaning(word("baru"), "proof"),
    "left": Meaning(word("tidak lagi ditagih"), "wait"),
    "wage": Meaning(word("upah berubah"), "wait"),
    "same": Meaning(word("tetap")),
}
RUN_REFUSALS = {
    "not_approved": word("Tagihan ini belum disetujui orang kedua."),
    "set_aside": word("Konsep tagihan ini sudah dibatalkan."),
    "already_final": word("Tagihan ini sudah final. Batalkan tiap tagihannya bila salah."),
    "no_reason": word("Tulis alasannya."),
}
BILL_REFUSALS = {
    "not_final": word("Hanya tagihan final yang dapat dikirim."),
    "code_not_sound": word("Kode iuran terdiri dari 11 angka."),
    "sent_with_another_code": word("Tagihan ini sudah dikirim dengan kode iuran lain."),
    "not_sent": word("Tagihan ini belum terkirim, jadi belum punya kode iuran."),
    "same_code": word("Kode ini sama dengan yang sudah tercatat."),
    "code_is_paid": word("Tagihan ini sudah dibayar. Periksa dulu bukti bayarnya, lalu nyatakan di isian ini."),
    "nothing_to_pay": word("Tagihan ini tidak meminta pembayaran, jadi tidak perlu dikirim."),
    "not_due": word("Hanya tagihan final atau terkirim yang dapat dibatalkan."),
    "has_payments": word("Tagihan ini sudah dibayar. Batalkan dulu pembayarannya, baru tagihannya."),
    "credit_used": word("Nota kredit ini sudah memotong tagihan lain. Batalkan dulu pemakaiannya."),
    "no_reason": word("Tulis alasannya."),
}
AMOUNTS = {
    "jkk": "JKK",
    "jkm": "JKM",
    "jht_employer": word("JHT pemberi kerja"),
    "jht_worker": word("JHT pekerja"),
    "jp_employer": word("JP pemberi kerja"),
    "jp_worker": word("JP pekerja"),
}
PAYMENT_REFUSALS = {
    "not_due": word("Tagihan ini belum final atau sudah dibatalkan, jadi tidak dapat dibayar."),
    "more_than_outstanding": word("Jumlahnya lebih besar daripada sisa tagihan. Periksa bukti bayarnya."),
    "not_positive": word("Jumlahnya harus lebih dari nol."),
    "reference_used": word("Nomor bukti ini sudah dipakai untuk pembayaran lain."),
}
WAIVER_REFUSALS = {
    "not_due": word("Hanya denda tagihan final atau terkirim yang dapat dihapus."),
    "no_employer": word("Peserta tanpa pemberi kerja (BPU): tidak ada denda"),
    "no_reason": word("Tulis nomor keputusan dan alasannya."),
    "unsaid": word("Tulis alasannya."),
    "not_waived": word("Denda tagihan ini tidak sedang dihapus."),
}
LATE_PAYERS = {
    "government": word("Pemerintah daerah sebagai pemberi kerja"),
    "private": word("Pemberi kerja selain pemerintah daerah"),
    "none": word("Peserta tanpa pemberi kerja (BPU): tidak ada denda"),
}
"""Whom the clause on penalties sees in who pays a bill."""
FIX_WAGE = word("Tanyakan upahnya kepada OPD, lalu unggah daftar yang memuat upah itu.")
FIX_AGREEMENT = word("Periksa program, dana, dan kelompok risiko pada perjanjiannya.")
"""What is done about somebody whom the bills leave out."""
