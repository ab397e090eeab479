"""Why something about a submission cannot be done, in both languages."""

from payung.office.submissions.actions import SubmissionRefused

REFUSALS = {
    "unit_shared": (
        "NPP ini dipakai juga oleh OPD lain di luar wilayah Anda. Minta admin pemda membuat berkasnya.",
        "This unit is shared with an office outside your area. Ask the administrator to make its files.",
    ),
    "not_draft": ("Berkas bulan ini sudah final. Buka kembali bila perlu diubah.", "This month is final already."),
    "not_final": ("Berkas bulan ini belum final.", "This month is not final yet."),
    "not_sent": ("Catat dulu bahwa berkasnya sudah dikirim.", "Say first that the files were sent."),
    "superseded": ("Sudah ada versi yang lebih baru.", "There is a newer version."),
    "still_draft": ("Ini masih konsep; tidak perlu dibuka kembali.", "This is a draft still."),
    "no_reason": ("Tulis alasannya.", "Write the reason."),
    "nothing": ("Tidak ada yang perlu dikirim.", "There is nothing to send."),
    "code_missing": (
        "Kode {told} belum diisi. Isi di pengaturan NPP.",
        "The code {told} is empty. Fill in the settings.",
    ),
    "template_missing": (
        "Nama berkas template {told} belum diisi. Unduh template dari SIPP, lalu tulis namanya di pengaturan NPP.",
        "The name of the template {told} is empty. Download it from SIPP and write its name in the settings.",
    ),
    "incomplete": (
        "Masih ada data wajib yang kosong: {told}. Lengkapi, atau kirim tanpa orang yang belum lengkap.",
        "Required data are empty: {told}. Complete them, or send without those people.",
    ),
    "second_person": (
        "Konsep ini dibuat oleh Anda sendiri. Orang lain yang menjadikannya final.",
        "You drafted this yourself. Somebody else makes it final.",
    ),
}


def refusal_of(refused: SubmissionRefused, language: str) -> str:
    """Why it cannot be done, in words."""
    return REFUSALS[refused.reason][language == "en"].format(told=refused.told)
