"""The raw rows of revenue: every change of what a team pays a month, written with the change itself."""

from django.db import models


class SubscriptionChange(models.Model):
    """Monthly recurring revenue of a team before and after, in one currency. A trigger refuses UPDATE."""

    class Kind(models.TextChoices):
        NEW = "new", "New"
        EXPANSION = "expansion", "Expansion"
        CONTRACTION = "contraction", "Contraction"
        CHURN = "churn", "Churn"
        REACTIVATION = "reactivation", "Reactivation"

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="+")
    subscription = models.ForeignKey("billing.Subscription", on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField(help_text="When it took effect.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    mrr_before_cents = models.PositiveIntegerField()
    mrr_after_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=160, unique=True, help_text="What changed, so that it is counted once.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["team", "id"], name="billing_change_team")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mrr_before_cents} → {self.mrr_after_cents} {self.currency}"
