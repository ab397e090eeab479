"""Words of identity: tiers, refusals, and the states of a merge."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

TIERS = {
    "probable": Meaning(word("sangat mirip"), "wait"),
    "review": Meaning(word("mungkin sama"), "info"),
}
QUESTION_STATES = {"open": Meaning(word("belum dijawab")), "later": Meaning(word("ditunda"))}
JUDGEMENT_REFUSALS = {
    "outside_area": word(
        "Salah satu calonnya di luar OPD Anda. Petugas yang melihat seluruh pemerintah daerah yang memutuskan."
    ),
    "not_a_candidate": word("Orang itu bukan calon untuk baris ini. Muat ulang halamannya."),
    "not_sound": word("NIK baris ini tidak terbaca. Perbaiki dulu di daftarnya, baru ia dapat menjadi orang baru."),
}
MERGE_REFUSALS = {
    "one_person": word("Keduanya sudah digabungkan."),
    "waiting": word("Usulan untuk keduanya masih menunggu putusan."),
    "two_payers": word(
        "Keduanya dibayari pada bulan yang sama. Akhiri dulu salah satunya lewat daftar OPD yang tidak membayar lagi."
    ),
    "not_merged": word("Keduanya tidak sedang digabungkan."),
    "changed_since": word("Keadaan berubah sejak usulan ini dibuat. Tolak, lalu usulkan lagi."),
}
MERGE_STATES = {
    "proposed": Meaning(word("menunggu orang kedua"), "wait"),
    "refused": Meaning(word("ditolak"), "loss"),
    "merged": Meaning(word("digabungkan"), "proof"),
    "undoing": Meaning(word("digabungkan, pemisahannya menunggu orang kedua"), "wait"),
    "undone": Meaning(word("dipisahkan lagi"), "info"),
}
