"""What notices and refused jobs say, per language."""

NOTICE = {
    "id": {
        "subject": "Payung: pemberitahuan persetujuan",
        "subject_request": "Payung: permintaan orang tentang datanya",
        "open": "Ada usulan yang menunggu putusan Anda di Payung.",
        "returned": "Usulan Anda di Payung dikembalikan untuk diperbaiki.",
        "approved": "Usulan Anda di Payung disetujui.",
        "refused": "Usulan Anda di Payung ditolak.",
        "request": "Ada permintaan orang tentang datanya yang harus Anda jawab dalam 3 x 24 jam.",
        "request_due": "Waktu menjawab permintaan orang tentang datanya hampir habis: tidak sampai 24 jam lagi.",
        "off": "Pemberitahuan ini dapat dimatikan di halaman Menunggu saya.",
    },
    "en": {
        "subject": "Payung: approval notice",
        "subject_request": "Payung: a person's request",
        "open": "A proposal in Payung waits for your decision.",
        "returned": "Your proposal in Payung was sent back to be changed.",
        "approved": "Your proposal in Payung was approved.",
        "refused": "Your proposal in Payung was refused.",
        "request": "A person's request about their data waits for your answer within 3 x 24 hours.",
        "request_due": "A person's request about their data must be answered soon: less than 24 hours are left.",
        "off": "These notices can be switched off on the page Waiting for me.",
    },
}

REFUSAL = {
    "id": {
        "not_approved": "Rencana ini belum disetujui orang kedua.",
        "refused": "Rencana ini ditolak.",
        "changed_since": "Keadaan berubah sejak rencana ini disetujui. Buat rencana baru dari daftar yang sama.",
        "list_replaced": "Daftar ini sudah diganti perbaikannya. Buka daftar yang terbaru.",
        "outside_unknown": "Susunan berkas ini tidak dikenal. Perlu kolom NIK, ditambah kolom khasnya: "
        "STATUS KEPESERTAAN (peserta BPJS), HASIL PADAN (Dukcapil), DESIL (DTSEN), atau TANGGAL MENINGGAL (kematian).",
        "outside_whole": "Daftar dari luar memuat orang semua OPD. Minta petugas yang melihat seluruh pemerintah "
        "daerah mengunggahnya.",
        "not_chosen": "Pilih dulu perubahan mana yang diterima.",
        "sheet_nobody": "{opd} belum melindungi siapa pun pada bulan itu, jadi tidak ada yang dapat diperbarui. "
        "Unggah daftar pekerjanya dulu.",
        "sheet_unknown_sheet": "Kolom KUNCI di berkas ini tidak berasal dari lembar yang dikirim Payung. "
        "Pakai lembar yang diunduh dari Payung, tanpa mengubah kolom KUNCI.",
        "sheet_other_opd": "Lembar ini dikirim untuk {opd}. Pilih OPD itu, lalu unggah lagi.",
        "of_month": "Daftar ini berisi perubahan. Perbaiki lembarnya, lalu unggah lagi.",
        "of_decree": "Daftar ini dibuat dari SK. Perubahannya lewat perubahan SK.",
        "nothing": "Belum ada sel yang diperbaiki.",
        "nothing_to_bill": "Tidak ada yang perlu ditagih untuk {month}: semua sudah tertagih, atau belum ada peserta.",
        "month_closed": "Pembukuan tahun dari {month} sudah ditutup, jadi bulan itu tidak ditagih lagi.",
        "no_posting_columns": "Berkas ini bukan konfirmasi posting: kolom {columns} tidak ditemukan. "
        "Unggah berkas dari BPJS apa adanya.",
        "no_content": "Isi berkas asli tidak disimpan lagi, jadi tidak dapat dibuka lagi. Unggah berkasnya.",
        "nobody_in_master": "Tidak ada orang di berkas ini. Payung mencari kolom NIK dan nama.",
        "no_servant_columns": "Kolom {columns} tidak ditemukan. Beri judul kolom NIP dan NAMA pada satu baris.",
        "no_list": "Daftar ini tidak ada lagi, atau di luar wilayah Anda.",
        "no_bill": "Tagihan ini tidak ada, atau di luar wilayah Anda.",
        "broken": "Pekerjaan ini terhenti karena gangguan pada sistem. Data tidak berubah; ulangi.",
    },
    "en": {
        "not_approved": "This plan was not approved by a second person yet.",
        "refused": "This plan was refused.",
        "changed_since": "Things have changed since this plan was approved. Make a new plan from the same list.",
        "list_replaced": "This list was replaced by its correction. Open the newest one.",
        "outside_unknown": "This layout is not known. It needs NIK and its own column: STATUS KEPESERTAAN "
        "(members of BPJS), HASIL PADAN (Dukcapil), DESIL (DTSEN) or TANGGAL MENINGGAL (deaths).",
        "outside_whole": "A list of others names people of every OPD. Ask somebody who sees the whole government "
        "to upload it.",
        "not_chosen": "Choose first which changes are accepted.",
        "sheet_nobody": "{opd} protects nobody in that month, so there is nothing to update. Upload its workers first.",
        "sheet_unknown_sheet": "The column KUNCI of this file is not that of a sheet sent by Payung. "
        "Use the sheet downloaded from Payung and leave the column KUNCI alone.",
        "sheet_other_opd": "This sheet was sent for {opd}. Choose that office and upload again.",
        "of_month": "This list holds changes. Mend the sheet and upload it again.",
        "of_decree": "This list was made from a decree. It changes by an amendment of the decree.",
        "nothing": "No cell was mended yet.",
        "nothing_to_bill": "There is nothing to bill for {month}: all is billed already, or nobody is enrolled yet.",
        "month_closed": "The books of the year of {month} are closed, so that month is not billed any more.",
        "no_posting_columns": "This file is no confirmation of posting: the column {columns} is missing. "
        "Upload the file of BPJS as it is.",
        "no_content": "The content of the original file is not kept any more. Upload the file again.",
        "nobody_in_master": "There is nobody in this file. Payung looks for columns of NIK and name.",
        "no_servant_columns": "The columns {columns} are missing. Head the columns NIP and NAMA in one row.",
        "no_list": "This list is there no more, or it is outside your area.",
        "no_bill": "There is no such bill, or it is outside your area.",
        "broken": "This work was stopped by a fault of the system. Nothing has changed; please try again.",
    },
}


def refusal(code: str, language: str, **values: str) -> str:
    """Why a job was refused, in the language of whoever asked for it."""
    return REFUSAL[language if language in REFUSAL else "id"][code].format_map(values)
