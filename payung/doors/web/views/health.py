"""The page for a watcher: whether database and worker are there. No log-in, and nobody's data."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from payung.doors.jobs.health import health as stands


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 without a worker; without a database no page opens, and this one is a 500."""
    found = stands(timezone.now())
    worker = "there" if found.worker else "away"
    told = {"worker": worker, "oldest_job_waits_seconds": found.waiting_seconds}
    return JsonResponse(told, status=200 if found.worker else 503)
