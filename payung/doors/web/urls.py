"""Every page: its address, its view, its name, and what it needs. What is not here does not open."""

from django.urls import URLPattern

from payung.doors.web.rights import Open, page
from payung.doors.web.views import (
    account,
    approval_rules,
    approvals,
    bills,
    counted,
    explanations,
    findings,
    gallery,
    governments,
    history,
    home,
    jobs,
    language,
    lists,
    people,
    plans,
    postings,
    privacy,
    second_factor,
    sign_in,
)  # fmt: skip
from payung.office.access.roles import Deed

urlpatterns: list[URLPattern] = [
    page("", home.home, name="home", needs=Deed.SEE_PROGRAMME),
    page("program/orang", counted.counted, name="counted", needs=Deed.SEE),
    page("daftar", lists.all_lists, name="lists", needs=Deed.SEE_LISTS),
    page("daftar/unggah", lists.upload, name="list-upload", needs=Deed.RECEIVE_LIST),
    page("daftar/<int:list_id>", findings.one_list, name="list", needs=Deed.SEE_LISTS),
    page("daftar/<int:list_id>/orang", findings.rows, name="list-rows", needs=Deed.SEE_LISTS),
    page("daftar/<int:list_id>/rencana", lists.plan_again, name="list-plan", needs=Deed.RECEIVE_LIST),
    page("daftar/<int:list_id>/temuan", lists.findings_workbook, name="list-findings", needs=Deed.SEE_MARKS),
    page("rencana/<int:plan_id>", plans.plan, name="plan", needs=Deed.SEE_LISTS),
    page("rencana/<int:plan_id>/putusan", plans.decide_plan, name="plan-decide", needs=Deed.APPROVE_PLAN),
    page("rencana/<int:plan_id>/terapkan", plans.apply_plan, name="plan-apply", needs=Deed.RECEIVE_LIST),
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
    page("peserta", people.people, name="people", needs=Deed.SEE),
    page("peserta/cari", people.find, name="people-search", needs=Deed.SEE),
    page("peserta/<int:person_id>", people.person, name="person", needs=Deed.SEE),
    page("peserta/<int:person_id>/nomor", people.open_marks, name="person-marks", needs=Deed.SEE_MARKS),
    page("peserta/<int:person_id>/permintaan", privacy.ask, name="request-new", needs=Deed.ANSWER_REQUESTS),
    page("data-pribadi", privacy.processing, name="processing", needs=Deed.SEE),
    page("data-pribadi/permintaan", privacy.all_requests, name="requests", needs=Deed.ANSWER_REQUESTS),
    page("data-pribadi/permintaan/<int:request_id>", privacy.one_request, name="request", needs=Deed.ANSWER_REQUESTS),
    page(
        "data-pribadi/permintaan/<int:request_id>/jawaban",
        privacy.answer_request,
        name="request-answer",
        needs=Deed.ANSWER_REQUESTS,
    ),
    page(
        "data-pribadi/permintaan/<int:request_id>/data", privacy.data, name="request-data", needs=Deed.ANSWER_REQUESTS
    ),
    page("tagihan", bills.bills, name="bills", needs=Deed.SEE_BILLS),
    page("tagihan/buat", bills.bill_month, name="bill-month", needs=Deed.BILL),
    page("tagihan/<int:bill_id>", bills.bill, name="bill", needs=Deed.SEE_BILLS),
    page("tagihan/<int:bill_id>/bayar", bills.pay, name="bill-pay", needs=Deed.RECEIVE_PAYMENT),
    page("tagihan/<int:bill_id>/pdf", bills.pdf, name="bill-pdf", needs=Deed.SEE_BILLS),
    page("tagihan/<int:bill_id>/excel", bills.excel, name="bill-excel", needs=Deed.SEE_BILLS),
    page("tagihan/baris/<int:line_id>", explanations.line, name="bill-line", needs=Deed.SEE_BILLS),
    page("posting/unggah", postings.upload, name="posting-upload", needs=Deed.CONFIRM_POSTED),
    page("pekerjaan/<uuid:job_id>", jobs.job, name="job", needs=Open.TO_SIGNED_IN),
    page("pekerjaan/<uuid:job_id>/hasil", jobs.output, name="job-output", needs=Open.TO_SIGNED_IN),
    page("masuk", sign_in.sign_in, name="sign-in", needs=Open.TO_ALL),
    page("keluar", sign_in.sign_out, name="sign-out", needs=Open.TO_SIGNED_IN),
    page("masuk/kode", sign_in.sign_in_code, name="sign-in-code", needs=Open.TO_ALL),
    page("riwayat", history.all_changes, name="history", needs=Deed.SEE_HISTORY),
    page("akun", account.account, name="account", needs=Open.TO_SIGNED_IN),
    page("akun/kata-sandi", account.password, name="password", needs=Open.TO_SIGNED_IN),
    page("akun/langkah-kedua", second_factor.second_factor, name="second-factor", needs=Open.TO_SIGNED_IN),
    page("akun/langkah-kedua/lepas", second_factor.remove, name="second-factor-remove", needs=Open.TO_SIGNED_IN),
    page("pemda", governments.choose, name="government", needs=Open.TO_SIGNED_IN),
    page("bahasa", language.switch_language, name="language", needs=Open.TO_ALL),
    page("galeri", gallery.gallery, name="gallery", needs=Open.TO_SIGNED_IN),
]

handler403 = "payung.doors.web.views.errors.forbidden"
handler404 = "payung.doors.web.views.errors.not_found"
handler500 = "payung.doors.web.views.errors.broken"
