"""Words for the codes of users: roles, what is done to an account, and why not."""

from payung.doors.web.translation import word

ROLES = {
    "government_admin": word("admin pemerintah daerah"),
    "opd_operator": word("operator OPD"),
    "treasurer": word("bendahara"),
    "auditor": word("auditor"),
    "bkpsdm": word("BKPSDM"),
    "village_officer": word("petugas desa atau kelurahan"),
    "branch_officer": word("petugas cabang BPJS"),
    "sponsor": word("ASN penanggung"),
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
