"""Words of sponsorship: states of a pledge, why one cannot be made, who must act."""

from collections.abc import Mapping

from payung.doors.web.translation import word
from payung.doors.web.vocabulary import Meaning

PLEDGE_STATES: Mapping[str, Meaning] = {
    "waiting": Meaning(word("menunggu surat bertanda tangan"), "wait"),
    "withdrawn": Meaning(word("dibatalkan"), "info"),
    "planned": Meaning(word("terdaftar, menunggu posting pertama"), "wait"),
    "confirmed": Meaning(word("terlindungi"), "proof"),
    "in_grace": Meaning(word("masih terlindungi, bulan ini belum diposting"), "wait"),
    "lapsed": Meaning(word("perlindungan terputus"), "loss"),
    "ended": Meaning(word("sudah berakhir"), "info"),
    "never": Meaning(word("belum terlindungi"), "loss"),
}
OBSTACLES: Mapping[str, str] = {
    "not_serving": word("ASN ini tidak lagi bertugas pada bulan itu."),
    "out_of_scope": word("OPD tempat ASN ini bertugas tidak termasuk dalam surat edaran."),
    "row_not_sound": word("Data pekerja belum dapat dipakai. Periksa yang ditandai di bawah ini."),
    "who_is_it": word("Data ini mirip dengan orang lain yang sudah tercatat. Minta admin memeriksanya lebih dulu."),
    "person_twice": word("Pekerja ini tertulis dua kali."),
    "same_pledge": word("Anda sudah menanggung pekerja ini."),
    "other_payer": word("Iuran pekerja ini sudah dibayar pihak lain. Satu pekerja hanya dibayari satu pihak."),
    "not_waiting": word("Pernyataan ini tidak sedang menunggu surat."),
    "withdrawn": word("Pernyataan ini sudah dibatalkan."),
    "no_order": word("Tidak ada potongan yang berjalan sesudah bulan itu."),
    "order_stands": word("Potongan untuk pekerja ini sedang berjalan."),
    "ends_before_it_begins": word(
        "Bulan terakhir sudah lewat sebelum potongan dapat dimulai. Pilih bulan yang lebih akhir."
    ),
    "past_agreed_end": word(
        "Pernyataan ini hanya sampai bulan yang disepakati. Untuk melanjutkan, buat pernyataan baru."
    ),
    "no_consent": word("Surat bertanda tangan belum ada."),
    "too_large": word("Berkas surat ini lebih besar dari 6 MB. Pindai lagi dengan mutu lebih rendah."),
    "not_a_picture": word("Berkas ini bukan PDF atau foto (JPEG, PNG). Pindai atau foto suratnya."),
}
CIRCULAR_REFUSALS: Mapping[str, str] = {
    "number_taken": word("Nomor surat itu sudah dipakai perjanjian lain. Periksa nomornya."),
    "nobody_asked": word("Pilih paling sedikit satu OPD."),
}
SERVANT_REFUSALS: Mapping[str, str] = {
    "nip_unreadable": word("NIP tidak terbaca: harus 18 angka yang sah. Ubah kolomnya menjadi teks, lalu tulis lagi."),
    "nip_twice": word("NIP ini sudah ada di baris sebelumnya."),
    "name_missing": word("Nama kosong."),
    "status_unknown": word("STATUS tidak dikenal. Tulis aktif, pensiun, meninggal, atau berhenti."),
    "date_unreadable": word("TANGGAL tidak terbaca. Tulis seperti 31-12-2026."),
    "opd_unknown": word("OPD tidak dikenal. Tulis kode, singkatan, atau nama OPD seperti di Payung."),
}
RETURN_REFUSALS: Mapping[str, str] = {
    "returned_already": word("Hasil potongan daftar ini sudah dicatat."),
    "lines_missing": word("Ada baris daftar yang tidak disebut. Kirim daftarnya utuh."),
    "line_unknown": word("Ada nomor baris yang tidak ada pada daftar ini."),
    "line_twice": word("Ada nomor baris yang tertulis dua kali."),
    "more_than_due": word("Ada potongan yang melebihi iuran atau tunggakannya."),
    "amount_unreadable": word("Ada jumlah potongan yang tidak terbaca. Tulis angka saja, misalnya 16800."),
    "outcome_unknown": word("Keterangan yang dikenal: penuh, kurang, gagal, pindah, cuti."),
    "not_returned": word("Catat dulu hasil potongannya."),
    "nothing_taken": word("Tidak ada yang dipotong, jadi tidak ada yang dibayar."),
    "no_reason": word("Tulis alasannya."),
    "paid": word("Hasil ini sudah dibayar, jadi tidak dapat dibatalkan. Minta bendahara menyelesaikan selisihnya."),
    "arrears_settled": word(
        "Tunggakan dari daftar ini sudah dipotong pada bulan sesudahnya. Batalkan dulu hasil bulan itu."
    ),
}
OUTCOMES: Mapping[str, Meaning] = {
    "full": Meaning(word("terpotong penuh"), "proof"),
    "short": Meaning(word("kurang"), "wait"),
    "failed": Meaning(word("gagal"), "loss"),
    "moved": Meaning(word("ASN pindah"), "wait"),
    "leave": Meaning(word("ASN cuti"), "wait"),
}
EVENT_KINDS: Mapping[str, str] = {
    "moved": word("ASN pindah OPD"),
    "retired": word("ASN pensiun"),
    "died": word("ASN meninggal"),
    "left": word("ASN berhenti"),
    "worker_died": word("Pekerja meninggal"),
    "worker_moved": word("Pekerja pindah tempat tinggal"),
    "worker_stopped": word("Pekerja berhenti bekerja"),
    "worker_over_age": word("Pekerja melewati batas umur"),
    "asks_stop": word("Penanggung minta berhenti"),
    "asks_pause": word("Penanggung minta jeda"),
    "asks_swap": word("Penanggung minta ganti pekerja"),
}
OWN_WISHES: Mapping[str, str] = {
    "asks_stop": word("Minta berhenti"),
    "asks_pause": word("Minta jeda"),
    "asks_swap": word("Minta ganti pekerja"),
}
SERVICE_STATES: Mapping[str, str] = {
    "serving": word("bertugas"),
    "retired": word("pensiun"),
    "died": word("meninggal"),
    "left": word("berhenti"),
}
EFFECTS: Mapping[str, str] = {
    "kept": word("Perlindungan tetap berjalan."),
    "moved": word("Perlindungan berjalan terus, dipotong di OPD baru."),
    "ended": word("Perlindungan berakhir bersama bulan itu."),
}
MUST_ACT: Mapping[str, str] = {
    "": "",
    "sponsor": word("Penanggung perlu bertindak."),
    "opd": word("OPD perlu bertindak."),
    "family": word("Keluarga perlu mengajukan klaim."),
}
END_REASONS: Mapping[str, str] = {
    "": "",
    "sponsor_stops": word("dihentikan penanggung"),
    "worker_swapped": word("pekerja diganti"),
    "handed_over": word("dialihkan ke ASN lain"),
    "paused": word("jeda"),
    "sponsor_moved": word("ASN pindah OPD"),
    "sponsor_retired": word("ASN pensiun"),
    "sponsor_died": word("ASN meninggal"),
    "sponsor_left": word("ASN berhenti"),
    "worker_died": word("pekerja meninggal"),
    "worker_stopped": word("pekerja berhenti bekerja"),
    "lapsed": word("tidak diteruskan"),
    "as_agreed": word("sesuai pernyataan"),
}
OUTREACH_REFUSALS: Mapping[str, str] = {
    "in_the_future": word("Catat sesudah acaranya berlangsung: tanggalnya belum tiba."),
    "out_of_scope": word("OPD itu tidak termasuk dalam surat edaran."),
}
