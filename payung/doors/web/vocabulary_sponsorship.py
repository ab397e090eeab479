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
    "no_consent": word("Surat bertanda tangan belum ada."),
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
}
