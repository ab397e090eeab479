"""Work in the background: how far it is, and where its result is."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.models import Job
from payung.doors.jobs.queue import Look
from payung.doors.web.components import Progress
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import WORKBOOK_TYPE, attachment
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import JOB_KINDS
from payung.doors.web.vocabulary_sponsorship import SERVANT_REFUSALS
from payung.office.places.queries import area_of

PART = {
    "receive_list": "list-upload",
    "seek_for_plan": "identities",
    "seek_twins": "identities",
    **dict.fromkeys(("read_waiting", "recheck_list"), "lists"),
    "apply_plan": "lists",
    "monthly_sheet": "monthly-sheet",
    **dict.fromkeys(("take_in_outside", "match_outside", "propose_outside", "propose_outside_claims"), "outside-lists"),
    "findings_workbook": "lists",
    "bill_paper": "bills",
    "bill_workbook": "bills",
    "bill_pack": "bills",
    "bill_month": "bill-month",
    "confirm_posted": "posting-upload",
    "take_in_statement": "money",
    "count_months": "numbers",
    "freeze_award": "award",
    **dict.fromkeys(("take_in_master", "compare_master"), "assessment"),
    "credit_savings": "savings",
    "page_file": "",
    "verify_chains": "audit",
    "take_in_sponsors": "servants",
    **dict.fromkeys(("take_in_list", "check_candidates", "propose_decree", "decree_in_force"), "decrees"),
    **dict.fromkeys(
        ("finalise_submission", "submission_files", "incomplete_people", "receive_from_bpjs"), "submissions"
    ),
}
PLAIN_PAGES = {
    "take_in_statement": ((word("Lihat yang menunggu"), "receipts"), (word("Kembali ke rekening koran"), "money")),
    "credit_savings": ((word("Lihat simpanan"), "savings"),),
    **dict.fromkeys(("seek_for_plan", "seek_twins"), ((word("Lihat pertanyaannya"), "identities"),)),
    **dict.fromkeys(("take_in_master", "compare_master"), ((word("Lihat asesmennya"), "assessment"),)),
    "verify_chains": ((word("Lihat hasilnya"), "audit"),),
}
"""Where these jobs lead, whatever their result."""
TRY_AGAIN = {"take_in_statement": "statement-upload"}
"""Where a job that failed was asked for, if not on the page of its part."""
TYPES = {".pdf": "application/pdf", ".zip": "application/zip"}

SIMPLY = {
    "credit_savings": (word("Lihat simpanan"), "savings"),
    "confirm_posted": (word("Lihat yang belum cocok"), "three-way"),
    "freeze_award": (word("Lihat berkas penghargaan"), "award"),
    "take_in_sponsors": (word("Lihat daftar ASN"), "servants"),
    "monthly_sheet": (word("Unggah lembar yang sudah diisi"), "list-upload"),
}
"""Where the results of these kinds are, whatever they were."""


@require_safe
def job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The progress; asked by htmx only its part, asked plainly the page that reloads itself."""
    look = _own(request, job_id)
    content = {"look": look, "work": _progress(look), "onward": _onward(look), "servant_reasons": SERVANT_REFUSALS}
    if getattr(request, "htmx", False):
        return render(request, "job_part.html", content)
    return show(request, "job.html", content, title=t(JOB_KINDS[look.kind]), part=PART[look.kind])


@require_safe
def output(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The file that the job made."""
    _own(request, job_id)
    try:
        name, content = queue.output(str(job_id), government=area_of(reader(request)).government)
    except Job.DoesNotExist as missing:
        raise Http404 from missing
    return attachment(name, content, TYPES.get(name[-4:], WORKBOOK_TYPE))


def _own(request: HttpRequest, job_id: uuid.UUID) -> Look:
    """The job, when the reader asked for it: what others asked for may show what he must not see."""
    user = reader(request)
    if not Job.objects.filter(pk=job_id, asked_by=user).exists():
        raise Http404
    return queue.look(str(job_id), government=area_of(user).government)


def _progress(look: Look) -> Progress:
    return Progress(
        label=look.file_name or t(JOB_KINDS[look.kind]),
        done=look.done,
        total=look.whole,
        per_second=round(look.rate) if look.rate else None,
        seconds_left=look.seconds_left,
        finished=look.finished,
    )


def _onward(look: Look) -> list[tuple[str, str]]:
    """Where the result is, the most wanted first."""
    result = look.result
    if look.state == Job.FAILED:
        again = TRY_AGAIN.get(look.kind, PART[look.kind])
        return [(t("Kembali dan coba lagi"), reverse(again))] if again else []
    if look.state != Job.DONE:
        return []
    if PART[look.kind] == "outside-lists" or look.kind in ("receive_list", "read_waiting", "recheck_list"):
        return _of_list(result)
    if look.kind == "count_months":
        return [(t("Lihat lima angka"), f"{reverse('numbers')}?{result['asked']}")]
    if look.kind == "apply_plan":
        return [(t("Kembali ke rencana"), reverse("plan", kwargs={"plan_id": result["plan_id"]}))]
    if look.kind in ("take_in_list", "check_candidates"):
        return [(t("Lihat calon"), reverse("candidates", kwargs={"decree_id": result["decree_id"]}))]
    if look.kind in ("propose_decree", "decree_in_force"):
        paper = (t("Lihat usulan SK"), reverse("amendment", kwargs={"amendment_id": result["amendment_id"]}))
        plans = (
            [(t("Lihat rencana"), reverse("plan", kwargs={"plan_id": result["plan_id"]}))]
            if "plan_id" in result
            else []
        )
        return [*plans, paper]
    if look.kind in PLAIN_PAGES:
        return [(t(label), reverse(name)) for label, name in PLAIN_PAGES[look.kind]]
    if look.kind == "bill_month":
        return [(t("Periksa konsep tagihan"), reverse("bill-run", kwargs={"run_id": result["run_id"]}))]
    output = [(t("Unduh berkasnya"), reverse("job-output", kwargs={"job_id": look.id}))] if look.has_output else []
    if "unit_id" in result:
        return [*output, *_of_unit(result)]
    return [*output, _back(look.kind, result)]


def _back(kind: str, result: Mapping[str, Any]) -> tuple[str, str]:
    """Where the file belongs that the job made."""
    if kind == "page_file":
        return t("Kembali ke daftar"), str(result["back"])
    if kind in ("bill_paper", "bill_workbook", "bill_pack"):
        return t("Kembali ke tagihan"), reverse("bill", kwargs={"bill_id": result["bill_id"]})
    if kind == "findings_workbook":
        return t("Kembali ke daftar"), reverse("list", kwargs={"list_id": result["list_id"]})
    label, page = SIMPLY.get(kind, (word("Lihat tagihan"), "bills"))
    return t(label), reverse(page)


def _of_list(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a list that was read leads: to its columns while nobody has named them, else to its plan. A list of others
    has a page of its own.
    """
    if "outside_id" in result:
        return [(t("Lihat daftar dari luar"), reverse("outside", kwargs={"outside_id": result["outside_id"]}))]
    if "upload_id" in result:
        return [(t("Tentukan isi kolom"), reverse("upload-waiting", kwargs={"upload_id": result["upload_id"]}))]
    of_list = {"list_id": result["list_id"]}
    if "monthly" in result:
        return [(t("Lihat perubahannya"), reverse("monthly", kwargs=of_list))]
    changed = [(t("Lihat yang berubah"), reverse("list-changes", kwargs=of_list))] if result.get("corrected") else []
    return [
        *changed,
        (t("Lihat rencana"), reverse("plan", kwargs={"plan_id": result["plan_id"]})),
        (t("Lihat temuan"), reverse("list", kwargs=of_list)),
    ]


def _of_unit(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where something about files for BPJS leads: the reply when there is one, and the unit."""
    month = f"?bulan={result['month']}" if "month" in result else ""
    unit = (t("Kembali ke berkas BPJS"), reverse("submission-unit", kwargs={"unit_id": result["unit_id"]}) + month)
    if "reply_id" not in result:
        return [unit]
    return [(t("Lihat jawaban BPJS"), reverse("reply", kwargs={"reply_id": result["reply_id"]})), unit]
