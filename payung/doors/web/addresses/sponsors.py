"""Civil servants who carry a worker: circular, pledges, deductions, ranking, outreach."""

from django.urls import URLPattern

from payung.doors.web.rights import Open, page
from payung.doors.web.views import (
    circulars,
    deduction_list,
    deductions,
    pledge,
    pledges,
    ranking,
    servants,
    sponsor_papers,
)
from payung.office.access.roles import Deed

PAGES: list[URLPattern] = [
    page("tanggungan", pledges.overview, name="pledges", needs=Deed.PLEDGE),
    page("tanggungan/baru", pledges.new, name="pledge-new", needs=Deed.PLEDGE),
    page("tanggungan/baru/<int:person_id>", pledges.new, name="pledge-new-of", needs=Deed.DEDUCT),
    page("tanggungan/surat", pledges.letter, name="pledge-letter", needs=Deed.PLEDGE),
    page("tanggungan/persetujuan", pledges.file_consent, name="pledge-consent", needs=Deed.DEDUCT),
    page("tanggungan/asn", circulars.all_servants, name="servants", needs=Deed.FOLLOW_SPONSORS),
    page("tanggungan/asn/cari", servants.find, name="servant-find", needs=Deed.FOLLOW_SPONSORS),
    page("tanggungan/asn/<int:sponsor_id>", servants.one, name="servant", needs=Deed.FOLLOW_SPONSORS),
    page(
        "tanggungan/asn/<int:sponsor_id>/kejadian", servants.happened, name="servant-event", needs=Deed.FOLLOW_SPONSORS
    ),
    page("tanggungan/asn/<int:sponsor_id>/kertas", servants.paper, name="servant-paper", needs=Deed.FOLLOW_SPONSORS),
    page("tanggungan/asn/unggah", circulars.upload, name="servants-upload", needs=Deed.KEEP_SPONSORS),
    page("tanggungan/asn/akun", circulars.bind, name="servants-login", needs=Deed.KEEP_SPONSORS),
    page("tanggungan/edaran", circulars.circular, name="circular", needs=Deed.KEEP_SPONSORS),
    page("tanggungan/edaran/catat", circulars.issue, name="circular-issue", needs=Deed.SET_OFFICE),
    page("tanggungan/edaran/opd", circulars.more_opds, name="circular-opds", needs=Deed.SET_OFFICE),
    page("tanggungan/<int:pledge_id>", pledge.one, name="pledge", needs=Deed.PLEDGE),
    page("tanggungan/<int:pledge_id>/batal", pledge.withdrawn, name="pledge-withdraw", needs=Deed.PLEDGE),
    page("tanggungan/<int:pledge_id>/langkah", pledge.step, name="pledge-step", needs=Deed.DEDUCT),
    page("tanggungan/<int:pledge_id>/tukar", pledge.swap_worker, name="pledge-swap", needs=Deed.DEDUCT),
    page("tanggungan/<int:pledge_id>/kejadian", pledge.happened, name="pledge-event", needs=Deed.DEDUCT),
    page("tanggungan/<int:pledge_id>/permintaan", pledge.wish, name="pledge-wish", needs=Deed.PLEDGE),
    page("tanggungan/<int:pledge_id>/pemda-lain", pledge.elsewhere, name="pledge-elsewhere", needs=Deed.DEDUCT),
    page("tanggungan/<int:pledge_id>/kertas", sponsor_papers.of_pledge, name="pledge-paper", needs=Deed.PLEDGE),
    page("tanggungan/<int:pledge_id>/surat", sponsor_papers.signed, name="pledge-signed", needs=Deed.DEDUCT),
    page("tanggungan/bukti", sponsor_papers.receipt, name="sponsor-receipt", needs=Deed.PLEDGE),
    page("asn-peduli", ranking.first_page, name="sponsorship", needs=Open.TO_SIGNED_IN),
    page("peringkat-opd", ranking.overview, name="ranking", needs=Deed.SEE_PROGRAMME),
    page("peringkat-opd/umum", circulars.publish, name="ranking-publish", needs=Deed.KEEP_SPONSORS),
    page("umum/peringkat-opd", ranking.for_all, name="ranking-public", needs=Open.TO_ALL),
    page("sosialisasi", ranking.outreach, name="outreach", needs=Deed.KEEP_SPONSORS),
    page("sosialisasi/catat", ranking.note, name="outreach-note", needs=Deed.KEEP_SPONSORS),
    page("sosialisasi/surat", ranking.letter, name="outreach-letter", needs=Deed.KEEP_SPONSORS),
    page("potongan", deductions.month, name="deductions", needs=Deed.SEE_BILLS),
    page("potongan/<int:deduction_list_id>", deduction_list.one, name="deduction-list", needs=Deed.SEE_BILLS),
    page(
        "potongan/<int:deduction_list_id>/batal",
        deduction_list.take_back,
        name="deductions-take-back",
        needs=Deed.DEDUCT,
    ),
    page("potongan/susun", deductions.fix, name="deductions-fix", needs=Deed.DEDUCT),
    page("potongan/excel", deductions.workbook, name="deductions-workbook", needs=Deed.SEE_BILLS),
    page("potongan/pdf", deductions.pdf, name="deductions-pdf", needs=Deed.SEE_BILLS),
    page("potongan/hasil", deductions.returned, name="deductions-return", needs=Deed.DEDUCT),
    page("potongan/bayar", deductions.paid, name="deductions-pay", needs=Deed.RECEIVE_PAYMENT),
]
