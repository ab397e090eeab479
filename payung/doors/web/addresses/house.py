"""The house itself: signing in, users, settings, approvals, work in the background, guide."""

from django.urls import URLPattern

from payung.doors.web.rights import Open, page
from payung.doors.web.views import (
    account,
    approval_rules,
    approvals,
    gallery,
    governments,
    guide,
    health,
    history,
    jobs,
    language,
    letterheads,
    second_factor,
    sign_in,
    users,
)
from payung.office.access.roles import Deed

PAGES: list[URLPattern] = [
    page("persetujuan", approvals.waiting, name="waiting", needs=Deed.SEE_LISTS),
    page("persetujuan/suara", approvals.lend_voice, name="voice-lend", needs=Deed.SEE_LISTS),
    page("persetujuan/suara/<int:delegation_id>", approvals.take_voice_back, name="voice-back", needs=Deed.SEE_LISTS),
    page("persetujuan/surel", approvals.set_mailbox, name="mailbox", needs=Deed.SEE_LISTS),
    page("persetujuan/aturan", approval_rules.rules, name="approval-rules", needs=Deed.SET_APPROVALS),
    page("persetujuan/aturan/tahap", approval_rules.set_steps, name="approval-steps", needs=Deed.SET_APPROVALS),
    page("persetujuan/aturan/beku", approval_rules.add_freeze, name="freeze", needs=Deed.SET_APPROVALS),
    page(
        "persetujuan/aturan/beku/<int:freeze_id>",
        approval_rules.lift_freeze,
        name="freeze-lift",
        needs=Deed.SET_APPROVALS,
    ),
    page("persetujuan/<int:proposal_id>/komentar", approvals.add_remark, name="proposal-remark", needs=Deed.SEE_LISTS),
    page("pengaturan/kop", letterheads.all_letterheads, name="letterheads", needs=Deed.SET_OFFICE),
    page("pekerjaan/<uuid:job_id>", jobs.job, name="job", needs=Open.TO_SIGNED_IN),
    page("pekerjaan/<uuid:job_id>/hasil", jobs.output, name="job-output", needs=Open.TO_SIGNED_IN),
    page("masuk", sign_in.sign_in, name="sign-in", needs=Open.TO_ALL),
    page("keluar", sign_in.sign_out, name="sign-out", needs=Open.TO_SIGNED_IN),
    page("masuk/kode", sign_in.sign_in_code, name="sign-in-code", needs=Open.TO_ALL),
    page("riwayat", history.all_changes, name="history", needs=Deed.SEE_HISTORY),
    page("pengguna", users.all_users, name="users", needs=Deed.MANAGE_USERS),
    page("pengguna/tambah", users.add, name="user-new", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>", users.one_user, name="user", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/peran", users.change_role, name="user-role", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/wilayah", users.add_area, name="user-area", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/wilayah/cabut", users.take_area, name="user-area-take", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/keadaan", users.set_active, name="user-active", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/kata-sandi", users.renew_password, name="user-password", needs=Deed.MANAGE_USERS),
    page("pengguna/<int:user_id>/langkah-kedua", users.reset_factor, name="user-factor", needs=Deed.MANAGE_USERS),
    page("akun", account.account, name="account", needs=Open.TO_SIGNED_IN),
    page("akun/kata-sandi", account.password, name="password", needs=Open.TO_SIGNED_IN),
    page("akun/langkah-kedua", second_factor.second_factor, name="second-factor", needs=Open.TO_SIGNED_IN),
    page("akun/langkah-kedua/lepas", second_factor.remove, name="second-factor-remove", needs=Open.TO_SIGNED_IN),
    page("pemda", governments.choose, name="government", needs=Open.TO_SIGNED_IN),
    page("sehat", health.health, name="health", needs=Open.TO_ALL),
    page("bahasa", language.switch_language, name="language", needs=Open.TO_ALL),
    page("panduan", guide.guide, name="guide", needs=Open.TO_SIGNED_IN),
    page("galeri", gallery.gallery, name="gallery", needs=Open.TO_SIGNED_IN),
]
