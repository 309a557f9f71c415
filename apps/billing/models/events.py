"""What Stripe told us, word for word, and what the nightly comparison found."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class StripeEvent(models.Model):
    """A webhook's event, stored before anything is made of it. It is a hint to look, never the truth itself."""

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        PROCESSED = "processed", "Processed"
        FAILED = "failed", "Failed"
        IGNORED = "ignored", "Ignored"

    id = models.CharField(primary_key=True, max_length=255)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=255, blank=True)
    customer_id = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(help_text="Stripe's own time.")
    api_version = models.CharField(max_length=40, blank=True)
    livemode = models.BooleanField(default=False)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state="received"), name="billing_event_waiting"),
            models.Index(fields=["customer_id", "-received_at"], name="billing_event_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class ReconciliationRun(models.Model):
    """One nightly comparison with Stripe: how much was looked at, what was repaired, what we do not know."""

    since = models.DateTimeField()
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    checked = models.JSONField(default=dict, help_text="How many of each kind were looked at.")
    repaired = models.JSONField(default=list, help_text="[{kind, id, what}]")
    unknown = models.JSONField(default=list, help_text="[{kind, id, what}]: left alone; nothing is cancelled for it.")
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d %H:%M}"
