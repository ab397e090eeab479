"""The codes of submissions in words. A new code without a word fails a test."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

FILE_KINDS = {
    "new": word("TK baru"),
    "continuing": word("TK lanjutan"),
    "wage": word("Mutasi upah"),
    "leaver": word("TK nonaktif"),
    "group": word("Kelompok BPU masuk"),
    "group_leaver": word("Kelompok BPU berhenti"),
    "correction": word("Koreksi identitas"),
}
STATES = {
    "none": Meaning(word("belum dimulai")),
    "draft": Meaning(word("konsep"), "wait"),
    "final": Meaning(word("final, belum dikirim"), "wait"),
    "sent": Meaning(word("dikirim, menunggu jawaban"), "wait"),
    "answered": Meaning(word("dijawab BPJS"), "proof"),
}
STEPS = {
    "final": word("Dijadikan final"),
    "sent": word("Dikirim ke BPJS"),
    "answered": word("Dijawab BPJS"),
    "sipp_draft": word("SIPP menunjukkan: Draft"),
    "sipp_final": word("SIPP menunjukkan: Finalisasi"),
    "sipp_posted": word("SIPP menunjukkan: Posting"),
}
HELD = {
    "open": word("menunggu jawaban BPJS"),
    "refused": word("ditolak BPJS, perbaiki dulu"),
    "died": word("meninggal: lewat klaim JKM, bukan berkas ini"),
}
OUTCOMES = {
    "": word("belum dijawab"),
    "taken": word("diterima"),
    "refused": word("ditolak"),
    "withdrawn": word("ditarik, versi dibuka kembali"),
}
SUPPLIERS = {"unit": word("admin, di pengaturan NPP"), "opd": word("OPD, dari pekerjanya")}
CERTAINTIES = {
    "verified": Meaning(word("dicocokkan dengan berkas asli {day}"), "proof"),
    "reported": Meaning(word("menurut panduan, berkas asli belum dilihat"), "wait"),
    "assumed": Meaning(word("perkiraan, tanyakan cabang BPJS"), "wait"),
    "own": Meaning(word("susunan Payung, bukan formulir resmi"), "wait"),
}
REPLY_KINDS = {
    "failed": word("Baris yang gagal (unduhan SIPP)"),
    "numbers": word("Nomor KPJ yang terbit"),
    "members": word("Daftar peserta dari BPJS"),
    "particulars": word("Data pekerja yang dilengkapi OPD"),
}
DIFFERENCES = {
    "theirs": word("perlu Anda cocokkan"),
    "ours": word("ada pada kita, tidak pada BPJS"),
    "wage": word("upah berbeda"),
    "nik": word("NIK berbeda"),
    "name": word("nama berbeda"),
    "birth_date": word("tanggal lahir berbeda"),
    "kpj": word("KPJ berbeda"),
}
TASK_KINDS = {
    "fix": word("Perbaiki data yang ditolak"),
    "card": word("Serahkan kartu"),
    "tell": word("Beri tahu pekerja"),
}
SETTING_REFUSALS = {
    "renamed": word(
        "Nama ini sudah berubah: ada “(1)” atau “_1” di ujungnya, SIPP menolaknya. Unduh lagi template-nya."
    ),
    "not_xlsx": word("Tulis nama berkas .xlsx tanpa folder. Payung menulis .xlsx."),
    "form": word("Bentuknya tidak sesuai petunjuk."),
}
ROW_REFUSALS = {
    "decided": word("Baris ini sudah dicocokkan."),
    "not_of_unit": word("Orang ini bukan peserta NPP ini, atau sudah punya baris lain di berkas itu."),
}
