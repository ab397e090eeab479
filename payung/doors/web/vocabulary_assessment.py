"""What an assessment counts, in words: the label, and what an OPD does about it.

A new code without a word fails a test.
"""

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

COUNTS = {
    "expected": word("Pegawai yang seharusnya terlindungi"),
    "protected": word("Sudah terlindungi"),
    "gap": word("Belum terlindungi"),
    "missing": word("Tidak ada di daftar OPD mana pun"),
    "listed": word("Ada di daftar OPD, belum terlindungi"),
    "doubtful": word("Datanya perlu diputuskan"),
    "fewer_programmes": word("Programnya kurang dari rekannya"),
    "lower_base": word("Dasar upahnya lebih rendah dari rekannya"),
    "still_paid": word("Masih dibayari padahal tidak semestinya"),
    "gone": word("Sudah berhenti, masih dibayari"),
    "taspen_paid": word("Seharusnya di Taspen, masih dibayari di sini"),
    "unnamed": word("Dibayari, tetapi tidak ada di data pegawai"),
    "part_time": word("PPPK paruh waktu"),
    "taspen": word("Di Taspen (PNS, CPNS, PPPK)"),
    "left": word("Sudah berhenti"),
    "unusable": word("Baris ganda atau tidak dapat dibaca"),
}
SHORT = {
    "expected": word("Seharusnya"),
    "protected": word("Terlindungi"),
    "gap": word("Belum"),
    "missing": word("Tanpa daftar"),
    "listed": word("Di daftar OPD"),
    "doubtful": word("Perlu diputuskan"),
    "still_paid": word("Masih dibayari"),
}
"""The same as headings of a narrow table."""
ADVICE = {
    "missing": word("Masukkan ke daftar OPD, lalu unggah daftarnya di Daftar & Peserta."),
    "listed": word("Periksa rencananya: mungkin menunggu persetujuan, atau barisnya harus diperbaiki."),
    "doubtful": word("Jawab di halaman “Siapa ini?”, atau perbaiki NIK di data pegawai."),
    "fewer_programmes": word("Samakan programnya dengan rekan yang statusnya sama."),
    "lower_base": word("Periksa upah yang dilaporkan: rekan dengan status yang sama lebih tinggi."),
    "gone": word("Keluarkan lewat pembaruan bulanan, supaya tidak dibayar terus."),
    "taspen_paid": word("Pastikan tanggal pengangkatannya, lalu keluarkan lewat pembaruan bulanan."),
    "unnamed": word("Tanyakan ke OPD: masih bekerja, atau sudah keluar?"),
}
STATES = {
    "done": Meaning(word("selesai"), "proof"),
    "running": Meaning(word("dalam tenggat"), "wait"),
    "late": Meaning(word("lewat tenggat"), "loss"),
    "unasked": Meaning(word("belum diminta"), "info"),
}
SOURCES = {
    "bkpsdm": word("Data pegawai BKPSDM"),
    "payroll": word("Daftar gaji"),
    "bkn_2022": word("Pendataan non-ASN BKN 2022"),
}
STATUSES = {
    "non_asn": word("non-ASN"),
    "pppk_paruh_waktu": word("PPPK paruh waktu"),
    "pppk": "PPPK",
    "cpns": "CPNS",
    "pns": "PNS",
    "left": word("sudah berhenti"),
    "unknown": word("status tidak disebut"),
}
