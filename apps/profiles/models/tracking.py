"""Which creators are read again by themselves, and how much of that a day has seen."""

from django.db import models
from django.utils import timezone


class TrackedProfile(models.Model):
    """A creator that somebody wants to be kept up to date; for whom is nobody's business here.

    Those who want it say so again every few hours; what nobody wants any more lapses by itself.
    """

    profile = models.OneToOneField(
        "profiles.Profile", primary_key=True, on_delete=models.CASCADE, related_name="tracked"
    )
    wanted_at = models.DateTimeField(default=timezone.now, help_text="When somebody last wanted it.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When a refresh was last submitted for it.")

    class Meta:
        ordering = ["profile_id"]
        indexes = [models.Index(fields=["wanted_at"], name="profiles_tracked_wanted_at")]

    def __str__(self) -> str:
        return f"profile {self.profile_id}"


class RefreshUse(models.Model):
    """How much of a day's budget of refreshes is used (UTC)."""

    day = models.DateField(unique=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.used} on {self.day}"
