"""Codes of lists at work in words: what a correction changed, why something is not mended, what speaks for a NIK."""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

CHANGE_KINDS = {
    "mended": Meaning(word("sudah benar sekarang"), "proof"),
    "still_wrong": Meaning(word("masih salah"), "wait"),
    "newly_wrong": Meaning(word("baru salah"), "loss"),
    "changed": Meaning(word("isinya berubah"), "info"),
    "added": Meaning(word("baris baru"), "info"),
    "removed": Meaning(word("baris hilang"), "wait"),
}
MONTHLY_GROUPS = {
    "new": Meaning(word("orang baru"), "proof"),
    "wage": Meaning(word("upah berubah"), "info"),
    "moved": Meaning(word("pindah OPD"), "info"),
    "left": Meaning(word("keluar"), "wait"),
    "died": Meaning(word("meninggal"), "wait"),
    "unclear": Meaning(word("belum jelas"), "loss"),
}
OUTSIDE_KINDS = {
    "members": Meaning(word("Daftar peserta BPJS")),
    "population": Meaning(word("Jawaban Dukcapil")),
    "deciles": Meaning(word("Desil DTSEN")),
    "deaths": Meaning(word("Daftar kematian")),
}
OUTSIDE_GROUPS = {
    "confirmed": Meaning(word("cocok"), "proof"),
    "name": Meaning(word("nama berbeda"), "wait"),
    "birth_date": Meaning(word("tanggal lahir berbeda"), "wait"),
    "sex": Meaning(word("jenis kelamin berbeda"), "wait"),
    "dead": Meaning(word("meninggal"), "loss"),
    "waits": Meaning(word("belum pasti siapa"), "wait"),
    "unknown_here": Meaning(word("tidak ada pada kita"), "info"),
    "unknown_there": Meaning(word("tidak ada di daftar itu"), "info"),
}
MEND_REFUSALS = {
    "list_replaced": word("Daftar ini sudah diganti perbaikannya. Perbaiki daftar yang terbaru."),
    "of_decree": word("Daftar ini dibuat dari SK. Perubahannya lewat perubahan SK."),
    "of_month": word("Daftar ini berisi perubahan. Perbaiki lembarnya, lalu unggah lagi."),
    "no_text": word("Tulis isi yang benar."),
    "not_found": word("Tidak ada temuan di sel itu."),
    "nothing": word("Belum ada sel yang diperbaiki."),
    "no_content": word("Isi berkas asli tidak disimpan lagi. Unggah berkas perbaikannya."),
}
MAPPING_REFUSALS = {
    "nothing": word("Tentukan paling sedikit kolom NIK atau Nama."),
    "field_twice": word("{field} dipilih untuk dua kolom. Pilih satu saja."),
    "column_twice": word(
        "Dua kolom yang dipilih berjudul sama: {heading}. Payung tidak dapat membedakannya bulan depan; "
        "minta pengirim mengganti judul salah satunya."
    ),
    "field_unknown": word("Pilihan itu tidak dikenal."),
    "rows": word("Judul kolom lebih dari tiga baris."),
    "shape": word("Pilihan itu tidak dikenal."),
}
EVIDENCE = {
    "registered": word("orang bernama sama sudah tercatat dengan NIK ini"),
    "other_list": word("nama dan tanggal lahir yang sama di daftar lain"),
    "other_row": word("baris lain dengan nama yang sama"),
    "family_card": word("wilayahnya sama dengan KK"),
    "birth_date": word("cocok dengan tanggal lahir"),
    "sex": word("cocok dengan jenis kelamin"),
}
"""What speaks for a NIK that a damaged one may have been."""
