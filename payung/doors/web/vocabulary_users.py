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
USER_DEEDS = (
    "add_user", "change_role", "deactivate_user", "reactivate_user", "renew_password", "change_password",
    "add_second_factor", "remove_second_factor", "grant_area", "revoke_area", "sign_in",
)  # fmt: skip
"""What is shown of the audit on a user's page."""
