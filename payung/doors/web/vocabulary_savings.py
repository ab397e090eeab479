"""Words for the codes of savings."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

RATE_STATES = {
    "open": Meaning(word("menunggu persetujuan"), "wait"),
    "approved": Meaning(word("disetujui"), "proof"),
    "refused": Meaning(word("ditolak"), "loss"),
}
RATE_REFUSALS = {
    "waiting": word("Usulan lain untuk tahun ini masih menunggu putusan."),
    "same": word("Tingkat ini sudah berlaku untuk tahun itu."),
    "out_of_bounds": word("Tingkat setahun antara 0 dan 50 persen, paling banyak lima angka di belakang koma."),
    "not_over": word("Tahun itu belum berakhir, jadi tingkatnya belum diumumkan."),
    "not_announced": word("Sebutkan pengumuman atau surat BPJS yang menjadi dasar."),
}
