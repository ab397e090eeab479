"""Accidents, deaths, old age: cases, their papers and their money; what a family tells."""

from django.urls import URLPattern

from payung.doors.web.rights import Open, page
from payung.doors.web.views import (
    claim_case,
    claim_figures,
    claim_handing,
    claim_papers,
    claim_steps,
    claims,
    covered,
    family_report,
)
from payung.office.access.roles import Deed

PAGES: list[URLPattern] = [
    page("klaim", claims.overview, name="claims", needs=Deed.SEE_CLAIMS),
    page("klaim/angka", claim_figures.overview, name="claims-figures", needs=Deed.SEE_CLAIMS),
    page("klaim/angka/klaim", claim_figures.behind, name="claims-figures-list", needs=Deed.SEE_CLAIMS),
    page("klaim/serah-terima", claim_handing.hand_over, name="claims-hand-over", needs=Deed.OPEN_CLAIM),
    page("klaim/daftar", claims.take_list, name="claims-list", needs=Deed.OPEN_CLAIM),
    page("klaim/akhiri", claims.end_billing, name="claims-end", needs=Deed.ASSESS_CLAIM),
    page("klaim/akhiri/<int:ending_id>", claims.decide_ending, name="claims-end-decide", needs=Deed.APPROVE_CLAIM),
    page("orang/<int:person_id>/kasus", claim_case.new, name="claim-new", needs=Deed.OPEN_CLAIM),
    page("orang/<int:person_id>/terlindungi", covered.covered, name="covered", needs=Deed.SEE_CLAIMS),
    page("orang/<int:person_id>/terlindungi/pdf", covered.paper, name="covered-paper", needs=Deed.SEE_CLAIMS),
    page("klaim/<int:case_id>", claim_case.case, name="claim", needs=Deed.SEE_CLAIMS),
    page("klaim/<int:case_id>/manfaat", claim_case.take_up, name="claim-take-up", needs=Deed.OPEN_CLAIM),
    page("klaim/<int:case_id>/bukan", claim_case.drop, name="claim-drop", needs=Deed.OPEN_CLAIM),
    page("klaim/<int:case_id>/tutup", claim_case.close, name="claim-close", needs=Deed.OPEN_CLAIM),
    page("klaim/<int:case_id>/keterangan", claim_case.facts, name="claim-facts", needs=Deed.OPEN_CLAIM),
    page("klaim/<int:case_id>/ahli-waris", claim_case.heirs, name="claim-heirs", needs=Deed.OPEN_CLAIM),
    page("klaim/<int:case_id>/dokumen", claim_case.add_paper, name="claim-document", needs=Deed.OPEN_CLAIM),
    page("klaim/dokumen/<int:document_id>", claim_papers.open_paper, name="claim-paper", needs=Deed.OPEN_CLAIM),
    page(
        "klaim/dokumen/<int:document_id>/keluar", claim_papers.take_out, name="claim-paper-out", needs=Deed.OPEN_CLAIM
    ),
    page("klaim/manfaat/<int:benefit_id>/nilai", claim_steps.assess, name="claim-assess", needs=Deed.ASSESS_CLAIM),
    page("klaim/nilai/<int:assessment_id>", claim_steps.decide, name="claim-decide", needs=Deed.APPROVE_CLAIM),
    page("klaim/manfaat/<int:benefit_id>/ajukan", claim_steps.submit, name="claim-submit", needs=Deed.ASSESS_CLAIM),
    page("klaim/manfaat/<int:benefit_id>/keberatan", claim_steps.appeal, name="claim-appeal", needs=Deed.OPEN_CLAIM),
    page("klaim/manfaat/<int:benefit_id>/jawaban", claim_steps.answer, name="claim-answer", needs=Deed.RECORD_PAYOUT),
    page("klaim/manfaat/<int:benefit_id>/bayar", claim_steps.payout, name="claim-payout", needs=Deed.RECORD_PAYOUT),
    page(
        "klaim/manfaat/<int:benefit_id>/batal", claim_steps.take_back, name="claim-take-back", needs=Deed.RECORD_PAYOUT
    ),
    page("klaim/manfaat/<int:benefit_id>/kurang", claim_papers.missing, name="claim-missing", needs=Deed.SEE_CLAIMS),
    page("klaim/manfaat/<int:benefit_id>/surat", claim_papers.letter, name="claim-letter", needs=Deed.SEE_CLAIMS),
    page("klaim/manfaat/<int:benefit_id>/berkas", claim_papers.pack, name="claim-pack", needs=Deed.OPEN_CLAIM),
    page("lapor", family_report.tell, name="family-report", needs=Open.TO_ALL),
    page("klaim/laporan", family_report.waiting, name="family-reports", needs=Deed.OPEN_CLAIM),
    page("klaim/laporan/<int:report_id>", family_report.one, name="family-report-one", needs=Deed.OPEN_CLAIM),
    page(
        "klaim/laporan/<int:report_id>/orang/<int:person_id>",
        family_report.match,
        name="family-report-match",
        needs=Deed.OPEN_CLAIM,
    ),
    page("klaim/laporan/<int:report_id>/sisih", family_report.aside, name="family-report-aside", needs=Deed.OPEN_CLAIM),
]
