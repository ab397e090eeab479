"""Words for the codes of personal data: who looked and why, requests, corrections."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

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
    "nothing_corrected": word("Belum ada data yang diperbaiki. Ajukan perbaikannya dulu, atau tolak permintaannya."),
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
    "nik_taken": word("NIK ini sudah tercatat untuk orang lain. Periksa dulu siapa yang memakainya."),
    "changed_since": word("Datanya sudah berubah sejak perbaikan ini diajukan. Tolak, lalu ajukan lagi."),
}
