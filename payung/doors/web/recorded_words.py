"""What the row history calls tables and columns, in words a reader of Riwayat knows."""

from payung.doors.web.translation import t, word

TABLES = {
    "access_user": word("pengguna"),
    "agreements_agreement": word("perjanjian"),
    "agreements_budgetline": word("mata anggaran"),
    "agreements_decree": word("program pekerja rentan"),
    "agreements_fund": word("dana"),
    "agreements_lawreading": word("tafsir aturan"),
    "places_government": word("pemerintah daerah"),
    "places_opd": word("perangkat daerah"),
    "places_opdunit": word("unit pembayar OPD"),
    "places_paymentunit": word("unit pembayar"),
    "places_userarea": word("wilayah kerja pengguna"),
}
"""Every table that keeps its history."""

COLUMNS = {
    "agreement_id": word("perjanjian"),
    "budget_line_id": word("mata anggaran"),
    "ceiling_rupiah": word("pagu (Rp)"),
    "code": word("kode"),
    "confirmed_by": word("dipastikan oleh"),
    "effective_from": word("berlaku mulai"),
    "effective_until": word("berlaku sampai"),
    "from_month": word("mulai bulan"),
    "full_name": word("nama lengkap"),
    "fund_id": word("dana"),
    "government_id": word("pemerintah daerah"),
    "heads": word("jumlah orang"),
    "id": word("nomor"),
    "is_active": word("aktif"),
    "jkk_group": word("kelompok risiko JKK"),
    "kind": word("jenis"),
    "language": word("bahasa"),
    "membership_class": word("jenis peserta"),
    "must_change_password": word("wajib mengganti kata sandi"),
    "name": word("nama"),
    "number": word("nomor surat atau unit"),
    "opd_id": word("OPD"),
    "option": word("pilihan"),
    "own_pledges": word("hanya yang ditanggung sendiri"),
    "parties": word("para pihak"),
    "priority": word("urutan prioritas"),
    "programmes": word("program"),
    "quota": word("kuota"),
    "quota_by": word("kuota dibagi menurut"),
    "reading": word("aturan"),
    "recorded_at": word("dicatat pada"),
    "replaced_at": word("diganti pada"),
    "role": word("peran"),
    "short_name": word("nama singkat"),
    "signed_on": word("tanggal tanda tangan"),
    "title": word("judul"),
    "unit_id": word("unit pembayar"),
    "until_month": word("sampai bulan"),
    "user_id": word("pengguna"),
    "username": word("nama pengguna"),
    "village_code": word("kode kecamatan atau desa"),
    "wage_base": word("dasar upah"),
    "wage_base_frozen_at": word("dasar upah dibekukan pada"),
    "wage_base_place": word("wilayah upah minimum"),
    "wage_nominal_rupiah": word("dasar upah (Rp)"),
    "warn_days": word("hari peringatan sebelum berakhir"),
    "year": word("tahun"),
}
"""Every column of those tables."""


def table_said(name: str) -> str:
    """A table in words."""
    return t(TABLES[name])


def column_said(name: str) -> str:
    """A column in words."""
    return t(COLUMNS[name])


def value_said(value: object) -> str:
    """A value as a reader writes it."""
    if isinstance(value, bool):
        return t("ya") if value else t("tidak")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
