"""A piece of work in the background, as the person who asked for it sees it."""

import uuid

from django.db import models

from payung.office.access.models import User
from payung.office.places.models import Government


class Job(models.Model):
    """Queued, running, done or failed; with step, count, rate and result. The input is sealed and goes when done."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=QUEUED)
    step = models.CharField(max_length=40, default="")
    done = models.BigIntegerField(default=0)
    whole = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    arguments = models.JSONField(default=dict)
    sealed_input = models.BinaryField(null=True)
    file_name = models.CharField(max_length=255, default="")
    result = models.JSONField(default=dict)
    sealed_output = models.BinaryField(null=True)
    message = models.TextField(default="")
