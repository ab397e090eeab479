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
    "ended_in_decree": Meaning(word("diakhiri oleh perubahan SK"), "wait"),
    "not_in_complete_list": Meaning(word("tidak tercantum di daftar lengkap"), "wait"),
    "nik_of_another": Meaning(word("NIK milik orang lain"), "wait"),
    "nearly_same_nik": Meaning(word("nama dan tanggal lahir sama, NIK hampir sama"), "wait"),
    "several_persons": Meaning(word("mirip beberapa orang"), "wait"),
    "person_twice": Meaning(word("dua baris dinyatakan orang yang sama"), "wait"),
    "unexplained": Meaning(word("belum ada alasannya"), "wait"),
}
LIST_KINDS = {
    "complete": Meaning(word("lengkap")),
    "additions": Meaning(word("tambahan")),
}
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
    "late_entry": Meaning(word("terlambat masuk"), "wait"),
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
    "nothing_to_pay": word("Tagihan ini tidak meminta pembayaran, jadi tidak perlu dikirim."),
    "not_due": word("Hanya tagihan final atau terkirim yang dapat dibatalkan."),
    "has_payments": word("Tagihan ini sudah dibayar, jadi tidak dapat dibatalkan lagi."),
    "no_reason": word("Tulis alasannya."),
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
    "count_months": word("Menghitung lima angka"),
    "bill_pack": word("Membuat berkas SPP-LS"),
    "credit_savings": word("Memperbarui simpanan JHT"),
    "finalise_submission": word("Menjadikan berkas BPJS final"),
    "submission_files": word("Membuat berkas untuk BPJS"),
    "incomplete_people": word("Membuat berkas untuk dilengkapi"),
    "receive_from_bpjs": word("Membaca jawaban BPJS"),
}
AMOUNTS = {
    "jkk": "JKK",
    "jkm": "JKM",
    "jht_employer": word("JHT pemberi kerja"),
    "jht_worker": word("JHT pekerja"),
    "jp_employer": word("JP pemberi kerja"),
    "jp_worker": word("JP pekerja"),
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
PAYMENT_REFUSALS = {
    "not_due": word("Tagihan ini belum final atau sudah dibatalkan, jadi tidak dapat dibayar."),
    "more_than_outstanding": word("Jumlahnya lebih besar daripada sisa tagihan. Periksa bukti bayarnya."),
    "not_positive": word("Jumlahnya harus lebih dari nol."),
    "reference_used": word("Nomor bukti ini sudah dipakai untuk pembayaran lain."),
}
PURPOSES = {
    "correct_data": word("memperbaiki data"),
    "bpjs": word("pendaftaran atau iuran ke BPJS"),
    "claim": word("pengajuan manfaat"),
    "person_asked": word("permintaan orang itu sendiri"),
    "inspection": word("pemeriksaan"),
    "return_findings": word("mengembalikan temuan kepada pengirim daftar"),
    "other": word("lain-lain"),
}
"""What full marks are opened for."""
ROLES = {
    "government_admin": word("admin pemerintah daerah"),
    "opd_operator": word("operator OPD"),
    "treasurer": word("bendahara"),
    "auditor": word("auditor"),
    "bkpsdm": word("BKPSDM"),
    "village_officer": word("petugas kelurahan atau desa"),
    "branch_officer": word("petugas cabang BPJS"),
    "sponsor": word("penyandang dana"),
    "head_of_region": word("kepala daerah"),
}
USER_REFUSALS = {
    "oneself": word("Anda tidak dapat mengubah peran, wilayah, atau akun Anda sendiri. Mintalah kepada admin lain."),
    "elsewhere": word(
        "Pengguna ini juga bekerja di pemerintah daerah lain, jadi akunnya tidak dapat diubah dari sini."
        " Wilayahnya di sini dapat dicabut."
    ),
    "last_area": word("Ini wilayahnya yang terakhir. Bila ia tidak bekerja lagi di sini, nonaktifkan akunnya."),
    "name_taken": word("Nama pengguna ini sudah dipakai. Pilih yang lain."),
    "unknown_place": word("Wilayah ini tidak ada di pemerintah daerah Anda."),
    "not_here": word("Pengguna atau wilayah ini tidak ada lagi. Muat ulang halamannya."),
}
USER_DEEDS = {
    "add_user": word("akun dibuat"),
    "change_role": word("peran diubah"),
    "deactivate_user": word("akun dinonaktifkan"),
    "reactivate_user": word("akun diaktifkan lagi"),
    "renew_password": word("kata sandi sementara dibuat"),
    "change_password": word("kata sandi diubah sendiri"),
    "add_second_factor": word("langkah kedua dipasang"),
    "remove_second_factor": word("langkah kedua dilepas"),
    "grant_area": word("wilayah ditambah"),
    "revoke_area": word("wilayah dicabut"),
    "sign_in": word("masuk"),
}
"""What is shown of the audit on a user's page."""
REQUEST_KINDS = {
    "access": word("melihat datanya"),
    "correction": word("memperbaiki datanya"),
    "erasure": word("menghapus datanya"),
}
REQUEST_STATES = {
    "open": Meaning(word("menunggu jawaban"), "wait"),
    "granted": Meaning(word("dipenuhi"), "proof"),
    "refused": Meaning(word("ditolak"), "loss"),
}
REQUEST_REFUSALS = {
    "closed": word("Permintaan ini sudah dijawab."),
    "kept": word("Data orang ini masih wajib disimpan. Tolak permintaannya dengan alasan itu."),
    "no_answer": word("Tulis alasan penolakan, supaya orang itu tahu mengapa."),
    "waiting": word("Masih ada perbaikan yang menunggu putusan orang kedua."),
    "nothing_corrected": word("Belum ada data yang diperbaiki. Ajukan perbaikannya dahulu, atau tolak permintaannya."),
}
CORRECTION_FIELDS = {
    "name": word("Nama"),
    "nik": "NIK",
    "kk": word("Nomor KK"),
    "birth_date": word("Tanggal lahir"),
    "birth_place": word("Tempat lahir"),
    "sex": word("Jenis kelamin"),
    "phone": word("Telepon"),
    "mother_name": word("Nama ibu"),
    "kecamatan_code": word("Kode kecamatan"),
    "desa_code": word("Kode desa atau kelurahan"),
}
CORRECTION_STATES = {
    "open": Meaning(word("menunggu orang kedua"), "wait"),
    "returned": Meaning(word("dikembalikan untuk diperbaiki"), "wait"),
    "approved": Meaning(word("sudah diperbaiki"), "proof"),
    "refused": Meaning(word("ditolak"), "loss"),
}
CORRECTION_REFUSALS = {
    "closed": word("Permintaan ini sudah dijawab."),
    "bad_value": word("Isian ini tidak mungkin benar. Periksa penulisannya."),
    "same": word("Isian ini sama dengan yang sudah tercatat."),
    "waiting": word("Perbaikan lain untuk data ini masih menunggu putusan."),
    "nik_taken": word("NIK ini sudah tercatat untuk orang lain. Periksa dahulu siapa yang memakainya."),
    "changed_since": word("Datanya sudah berubah sejak perbaikan ini diajukan. Tolak, lalu ajukan lagi."),
}
DEEDS = {
    "receive_request": word("permintaan diterima"),
    "answer_request": word("permintaan dijawab"),
    "erase_person": word("data dihapus"),
    "propose_correction": word("perbaikan diajukan"),
    "correct_person": word("data diperbaiki"),
    "see_marks": word("membuka nomor lengkap"),
    "ask_other_payers": word("menanyakan pembayar di pemerintah daerah lain"),
}
"""What is shown of the audit on a person's page."""


def said(words: dict[str, Meaning], code: str) -> str:
    """The code in the reader's words."""
    return t(words[code].text)
