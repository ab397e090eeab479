"""What is done in an assessment: a master handed in and compared, deadlines, units named, the letter to an OPD."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.papers.assessment_letter import reminder
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.web import figures
from payung.doors.web.forms.assessment import DeadlineForm, MasterForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t
from payung.doors.web.views.assessment import comparison_asked, crumbs, line_of
from payung.doors.web.vocabulary_assessment import ADVICE, COUNTS
from payung.office.places.queries import area_of, opds_in
from payung.office.reports import assessment
from payung.office.reports.assessment import TO_DO, Cell
from payung.office.reports.masters import Letter, name_unit, set_deadline
from payung.rules.months import Month


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A personnel master; then a job that reads it and compares it with the members."""
    user = reader(request)
    area, today = area_of(user), timezone.localdate()
    form = MasterForm(request.POST or None, request.FILES or None, area=area, today=today)
    if request.method == "POST" and form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["workbook"]
        job = queue.ask(
            "take_in_master", government=area.government, by=user, at=timezone.now(), content=file.read(),
            file_name=file.name,
            arguments={
                "opd_id": told["opd"].pk, "source": told["source"], "told_on": told["told_on"].isoformat(),
                "month": str(Month.of(told["told_on"])),
            },
        )  # fmt: skip
        return redirect("job", job_id=job.pk)
    return show(
        request, "assessment_upload.html", {"form": form}, title=t("Unggah data pegawai"), part="assessment",
        crumbs=crumbs(),
    )  # fmt: skip


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Compare the newest master with the members of a month, as a job."""
    user = reader(request)
    area = area_of(user)
    newest = assessment.newest(area.government.pk)
    try:
        month = Month.parse(request.POST.get("bulan", ""))
    except ValueError:
        return redirect("assessment")
    if newest is None or not Month(2015, 7) <= month <= Month.of(timezone.localdate()).shift(1):
        return redirect("assessment")
    arguments = {"master_id": newest.master_id, "month": str(month)}
    job = queue.ask("compare_master", government=area.government, by=user, at=timezone.now(), arguments=arguments)
    return redirect("job", job_id=job.pk)


@require_POST
def deadline(request: HttpRequest) -> HttpResponse:
    """A deadline with its letter, for one OPD or for all that are not done."""
    user = reader(request)
    area = area_of(user)
    form, comparison = (
        DeadlineForm(request.POST, area=area, today=timezone.localdate()),
        comparison_asked(request, area),
    )
    if not form.is_valid() or comparison is None:
        return show(
            request, "assessment_deadline.html", {"form": form}, title=t("Tenggat dan surat pengingat"),
            part="assessment", crumbs=crumbs(),
        )  # fmt: skip
    told = form.cleaned_data
    unfinished = [line.opd_id for line in assessment.by_opd(comparison, area.opd_ids) if line.opd_id and line.to_do]
    chosen = [told["opd"]] if told["opd"] else list(opds_in(area).filter(pk__in=unfinished))
    letter = Letter(told["number"], told["written_on"], told["due_on"])
    set_deadline(opds=chosen, letter=letter, by=user, at=timezone.now())
    there = reverse("assessment-opd", kwargs={"opd_id": told["opd"].pk}) if told["opd"] else reverse("assessment")
    return redirect(f"{there}?data={comparison.pk}")


@require_POST
def unit(request: HttpRequest) -> HttpResponse:
    """Say which OPD a unit of the master is; counts follow with the next comparison."""
    user = reader(request)
    area = area_of(user)
    chosen, told = request.POST.get("opd", ""), request.POST.get("unit", "")[:200]
    if area.opd_ids is None and chosen.isdecimal() and len(chosen) < 19 and told:
        opd = get_object_or_404(opds_in(area), pk=int(chosen))
        name_unit(government=area.government, unit=told, opd=opd, by=user, at=timezone.now())
    return redirect("assessment")


@require_safe
def letter(request: HttpRequest, opd_id: int) -> HttpResponse:
    """The letter that reminds an OPD, with everybody it is about."""
    area, today = area_of(reader(request)), timezone.localdate()
    opd = get_object_or_404(opds_in(area), pk=opd_id)
    comparison = comparison_asked(request, area)
    line = line_of(comparison, opd) if comparison else None
    if comparison is None or line is None or not line.to_do:
        return redirect("assessment-opd", opd_id=opd.pk)
    named = [
        (t(COUNTS[name]), t(ADVICE[name]), [(one.name, figures.masked(one.nik)) for one in found])
        for name in TO_DO
        if (found := assessment.behind(comparison, Cell(name, everywhere=False, opd_id=opd.pk)))
    ]
    paper = reminder(opd, line.deadline, named, month=Month.of(comparison.month), printed_on=today, language=language())
    return attachment(f"pengingat-{opd.code}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")
