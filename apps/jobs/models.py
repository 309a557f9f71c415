"""Work that outlives a request, and the answers that a repeated request gets again.

Rows hold ids and plain words only, never a team's content: they live in public, where no schema guards them.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """One piece of work. `attempts` is the fence: only the attempt with the lease may write progress or results."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        SUCCEEDED = "succeeded", "Succeeded"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    class Queue(models.TextChoices):
        DEFAULT = "default", "Default"
        PRIORITY = "priority", "Priority"
        ANALYSIS = "analysis", "Analysis"
        BATCH = "batch", "Analysis that nobody waits for"
        BACKGROUND = "background", "Background"

    ACTIVE: ClassVar[tuple[str, ...]] = (State.QUEUED, State.RUNNING)
    # Set on the object that `submit_job` returns when it wrote a new row rather than found an active twin.
    is_new = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    team = models.ForeignKey("teams.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    queue = models.CharField(max_length=12, choices=Queue.choices, default=Queue.DEFAULT)
    dedup_key = models.CharField(max_length=160, blank=True, default="")
    params = models.JSONField(default=dict, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_message = models.CharField(max_length=200, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)
    traceback = models.TextField(blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    lease_until = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(default=timezone.now)
    republished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(
        null=True, blank=True, help_text="Gave up after an unexpected error; can be replayed."
    )
    end_heard_at = models.DateTimeField(
        null=True, blank=True, help_text="When those who wait for the end of a failed job had been told."
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "team", "dedup_key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(dedup_key=""),
                nulls_distinct=False,
                name="jobs_job_one_active",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-created_at", "-id"], name="jobs_job_team"),
            models.Index(fields=["queue", "created_at"], condition=Q(state="queued"), name="jobs_job_queued"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_job_running"),
            models.Index(fields=["finished_at"], name="jobs_job_finished"),
            models.Index(fields=["dead_at"], condition=Q(dead_at__isnull=False), name="jobs_job_dead"),
            models.Index(
                fields=["finished_at"],
                condition=Q(state__in=["failed", "cancelled"], end_heard_at=None),
                name="jobs_job_end_unheard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def progress(self) -> dict[str, Any]:
        return {"done": self.progress_done, "total": self.progress_total, "message": self.progress_message}


class IdempotencyRecord(models.Model):
    """A key, bound at first use to one request of one actor, and the 2xx answer it got."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        OPEN = "open", "Open: the last try was refused and may be repeated"
        DONE = "done", "Done"

    team = models.ForeignKey("teams.Team", null=True, on_delete=models.CASCADE, related_name="+")
    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    lease_until = models.DateTimeField()
    holder = models.UUIDField(default=uuid.uuid4, help_text="The try that runs now; only it may store the answer.")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "actor", "key"], nulls_distinct=False, name="jobs_idempotencyrecord_unique"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="jobs_idempotency_expires")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.key}"
