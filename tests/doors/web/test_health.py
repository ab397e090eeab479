"""What a watcher is told: a worker that is there, one that fell silent, how long work waits."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payung.doors.jobs.health import SILENT_AFTER


def asked(client: Client) -> tuple[int, dict[str, object]]:
    answer = client.get(reverse("health"))
    return answer.status_code, json.loads(answer.content)


@pytest.mark.django_db
def test_the_worker_is_there_and_falls_silent(client: Client) -> None:
    status, told = asked(client)
    assert (status, told["worker"]) == (503, "away")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert asked(client) == (200, {"worker": "there", "oldest_job_waits_seconds": 0})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timezone.now() - 2 * SILENT_AFTER])
    assert asked(client)[0] == 503


@pytest.mark.django_db
def test_how_long_the_oldest_job_waits(client: Client) -> None:
    long_ago = timezone.now() - timedelta(minutes=10)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('payung', 'run_job') RETURNING id"
        )
        cursor.execute("UPDATE procrastinate_events SET at = %s", [long_ago])
    waited = asked(client)[1]["oldest_job_waits_seconds"]
    assert isinstance(waited, int)
    assert 600 <= waited < 700
