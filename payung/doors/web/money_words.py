"""What is said of receipts, of guesses what they are for, and of the three-way match."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

RECEIPT_KINDS = {
    "unknown": word("Belum dikenal"),
    "credit": word("Kelebihan bayar"),
    "settled": word("Sudah terpakai"),
    "all": word("Semua"),
}
PROPOSED = {
    "code": word("menyebut tagihan ini, jumlahnya tepat"),
    "code_short": word("menyebut tagihan ini, uangnya kurang"),
    "code_over": word("menyebut tagihan ini, uangnya lebih"),
    "codes": word("menyebut beberapa tagihan, jumlahnya tepat"),
    "payer": word("nama penyetor dan jumlahnya cocok"),
    "amount": word("satu-satunya tagihan dengan jumlah ini"),
    "sum": word("jumlah beberapa tagihan satu unit"),
    "month_sum": word("jumlah semua tagihan satu bulan"),
}
RECEIPT_REFUSALS = {
    "not_positive": word("Jumlah harus lebih dari nol."),
    "reference_used": word("Nomor bukti ini sudah dipakai untuk pembayaran lain."),
    "more_than_left": word("Sisa uang pembayaran ini tidak sebanyak itu."),
    "more_than_outstanding": word("Sisa tagihan itu tidak sebanyak itu."),
    "not_due": word("Tagihan itu belum final atau sudah dibatalkan."),
    "already_taken_back": word("Baris ini sudah pembatalan."),
    "same_unit": word("Uang ini memang sudah tercatat untuk unit itu."),
    "nothing_left": word("Uang pembayaran ini sudah terpakai semua."),
    "no_reason": word("Tuliskan alasannya."),
    "already_decided": word("Pengembalian ini sudah diputuskan."),
    "refund_waits": word("Ada pengembalian yang menunggu putusan. Putuskan dulu."),
    "not_approved": word("Pengembalian ini belum disetujui orang kedua."),
    "other_money": word(
        "Uang pekerja yang membayar sendiri tidak dipakai untuk tagihan kantor, dan sebaliknya. Pindahkan dulu uangnya"
        " kepada pembayar yang benar, dengan alasannya."
    ),
}
REFUND_STATES = {
    "open": Meaning(word("menunggu persetujuan"), "wait"),
    "returned": Meaning(word("dikembalikan untuk diperbaiki"), "wait"),
    "approved": Meaning(word("disetujui dan dibukukan"), "proof"),
    "refused": Meaning(word("ditolak"), "loss"),
}
OUTCOMES = {
    "agrees": Meaning(word("cocok ketiganya"), "proof"),
    "not_posted": Meaning(word("ditagih, belum diposting"), "wait"),
    "differs": Meaning(word("jumlahnya berbeda"), "wait"),
    "not_billed": Meaning(word("diposting, tidak pernah ditagih"), "wait"),
    "dead": Meaning(word("diposting, padahal meninggal"), "loss"),
    "left": Meaning(word("diposting, padahal sudah keluar"), "loss"),
    "roster_only": Meaning(word("peserta, belum ditagih"), "wait"),
}
TO_DO = {
    "not_posted": word("Bila tagihannya sudah dibayar, minta cabang BPJS menelusurinya: belum ada bukti posting."),
    "differs": word("Minta cabang BPJS menjelaskan selisihnya, lalu perbaiki upah atau tagihannya."),
    "not_billed": word("Periksa dari mana iurannya dibayar; bila benar dari kantor ini, buat tagihan susulan."),
    "dead": word("Minta cabang BPJS menghentikan kepesertaan dan menghitung kembali iurannya."),
    "left": word("Laporkan keluar kepada cabang BPJS dan minta iurannya dihitung kembali."),
    "roster_only": word("Buat tagihan untuk mereka di kantor ini."),
}
TO_ASK = {
    "not_posted": word("Mohon ditelusuri: iurannya sudah ditagih kantor kami, tetapi belum ada bukti posting."),
    "differs": word("Mohon dijelaskan: jumlah yang diposting tidak sama dengan tagihan kantor kami."),
    "not_billed": word("Mohon dijelaskan siapa yang membayar: diposting tanpa tagihan dari kantor kami."),
    "dead": word("Mohon kepesertaannya dihentikan dan iurannya dihitung kembali: peserta sudah meninggal."),
    "left": word("Mohon iurannya dihitung kembali: peserta sudah keluar sebelum bulan ini."),
}
"""What the branch is asked, outcome by outcome, in the file that it gets."""
