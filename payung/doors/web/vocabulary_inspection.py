"""The auditor's questions in words: what is asked, what is counted, what to look at next."""

from dataclasses import dataclass

from payung.doors.web.translation import word
from payung.office.reports.inspecting import AFTER_65, AFTER_DEATH, AFTER_LEAVING, TWO_PAYERS


@dataclass(frozen=True)
class Asked:
    """A question's title, how it is answered, and what its day is called (empty: it has none)."""

    title: str
    rule: str
    day: str = ""


QUESTIONS = {
    AFTER_DEATH: Asked(
        word("Masih dibayari setelah meninggal"),
        word(
            "Kematian dari kasus klaim dan daftar luar yang cocok. "
            "Bulan meninggal masih terutang; yang dihitung bulan sesudahnya."
        ),
        word("Meninggal"),
    ),
    AFTER_65: Asked(
        word("BPU masih dibayari setelah usia 65"),
        word(
            "Peserta BPU yang iurannya ditagih setelah bulan ulang tahun ke-65. "
            "Yang sudah peserta boleh tetap sampai masanya selesai; periksa SK-nya."
        ),
        word("Usia 65"),
    ),
    AFTER_LEAVING: Asked(
        word("Masih dibayari setelah berhenti"),
        word(
            "Pekerjaan terakhirnya sudah berakhir, atau data pegawai terbaru menyebutnya berhenti, tetapi bulan "
            "sesudahnya ditagih."
        ),
        word("Bulan berhenti"),
    ),
    TWO_PAYERS: Asked(
        word("Dua pembayar pada bulan yang sama"),
        word(
            "Satu orang (digabung, atau NIK-nya sama) ditagih lewat dua keanggotaan pada bulan yang sama. "
            "PU dan BPU bersamaan boleh; periksa alasannya."
        ),
    ),
}  # fmt: skip
REFUSALS = {
    "size": word("Jumlah sampel antara 1 dan 500."),
    "seed": word("Isi benih: 1 sampai 40 huruf atau angka."),
    "nobody": word("Tidak ada orang yang ditagih pada bulan itu."),
}
