"""People: who is protected, whose data is kept, who is verified."""

from django.urls import URLPattern

from payung.doors.web.rights import page
from payung.doors.web.views import (
    agreement_people,
    agreements,
    candidate,
    candidates,
    chain,
    corrections,
    decree_lists,
    decrees,
    people,
    privacy,
    savings,
    village_status,
)
from payung.office.access.roles import Deed

PAGES: list[URLPattern] = [
    page("peserta", people.people, name="people", needs=Deed.SEE),
    page("peserta/cari", people.find, name="people-search", needs=Deed.SEE),
    page("peserta/<int:person_id>", people.person, name="person", needs=Deed.SEE),
    page("peserta/<int:person_id>/nomor", people.open_marks, name="person-marks", needs=Deed.SEE_MARKS),
    page("peserta/<int:person_id>/pemda-lain", people.ask_elsewhere, name="person-elsewhere", needs=Deed.RECEIVE_LIST),
    page("peserta/<int:person_id>/rantai", chain.chain, name="person-chain", needs=Deed.SEE),
    page("peserta/<int:person_id>/jht", savings.account, name="person-savings", needs=Deed.SEE),
    page("peserta/<int:person_id>/jht/pdf", savings.account_pdf, name="person-savings-pdf", needs=Deed.SEE),
    page("peserta/<int:person_id>/permintaan", privacy.ask, name="request-new", needs=Deed.ANSWER_REQUESTS),
    page("perjanjian/<int:agreement_id>/orang", agreement_people.people, name="agreement-people", needs=Deed.SEE),
    page("data-pribadi", privacy.processing, name="processing", needs=Deed.SEE),
    page("data-pribadi/permintaan", privacy.all_requests, name="requests", needs=Deed.ANSWER_REQUESTS),
    page("data-pribadi/permintaan/<int:request_id>", privacy.one_request, name="request", needs=Deed.ANSWER_REQUESTS),
    page(
        "data-pribadi/permintaan/<int:request_id>/koreksi",
        corrections.propose,
        name="request-correct",
        needs=Deed.ANSWER_REQUESTS,
    ),
    page(
        "data-pribadi/permintaan/<int:request_id>/koreksi/putusan",
        corrections.decide,
        name="request-correction-decide",
        needs=Deed.ANSWER_REQUESTS,
    ),
    page(
        "data-pribadi/permintaan/<int:request_id>/koreksi/nomor",
        corrections.open_values,
        name="request-correction-open",
        needs=Deed.ANSWER_REQUESTS,
    ),
    page(
        "data-pribadi/permintaan/<int:request_id>/jawaban",
        privacy.answer_request,
        name="request-answer",
        needs=Deed.ANSWER_REQUESTS,
    ),
    page(
        "data-pribadi/permintaan/<int:request_id>/data", privacy.data, name="request-data", needs=Deed.ANSWER_REQUESTS
    ),
    page("verval", decrees.all_decrees, name="decrees", needs=Deed.SEE),
    page("verval/baru", decrees.new, name="decree-new", needs=Deed.VERIFY_CANDIDATE),
    page("verval/<int:decree_id>", decrees.one, name="decree", needs=Deed.SEE),
    page("verval/<int:decree_id>/kabar", village_status.village_status, name="village-status", needs=Deed.SEE),
    page("verval/<int:decree_id>/orang", decrees.people_behind, name="decree-people", needs=Deed.SEE),
    page("verval/<int:decree_id>/unggah", decrees.take_in, name="decree-upload", needs=Deed.VERIFY_CANDIDATE),
    page("verval/<int:decree_id>/periksa", decrees.check, name="decree-check", needs=Deed.VERIFY_CANDIDATE),
    page("verval/<int:decree_id>/calon", candidates.pool_page, name="candidates", needs=Deed.SEE),
    page("verval/<int:decree_id>/calon/baru", candidates.new, name="candidate-new", needs=Deed.PROPOSE_CANDIDATE),
    page("verval/<int:decree_id>/pernyataan", candidates.state, name="candidates-state", needs=Deed.PROPOSE_CANDIDATE),
    page("verval/calon/<int:candidate_id>", candidate.one, name="candidate", needs=Deed.SEE),
    page(
        "verval/calon/<int:candidate_id>/tarik",
        candidate.taken_back,
        name="candidate-back",
        needs=Deed.PROPOSE_CANDIDATE,
    ),
    page("verval/calon/<int:candidate_id>/kunjungan", candidate.visit, name="visit", needs=Deed.VERIFY_CANDIDATE),
    page("verval/<int:decree_id>/sk", decree_lists.listed, name="decree-list", needs=Deed.SEE),
    page("verval/<int:decree_id>/usulan", decree_lists.propose, name="decree-propose", needs=Deed.VERIFY_CANDIDATE),
    page("verval/sk/<int:amendment_id>", decree_lists.amendment, name="amendment", needs=Deed.SEE),
    page(
        "verval/sk/<int:amendment_id>/putusan",
        decree_lists.decide_on,
        name="amendment-decide",
        needs=Deed.APPROVE_DECREE,
    ),
    page(
        "verval/sk/<int:amendment_id>/berlaku",
        decree_lists.enforce,
        name="amendment-enforce",
        needs=Deed.VERIFY_CANDIDATE,
    ),
    page("verval/sk/<int:amendment_id>/lampiran", decree_lists.annex, name="amendment-annex", needs=Deed.SEE),
    page(
        "verval/sk/<int:amendment_id>/berkas",
        agreements.attach_to_decree,
        name="amendment-attach",
        needs=Deed.VERIFY_CANDIDATE,
    ),
]
