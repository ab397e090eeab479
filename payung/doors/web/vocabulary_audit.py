"""Words for the audit: what a deed was done to, what its detail says, and how a chain can be broken."""

from payung.doors.web.translation import word

SUBJECTS = {
    "agreement": (word("perjanjian"), "agreement", "agreement_id"),
    "approvals": (word("aturan persetujuan"), "", ""),
    "attachment": (word("lampiran"), "", ""),
    "audit": (word("catatan"), "", ""),
    "award_entry": (word("catatan penghargaan"), "", ""),
    "award_file": (word("berkas penghargaan"), "", ""),
    "benefit": (word("manfaat"), "", ""),
    "bill": (word("tagihan"), "bill", "bill_id"),
    "boundaries": (word("batas wilayah"), "", ""),
    "budget_line": (word("mata anggaran"), "fund-line", "budget_line_id"),
    "candidate": (word("calon"), "candidate", "candidate_id"),
    "case": (word("kasus"), "claim", "case_id"),
    "circular": (word("surat edaran"), "circular", ""),
    "crediting": (word("pembukuan JHT"), "", ""),
    "decree": (word("program pekerja rentan"), "decree", "decree_id"),
    "decree_paper": (word("usulan SK"), "amendment", "amendment_id"),
    "family_report": (word("laporan keluarga"), "family-report-one", "report_id"),
    "figure": (word("angka resmi"), "official-figures", ""),
    "file": (word("berkas"), "", ""),
    "fund": (word("dana"), "", ""),
    "government": (word("pemerintah daerah"), "", ""),
    "key": (word("kunci"), "", ""),
    "layout": (word("isi kolom"), "", ""),
    "list": (word("daftar"), "list", "list_id"),
    "master": (word("data pegawai"), "assessment", ""),
    "membership": (word("kepesertaan"), "", ""),
    "minutes": (word("berita acara"), "minutes", ""),
    "opd": (word("OPD"), "", ""),
    "outside": (word("daftar dari luar"), "outside", "outside_id"),
    "person": (word("orang"), "person", "person_id"),
    "pledge": (word("tanggungan"), "pledge", "pledge_id"),
    "proposal": (word("usulan"), "", ""),
    "receipt": (word("uang masuk"), "receipt", "receipt_id"),
    "row": (word("baris daftar"), "", ""),
    "run": (word("konsep tagihan"), "bill-run", "run_id"),
    "sample": (word("sampel"), "", ""),
    "scenario": (word("skenario"), "scenario", "scenario_id"),
    "sign-in": (word("percobaan masuk"), "", ""),
    "sponsor": (word("ASN penanggung"), "servant", "sponsor_id"),
    "statement": (word("pernyataan atau rekening koran"), "", ""),
    "submission": (word("berkas BPJS"), "", ""),
    "unit": (word("unit pembayar"), "submission-unit", "unit_id"),
    "upload": (word("unggahan"), "", ""),
    "user": (word("pengguna"), "user", "user_id"),
}
"""Kind of subject -> its word, the page that shows it, and the part of that page's address that is its number."""
NAMED_APART = ("approvals", "government", "sample", "sign-in")
"""What follows the kind is no number of a record."""

COUNTS = {
    "bills": word("jumlah tagihan"),
    "candidates": word("jumlah calon"),
    "events": word("perbuatan"),
    "heads": word("jumlah orang"),
    "journals": word("jurnal"),
    "known": word("sudah tercatat"),
    "lines": word("baris"),
    "lists": word("jumlah daftar"),
    "opds": word("OPD"),
    "opened": word("nomor dibuka"),
    "people": word("jumlah orang"),
    "pledges": word("jumlah tanggungan"),
    "posted": word("diposting"),
    "quota": word("kuota"),
    "rows": word("baris"),
    "settled": word("terjawab atau lunas"),
    "unmatched": word("belum cocok"),
}
RUPIAH = ("amount_rupiah", "total_rupiah")
MONTHS = {
    "month": word("bulan"),
    "from_month": word("mulai bulan"),
    "last_month": word("bulan terakhir"),
    "until_month": word("sampai bulan"),
}
DAYS = {
    "due_on": word("tenggat"),
    "first_day": word("mulai"),
    "last_day": word("sampai"),
    "on": word("tanggal"),
    "decided_on": word("tanggal putusan"),
}
TEXTS = {
    "number": word("nomor surat"),
    "letter": word("nomor surat"),
    "document": word("dasar"),
    "reference": word("nomor bukti"),
    "reason": word("alasan"),
    "seed": word("benih"),
}
"""What a detail may say of a deed, by the names it uses; whatever is not named here stays in the record."""

CHAIN_FAULTS = {
    "link_missing": word("mata rantai hilang"),
    "event_missing": word("peristiwanya dihapus"),
    "event_changed": word("peristiwanya diubah, disisipkan, atau dipindah urutan"),
    "detail_changed": word("isi peristiwanya diubah"),
    "redacted_unrecorded": word("isi peristiwanya dikosongkan tanpa catatan"),
    "event_unlinked": word("peristiwa disisipkan di luar rantai"),
    "tail_missing": word("ujung rantai hilang atau tidak cocok dengan kepalanya"),
    "head_unknown": word("kepala yang pernah dicatat tidak ada lagi: rantai ditulis ulang"),
    "journal_missing": word("jurnalnya dihapus"),
    "journal_changed": word("jurnalnya diubah, disisipkan, atau dipindah urutan"),
    "journal_unlinked": word("jurnal disisipkan di luar rantai"),
    "unbalanced": word("jurnalnya tidak berjumlah nol"),
}
"""Of the audit's chain and of the ledger's."""
