"""The codes of the office in words, each with the tone it is shown in. A new code without a word fails a test."""

from dataclasses import dataclass

from payung.doors.web.components import Tone
from payung.doors.web.translation import t, word


@dataclass(frozen=True)
class Meaning:
    """What a code says on screen (source text)."""

    text: str
    tone: Tone = "info"


VERDICTS = {
    "clean": Meaning(word("bersih"), "proof"),
    "repaired": Meaning(word("dirapikan"), "info"),
    "human": Meaning(word("perlu diputuskan"), "wait"),
    "reject": Meaning(word("tidak dapat didaftarkan"), "loss"),
}
SEVERITIES = {
    "reject": Meaning(word("tidak dapat didaftarkan"), "loss"),
    "human": Meaning(word("perlu diputuskan"), "wait"),
    "repaired": Meaning(word("dirapikan"), "info"),
    "warning": Meaning(word("peringatan"), "info"),
}
PLAN_KINDS = {
    "join": Meaning(word("masuk"), "proof"),
    "wage": Meaning(word("upah berubah"), "info"),
    "already": Meaning(word("sudah terlindungi"), "info"),
    "human": Meaning(word("perlu diputuskan"), "wait"),
    "reject": Meaning(word("tidak dapat didaftarkan"), "loss"),
    "move": Meaning(word("pindah OPD"), "info"),
    "leave": Meaning(word("keluar"), "wait"),
}
PLAN_STATES = {
    "none": Meaning(word("belum ada rencana")),
    "open": Meaning(word("menunggu persetujuan"), "wait"),
    "returned": Meaning(word("dikembalikan untuk diperbaiki"), "wait"),
    "superseded": Meaning(word("diganti versi baru")),
    "approved": Meaning(word("disetujui, belum diterapkan"), "wait"),
    "refused": Meaning(word("ditolak"), "loss"),
    "applied": Meaning(word("diterapkan"), "proof"),
}
PLAN_REASONS = {
    "new_person": Meaning(word("orang baru")),
    "known_person": Meaning(word("sudah dikenal, belum terlindungi")),
    "other_payer": Meaning(word("sudah dibayari pihak lain"), "wait"),
    "wage_changed": Meaning(word("upah berubah")),
    "as_listed": Meaning(word("sama seperti yang tercatat")),
    "moved": Meaning(word("pindah ke OPD lain"), "info"),
    "left": Meaning(word("berhenti bekerja"), "wait"),
    "died": Meaning(word("meninggal dunia"), "wait"),
    "not_protected_here": Meaning(word("tidak dilindungi di sini pada bulan itu")),
    "before_start": Meaning(word("tanggalnya sebelum perlindungan mulai"), "wait"),
    "no_budget_line": Meaning(word("OPD tujuan belum punya mata anggaran dari dana yang sama"), "wait"),
    "ended_in_decree": Meaning(word("diakhiri oleh perubahan SK"), "wait"),
    "not_in_complete_list": Meaning(word("tidak tercantum di daftar lengkap"), "wait"),
    "nik_of_another": Meaning(word("NIK milik orang lain"), "wait"),
    "nearly_same_nik": Meaning(word("nama dan tanggal lahir sama, NIK hampir sama"), "wait"),
    "several_persons": Meaning(word("mirip beberapa orang"), "wait"),
    "person_twice": Meaning(word("dua baris dinyatakan orang yang sama"), "wait"),
    "twice_other_nik": Meaning(word("nama dan tanggal lahir sama dengan baris lain, NIK berbeda"), "wait"),
    "unexplained": Meaning(word("belum ada alasannya"), "wait"),
    "opened_before": Meaning(word("sudah pernah masuk daftar awal"), "wait"),
    "since_missing": Meaning(word("tanggal kepesertaan belum diketahui"), "wait"),
    "since_later": Meaning(word("menjadi peserta sesudah bulan daftar ini"), "wait"),
    "paid_missing": Meaning(word("bulan iuran terakhir yang lunas belum diketahui"), "wait"),
    "paid_before_since": Meaning(word("lunas sampai bulan sebelum menjadi peserta"), "wait"),
    "paid_too_far": Meaning(word("lunas lebih dari dua tahun ke depan: periksa bulannya"), "wait"),
}
LIST_KINDS = {
    "complete": Meaning(word("lengkap")),
    "additions": Meaning(word("tambahan")),
    "changes": Meaning(word("perubahan bulanan")),
    "opening": Meaning(word("daftar awal")),
}
COVER_STATES = {
    "planned": Meaning(word("direncanakan, belum terbukti"), "wait"),
    "confirmed": Meaning(word("terlindungi"), "proof"),
    "in_grace": Meaning(word("terlindungi, dalam masa tenggang"), "wait"),
    "lapsed": Meaning(word("terputus"), "loss"),
    "ended": Meaning(word("berakhir"), "loss"),
    "never": Meaning(word("tidak pernah terlindungi"), "loss"),
}
CELLS = {
    "posted": word("terbukti diposting"),
    "billed": word("ditagih, belum terbukti"),
    "unpaid": word("belum ditagih"),
    "gap": word("terputus"),
    "before": word("belum peserta"),
}
"""The months of a person's calendar strip."""
JOB_KINDS = {
    "receive_list": word("Membaca daftar"),
    "read_waiting": word("Membaca daftar yang kolomnya sudah ditentukan"),
    "recheck_list": word("Memeriksa ulang daftar"),
    "take_in_outside": word("Mencocokkan daftar dari luar"),
    "match_outside": word("Mencocokkan ulang daftar dari luar"),
    "propose_outside": word("Mengusulkan berhenti bagi yang meninggal"),
    "propose_outside_claims": word("Mengusulkan kasus klaim bagi yang meninggal"),
    "monthly_sheet": word("Membuat lembar pembaruan bulanan"),
    "apply_plan": word("Menerapkan rencana"),
    "bill_month": word("Membuat tagihan"),
    "confirm_posted": word("Membaca konfirmasi posting"),
    "take_in_statement": word("Membaca rekening koran"),
    "findings_workbook": word("Membuat buku kerja temuan"),
    "take_in_list": word("Membaca daftar calon"),
    "seek_for_plan": word("Mencari orang yang mirip"),
    "seek_twins": word("Mencari yang tercatat dua kali"),
    "check_candidates": word("Memeriksa semua calon"),
    "propose_decree": word("Menyusun usulan SK"),
    "decree_in_force": word("Memberlakukan SK"),
    "bill_paper": word("Membuat PDF tagihan"),
    "bill_workbook": word("Membuat Excel tagihan"),
    "count_months": word("Menghitung lima angka"),
    "freeze_award": word("Membekukan berkas penghargaan"),
    **dict.fromkeys(("take_in_master", "compare_master"), word("Membandingkan data pegawai dengan peserta")),
    "bill_pack": word("Membuat berkas SPP-LS"),
    "take_in_sponsors": word("Membaca daftar ASN"),
    "credit_savings": word("Memperbarui simpanan JHT"),
    "finalise_submission": word("Menjadikan berkas BPJS final"),
    "submission_files": word("Membuat berkas untuk BPJS"),
    "incomplete_people": word("Membuat berkas untuk dilengkapi"),
    "receive_from_bpjs": word("Membaca jawaban BPJS"),
    "page_file": word("Menyiapkan unduhan"),
    "verify_chains": word("Memeriksa keutuhan catatan"),
}
DECISION_REFUSALS = {
    "own_proposal": word("Usulan ini Anda sendiri yang mengajukan. Minta orang lain memutuskannya."),
    "already_decided": word("Usulan ini sudah diputuskan orang lain. Muat ulang untuk melihat putusannya."),
    "already_said": word("Suara ini sudah dipakai untuk versi ini. Orang lain harus memutuskan selanjutnya."),
    "old_version": word("Usulan ini sudah diajukan lagi dalam versi baru. Buka versi itu sebelum memutuskan."),
    "sent_back": word("Usulan ini dikembalikan kepada pengusulnya. Tunggu versi barunya."),
    "not_a_decider": word("Tahap ini diputuskan oleh kelompok lain."),
    "over_limit": word("Jumlahnya melampaui batas wewenang Anda. Anda boleh menolak atau mengembalikannya."),
    "frozen": word("Persetujuan sedang dibekukan. Anda boleh menolak atau mengembalikannya."),
    "not_lent": word("Suara itu tidak dititipkan kepada Anda hari ini."),
    "not_the_maker": word("Hanya pengusulnya yang dapat mengajukannya lagi."),
    "not_sent_back": word("Usulan ini tidak sedang dikembalikan."),
    "not_found": word("Usulan ini tidak ada di wilayah kerja Anda."),
    "no_comment": word("Tulis alasan penolakan, supaya pengirim tahu apa yang harus diperbaiki."),
}
SETTING_REFUSALS = {
    "too_few_deciders": word("Kelompoknya lebih kecil daripada jumlah suara yang diperlukan."),
    "not_allowed_to_decide": word("Orang itu tidak berwenang memutuskan usulan ini."),
    "own_voice": word("Suara hanya dapat dititipkan kepada orang lain."),
    "not_yours": word("Hanya titipan Anda sendiri yang dapat dicabut."),
}
VERDICTS_SAID = {
    "propose": Meaning(word("mengajukan")),
    "comment": Meaning(word("berkomentar")),
    "approve": Meaning(word("menyetujui"), "proof"),
    "refuse": Meaning(word("menolak"), "loss"),
    "revise": Meaning(word("mengembalikan"), "wait"),
}
"""What somebody did with a proposal."""


def said(words: dict[str, Meaning], code: str) -> str:
    """The code in the reader's words."""
    return t(words[code].text)
