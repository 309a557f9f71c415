"""What is remembered about asking upstream: raw answers, unknown handles, who is asking right now."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

RAW_PAYLOAD_LIFETIME = timedelta(days=30)
ABSENCE_LIFETIME = timedelta(hours=1)


def raw_payload_expiry() -> datetime:
    return timezone.now() + RAW_PAYLOAD_LIFETIME


class RawPayload(models.Model):
    """A source's answer, compressed (zstd), so that a newer parser can be run again. Lives 30 days."""

    profile = models.ForeignKey(
        "profiles.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="raw_payloads"
    )
    username = models.CharField(max_length=60)
    source = models.CharField(max_length=30)
    capability = models.CharField(max_length=20)
    body = models.BinaryField(help_text="zstd of JSON.")
    size_bytes = models.PositiveIntegerField(help_text="Before compression.")
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=raw_payload_expiry)

    class Meta:
        ordering = ["-fetched_at", "-id"]
        indexes = [
            models.Index(fields=["profile", "-fetched_at"], name="profiles_raw_by_profile"),
            models.Index(fields=["expires_at"], name="profiles_raw_expires_at"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.capability} of @{self.username} at {self.fetched_at:%Y-%m-%d %H:%M}"


class AbsentHandle(models.Model):
    """A handle that a source said does not exist; believed for an hour."""

    username = models.CharField(max_length=60, unique=True)
    source = models.CharField(max_length=30)
    concluded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-concluded_at"]

    def __str__(self) -> str:
        return f"@{self.username}"


class RefreshLease(models.Model):
    """Who refreshes a handle, until when, and how the last refresh ended; or who reads a post's comments (`p/<code>`).

    A lease, not a lock: nothing is held while upstream is asked, and a killed process is forgotten at `lease_until`.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running", "Running"
        REFRESHED = "refreshed", "Refreshed"
        ABSENT = "absent", "No such account"
        FAILED = "failed", "Failed"

    username = models.CharField(max_length=60, unique=True)
    token = models.UUIDField(default=uuid.uuid4)
    lease_until = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    reason = models.CharField(max_length=60, blank=True)
    profile = models.ForeignKey("profiles.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created = models.BooleanField(default=False, help_text="Whether the last refresh made the profile.")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["started_at"], name="profiles_lease_started_at")]

    def __str__(self) -> str:
        return f"@{self.username} {self.outcome}"


class SourceState(models.Model):
    """What the operator must know about a source: a lasting refusal (withdrawn target, bad key, used-up quota)."""

    source = models.CharField(max_length=30)
    capability = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    retry_at = models.DateTimeField(help_text="The source is not asked for this before.")

    class Meta:
        ordering = ["source", "capability"]
        constraints = [
            models.UniqueConstraint(fields=["source", "capability"], name="profiles_source_state_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.capability}: {self.code}"
