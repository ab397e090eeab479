"""The proof: what BPJS confirms as posted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.jobs import queue
from payung.doors.web.forms.upload import PostingUpload
from payung.doors.web.pages import reader, show
from payung.doors.web.translation import t
from payung.office.places.queries import area_of


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; then a job that takes the file in."""
    user = reader(request)
    form = PostingUpload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        job = queue.ask(
            "confirm_posted",
            government=area_of(user).government,
            by=user,
            at=timezone.now(),
            arguments={},
            content=file.read(),
            file_name=file.name,
        )
        return redirect("job", job_id=job.pk)
    return show(request, "posting_upload.html", {"form": form}, title=t("Konfirmasi posting"), part="posting-upload")
