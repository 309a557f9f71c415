"""What the operator's staff did: who, to what, why, and what it was before and after."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One act of the staff, written in the transaction of the act itself. A trigger refuses UPDATE and DELETE."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60, help_text="Such as `team.suspend`.")
    team_id = models.BigIntegerField(null=True, blank=True)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=64)
    target_label = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True, help_text="Of the request, as in the logs.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["team_id", "-id"], name="system_audit_team"),
            models.Index(fields=["actor", "-id"], name="system_audit_actor"),
            models.Index(fields=["action", "-id"], name="system_audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_label}"
