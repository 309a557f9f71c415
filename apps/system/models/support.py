"""Questions of members to the operator, with the answers.

The rows belong to teams, which live in an app above: the team is a plain number, and the doors above ask by it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SupportRequest(models.Model):
    """A matter that a member brought, with the priority that the team's plan had then."""

    class Category(models.TextChoices):
        CREATORS = "creators", "Creators and reports"
        BILLING = "billing", "Plan and payments"
        ACCOUNT = "account", "Account and team"
        TECHNICAL = "technical", "Something does not work"
        OTHER = "other", "Something else"

    class Priority(models.TextChoices):
        """In the order of the alphabet the more urgent comes first, which is how the queue is sorted."""

        PRIORITY = "priority", "Priority"
        STANDARD = "standard", "Standard"

    class State(models.TextChoices):
        OPEN = "open", "Waiting for support"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    team_id = models.BigIntegerField()
    team_name = models.CharField(max_length=80, help_text="As the team was called when it asked.")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=150)
    category = models.CharField(max_length=12, choices=Category.choices)
    priority = models.CharField(max_length=10, choices=Priority.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    waiting_since = models.DateTimeField(
        default=timezone.now, help_text="The oldest message of the member that has no answer."
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="system_support_closed_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["team_id", "-created_at", "-id"], name="system_support_team"),
            models.Index(
                fields=["priority", "waiting_since"], condition=Q(state="open"), name="system_support_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class SupportMessage(models.Model):
    """What the member or the staff wrote."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_staff = models.BooleanField(default=False)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
